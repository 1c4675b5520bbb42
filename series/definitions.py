"""Running totals and stocks are strung on one line, and compared, only where they count the same thing."""

import pandas as pd

from series.claims import REGION
from series.figures import WHOLE_GROUP
from series.kinds import KIND, LINE
from series.overlaps import find_wider_groups

SERIES = 3
"""So many claims make a series: a wider group named less often does not silence a narrower one that is."""

_PLACE = [*REGION, "counted_group"]
_DEFINITION = [*_PLACE, "begun"]


def choose_definitions(claims: pd.DataFrame, *, by_region: bool) -> pd.DataFrame:
    """Return the claims of one definition (place, group and start, column ``begun``) for each line.

    The count of everybody stands, or else of the widest group: a subgroup of the same source and place is a part of
    it, in another report too, and is drawn where its group is chosen. Of several starts and places the one that is
    given most often stands, of equals the largest. By region only totals of just that region count, never those of
    its parts. The group that was chosen is named in ``group``, the place in ``region``.
    """
    if by_region:
        own = claims["at_place"].fillna(claims["at_admin1"]).fillna(claims["at_country"])
        claims = claims[own.eq(claims["region"])]
    claims = _find_begun(claims, [*KIND, *LINE]).assign(depth=claims["counted_group"].map(_measure_depth))
    claims = _keep_widest(claims, [*KIND, *LINE, "claimant", *REGION])
    chosen = _keep_usual(_keep_widest(claims, [*KIND, *LINE]), [*KIND, *LINE])
    return _name_definition(chosen)


def _find_begun(claims: pd.DataFrame, line: list[str]) -> pd.DataFrame:
    """Return the claims with ``begun``: a total that does not say since when joins those of its source that do.

    Where its source never says, it joins the only start that any source gives there, if there is just one.
    """
    own = claims.groupby([*line, "claimant", *_PLACE], dropna=False)["start"].transform(_find_usual)
    stated = claims.groupby([*line, *_PLACE], dropna=False)["start"]
    only = stated.transform("min").where(stated.transform("nunique").eq(1))
    begun = claims["start"].fillna(own).fillna(only).where(claims["basis"].eq("cumulative"))
    return claims.assign(begun=begun.astype("datetime64[s]"))


def _find_usual(dates: "pd.Series[pd.Timestamp]") -> "pd.Timestamp | None":
    """Return the most frequent date."""
    counts = dates.value_counts()
    return counts.index[0] if len(counts) else pd.NaT  # type: ignore[return-value]  # NaT is a missing Timestamp


def _measure_depth(group: str) -> int:
    """Return how far down the tree of groups a group stands; everybody stands at its root."""
    return 0 if group == WHOLE_GROUP else 1 + len(find_wider_groups(group))


def _keep_widest(claims: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the claims of the widest group that makes a series, or where none does of the widest."""
    given = claims.groupby([*keys, "counted_group"], dropna=False)["claim"].transform("size").ge(SERIES)
    makes_any = given.groupby([claims[key] for key in keys], dropna=False).transform("any")
    candidates = claims[given | ~makes_any]
    widest = candidates.groupby(keys, dropna=False)["depth"].transform("min")
    return candidates[candidates["depth"].eq(widest)]


def _keep_usual(claims: pd.DataFrame, line: list[str]) -> pd.DataFrame:
    """Return the claims of the definition that is given most often on a line; of equals the largest."""
    groups = claims.groupby([*line, *_DEFINITION], dropna=False)
    ranked = claims.assign(
        given=groups["claim"].transform("size"), largest=groups["best"].transform("max"), definition=groups.ngroup()
    ).sort_values(["given", "largest", "definition"], kind="stable")
    return ranked[ranked["definition"].eq(ranked.groupby(line, dropna=False)["definition"].transform("last"))]


def _name_definition(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with the group and the place that they count named where the line does not say so."""
    place = claims["at_place"].fillna(claims["at_admin1"]).fillna(claims["at_country"])
    elsewhere = claims["region"].eq("all") & place.notna()
    level = pd.Series("place", index=claims.index).mask(claims["at_place"].isna(), "admin1")
    level = level.mask(place.eq(claims["at_country"]), "country")
    narrow = claims["group"].eq("all") & claims["counted_group"].ne(WHOLE_GROUP)
    return claims.assign(
        group=claims["group"].mask(narrow, claims["counted_group"]),
        region=claims["region"].mask(elsewhere, place),
        region_level=claims["region_level"].mask(elsewhere, level),
    )
