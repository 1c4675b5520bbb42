"""What holds of every set of claims, whatever they say: found by hypothesis, not by us."""

from datetime import date, timedelta
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from series.bins import Bin
from series.estimates import list_left_out, make_estimates
from series.options import By, Options, Spread, Vague
from series.timelines import COLUMNS, draw_points
from tests.worlds import BLANK, USUAL

FIRST = date(2020, 1, 1)
BARE = [column for column in COLUMNS if column not in {"figures", "publishers"}]
CALM = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
days = st.integers(0, 70)
numbers = st.integers(0, 200)


@st.composite
def figures(draw: st.DrawFn, *, basis: str = "new") -> dict[str, Any]:
    """One figure: an exact count, a bound, a range or a vague word, of some days, by one of three sources."""
    number, first, length = draw(numbers), draw(days), draw(st.sampled_from([0, 0, 0, 6, 40]))
    kind = draw(st.sampled_from(["exact", "exact", "at_least", "at_most", "range", "vague"]))
    own = {
        "exact": (number, number, number),
        "at_least": (number, number, None),
        "at_most": (number, None, number),
        "range": (None, number, number + 9),
        "vague": (None, 24, 99),
    }[kind]
    start = FIRST + timedelta(days=first)
    end = start + timedelta(days=length)
    place = draw(st.sampled_from(["Sarmin", "Ariha", None]))
    return {
        **dict(zip(("value", "low", "high"), own, strict=True)),
        "qualifier": kind,
        "basis": basis,
        "source": draw(st.sampled_from(["Observatory", "Ministry", None])),
        "group": draw(st.sampled_from([None, None, "civilians", "children", "military"])),
        "place": place,
        "start": start,
        "end": end,
        "published": end + timedelta(days=draw(st.integers(1, 9))),
    }


worlds = st.lists(figures(), min_size=1, max_size=12)
mixed = st.lists(st.one_of(figures(), figures(basis="cumulative"), figures(basis="stock")), min_size=1, max_size=12)
"""Worlds with running totals and stocks beside new counts."""
options = st.builds(
    Options,
    by=st.sampled_from(list(By)),
    width=st.sampled_from(list(Bin)),
    best=st.sampled_from(["median", "lowest", "highest", "Ministry"]),
    vague=st.sampled_from(list(Vague)),
    spread=st.sampled_from(list(Spread)),
)


