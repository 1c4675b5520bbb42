"""Sources side by side, event by event: what is compared, who agrees, how far apart they are."""

import json
from itertools import pairwise
from statistics import median
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.series import make_figures
from series.bins import Bin
from series.citations import draw_flow, list_chains
from series.claims import find_claims, number_claims
from series.coverage import count_months, list_sources
from series.drawings import find_claims_of
from series.event_charts import chart_events, describe_events, say_scale
from series.events import compare_claims, find_disputes, find_sides, judge_sides, rank_events
from series.images import HEIGHT, Words
from series.judgements import count_fields, find_interval, judge_rules
from series.ledgers import make_ledger
from series.looks import DARK, LIGHT, Look
from series.options import Options
from series.queues import OPEN, REVIEWED, Order, choose_state, find_place, order_figures
from series.source_charts import chart_flow, chart_months, describe_flow, describe_months

FIGURE: dict[str, Any] = {
    "metric": "killed", "unit": "person", "basis": "new", "status": "reported", "group": None, "qualifier": "exact",
    "source": "Harbour Watch", "publisher": "Post", "via": None, "country": "MOZ", "admin1": None, "place": "Beira",
    "start": "2024-03-12", "end": "2024-03-12", "published": "2024-03-13", "report": "r", "part_of": None,
    "quote": "", "rule": "<victims> were <killed>", "confidence": 0.9, "review": None, "copy_of": None,
}  # fmt: skip


def make(*rows: dict[str, Any]) -> pd.DataFrame:
    """Figures of one number (``n``) or of bounds, in the manner of the store."""
    made = []
    for at, row in enumerate(rows):
        number = row.pop("n", None)
        bounds = dict.fromkeys(("value", "low", "high"), number)
        made.append({**FIGURE, "id": f"f{at}", "report": f"r{at}", **bounds, **row})
    return number_claims(pd.DataFrame(made))


def compare(figures: pd.DataFrame, width: Bin = Bin.MONTH) -> pd.DataFrame:
    return judge_sides(find_sides(find_claims(figures, by_group=True), width))


def test_events_of_a_ledger_are_those_of_its_figures() -> None:
    figures = number_claims(make_figures(900))
    ledger = make_ledger(figures)
    some = figures[figures["metric"].eq("killed")]
    sides = compare_claims(ledger, find_claims_of(ledger, some), Options())
    keys = ["metric", "basis", "status", "counted_group", "region", "since", "till", "claimant"]
    assert len(sides)
    own, other = (
        rows.drop(columns="event").sort_values(keys, ignore_index=True).astype(object)
        for rows in (sides, compare(some))
    )
    pd.testing.assert_frame_equal(own, other)


def test_events_are_what_two_sources_count_in_one_place_and_period() -> None:
    figures = make(
        {"n": 9}, {"n": 12, "source": "Red Cross"}, {"n": 30, "source": "Governor", "place": "Dondo"},
        {"n": 4, "source": "Clinic", "start": "2024-03-11"}, {"n": 5, "source": "Clinic", "group": "children"},
        {"n": 7, "source": "Mayor", "metric": "injured"}, {"n": 8, "source": "Mayor", "status": "denied"},
    )  # fmt: skip
    sides = compare(figures)
    assert sides[["claimant", "best", "verdict"]].to_numpy().tolist() == [
        ["Harbour Watch", 9.0, "lower"],
        ["Red Cross", 12.0, "higher"],
    ]
    assert sides["ratio"].tolist() == [0.75, 12 / 9]
    (event,) = rank_events(sides).to_dict("records")
    assert (event["gap"], event["ratio"], event["agree"], event["sources"]) == (3.0, 12 / 9, False, 2)


def test_events_without_a_place_are_not_compared() -> None:
    nowhere = {"place": None, "country": None}
    assert compare(make({"n": 9, **nowhere}, {"n": 12, "source": "Red Cross", **nowhere})).empty


def test_events_reprinted_by_many_papers_have_one_side_for_the_source() -> None:
    sides = compare(make({"n": 9}, {"n": 9, "publisher": "Mail"}, {"n": 12, "source": "Red Cross"}))
    assert sides["best"].tolist() == [9.0, 12.0]
    assert sides["claims"].tolist() == [1, 1]


