"""The sample reports are whole, and their facts are matched with figures as they should be."""

from collections.abc import Mapping
from datetime import date

import pytest

from parsers.records import Figure, Metric, Qualifier
from tests.sample import COLUMNS, SAMPLE, Fact, load_facts, match_facts, read_sample
from tests.tallies import measure_sample


def make_fact(**row: str) -> Fact:
    return Fact("story", dict.fromkeys(COLUMNS, "") | {"metric": "killed"} | row)


def make_figure(
    figure_id: str, value: int | None, low: int | None, high: int | None, source: str | None = None
) -> Figure:
    return Figure(
        id=figure_id,
        report="r",
        metric=Metric.KILLED,
        value=value,
        low=low,
        high=high,
        qualifier=Qualifier.EXACT,
        source=source,
        country="SYR",
        end=date(2020, 2, 2),
        quote="q",
        span=(0, 1),
        rule="r",
    )


def test_sample_is_large_enough() -> None:
    assert len(read_sample()) >= 150
    assert len({report.id for report in read_sample().values()}) == len(read_sample())


@pytest.mark.parametrize("story", sorted(path.name for path in SAMPLE.iterdir() if path.is_dir()))
def test_sample_reports_say_where_they_come_from(story: str) -> None:
    bare = [
        name
        for (of, name), report in read_sample().items()
        if of == story
        if not (report.publisher and report.published and report.title and report.url and report.paraphrased)
    ]
    assert bare == []


def test_sample_facts_name_their_reports() -> None:
    reports = set(read_sample())
    facts = load_facts()
    assert [str(fact) for fact in facts if (fact.story, fact.report) not in reports] == []
    assert reports - {(fact.story, fact.report) for fact in facts} == set()
    assert [str(fact) for fact in facts if set(fact.number) == {None}] == []


@pytest.mark.parametrize(
    ("row", "figures", "found"),
    [
        ({"value": "9", "low": "9"}, [(9, 9, None)], "0"),
        ({"value": "9", "low": "9", "high": "9"}, [(8, 8, 8), (9, None, 9)], "1"),
        ({"low": "40", "high": "50"}, [(40, 40, 40), (None, 40, 50)], "1"),
        ({"low": "40", "high": "50"}, [(None, 40, 60)], None),
        ({"value": "9", "metric": "injured"}, [(9, 9, 9)], None),
    ],
)
def test_measure_fact_is_recovered_by_metric_and_number(
    row: Mapping[str, str], figures: list[tuple[int | None, int | None, int | None]], found: str | None
) -> None:
    (match,) = match_facts([make_fact(**row)], [make_figure(str(at), *number) for at, number in enumerate(figures)])
    assert (match.figure and match.figure.id) == found


def test_measure_figure_serves_one_fact_and_the_likest_first() -> None:
    facts = [make_fact(value="9", source="AFP"), make_fact(value="9", source="WHO"), make_fact(value="9")]
    figures = [make_figure("who", 9, 9, 9, "WHO"), make_figure("afp", 9, 9, 9, "AFP")]
    assert [match.figure and match.figure.id for match in match_facts(facts, figures)] == ["afp", "who", None]


def test_measure_shares_count_only_what_is_stated() -> None:
    facts = [
        make_fact(value="9", source="WHO", country="SYR"),
        make_fact(value="8", country="TUR", end="2020-02-02"),
        make_fact(value="7"),
    ]
    figures = [
        make_figure("a", 9, 9, 9),
        make_figure("b", 8, 8, 8),
        make_figure("c", 6, 6, 6),
        make_figure("d", 5, 5, 5),
    ]
    shares = measure_sample(match_facts(facts, figures))
    assert shares == {"recall": pytest.approx(2 / 3), "precision": 0.5, "source": 0, "country": 0.5, "period": 1}
