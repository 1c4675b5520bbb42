"""The range of a view: the points that stand side by side where the sources lie furthest up, and whose they are."""

import pandas as pd


def find_range(points: pd.DataFrame) -> pd.DataFrame:
    """Return the points of one bin, lowest first: of new counts that with the highest, of others the last one.

    Of running totals and stocks only those of the place, the group and the start that most are of stand side by side.
    """
    told = points[points["best"].notna()]
    if told.empty:
        return told
    new = bool(told["basis"].eq("new").all())
    told = told if new else _keep_alike(told)
    start = told["start"].iloc[int(told["best"].argmax())] if new else told["start"].max()
    return told[told["start"].eq(start)].sort_values("best", kind="stable")


def list_ends(points: pd.DataFrame, line: str) -> list[str]:
    """Return the lines that the range of a view goes to and from, the highest first."""
    names = find_range(points)[line].astype(str)
    return list(dict.fromkeys([*names.iloc[-1:], *names.iloc[:1]]))


def _keep_alike(points: pd.DataFrame) -> pd.DataFrame:
    """Return the points of the place, the group and the start that most points are of."""
    for column in ("region", "group", "begun"):
        if column in points:
            points = points[points[column].isin(points[column].mode(dropna=False).head(1))]
    return points