def build(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame([USUAL | {"id": f"f{at}", "report": f"r{at}"} | row for at, row in enumerate(rows)])
    frame = frame.reindex(columns=[*BLANK])
    for column in ("start", "end", "published"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def draw_bare(frame: pd.DataFrame, chosen: Options) -> pd.DataFrame:
    return draw_points(frame, chosen)[BARE].reset_index(drop=True)


@CALM
@given(mixed, options, st.randoms(use_true_random=False))
def test_properties_order_changes_nothing(rows: list[dict[str, Any]], chosen: Options, random: Any) -> None:
    frame = build(rows)
    order = list(range(len(frame)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(draw_bare(frame, chosen), draw_bare(frame.iloc[order], chosen))


@CALM
@given(mixed, options)
def test_properties_duplicates_change_nothing(rows: list[dict[str, Any]], chosen: Options) -> None:
    frame = build(rows)
    twice = pd.concat([frame, frame.assign(id=frame["id"] + "-again")], ignore_index=True)
    pd.testing.assert_frame_equal(draw_bare(frame, chosen), draw_bare(twice, chosen))


@CALM
@given(mixed, options)
def test_properties_printing_by_other_publishers_changes_nothing(rows: list[dict[str, Any]], chosen: Options) -> None:
    frame = build([row | {"source": row["source"] or "OCHA"} for row in rows])
    other = frame.assign(publisher=[f"Paper {at % 3}" for at in range(len(frame))])
    pd.testing.assert_frame_equal(draw_bare(frame, chosen), draw_bare(other, chosen))


@CALM
@given(worlds, options, st.integers(0, 11), st.floats(0, 1))
def test_properties_a_part_never_changes_the_whole(
    rows: list[dict[str, Any]], chosen: Options, at: int, share: float
) -> None:
    frame = build(rows)
    whole = frame.iloc[at % len(frame)]
    part = {name: None if pd.isna(whole[name]) else int(whole[name] * share) for name in ("value", "low", "high")}
    added = pd.DataFrame([whole.to_dict() | part | {"id": "part", "part_of": whole["id"]}])
    both = pd.concat([frame.astype(object), added.astype(object)], ignore_index=True)
    if all(part[name] == whole[name] or (part[name] is None and pd.isna(whole[name])) for name in part):
        return
    usual = Options(width=chosen.width, best=chosen.best, vague=chosen.vague, spread=chosen.spread)
    pd.testing.assert_frame_equal(draw_bare(frame, usual), draw_bare(both, usual))


@CALM
@given(mixed, options)
def test_properties_low_best_high_are_in_order(rows: list[dict[str, Any]], chosen: Options) -> None:
    drawn = draw_points(build(rows), chosen)
    assert (drawn["low"].fillna(0) <= drawn["best"]).all()
    assert (drawn["high"].fillna(float("inf")) >= drawn["best"]).all()
    assert (drawn["best"] >= 0).all()
    assert (drawn[["low", "best", "high"]].fillna(0) % 1 == 0).all(axis=None)


@CALM
@given(worlds, options, st.sampled_from([(Bin.DAY, "W-SUN"), (Bin.DAY, "M"), (Bin.DAY, "Y"), (Bin.MONTH, "Y")]))
def test_properties_coarser_bins_are_sums_of_finer_ones(
    rows: list[dict[str, Any]], chosen: Options, widths: tuple[Bin, str]
) -> None:
    finer, coarser = widths
    names = {"W-SUN": Bin.WEEK, "M": Bin.MONTH, "Y": Bin.YEAR}
    frame = build(rows)
    sums = {}
    for width in (finer, names[coarser]):
        drawn = draw_points(frame, Options(by=chosen.by, width=width, best=chosen.best, vague=chosen.vague))
        period = drawn["start"].dt.to_period(coarser).astype(str)
        keys = [drawn[name].fillna("") for name in ("group", "region", "source")]
        total = drawn.groupby([*keys, period.rename("period")])["best"].sum()
        sums[width] = total[total > 0]
    pd.testing.assert_series_equal(sums[finer], sums[names[coarser]])


@CALM
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 90)), min_size=1, max_size=6), st.sampled_from(list(Bin)))
def test_properties_totals_and_their_differences_are_one_series(steps: list[tuple[int, int]], width: Bin) -> None:
    new, totals = [], []
    begin, total = FIRST, 0
    for length, count in steps:
        end, total = begin + timedelta(days=length - 1), total + count
        common = {"qualifier": "exact", "end": end, "published": end + timedelta(days=1)}
        new.append(common | dict.fromkeys(("value", "low", "high"), count) | {"start": begin})
        whole = dict.fromkeys(("value", "low", "high"), total) | {"start": FIRST, "basis": "cumulative"}
        totals.append(common | whole)
        begin = end + timedelta(days=1)
    drawn = [draw_points(build(rows), Options(width=width)) for rows in (new, totals)]
    bare = ["start", "low", "best", "high"]
    one, other = (rows[rows["basis"].eq("new")][bare].astype(object).reset_index(drop=True) for rows in drawn)
    pd.testing.assert_frame_equal(one, other)


@CALM
@given(mixed, st.integers(0, 90), st.integers(0, 90))
def test_properties_as_known_sees_more_as_days_go_by(rows: list[dict[str, Any]], one: int, other: int) -> None:
    earlier, later = (FIRST + timedelta(days=day) for day in sorted((one, other)))
    frame = build(rows)
    seen = []
    for day in (earlier, later):
        chosen = Options(as_known=day)
        used = "; ".join(make_estimates(frame, chosen)["used"]).split("; ")
        seen.append((set(used) | set(list_left_out(frame, chosen)["id"])) - {""})
        assert seen[-1] == set(frame.loc[frame["published"] <= pd.Timestamp(day), "id"])
    assert seen[0] <= seen[1]


@CALM
@given(mixed, options)
def test_properties_every_point_names_its_figures(rows: list[dict[str, Any]], chosen: Options) -> None:
    frame = build(rows)
    record = make_estimates(frame, chosen)
    for row in record.to_dict("records"):
        used = row["used"].split("; ")
        assert len(used) == row["figures"]
        assert set(used) <= set(frame["id"])
        assert not set(used) & {part.partition(":")[0] for part in row["left_out"].split("; ")}


@CALM
@given(mixed, options)
def test_properties_every_figure_makes_a_point_or_is_left_out_with_a_reason(
    rows: list[dict[str, Any]], chosen: Options
) -> None:
    frame = build(rows)
    used = set("; ".join(make_estimates(frame, chosen)["used"]).split("; ")) - {""}
    left = set(list_left_out(frame, chosen)["id"])
    assert used | left == set(frame["id"])
    assert not used & left
