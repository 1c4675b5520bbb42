"""Gaps: a second source whose verb is left out, "The ministry put the toll at 70, the opposition at 104"."""

from collections.abc import Iterator
from functools import cache

import regex

from parsers.hearings import Hearing
from parsers.phrasings import Phrasings
from parsers.reaches import Reach, Utterance
from parsers.speakers import find_speaker
from parsers.stretches import stretch_left
from parsers.tables import load_section
from parsers.tries import compile_lists

HEDGED = len("no fewer than some ")
"""How many characters may stand between "at" and its number."""


@cache
def _at(language: str) -> "regex.Pattern[str]":
    return compile_lists(r"\s(?=\L<at>\s)", regex.I, at=sorted(load_section(language, "words").words("at")))


def find_gapped(hearing: Hearing, index: int, start: int, phrasings: Phrasings) -> Iterator[Utterance]:
    """Yield who stands before "at" and a number behind ``start``, where a verb of putting was said of another.

    >>> from parsers.sentences import read_document
    >>> from parsers.sources import find_sources
    >>> from reports.records import Report
    >>> text = "The army put the toll at 70, the White Helmets at more than 100."
    >>> [found.name for found in find_sources(read_document(Report(id="r", text=text)))]
    ['army', 'White Helmets']
    """
    text = hearing.document.sentences[index].text
    for m in _at(hearing.document.report.language).finditer(text, start):
        first, last = stretch_left(hearing, index, m.start(), phrasings)
        if first <= start or not phrasings.number.search(text, m.end(), m.end() + HEDGED):
            continue
        speaker = find_speaker(hearing, index, (first, last), in_any_words=False)
        if speaker is not None:
            yield Utterance(speaker, first, m.end(), Reach.FORWARD, "X at N", is_count=True)
