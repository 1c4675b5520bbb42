"""The series of three sources on north-west Syria, as somebody computes them from the facts with pencil and paper."""

import csv
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

import store
from reports.__main__ import main as add_reports
from series.bins import Bin
from series.drawings import draw_view
from series.filters import Filters
from series.ledgers import Ledger, make_ledger
from series.options import Options
from series.timelines import draw_points
from tests.sample import SAMPLE
from tests.worlds import BLANK

OBSERVATORY = "Syrian Observatory for Human Rights"


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    """The facts as figures: a report's day is in its name, and a province is no place in itself."""
    with (SAMPLE / "nw-syria-2020" / "facts.csv").open(encoding="utf-8", newline="") as lines:
        rows = [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(lines)]
    frame = pd.DataFrame(rows).reindex(columns=[*BLANK]).astype(object)
    frame = frame.where(frame.notna(), None)
    frame = frame.assign(id=[f"f{at}" for at in range(len(frame))], published=frame["report"].str[:10])
    province = frame["place"].fillna("").str.endswith("province")
    frame["place"] = frame["place"].mask(province, None)
    for column in ("start", "end", "published"):
        frame[column] = pd.to_datetime(frame[column])
    return frame


def draw(facts: pd.DataFrame, width: Bin = Bin.MONTH, basis: str = "new") -> dict[str, int]:
    drawn = draw_points(facts, Options(width=width))
    drawn = drawn[drawn["basis"].eq(basis)]
    return {f"{row['start']:%Y-%m-%d}": int(row["best"]) for row in drawn.to_dict("records")}


def test_facts_ocha_counts_the_displaced_since_december(facts: pd.DataFrame) -> None:
    ocha = facts[
        facts["source"].eq("OCHA")
        & facts["place"].eq("north-west Syria")
        & facts["basis"].eq("cumulative")
        & facts["start"].eq(pd.Timestamp("2019-12-01"))
        & facts["group"].isna()
    ]
    # The totals: 350,000 on 14 January, then 586,000, 800,000, 900,000, 948,000 and 1,000,000 on 29 February.
    assert draw(ocha, basis="cumulative") == {"2020-01-01": 350_000, "2020-02-01": 1_000_000}
    assert draw(ocha) == work_out_the_winter()


def work_out_the_winter() -> dict[str, int]:
    """What OCHA's totals since 1 December add from one to the next, by month."""
    # 350,000 over 45 days is 7,777 and 35 left over: 35 days of 7,778. December has 31 of them, January the last 4.
    december, january = 31 * 7_778, 4 * 7_778 + 10 * 7_777
    # 236,000 more from 15 January to 2 February, 19 days of 12,421 and one left over for the first.
    january += 17 * 12_421 + 1
    february = 2 * 12_421 + 214_000 + 100_000 + 48_000 + 52_000
    assert december + january + february == 1_000_000
    return {"2019-12-01": december, "2020-01-01": january, "2020-02-01": february}


def test_facts_civil_defence_counts_the_dead_of_2020(facts: pd.DataFrame) -> None:
    own = facts["source"].eq("White Helmets") & facts["metric"].eq("killed") & facts["basis"].eq("new")
    # Sarmin 10, the market of Idlib 15, Ariha at least 10; then Idlib 7; then Kafr Natin 5, a child among them.
    dead = facts[own & facts["end"].ge(pd.Timestamp("2020-01-01"))]
    assert draw(dead) == {"2020-01-01": 10 + 15 + 10, "2020-02-01": 7, "2020-03-01": 5}


@pytest.mark.parametrize(
    ("day", "dead"),
    [
        ("2020-01-11", 18),  # the province's 18, which its towns' 7, 7 and 4 explain
        ("2020-01-15", 18),  # the market's civilians, as revised on the day after
        ("2020-02-02", 14),  # at least 9 at first, 14 on the next day, of them 8 in Sarmin
    ],
)
def test_facts_observatory_counts_the_civilians_of_a_day(facts: pd.DataFrame, day: str, dead: int) -> None:
    own = Filters(source=(OBSERVATORY,), metric=("killed",), basis=("new",), group=("civilians", "children"))
    days = facts[facts["start"].eq(pd.Timestamp(day)) & facts["end"].eq(pd.Timestamp(day))]
    assert draw(own.apply(days), Bin.DAY) == {day: dead}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample reports on north-west Syria as the parsers read them."""
    address = f"sqlite:///{tmp_path_factory.mktemp('facts') / 'facts.db'}"
    assert add_reports(["add", str(SAMPLE / "nw-syria-2020"), "--database", address]) == 0
    return make_ledger(store.read_figures(store.connect(address)))


def draw_read(ledger: Ledger, filters: Filters, options: Options) -> dict[str, int]:
    drawn = draw_view(ledger, filters, options)
    return {f"{row['start']:%Y-%m-%d}": int(row["best"]) for row in drawn.to_dict("records")}


@pytest.mark.parametrize(
    ("day", "dead"),
    [
        (date(2020, 1, 11), 18),  # the province's 18, which Idlib city's 7, Binnish's 7 and Nayrab's 4 explain
        (date(2020, 2, 2), 14),
    ],
)
def test_facts_as_read_observatory_counts_the_civilians_of_a_day(ledger: Ledger, day: date, dead: int) -> None:
    own = Filters(source=(OBSERVATORY,), metric=("killed",), basis=("new",), group=("civilians", "children"))
    drawn = draw_read(ledger, replace(own, since=day, until=day), Options(width=Bin.DAY, totals=False))
    assert drawn == {day.isoformat(): dead}


def test_facts_as_read_civil_defence_counts_the_dead_of_2020(ledger: Ledger) -> None:
    own = Filters(source=("White Helmets",), metric=("killed",), basis=("new",), since=date(2020, 1, 1))
    # Sarmin 10, the market of Idlib 15, Ariha at least 10; then Idlib 7; then Kafr Natin 5, a child among them.
    dead = {"2020-01-01": 10 + 15 + 10, "2020-02-01": 7, "2020-03-01": 5}
    assert draw_read(ledger, own, Options(totals=False)) == dead


def test_facts_as_read_ocha_counts_the_displaced_of_the_winter(ledger: Ledger) -> None:
    own = Filters(source=("OCHA",), metric=("displaced",), basis=("new",), region=("north-west Syria",))
    # "Between 1 December and 29 February", nearly a million, is read as a new count: the totals before it string it.
    drawn = draw_read(ledger, replace(own, since=date(2019, 12, 1), until=date(2020, 2, 29)), Options())
    assert drawn == work_out_the_winter()
