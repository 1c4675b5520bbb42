"""Figures become claims: the same number of the same source for the same thing is one claim, however often printed."""

import pandas as pd

from series.figures import prepare_figures

REPRINT = pd.Timedelta(days=7)
"""An undated count of an event that is printed again within this time of its last printing is the same claim."""

SAME = ["metric", "unit", "basis", "status", "claimant", "counted_group"]
"""What two figures share that count the same kind of thing for the same claimant."""

REGION = ["at_country", "at_admin1", "at_place"]
_NUMBER = ["value", "low", "high", "qualifier"]
_COUNTED = ("reported",)
_NEVER = {"projected": "projected, not counted", "denied": "denied, not counted"}


def number_claims(figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures with a column ``claim``: figures of one claim share its number.

    One claim is the same source, metric, unit, basis, status, group, place, period and number (Every Casualty's
    standards ask to count a casualty once, however many reports there are). Without a stated period, counts of
    events are told apart by ``REPRINT``; running totals and stocks are the same claim until the number changes.
    """
    frame = prepare_figures(figures)
    if frame.empty:
        return frame.assign(claim=pd.Series(dtype="int64"))
    key = [*SAME, *REGION, *_NUMBER, "start", "end"]
    frame = frame.assign(episode=_episodes(frame, key))
    return frame.assign(claim=frame.groupby([*key, "episode"], dropna=False).ngroup())


def _episodes(frame: pd.DataFrame, key: list[str]) -> "pd.Series[int]":
    """Return a counter that goes up where an undated new count appears again long after its last printing."""
    ordered = frame.sort_values("published", kind="stable")
    gaps = ordered.groupby(key, dropna=False)["published"].diff()
    again = gaps.gt(REPRINT) & ordered["undated"] & ordered["basis"].eq("new")
    groups = [ordered[column] for column in key]
    return again.astype(int).groupby(groups, dropna=False).cumsum().reindex(frame.index)


def find_claims(figures: pd.DataFrame, *, statuses: tuple[str, ...] = (), by_group: bool = False) -> pd.DataFrame:
    """Return one row a claim, dated by its first appearance, with what became of it in ``reason``.

    An empty ``reason`` means that the claim counts. ``statuses`` are those that were asked for: unverified claims
    count only then, projected and denied ones never. A part ("six of them children") is left out where its whole
    is among the figures; with ``by_group`` only where the whole is of the same group.
    """
    numbered = figures if "claim" in figures else number_claims(figures)
    ordered = numbered.sort_values("published", kind="stable")
    ordered = ordered.assign(part=_find_parts(ordered, by_group=by_group))
    groups = ordered.groupby("claim", sort=True)
    claims = groups.first(skipna=False).assign(
        figures=groups.size(),
        reports=groups["report"].nunique(),
        publishers=groups["publisher"].nunique(),
        printed_by=groups["publisher"].agg(lambda names: "; ".join(sorted(set(names.dropna())))),
        part=groups["part"].all(),
    )
    claims = claims.rename(columns={"report": "first_report"}).reset_index()
    return _mark_superseded(claims.assign(reason=_find_reasons(claims, statuses)))


def _find_parts(figures: pd.DataFrame, *, by_group: bool) -> "pd.Series[bool]":
    whole = figures.set_index("id")[["metric", "unit", "basis", "counted_group"]]
    whole = whole[~whole.index.duplicated()].reindex(figures["part_of"].to_numpy()).set_index(figures.index)
    same = ["metric", "unit", "basis", *(["counted_group"] if by_group else [])]
    return pd.Series(whole[same].eq(figures[same]).all(axis=1))


def _find_reasons(claims: pd.DataFrame, statuses: tuple[str, ...]) -> "pd.Series[str]":
    reason = pd.Series("", index=claims.index, dtype=object)
    reason[claims["till"].isna()] = "no date"
    reason[claims["part"]] = "part of another figure"
    uncounted = ~claims["status"].isin([*_COUNTED, *statuses])
    reason[uncounted] = claims["status"][uncounted] + ", not asked for"
    for status, why in _NEVER.items():
        reason[claims["status"].eq(status)] = why
    return reason


def _mark_superseded(claims: pd.DataFrame) -> pd.DataFrame:
    """Return the claims with earlier counts of the same event marked in ``reason``: the latest report stands.

    Only counts of events are revised so; two numbers in one report are two events.
    """
    live = claims[claims["reason"].eq("") & claims["basis"].eq("new")]
    if live.empty:
        return claims
    event = [*SAME, *REGION, "from", "till"]
    reports = live.groupby([*event, "first_report"], dropna=False)["best"].transform("sum")
    order = live.assign(total=reports).sort_values(["published", "total", "first_report"], kind="stable")
    latest = order.groupby(event, dropna=False)["first_report"].transform("last")
    earlier = order.index[order["first_report"].ne(latest)]
    claims = claims.copy()
    claims.loc[earlier, "reason"] = "superseded by a later count of the same source"
    return claims
