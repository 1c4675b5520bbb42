"""The series: little worlds of claims with the points that they should give."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import store
from benchmarks.series import make_figures
from parsers.records import Basis, Figure, Metric, Qualifier, Reading, Status
from reports.records import Report
from series.__main__ import main
from series.bins import Bin
from series.claims import find_claims, number_claims
from series.downloads import write_csv, write_json
from series.filters import FilterError, Filters
from series.options import By
from series.quotes import split_quote
from series.sums import SumError, sum_open, sum_over_time
from series.timelines import COLUMNS, choose_level, make_points, make_timeline
from tests import worlds

USUAL = worlds.USUAL | {
    "qualifier": "exact",
    "start": "2020-01-05",
    "end": "2020-01-05",
    "published": "2020-01-06",
}


def world(*rows: dict[str, Any]) -> pd.DataFrame:
    """Figures of a little world; ``n`` is an exact number, each row its own report unless it says otherwise."""
    figures = []
    for index, row in enumerate(rows):
        known = dict(row)
        if "n" in known:
            known |= dict.fromkeys(("value", "low", "high"), known.pop("n"))
        if "day" in known:
            known |= {"start": known["day"], "end": known.pop("day")}
        figures.append(USUAL | {"id": f"f{index}", "report": f"r{index}"} | known)
    frame = pd.DataFrame(figures, columns=list(worlds.BLANK))
    for column in ("start", "end", "published"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def points(timeline: pd.DataFrame, line: str = "source") -> list[tuple[Any, ...]]:
    """What a reader of the timeline sees: line, bin, low, best, high (None = open)."""
    return [
        (
            row[line],
            str(row["start"].date()),
            *(None if pd.isna(row[b]) else int(row[b]) for b in ("low", "best", "high")),
        )
        for row in timeline.to_dict("records")
    ]


AT_LEAST_17 = {"value": 17, "low": 17, "high": None, "qualifier": "at_least"}
UP_TO_30 = {"value": 30, "low": None, "high": 30, "qualifier": "at_most"}
FORTY_TO_FIFTY = {"value": None, "low": 40, "high": 50, "qualifier": "range"}
DOZENS = {"value": None, "low": 24, "high": 99, "qualifier": "vague"}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([{"n": 9}, {"n": 9, "publisher": "Herald"}], [9], id="one claim in two papers counts once"),
        pytest.param([{"n": 9}, {"n": 4, "day": "2020-01-09"}], [13], id="different days are added up"),
        pytest.param([{"n": 9}, {"n": 4, "place": "Ariha"}], [13], id="different places are added up"),
        pytest.param([{"n": 21}, {"n": 19, "published": "2020-01-08"}], [19], id="a later number replaces an earlier"),
        pytest.param(
            [{"n": 21}, {"n": 19, "published": "2020-01-08"}, {"n": 21, "published": "2020-01-09"}],
            [19],
            id="a stale reprint does not replace a revision",
        ),
        pytest.param(
            [{"n": 3, "report": "one"}, {"n": 5, "report": "one"}], [8], id="two in one report are two events"
        ),
        pytest.param([{"n": 17}, {"n": 6, "group": "children", "part_of": "f0"}], [17], id="a part is not added"),
        pytest.param([{"n": 17}, {"n": 6, "group": "children"}], [17], id="a narrower group is contained"),
        pytest.param(
            [{"n": 4, "group": "military"}, {"n": 3, "group": "civilians"}], [7], id="disjoint groups are added up"
        ),
        pytest.param(
            [{"n": 30, "start": "2020-01-01", "end": "2020-01-07"}, {"n": 9}], [30], id="a week contains its days"
        ),
        pytest.param([{"n": 30, "place": None}, {"n": 9}], [30], id="a province contains its towns"),
        pytest.param([{"n": 5, "place": None}, {"n": 9}], [9], id="a whole below its parts gives way"),
        pytest.param([{"n": 9}, {"n": 500, "status": "projected"}], [9], id="projected never counts"),
        pytest.param([{"n": 9}, {"n": 500, "status": "denied"}], [9], id="denied never counts"),
        pytest.param([{"n": 9}, {"n": 4, "status": "unverified", "day": "2020-01-09"}], [9], id="unverified not asked"),
    ],
)
def test_series_counts_of_one_source(rows: list[dict[str, Any]], expected: list[int]) -> None:
    timeline = make_timeline(world(*rows))
    assert [int(best) for best in timeline["best"]] == expected
    assert list(timeline.columns) == COLUMNS


def test_series_unverified_counts_apart_when_asked_and_is_flagged() -> None:
    figures = world({"n": 9}, {"n": 4, "status": "unverified", "day": "2020-01-09"})
    timeline = make_timeline(figures, statuses=("reported", "unverified", "denied"))
    assert (timeline["best"].tolist(), timeline["flags"].tolist()) == ([9, 4], ["", "unverified"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([AT_LEAST_17, {"n": 3, "day": "2020-01-09"}], (20, 20, None)),
        ([UP_TO_30, {"n": 3, "day": "2020-01-09"}], (None, 33, 33)),
        ([FORTY_TO_FIFTY], (40, 40, 50)),
        ([DOZENS], (24, 24, 99)),
    ],
)
def test_series_bounds_are_kept_and_open_ones_stay_open(rows: list[dict[str, Any]], expected: tuple[Any, ...]) -> None:
    assert points(make_timeline(world(*rows))) == [("Observatory", "2020-01-01", *expected)]


def test_series_a_figure_without_source_is_its_publishers_own() -> None:
    timeline = make_timeline(world({"n": 9, "source": None}, {"n": 9, "source": None, "publisher": "Herald"}))
    assert timeline["source"].tolist() == ["unnamed (Daily)", "unnamed (Herald)"]


@pytest.mark.parametrize(
    ("width", "starts"),
    [("day", "2020-02-02"), ("week", "2020-01-27"), ("month", "2020-02-01"), ("year", "2020-01-01")],
)
def test_series_bins_start_on_their_first_day(width: str, starts: str) -> None:
    timeline = make_timeline(world({"n": 9, "day": "2020-02-02"}), width=Bin(width))
    assert points(timeline) == [("Observatory", starts, 9, 9, 9)]


def test_series_a_long_period_is_spread_evenly_remainder_first() -> None:
    figures = world({"n": 32, "start": "2020-01-30", "end": "2020-02-28"} | {"high": None, "low": 32, "value": 32})
    figures["high"] = float("nan")
    timeline = make_timeline(figures, width=Bin.WEEK)
    assert points(timeline) == [
        ("Observatory", "2020-01-27", 6, 6, None),
        ("Observatory", "2020-02-03", 7, 7, None),
        ("Observatory", "2020-02-10", 7, 7, None),
        ("Observatory", "2020-02-17", 7, 7, None),
        ("Observatory", "2020-02-24", 5, 5, None),
    ]
    assert set(timeline["flags"]) == {"spread"}
    at_end = make_timeline(figures, width=Bin.WEEK, spread=False)
    assert points(at_end) == [("Observatory", "2020-02-24", 32, 32, None)]


def test_series_points_know_how_much_of_them_was_spread() -> None:
    quarter = {"n": 90, "start": "2020-01-01", "end": "2020-03-30", "place": "Ariha"}
    points_ = make_points(world(quarter, {"n": 10}))
    assert [round(share, 2) for share in points_["spread_share"]] == [0.76, 1.0, 1.0]


def test_series_level_of_running_totals_is_the_one_most_claims_are_of() -> None:
    town = TOTAL | {"n": 50, "end": "2020-01-10", "place": "Sarmin"}
    province = [TOTAL | {"n": n, "end": f"2020-0{n}-10"} for n in (2, 3)]
    assert choose_level(make_timeline(world(town, *province), by=By.REGION, totals=False)) == "admin1"


def test_series_an_undated_count_stands_on_its_publication_and_is_flagged() -> None:
    rows = {"n": 9, "start": None, "end": None}
    again = rows | {"publisher": "Herald", "published": "2020-01-09"}
    later = rows | {"published": "2020-03-09"}
    timeline = make_timeline(world(rows, again, later))
    assert points(timeline) == [("Observatory", "2020-01-01", 9, 9, 9), ("Observatory", "2020-03-01", 9, 9, 9)]
    assert timeline[["figures", "claims", "publishers", "flags"]].values.tolist()[0] == [2, 1, 2, "undated"]


TOTAL: dict[str, Any] = {"basis": "cumulative", "metric": "displaced", "start": "2019-12-01", "place": None}


def test_series_running_totals_are_never_added_up() -> None:
    figures = world(
        TOTAL | {"n": 500, "end": "2020-01-10"},
        TOTAL | {"n": 600, "end": "2020-01-20"},
        TOTAL | {"n": 900, "end": "2020-02-12", "start": None},
        TOTAL | {"n": 5000, "end": "2020-02-14", "start": "2011-03-15"},
    )
    timeline = make_timeline(figures, totals=False)
    assert points(timeline) == [
        ("Observatory", "2020-01-01", 600, 600, 600),
        ("Observatory", "2020-02-01", 900, 900, 900),
    ]


GAZA = {"basis": "cumulative", "start": "2023-10-07", "place": None, "admin1": "PS.GZ", "country": "PSE"}
MINISTRY = [
    GAZA | {"n": n, "end": end, "source": "Ministry"}
    for n, end in [(60_249, "2025-07-31"), (63_459, "2025-08-31"), (66_097, "2025-09-30")]
]
AID_WORKERS = GAZA | {"n": 540, "end": "2025-09-11", "source": "OCHA", "group": "aid workers"}
CHILDREN = GAZA | {"n": 17_000, "end": "2025-07-16", "source": "UNICEF", "group": "children"}
OTHER_START = GAZA | {"n": 9_000, "end": "2025-09-20", "source": "Army", "start": "2023-10-27"}
ELSEWHERE = GAZA | {"n": 300, "end": "2025-09-20", "source": "Town", "place": "Rafah"}
ANOTHER = GAZA | {"n": 66_000, "end": "2025-09-29", "source": "UN"}


@pytest.mark.parametrize("other", [AID_WORKERS, CHILDREN, OTHER_START, ELSEWHERE])
def test_series_running_totals_of_other_definitions_are_not_compared(other: dict[str, Any]) -> None:
    timeline = make_timeline(world(*MINISTRY, other), by=By.REGION, totals=False)
    assert [row[1:] for row in points(timeline[timeline["region"].ne("Rafah")], "region") if row[1] >= "2025-07"] == [
        (f"2025-{month}-01", n, n, n) for month, n in (("07", 60_249), ("08", 63_459), ("09", 66_097))
    ]


def test_series_running_totals_of_one_definition_are_compared() -> None:
    timeline = make_timeline(world(*MINISTRY, ANOTHER, AID_WORKERS), by=By.REGION, totals=False)
    assert points(timeline, "region")[-1][1:] == ("2025-09-01", 66_000, 66_048, 66_097)
    assert timeline["sources"].tolist() == [1, 1, 2]


def test_series_the_widest_group_of_a_source_stands_in_another_report_too() -> None:
    children = [GAZA | {"n": 20, "end": f"2025-0{month}-28", "group": "children"} for month in range(1, 6)]
    everybody = [GAZA | {"n": 900, "end": f"2025-0{month}-28"} for month in (2, 3, 4)]
    timeline = make_timeline(world(*children, *everybody), totals=False)
    assert (timeline["best"].tolist(), set(timeline["group"])) == ([900, 900, 900], {"all"})
    chosen = Filters(group=("children",)).apply(world(*children, *everybody))
    assert set(make_timeline(chosen, totals=False)["group"]) == {"children"}


def test_series_one_stray_total_does_not_silence_a_series() -> None:
    civilians = [GAZA | {"n": 100 * month, "end": f"2025-0{month}-28", "group": "civilians"} for month in (1, 2, 3)]
    timeline = make_timeline(world(*civilians, GAZA | {"n": 150, "end": "2025-02-20"}), totals=False)
    assert (timeline["best"].tolist(), set(timeline["group"])) == ([100, 200, 300], {"civilians"})


def test_series_refugees_among_refugees_are_everybody() -> None:
    stock = {"basis": "stock", "metric": "refugees", "start": None}
    rows = [
        stock | {"n": 90, "end": "2020-01-20"},
        stock | {"n": 95, "end": "2020-02-20", "group": "refugees"},
    ]
    assert points(make_timeline(world(*rows), carry=0)) == [
        ("Observatory", "2020-01-01", 90, 90, 90),
        ("Observatory", "2020-02-01", 95, 95, 95),
    ]


def test_series_totals_name_what_they_count() -> None:
    timeline = make_timeline(world(*MINISTRY, AID_WORKERS), totals=False)
    named = dict(zip(timeline["source"], timeline[["group", "region", "region_level"]].values.tolist(), strict=True))
    assert named == {"Ministry": ["all", "Gaza Strip", "admin1"], "OCHA": ["aid workers", "Gaza Strip", "admin1"]}


def test_series_stocks_are_never_summed_over_time() -> None:
    stock = {"basis": "stock", "metric": "in_need", "start": None}
    timeline = make_timeline(
        world(stock | {"n": 100, "end": "2020-01-10"}, stock | {"n": 90, "end": "2020-01-20"}), carry=0
    )
    assert points(timeline) == [("Observatory", "2020-01-01", 90, 90, 90)]
    with pytest.raises(SumError, match="in_need: cannot be added up over time: a stock is everybody"):
        sum_over_time(timeline)


def test_series_sums_over_time_where_counts_are_new() -> None:
    timeline = make_timeline(world({"n": 9}, AT_LEAST_17 | {"day": "2020-02-09"}))
    summed = sum_over_time(timeline)
    assert summed["best"].tolist() == [26]
    assert summed["high"].isna().all()
    with pytest.raises(SumError, match="already contains"):
        sum_over_time(make_timeline(world(TOTAL | {"n": 500, "end": "2020-01-10"})))


@pytest.mark.parametrize(
    ("rows", "best", "expected"),
    [
        ([{"n": 20}, AT_LEAST_17 | {"source": "Ministry"}], "median", (17, 18, 20)),
        (
            [{"n": 20}, {"value": 25, "low": 25, "qualifier": "at_least", "source": "Ministry"}],
            "median",
            (20, 22, None),
        ),
        ([{"n": 20}, {"n": 26, "source": "Ministry"}], "lowest", (20, 20, 26)),
        ([{"n": 20}, {"n": 26, "source": "Ministry"}], "highest", (20, 26, 26)),
        ([{"n": 20}, {"n": 26, "source": "Ministry"}], "Ministry", (20, 26, 26)),
        ([{"n": 20}, {"n": 26, "source": "Ministry"}], "Red Crescent", (20, 23, 26)),
        ([{"n": 20}, {"n": 26, "source": "Ministry", "day": "2020-01-09"}], "median", (46, 46, 46)),
        (
            [{"n": 20}, {"n": 90, "source": "Ministry", "start": "2020-01-01", "end": "2020-01-31"}],
            "median",
            (90, 90, 90),
        ),
    ],
)
def test_series_by_region_sources_are_compared(
    rows: list[dict[str, Any]], best: str, expected: tuple[Any, ...]
) -> None:
    timeline = make_timeline(world(*rows), by=By.REGION, best=best)
    divisions = timeline[timeline["region_level"].eq("admin1")]
    assert points(divisions, "region") == [("Idlib", "2020-01-01", *expected)]
    assert divisions["sources"].tolist() == [1 if expected[0] == 90 else 2]


def test_series_regions_roll_up_and_nothing_is_pushed_down() -> None:
    figures = world({"n": 3}, {"n": 4, "place": "Ariha"}, {"n": 50, "place": None, "admin1": None, "day": "2020-02-02"})
    timeline = make_timeline(figures, by=By.REGION)
    assert points(timeline, "region") == [
        ("Ariha", "2020-01-01", 4, 4, 4),
        ("Idlib", "2020-01-01", 7, 7, 7),
        ("Sarmin", "2020-01-01", 3, 3, 3),
        ("Syria", "2020-01-01", 7, 7, 7),
        ("Syria", "2020-02-01", 50, 50, 50),
    ]
    codes = dict(zip(timeline["region"], timeline["region_code"], strict=True))
    assert (codes["Idlib"], codes["Syria"]) == ("SY-ID", "SYR")
    assert choose_level(timeline) == "place"


def test_series_metrics_units_and_bases_are_never_mixed() -> None:
    figures = world({"n": 9}, {"n": 4, "metric": "injured"}, {"n": 2, "unit": "household"}, TOTAL | {"n": 8})
    timeline = make_timeline(figures, totals=False)
    assert len(timeline) == 4
    assert sorted(timeline["best"]) == [2, 4, 8, 9]


def test_series_parts_are_a_line_of_their_own_by_group() -> None:
    figures = world({"n": 17}, {"n": 6, "group": "children", "part_of": "f0"})
    timeline = make_timeline(figures, by=By.GROUP)
    assert points(timeline, "group") == [("all people", "2020-01-01", 17, 17, 17), ("children", "2020-01-01", 6, 6, 6)]


def test_series_order_of_the_figures_does_not_matter() -> None:
    rows = [
        {"n": n, "day": f"2020-01-{day:02}", "place": place}
        for n, day, place in [(3, 5, "A"), (4, 5, "B"), (30, 7, None)]
    ]
    figures = world(*rows, AT_LEAST_17 | {"source": "Ministry"}, DOZENS | {"source": "Ministry", "place": None})
    for by in By:
        whole = make_timeline(figures, by=by)
        pd.testing.assert_frame_equal(whole, make_timeline(figures.iloc[::-1], by=by))
        assert (whole["low"].fillna(0) <= whole["best"]).all()


@pytest.mark.parametrize("mixes", ["number_mixed", "mix_words"])
def test_series_claims_whose_mixed_numbers_meet_are_told_apart(mixes: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = make_figures(2_000)
    own = number_claims(rows)["claim"]
    monkeypatch.setattr(f"series.numberings.{mixes}", lambda _: np.zeros(len(rows), dtype=np.int64))
    assert own.nunique() > 1
    assert number_claims(rows)["claim"].tolist() == own.tolist()


def test_series_every_claim_says_what_became_of_it() -> None:
    figures = world(
        {"n": 9}, {"n": 9, "publisher": "Herald"}, {"n": 8, "published": "2020-01-02"}, {"n": 1, "status": "denied"}
    )
    claims = find_claims(number_claims(figures)).set_index("best")
    assert [claims[column][9] for column in ("figures", "publishers", "printed_by")] == [2, 2, "Daily; Herald"]
    assert claims["reason"].to_dict() == {
        9: "",
        8: "superseded by a later count of the same source",
        1: "denied, not counted",
    }


def test_series_empty_stays_empty() -> None:
    assert make_timeline(world()).empty
    assert find_claims(number_claims(world())).empty


def test_filters_travel_in_an_address_and_in_a_files_name() -> None:
    filters = Filters(metric=("killed",), source=("White Helmets", "OCHA"), since=date(2020, 1, 1))
    assert Filters.from_query(filters.to_query()) == filters
    assert filters.name_file("figures", "csv") == (
        "who-counts_figures_metric-killed_source-white-helmets+ocha_since-2020-01-01.csv"
    )
    with pytest.raises(FilterError, match="since: 'soon' is not a date"):
        Filters.from_query({"since": ["soon"]})


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(region=("Idlib",)), ["f0", "f1"]),
        (Filters(region=("SYR",)), ["f0", "f1", "f2"]),
        (Filters(region=("Sarmin", "Syria"), source=("Ministry",)), ["f2"]),
        (Filters(group=("children",)), ["f1"]),
        (Filters(group=("all people",)), ["f0", "f2"]),
        (Filters(since=date(2020, 1, 6)), ["f1"]),
        (Filters(until=date(2020, 1, 6)), ["f0", "f1", "f2"]),
        (Filters(metric=("injured",)), []),
    ],
)
def test_filters_let_through(filters: Filters, kept: list[str]) -> None:
    figures = world(
        {"n": 9},
        {"n": 3, "group": "children", "start": "2020-01-01", "end": "2020-01-31"},
        {"n": 4, "source": "Ministry", "place": None, "admin1": None},
    )
    assert filters.apply(figures)["id"].tolist() == kept


def test_filters_clip_a_timeline_to_their_dates() -> None:
    filters = Filters(since=date(2020, 2, 10), until=date(2020, 3, 31))
    figures = filters.apply(world({"n": 90, "start": "2020-01-01", "end": "2020-03-30"}))
    assert [start for _, start, *_ in points(filters.clip(make_timeline(figures)))] == ["2020-02-01", "2020-03-01"]


def test_downloads_are_harmless_and_numbers_stay_numbers() -> None:
    table = pd.DataFrame({"source": ["=HYPERLINK(1)", "OCHA"], "best": [-1.0, 3e6], "high": [None, 5.0]})
    assert write_csv(table).decode() == "source,best,high\n'=HYPERLINK(1),-1,\nOCHA,3000000,5\n"
    assert json.loads(write_json(table))[1] == {"source": "OCHA", "best": 3000000, "high": 5}


def test_sums_with_an_open_bound_are_open() -> None:
    frame = pd.DataFrame({"line": ["a", "a"], "low": [1.0, None], "best": [1.0, 2.0], "high": [1.0, 2.0]})
    assert sum_open(frame, ["line"]).fillna(-1).values.tolist() == [["a", -1, 3, 3]]


@pytest.mark.parametrize(
    ("text", "quote", "span", "parts"),
    [
        ("9 died. 9 fled.", "9 fled.", (8, 9), ("", "9", " fled.")),
        ("It  said 12 died.", "It said 12 died.", (9, 11), ("It said ", "12", " died.")),
        ("", "12 died.", (0, 2), ("12 died.", "", "")),
    ],
)
def test_quotes_are_split_at_the_number(text: str, quote: str, span: tuple[int, int], parts: tuple[str, ...]) -> None:
    assert split_quote(quote, text, *span) == parts


def keep(address: str, *figures: Figure) -> None:
    report = Report(id="r1", text="Nine people died.", published=date(2020, 1, 6), publisher="Daily")
    readings = [Reading(figure=figure, sentence=0, clause=(0, 4), trigger=(0, 4)) for figure in figures]
    store.add_report(store.connect(address), report, readings)


@pytest.fixture
def database(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'kept.db'}"
    common: dict[str, Any] = {
        "report": "r1",
        "metric": Metric.KILLED,
        "qualifier": Qualifier.EXACT,
        "basis": Basis.NEW,
        "source": "Observatory",
        "published": date(2020, 1, 6),
        "quote": "Nine people died.",
        "span": (0, 4),
        "rule": "test",
    }
    nine = Figure(id="a", value=9, low=9, high=9, end=date(2020, 1, 5), **common)
    maybe = Figure(id="b", value=90, low=90, high=90, status=Status.PROJECTED, **common)
    keep(address, nine, maybe)
    return address


@pytest.mark.parametrize(("table", "rows"), [("figures", 2), ("claims", 2), ("timeline", 1)])
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_export_writes_each_table(database: str, tmp_path: Path, table: str, rows: int, suffix: str) -> None:
    out = tmp_path / f"out.{suffix}"
    assert main(["export", str(out), "--database", database, "--table", table, "--metric", "killed"]) == 0
    read = pd.read_csv(out) if suffix == "csv" else pd.read_json(out)
    assert len(read) == rows
    if table == "timeline":
        assert list(read.columns) == COLUMNS
        assert (read["source"][0], read["start"][0], read["best"][0]) == ("Observatory", "2020-01-01", 9)


def test_export_to_standard_output_as_known_then(database: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "-", "--database", database, "--as-known", "2020-01-05"]) == 0
    assert capsysbinary.readouterr().out.decode().splitlines() == [",".join(COLUMNS)]


@pytest.mark.parametrize(
    "wrong", [["export", "out.docx"], ["export", "-", "--bin", "decade"], ["export", "-", "--since", "x"]]
)
def test_export_refuses_wrong_use(wrong: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(wrong)


def test_export_names_a_store_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.db"
    broken.write_text("this is no database, but long enough to be read as the head of one" * 20)
    assert main(["export", "-", "--database", f"sqlite:///{broken}"]) == 1
    assert "broken.db" in capsys.readouterr().err