def test_events_counted_twice_in_one_report_are_added_up() -> None:
    sides = compare(
        make({"n": 9, "report": "a"}, {"value": 4, "low": 4, "high": None, "report": "a"}, {"n": 12, "source": "B"})
    )
    own = sides[sides["claimant"].eq("Harbour Watch")].iloc[0]
    assert (own["low"], own["best"], own["claims"]) == (13.0, 13.0, 2)
    assert pd.isna(own["high"])


def test_events_compare_running_totals_of_one_day_only() -> None:
    total = {"basis": "cumulative", "start": "2024-03-01"}
    later = {"source": "Red Cross", "end": "2024-03-14", "published": "2024-03-14"}
    assert compare(make({"n": 90, **total}, {"n": 120, **total, **later})).empty
    assert len(compare(make({"n": 90, **total}, {"n": 120, **total, "source": "Red Cross"}))) == 2


def test_events_compare_the_last_stocks_of_a_bin() -> None:
    stock = {"basis": "stock", "metric": "displaced", "start": None}
    figures = make(
        {"n": 900, **stock}, {"n": 950, **stock, "end": "2024-03-20", "published": "2024-03-20"},
        {"n": 800, **stock, "source": "Red Cross", "end": "2024-03-02"},
    )  # fmt: skip
    assert compare(figures)["best"].tolist() == [950.0, 800.0]
    assert compare(figures, Bin.DAY).empty


@pytest.mark.parametrize(
    ("one", "other", "verdicts"),
    [
        ({"value": 17, "low": 17, "high": None}, {"n": 20}, ["agrees", "agrees"]),
        ({"value": 17, "low": 17, "high": None}, {"n": 16}, ["higher", "lower"]),
        ({"value": None, "low": 40, "high": 50, "qualifier": "range"}, {"n": 45}, ["agrees", "agrees"]),
        ({"value": 40, "low": None, "high": 40}, {"n": 41}, ["lower", "higher"]),
        ({"value": 40, "low": None, "high": None, "qualifier": "about"}, {"n": 41}, ["lower", "higher"]),
    ],
    ids=["at least and more", "at least and less", "in the range", "up to", "about"],
)
def test_events_agree_where_the_words_allow_one_number(
    one: dict[str, Any], other: dict[str, Any], verdicts: list[str]
) -> None:
    assert compare(make({**one}, {**other, "source": "Red Cross"}))["verdict"].tolist() == verdicts


RANGES = st.tuples(st.integers(0, 40), st.integers(0, 9), st.integers(0, 9))


@given(st.lists(st.lists(RANGES, min_size=2, max_size=6), min_size=1, max_size=5))
def test_events_ratio_and_verdict_are_those_of_a_plain_loop(events: list[list[tuple[int, int, int]]]) -> None:
    rows = [
        (number, float(best - low), float(best), float(best + high))
        for number, event in enumerate(events)
        for best, low, high in event
    ]
    sides = pd.DataFrame(rows, columns=["event", "low", "best", "high"])
    judged = judge_sides(sides)
    for at, (number, low, best, high) in enumerate(rows):
        others = [row for other, row in enumerate(rows) if row[0] == number and other != at]
        middle = median(row[2] for row in others)
        ratio = judged["ratio"].iloc[at]
        assert pd.isna(ratio) if middle == 0 else ratio == pytest.approx(best / middle)
        meets = all(low <= row[3] and row[1] <= high for row in others)
        said = "agrees" if meets else "lower" if best < middle else "higher"
        assert judged["verdict"].iloc[at] == said


def test_disputes_are_of_figures_whose_sources_differ() -> None:
    figures = make(
        {"n": 9}, {"n": 9, "publisher": "Mail"}, {"n": 18, "source": "Red Cross"}, {"n": 4, "place": "Dondo"}
    )
    assert find_disputes(figures, compare(figures)).tolist() == [2.0, 2.0, 2.0, 1.0]


def test_coverage_counts_what_each_source_has() -> None:
    figures = make(
        {"n": 9}, {"n": 9, "publisher": "Mail", "published": "2024-03-20"}, {"n": 4, "place": "Dondo"},
        {"n": 18, "source": "Red Cross"}, {"n": 5, "source": "Red Cross", "metric": "injured", "place": None},
    )  # fmt: skip
    table = list_sources(figures, compare(figures)).set_index("source")
    first = table.loc["Harbour Watch"]
    assert [first[name] for name in ("figures", "claims", "publishers", "places")] == [3, 2, 2, 2]
    assert (str(first["first"].date()), str(first["last"].date())) == ("2024-03-13", "2024-03-20")
    assert table["metrics"].to_dict() == {"Harbour Watch": "killed", "Red Cross": "killed, injured"}
    assert (first["shared"], first["ratio"], first["lower"], first["agrees"]) == (1, 0.5, 1, 0)
    assert table.index.tolist() == ["Harbour Watch", "Red Cross"]


