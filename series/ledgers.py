"""The ledger: every claim of a set of figures as numbers in one order, made once, whatever is drawn of it later.

Each claim is a row of numbers: codes for who and what, days since 1970, bounds. The rows stand in the order of what
they count (basis, metric, unit, status, claimant, region, group), then of their days, so that the claims of one event,
and those of one series, are neighbours. What a filter lets through is a set of whole rows, because a filter asks for
nothing that two figures of one claim differ in.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from series.codes import NEVER, count_days, find_runs, join_codes, number_names, pick_rows, rank_codes, shift_numbers
from series.figures import prepare_figures
from series.groups import measure_depth
from series.memories import Memory
from series.reviews import find_rejected
from series.shelves import Frames
from series.territories import find_territories

REPRINT = 7
"""In days: an undated count of an event that is printed again within them is the same claim."""

_JUDGED, _DRAWN = 6, 64
"""For so many views a ledger remembers how claims were judged, which is large, and what was drawn of them."""

NEW, RUNNING, STOCK = range(3)
BASES = ("new", "cumulative", "stock")
WORDS = {"metric": "metric", "unit": "unit", "status": "status", "claimant": "claimant", "group": "counted_group"}
"""The columns of figures whose words a claim keeps as codes, by the name of the code."""
REGION = ("at_country", "at_admin1", "at_place")
THING = ("basis", "metric", "unit", "status", "claimant", "region", "group")
"""What the claims of one series share."""


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Figures as numbers: ``codes`` by column, the ``names`` of each code, and the three codes of each ``region``.

    Codes are in the order of the names, those of groups the narrowest first: no result depends on the order of rows.
    """

    codes: dict[str, np.ndarray]
    names: dict[str, "np.ndarray[Any, Any]"]
    places: np.ndarray

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Coded":
        """Return the codes of prepared figures."""
        codes, names = {}, {}
        for name, column in (*WORDS.items(), *((one, one) for one in (*REGION, "publisher", "qualifier"))):
            codes[name], names[name] = number_names(frame[column])
        order = sorted(range(len(names["group"])), key=lambda at: -measure_depth(str(names["group"][at])))
        codes["group"], names["group"] = np.argsort(order)[codes["group"]], names["group"][order]
        if "person" not in names["unit"]:
            names["unit"] = np.append(names["unit"], "person")
        bases, known = number_names(frame["basis"])
        codes["basis"] = np.array([BASES.index(one) if one in BASES else 0 for one in known])[bases]
        key, room = join_codes((codes[one], len(names[one])) for one in REGION)
        codes["region"], size = rank_codes(key, room)
        places = np.zeros((size, len(REGION)), dtype=np.int64)
        for at, one in enumerate(REGION):
            places[codes["region"], at] = codes.pop(one)
        return cls(codes, names, places)

    def size(self, name: str) -> int:
        """Return how many codes a column may have."""
        fixed = {"basis": len(BASES), "region": len(self.places)}
        return fixed[name] if name in fixed else len(self.names[name])


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """The figures that are parts of another of the same metric, unit and basis: positions of both claims."""

    part: np.ndarray
    whole: np.ndarray
    same_group: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The claims of a set of figures; ``claims`` has a row for each, in order, ``owner`` the claim of each figure.

    ``publishers`` are pairs of claim and publisher as one number each (claim * number of publishers + publisher),
    sorted; ``frames`` say what lies in what. Columns of ``claims``: ``claim``, ``head`` (the figure that appeared
    first), the codes of ``THING``, ``qualifier``; ``start``, ``from``, ``till``, ``published`` (days); ``undated``,
    ``rejected``; ``value``, ``low``, ``high``; ``figures``; ``event``, which claims of one thing and its days share.
    ``judged`` and ``drawn`` remember what was made of the claims already.
    """

    figures: pd.DataFrame
    coded: Coded
    frames: Frames
    claims: pd.DataFrame
    owner: np.ndarray
    parts: Parts
    publishers: np.ndarray
    judged: Memory = field(default_factory=lambda: Memory(_JUDGED))
    drawn: Memory = field(default_factory=lambda: Memory(_DRAWN))


def make_ledger(figures: pd.DataFrame) -> Ledger:
    """Return the ledger of figures; they are numbered by claim where they are not yet (column ``claim``)."""
    frame = prepare_figures(figures)
    if "rejected" not in frame:
        frame = frame.assign(rejected=find_rejected(frame))
    coded = Coded.of(frame)
    claim = frame["claim"].to_numpy(np.int64) if "claim" in frame else number_coded(frame, coded)
    own, size = rank_codes(claim, int(claim.max(initial=0)) + 1)
    first = _find_appearances(own, frame["published"], size)
    claims = _gather_claims(frame, coded, first, claim)
    claims["figures"] = np.bincount(own, minlength=size)
    order, event = _sort_claims(claims, coded)
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    claims = pick_rows(claims, order).assign(event=event)
    owner = place[own]
    frame = frame if "claim" in frame else frame.assign(claim=claim)
    frames = Frames.of(coded.places, coded.names["group"], find_territories(coded.places, coded.names))
    return Ledger(frame, coded, frames, claims, owner, _find_parts(frame, coded, owner), _list_publishers(owner, coded))


def number_coded(frame: pd.DataFrame, coded: Coded) -> np.ndarray:
    """Return the number of the claim of each figure: the order in which claims are first met.

    All that two figures of one claim share is hashed to one number; that no two claims met there is then looked at.
    """
    thing, _ = join_codes((coded.codes[name], coded.size(name)) for name in (*THING, "qualifier"))
    words = [
        *(thing, count_days(frame["start"]), count_days(frame["end"]), frame["rejected"].to_numpy(np.int64)),
        *((frame[name].to_numpy(float) + 0.0).view(np.int64) for name in ("value", "low", "high")),
    ]
    if not len(frame):
        return np.zeros(0, dtype=np.int64)
    number = np.asarray(pd.factorize(_mix(words))[0])
    first = np.empty(int(number.max()) + 1, dtype=np.int64)
    first[number[::-1]] = np.arange(len(number) - 1, -1, -1)
    if not all(np.array_equal(word[first][number], word) for word in words):
        number = np.asarray(pd.MultiIndex.from_arrays(words).factorize()[0])
    episode = _find_episodes(frame, coded, number)
    return np.asarray(pd.factorize(number * (int(episode.max()) + 1) + episode)[0]) if episode.any() else number


def _mix(words: list[np.ndarray]) -> np.ndarray:
    """Return one number for several, spread over all 64 bits (the finisher of SplitMix64)."""
    mixed = np.zeros(len(words[0]), dtype=np.uint64)
    for word in words:
        mixed = (mixed ^ word.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
    return mixed.view(np.int64)


def _find_episodes(frame: pd.DataFrame, coded: Coded, number: np.ndarray) -> np.ndarray:
    """Return a counter that goes up where an undated new count appears again long after its last printing."""
    episode = np.zeros(len(frame), dtype=np.int64)
    undated = frame["undated"].to_numpy(bool) & (coded.codes["basis"] == NEW) & frame["published"].notna().to_numpy()
    loose = np.flatnonzero(undated)
    if not len(loose):
        return episode
    days = count_days(frame["published"].iloc[loose])
    order = np.lexsort((days, number[loose]))
    same = np.diff(number[loose][order], prepend=-1) == 0
    again = same & (np.diff(days[order], prepend=days[order][:1]) > REPRINT)
    episode[loose[order]] = np.cumsum(again)
    return episode


def _find_appearances(own: np.ndarray, published: "pd.Series[Any]", size: int) -> np.ndarray:
    """Return for each claim its figure that was published first; an undated one only where there is no other."""
    days = count_days(published)
    known = days != NEVER
    days = np.where(known, days - days[known].min(initial=0), days[known].max(initial=0) + 1) if len(days) else days
    order = np.arange(len(days))
    if (np.diff(days) < 0).any():
        narrow = days.astype(np.uint16) if days.max() < 2**16 else days
        order = np.argsort(narrow, kind="stable")
    first = np.empty(size, dtype=np.int64)
    first[own[order][::-1]] = order[::-1]
    return first


def _gather_claims(frame: pd.DataFrame, coded: Coded, first: np.ndarray, claim: np.ndarray) -> pd.DataFrame:
    columns: dict[str, np.ndarray] = {"claim": claim[first], "head": first}
    columns |= {name: coded.codes[name][first] for name in (*THING, "qualifier")}
    for name in ("start", "from", "till", "published"):
        columns[name] = frame[name].to_numpy("datetime64[D]")[first].astype(np.int64)
    for name in ("undated", "rejected"):
        columns[name] = frame[name].to_numpy(bool)[first]
    columns |= {name: frame[name].to_numpy(float)[first] for name in ("value", "low", "high")}
    return pd.DataFrame(columns, copy=False)


def _sort_claims(claims: pd.DataFrame, coded: Coded) -> tuple[np.ndarray, np.ndarray]:
    """Return the order of claims by thing and days (a longer one first), and the event of each in that order."""
    thing, room = join_codes((claims[name].to_numpy(), coded.size(name)) for name in THING)
    basis = claims["basis"].to_numpy()
    since = np.where(basis == NEW, claims["from"], np.where(basis == RUNNING, claims["start"], NEVER))
    till = claims["till"].to_numpy()
    days = [shift_numbers(since), shift_numbers(np.where(till == NEVER, NEVER, -till))]
    key, room = join_codes([rank_codes(thing, room), *days])
    order = np.argsort(key, kind="stable")
    return order, find_runs(key[order])[1]


def _find_parts(frame: pd.DataFrame, coded: Coded, owner: np.ndarray) -> Parts:
    """Return the figures that are parts of another one that is there, counts the same and was not rejected."""
    has = np.flatnonzero(frame["part_of"].notna().to_numpy())
    none = np.zeros(0, dtype=np.int64)
    if not len(has):
        return Parts(none, none, none.astype(bool))
    asked = frame["part_of"].iloc[has].astype(object)
    there = np.flatnonzero(frame["id"].isin(asked).to_numpy() & ~frame["rejected"].to_numpy(bool))
    wholes = pd.Series(there, index=pd.Index(frame["id"].iloc[there].astype(object)))
    found = wholes[~wholes.index.duplicated()].reindex(asked).to_numpy(float)
    has, whole = has[~np.isnan(found)], found[~np.isnan(found)].astype(np.int64)
    alike = [coded.codes[name][has] == coded.codes[name][whole] for name in ("metric", "unit", "basis", "group")]
    same = alike[0] & alike[1] & alike[2]
    return Parts(owner[has[same]], owner[whole[same]], alike[3][same])


def _list_publishers(owner: np.ndarray, coded: Coded) -> np.ndarray:
    publisher = coded.codes["publisher"]
    pairs = owner * len(coded.names["publisher"]) + publisher
    pairs = np.sort(pairs if publisher.all() else pairs[publisher > 0])
    return np.asarray(pairs[find_runs(pairs)[0]])


def number_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures, made ready, with ``rejected`` and ``claim``, the number of the claim of each."""
    frame = prepare_figures(figures)
    frame = frame.assign(rejected=find_rejected(frame))
    return frame.assign(claim=number_coded(frame, Coded.of(frame)))
