"""Running totals are strung on one line, and compared, only where they count the same thing."""

import numpy as np

from series.bins import BOUNDS, bin_days
from series.codes import NEVER, join_codes, order_rows, rank_codes, shift_numbers, sort_codes
from series.counts import Placed
from series.flags import raise_flag
from series.options import By, Options
from series.overlaps import IS_DEFINED_OTHERWISE, IS_EARLIER
from series.printings import Printings
from series.rows import Rows
from series.runs import find_runs, mark_last
from series.shelves import Frames
from series.sources import combine_sources

SERIES = 3
"""So many claims make a series: a wider group named less often does not silence a narrower one that is."""

_DEFINITION = ["line", "region", "group", "begun"]


def place_totals(claims: Rows, printings: Printings, options: Options, preferred: int) -> Placed:
    """Return the points of running totals: of each source the last claim in the bin, never a sum.

    The claims have ``row`` and ``line``. Only those of one definition (``choose_definitions``) stand on one line, and
    only they are compared. The points say since when they count (``begun``) and whose totals they are (``shown``, the
    row of one of the claims). ``preferred`` is the code of the chosen source.
    """
    chosen = choose_definitions(claims, printings.ledger.frames)
    chosen = chosen.assign(bin=bin_days(chosen["till"], options.width))
    owner = chosen.number(["line", "bin", "claimant"])
    days = [chosen["till"], chosen["published"], chosen["start"] != NEVER]
    numbers = [np.nan_to_num(chosen[name]) for name in ("best", "high", "low")]
    order = order_rows(owner, *days, *numbers)
    standing = chosen.pick(order[mark_last(owner[order])])
    point = standing.number(["line", "bin"])
    begins, _ = find_runs(point)
    heads = standing.pick(begins, ["line", "bin", "begun", "row"])
    rule = "median" if options.by is By.SOURCE else options.best
    cut = {name: standing[name] for name in BOUNDS}
    rows = combine_sources(point, cut, rule, standing["claimant"] == preferred)
    size = len(heads)
    both = [np.bincount(point, standing[name], minlength=size) for name in ("vague", "best")]
    points = heads.assign(
        low=rows.low,
        best=rows.best,
        high=rows.high,
        spread_best=0.0,
        vague_best=both[0] / np.clip(both[1], 1, None) * rows.best,
        bits=np.bitwise_or.reduceat(standing["bits"], begins) | raise_flag("silent", rows.silent),
        shown=heads["row"],
    )
    members = standing.pick(np.arange(len(point)), ["row"]).assign(point=point)
    points = points.assign(**printings.count(members, size))
    return Placed(points, lambda: members, lambda: _list_left(claims, chosen, standing))


def _list_left(claims: Rows, chosen: Rows, standing: Rows) -> Rows:
    """Return what stands on no point; a claim is on one line at most, so its row says which."""
    row = claims["row"]
    gone = ~np.isin(row, standing["row"])
    in_line = np.isin(row, chosen["row"])
    left = claims.assign(state=np.where(in_line, IS_EARLIER, IS_DEFINED_OTHERWISE), bin=NEVER)
    return left.pick(gone, ["row", "line", "state", "bin"])


def choose_definitions(claims: Rows, frames: Frames) -> Rows:
    """Return the claims of one definition (place, group and start, column ``begun``) for each ``line``.

    The count of everybody stands, or else of the widest group: a subgroup of the same source and place is a part of
    it, in another report too, and is drawn where its group is chosen. Of several starts and places the one that is
    given most often stands, of equals the largest.
    """
    claims = claims.assign(begun=_find_begun(claims), depth=frames.depths[claims["group"]])
    claims = _keep_widest(claims, ["line", "claimant", "region"])
    return _keep_usual(_keep_widest(claims, ["line"]))


def _find_begun(claims: Rows) -> np.ndarray:
    """Return since when each total counts: one that does not say joins those of its source that do.

    Where its source never says, it joins the only start that any source gives there, if there is just one.
    """
    start = claims["start"]
    place = claims.number(["line", "region", "group"])
    own = _find_usual(start, claims.assign(place=place).number(["place", "claimant"]))
    stated = start != NEVER
    size = int(place.max(initial=-1)) + 1
    earliest, latest = np.full(size, np.iinfo(np.int64).max), np.full(size, NEVER)
    np.minimum.at(earliest, place[stated], start[stated])
    np.maximum.at(latest, place[stated], start[stated])
    only = np.where(earliest == latest, earliest, NEVER)[place]
    return np.where(stated, start, np.where(own != NEVER, own, only))


def _find_usual(days: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Return for each row the most frequent day of its owner, of equals the earliest."""
    usual = np.full(int(owner.max(initial=-1)) + 1, NEVER)
    given = np.flatnonzero(days != NEVER)
    order = given[order_rows(owner[given], days[given])]
    begins, _ = find_runs(join_codes([shift_numbers(owner[order]), shift_numbers(days[order])])[0])
    times = np.diff(np.append(begins, len(order)))
    heads = order[begins]
    rank = order_rows(owner[heads], times, -days[heads])
    usual[owner[heads][rank]] = days[heads][rank]
    return np.asarray(usual[owner])


def _keep_widest(claims: Rows, keys: list[str]) -> Rows:
    """Return the claims of the widest group that makes a series, or where none does of the widest."""
    owner = claims.number(keys)
    thing = claims.assign(owner=owner).number(["owner", "group"])
    given = np.bincount(thing)[thing] >= SERIES
    makes_any = np.bincount(owner[given], minlength=int(owner.max(initial=0)) + 1)[owner] > 0
    keep = given | ~makes_any
    depth = claims["depth"]
    widest = np.full(int(owner.max(initial=0)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(widest, owner[keep], depth[keep])
    return claims.pick(keep & (depth == widest[owner]))


def _keep_usual(claims: Rows) -> Rows:
    """Return the claims of the definition that is given most often on a line; of equals the largest."""
    definition, room = rank_codes(*claims.join(_DEFINITION))
    order, ordered = sort_codes(definition, room)
    begins, _ = find_runs(ordered)
    heads = claims.pick(order[begins], _DEFINITION)
    given = np.diff(np.append(begins, len(order)))
    best = np.nan_to_num(claims["best"][order])
    largest = np.maximum.reduceat(best, begins) if len(begins) else best
    line, begun, group, region = (heads[name] for name in ("line", "begun", "group", "region"))
    rank = order_rows(line, given, largest, begun, group, region)
    usual = rank[mark_last(line[rank])]
    kept = np.zeros(len(begins), dtype=bool)
    kept[usual] = True
    return claims.pick(kept[definition])
