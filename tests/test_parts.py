"""What a part takes from its whole: the passages of the corpus, each with its table of figures."""

from collections import Counter
from pathlib import Path

import pytest

from parsers.pipeline import extract, read_figures
from reports.records import Report
from tests.test_passages import Passage, read_passages, write_row

CORPUS = Path(__file__).parent / "corpus" / "en" / "parts.md"


@pytest.mark.parametrize("passage", list(read_passages(CORPUS)), ids=str)
def test_relate_gives_a_part_what_its_whole_says(passage: Passage) -> None:
    found = extract(passage.report)
    by_id = {figure.id: figure for figure in found}
    assert Counter(write_row(figure, passage.fields, by_id) for figure in found) == Counter(passage.figures)


def test_relate_says_that_it_is_as_the_whole() -> None:
    text = "Attacks have killed 118 civilians since 1 January 2020. Thirty-nine of them were children."
    part = read_figures(Report(id="r", text=text))[1]
    assert ("start", "as the whole") in {(evidence.field, evidence.why) for evidence in part.evidence}