def test_coverage_of_a_source_that_nobody_can_be_compared_with() -> None:
    table = list_sources(make({"n": 9}), compare(make({"n": 9})))
    assert (table["shared"].item(), pd.isna(table["ratio"].item())) == (0, True)


def test_coverage_counts_months_of_publication() -> None:
    figures = make(
        {"n": 9}, {"n": 4, "place": "Dondo"}, {"n": 8, "published": "2024-05-01"}, {"n": 1, "source": "Mayor"}
    )
    months = count_months(figures, ["Harbour Watch"])
    assert [(f"{row.month:%Y-%m}", row.figures) for row in months.itertuples()] == [("2024-03", 2), ("2024-05", 1)]


def test_chains_say_who_cites_whom() -> None:
    figures = make({"n": 9}, {"n": 4}, {"n": 9, "via": "AFP", "publisher": "Mail"}, {"n": 2, "publisher": None})
    chains = list_chains(figures.assign(copy_of=pd.Series([None, None, "f0", None], dtype=object)))
    assert chains[["source", "via", "publisher", "figures", "copies"]].to_numpy().tolist() == [
        ["Harbour Watch", "", "Post", 2, 0],
        ["Harbour Watch", "", "publisher unknown", 1, 0],
        ["Harbour Watch", "AFP", "Mail", 1, 1],
    ]
    flow = draw_flow(chains)
    assert flow.names == (["Harbour Watch"], ["AFP"], ["Post", "Mail", "publisher unknown"])
    assert {(row.one, row.other): row.figures for row in flow.links.itertuples()} == {
        ("Harbour Watch", "Post"): 2,
        ("Harbour Watch", "publisher unknown"): 1,
        ("Harbour Watch", "AFP"): 1,
        ("AFP", "Mail"): 1,
    }


def test_chains_of_many_publishers_keep_the_busiest_and_lose_no_figure() -> None:
    figures = make(*({"n": 9, "publisher": f"Paper {at}"} for at in range(9)), {"n": 9, "publisher": "Paper 0"})
    flow = draw_flow(list_chains(figures), most=3)
    assert flow.names[2][0] == "Paper 0"
    assert flow.names[2][-1] == "others (6)"
    assert flow.links["figures"].sum() == len(figures)


WORDS = Words("People killed", "All regions.", ("Sources: two.",))


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_charts_of_sources_print_their_numbers(look: Look) -> None:
    figures = make({"value": 9, "low": 9, "high": None}, {"n": 900, "source": "Red Cross"})
    sides = compare(figures)
    events = rank_events(sides)
    chart = chart_events(sides, events, words=WORDS, look=look)
    said = " ".join(note["text"] for note in chart["layout"]["annotations"])
    assert "<b>at least 9</b> Harbour Watch" in said
    assert "<b>900</b> Red Cross" in said
    assert "logarithmic" in say_scale(sides, events)
    assert chart["layout"]["xaxis"]["type"] == "log"
    assert "Beira, 12 Mar 2024" in describe_events(sides, events)
    months = count_months(figures, ["Red Cross"])
    assert "Red Cross" in json.dumps(chart_months(months, ["Red Cross"], words=WORDS, look=look))
    assert "1 figure of Red Cross in March 2024" in describe_months(months, ["Red Cross"])
    flow = draw_flow(list_chains(figures))
    assert "Harbour Watch 1" in json.dumps(chart_flow(flow, words=WORDS, look=look))
    assert "The most figures, 1, are of" in describe_flow(flow)


def test_names_of_who_cites_whom_stand_whole_and_share_no_line() -> None:
    name = "Harbour Watch Observatory for Human Rights"
    figures = make({"source": name, "publisher": name}, {"n": 3, "source": "Red Cross", "publisher": "Daily Example"})
    named = chart_flow(draw_flow(list_chains(figures)), words=WORDS)["data"][-3:]
    assert [f"{name} 1" in trace["text"] for trace in named] == [True, False, True]
    heights = [height for trace in named for height in trace["y"]]
    assert len(set(heights)) == len(heights)


