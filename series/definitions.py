"""Running totals are strung on one line, and compared, only where they count the same thing."""

import numpy as np
import pandas as pd

from series.bins import BOUNDS, bin_numbers
from series.codes import count_days, find_first, number_rows
from series.counts import Placed
from series.figures import WHOLE_GROUP
from series.flags import join_flags, raise_flag
from series.options import Options
from series.overlaps import find_wider_groups
from series.sources import combine_sources

SERIES = 3
"""So many claims make a series: a wider group named less often does not silence a narrower one that is."""

OTHER_DEFINITION = "counts another group or place, or since another day, than the line drawn"
EARLIER = "an earlier total than the last in its bin"
_DEFINITION = ["line", "region", "group", "begun"]
_NAMES = ["counted_group", "at_country", "at_admin1", "at_place"]


def place_totals(claims: pd.DataFrame, options: Options) -> Placed:
    """Return the points of running totals: of each source the last claim in the bin, never a sum.

    Only claims of one definition (``choose_definitions``) stand on one line, and only they are compared. The points
    say since when they count (``begun``) and whose totals they are (``shown``, the position of one of the claims).
    """
    chosen = choose_definitions(claims)
    placed = chosen.assign(bin=bin_numbers(chosen["till"], options.width), dated=chosen["start"].notna())
    order = ["till", "published", "dated", "best", "high", "low"]
    ordered = placed.sort_values(order, kind="stable")
    owner = number_rows(ordered, ["line", "bin", "claimant"])
    standing = ordered[~pd.Series(owner, index=ordered.index).duplicated(keep="last")].reset_index(drop=True)
    point = number_rows(standing, ["line", "bin"])
    heads = standing.iloc[find_first(point)].reset_index(drop=True)
    named = standing.assign(point=point, claimant=standing["who"].astype(object))
    rows = combine_sources(named[["point", "claimant", *BOUNDS]], ["point"], options.best)
    size = len(heads)
    bits = join_flags(point, standing["bits"].to_numpy(np.int64), size) | raise_flag(
        "silent", rows["silent"].to_numpy(bool)
    )
    share = np.bincount(point, standing["vague"], minlength=size) / np.clip(
        np.bincount(point, standing["best"], minlength=size), 1, None
    )
    points = heads[["line", "bin", "begun"]].assign(
        **{bound: rows[bound].to_numpy() for bound in BOUNDS},
        spread_best=0.0,
        vague_best=share * rows["best"].to_numpy(),
        bits=bits,
        shown=heads["row"],
    )
    members = pd.DataFrame({"point": point, "claim": standing["claim"], "chain": -1})
    return Placed(points, members, _list_left(claims, chosen, standing))


def _list_left(claims: pd.DataFrame, chosen: pd.DataFrame, standing: pd.DataFrame) -> pd.DataFrame:
    left = claims[["row", "line"]].assign(reason=OTHER_DEFINITION)
    key = left["row"] * 1_000_000_007 + left["line"]
    in_line = key.isin(chosen["row"] * 1_000_000_007 + chosen["line"])
    left = left.assign(reason=left["reason"].mask(in_line, EARLIER))
    return left[~key.isin(standing["row"] * 1_000_000_007 + standing["line"])]


def choose_definitions(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of one definition (place, group and start, column ``begun``) for each ``line``.

    The count of everybody stands, or else of the widest group: a subgroup of the same source and place is a part of
    it, in another report too, and is drawn where its group is chosen. Of several starts and places the one that is
    given most often stands, of equals the largest.
    """
    claims = _find_begun(claims).assign(depth=_measure_depths(claims))
    claims = _keep_widest(claims, ["line", "claimant", "region"])
    return _keep_usual(_keep_widest(claims, ["line"]))


def _find_begun(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with ``begun``: a total that does not say since when joins those of its source that do.

    Where its source never says, it joins the only start that any source gives there, if there is just one.
    """
    place = number_rows(claims, ["line", "region", "group"])
    own = _find_usual(claims["start"], number_rows(claims.assign(place=place), ["place", "claimant"]))
    stated = claims["start"].groupby(place)
    only = stated.transform("min").where(stated.transform("nunique").eq(1))
    return claims.assign(begun=claims["start"].fillna(own).fillna(only).astype("datetime64[s]"))


def _find_usual(dates: "pd.Series[pd.Timestamp]", owner: np.ndarray) -> "pd.Series[pd.Timestamp]":
    """Return for each row the most frequent date of its owner, of equals the earliest."""
    given = pd.DataFrame({"owner": owner, "date": dates.to_numpy()}).dropna()
    counts = given.groupby(["owner", "date"]).size().rename("times").reset_index()
    usual = counts.sort_values(["times", "date"], ascending=[False, True], kind="stable").drop_duplicates("owner")
    found = usual.set_index("owner")["date"].reindex(owner)
    return pd.Series(found.to_numpy(), index=dates.index, dtype="datetime64[s]")


def _measure_depths(claims: pd.DataFrame) -> "pd.Series[int]":
    """Return how far down the tree of groups each claim's stands; everybody stands at its root."""
    names = claims["counted_group"].astype(object)
    depths = {name: 0 if name == WHOLE_GROUP else 1 + len(find_wider_groups(str(name))) for name in names.unique()}
    return names.map(depths)


def _keep_widest(claims: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the claims of the widest group that makes a series, or where none does of the widest."""
    owner = number_rows(claims, keys)
    thing = number_rows(claims.assign(owner=owner), ["owner", "group"])
    given = np.bincount(thing)[thing] >= SERIES
    makes_any = np.bincount(owner[given], minlength=int(owner.max(initial=0)) + 1)[owner] > 0
    keep = given | ~makes_any
    candidates, owner = claims[keep], owner[keep]
    widest = candidates["depth"].groupby(owner).transform("min")
    return pd.DataFrame(candidates[candidates["depth"].eq(widest)])


def _keep_usual(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims of the definition that is given most often on a line; of equals the largest."""
    definition = number_rows(claims, _DEFINITION)
    heads = claims.iloc[find_first(definition)][["line", "begun", *_NAMES]].reset_index(drop=True)
    heads[_NAMES] = heads[_NAMES].astype(object).fillna("").astype(str)
    heads = heads.assign(
        definition=np.arange(len(heads)),
        given=np.bincount(definition, minlength=len(heads)),
        largest=claims["best"].groupby(definition).max().to_numpy(),
        begun=count_days(heads["begun"]),
    )
    ranked = heads.sort_values(["given", "largest", "begun", *_NAMES], kind="stable")
    usual = ranked.drop_duplicates("line", keep="last")["definition"]
    return claims[np.isin(definition, usual)]