def test_charts_of_events_keep_their_order_and_do_not_collide() -> None:
    rows = [{"n": 9 * at + at, "place": f"Town {at}", "source": source} for at in range(1, 5) for source in "AB"]
    sides = compare(make(*rows, {"n": 99, "place": "Town 2", "source": "C"}))
    chart = chart_events(sides, rank_events(sides), words=WORDS)
    heads = [note for note in chart["layout"]["annotations"] if "<b>Town" in note["text"]]
    assert len(heads) == 4
    assert all(one["y"] < other["y"] for one, other in pairwise(heads))
    assert "Town 2" in heads[0]["text"]
    marks = [y for trace in chart["data"] if trace["mode"] == "markers" and trace.get("name") for y in trace["y"]]
    assert len(marks) == len(set(marks)) == len(sides)


def test_charts_of_events_have_images_as_high_as_they_need() -> None:
    rows = [{"n": at, "place": f"Town {place}", "source": f"S{at}"} for place in range(8) for at in range(1, 4)]
    sides = compare(make(*rows))
    image = chart_events(sides, rank_events(sides), words=WORDS)["layout"]["meta"]["image"]
    room = image["height"] - image["margin"]["t"] - image["margin"]["b"]
    assert room >= len(sides) * 30
    few = compare(make({"n": 9}, {"n": 12, "source": "B"}))
    assert chart_events(few, rank_events(few), words=WORDS)["layout"]["meta"]["image"]["height"] == HEIGHT


def test_queue_begins_with_what_is_asked_for() -> None:
    figures = make(
        {"n": 5, "confidence": 0.9}, {"n": 50, "confidence": 0.4, "source": "B"},
        {"n": 7, "confidence": 0.9, "place": "Dondo", "published": "2024-06-01"},
    )  # fmt: skip
    disputes = find_disputes(figures, compare(figures))
    first = {order: order_figures(figures, order, disputes)["id"].tolist() for order in Order}
    assert first[Order.CERTAINTY][0] == "f1"
    assert first[Order.CERTAINTY] == ["f1", "f0", "f2"], "the disputed one before the other of the same certainty"
    assert first[Order.DISPUTE] == ["f1", "f0", "f2"]
    assert first[Order.SIZE] == ["f1", "f2", "f0"]
    assert first[Order.DAY][0] == "f2"


def test_queue_parts_what_waits_from_what_was_reviewed() -> None:
    figures = make({"n": 5}, {"n": 6, "review": "accepted"})
    assert choose_state(figures, OPEN)["id"].tolist() == ["f0"]
    assert choose_state(figures, REVIEWED)["id"].tolist() == ["f1"]
    assert find_place(figures, "f1") == 1
    assert find_place(figures, "f9") is find_place(figures, None) is None


def test_judgements_count_reviews_by_rule() -> None:
    figures = make(
        {"n": 1, "review": "accepted"}, {"n": 2, "review": "rejected"}, {"n": 3, "review": "corrected", "rule": "<x>"},
        {"n": 4}, {"n": 5, "rule": "<y>"},
    )  # fmt: skip
    table = judge_rules(figures).set_index("rule")
    assert table.index.tolist() == ["<victims> were <killed>", "<x>"]
    first = table.loc["<victims> were <killed>"]
    assert [first[name] for name in ("figures", "reviewed", "accepted", "corrected", "rejected")] == [3, 2, 1, 0, 1]
    assert (first["right"], first["measured"]) == (0.5, 0.9)
    assert first["low"] < 0.5 < first["high"]
    assert judge_rules(make({"n": 1})).empty


@given(st.integers(1, 400), st.data())
def test_judgements_interval_holds_the_share(seen: int, data: Any) -> None:
    right = data.draw(st.integers(0, seen))
    low, high = find_interval(right, seen)
    assert 0 <= low <= right / seen <= high <= 1


def test_judgements_count_corrected_fields() -> None:
    counts = count_fields([("a", "group"), ("b", "group"), ("a", "value"), ("z", "place")], {"a": "<x>", "b": "<x>"})
    assert counts.to_numpy().tolist() == [["<x>", "group", 2], ["<x>", "value", 1], ["no longer read", "place", 1]]
