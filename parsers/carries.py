"""Carries: sources named elsewhere than in the figure's sentence, carried over to it or named below it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

import regex

from parsers.claimants import Claimant, Kind
from parsers.reaches import Attribution
from parsers.records import Document, Reading
from parsers.tables import load_section
from parsers.tries import compile_lists

DIGIT = regex.compile(r"\d")
QUIET = 1
"""How many sentences without a figure a source may be carried over inside a paragraph."""
COUNTING = frozenset({Kind.MONITOR, Kind.UN, Kind.HEALTH, Kind.CIVIL_DEFENCE, Kind.NGO})
"""The kinds whose count goes on in the next paragraph where nobody else is named."""


@dataclass(frozen=True, slots=True)
class Ties:
    """What binds a figure to a count named before it, or to the publisher."""

    tie: regex.Pattern[str]
    given: regex.Pattern[str]
    first_person: regex.Pattern[str]
    own_people: regex.Pattern[str]
    standing: regex.Pattern[str]
    publishing: regex.Pattern[str]


@cache
def load_ties(language: str) -> Ties:
    """Load the words of a language by which a count goes on; raises TableError."""
    section = load_section(language, "sources")
    given = ("these", "figures", "confirming", "confirmed", "counted_by")
    lists: dict[str, Any] = {key: section.words(key) for key in given}
    return Ties(
        compile_lists(r"(?<!\w) \L<ties> (?!\w)", regex.X | regex.I, ties=section.words("ties")),
        compile_lists(
            r"""
            (?<!\w) (?: \L<these> \s \L<figures> (?!\w) (?! \s of \s)
              | \L<confirming> \s \L<confirmed> (?!\w)
              | \L<confirmed> \s (?:\w+\s){0,2}? \L<counted_by> (?!\w) )
            """,
            regex.X | regex.I,
            **lists,
        ),
        compile_lists(r"(?<!\w) \L<words> (?!\w)", regex.X | regex.I, words=section.words("first_person")),
        compile_lists(
            r"(?<!\w) \L<own> \s (?:\w+\s){0,2}? \L<people> (?!\w)",
            regex.X | regex.I,
            own=section.words("own"),
            people=section.words("own_people"),
        ),
        compile_lists(r"(?<!\w) \L<words> (?!\w)", regex.X | regex.I, words=section.words("standing")),
        compile_lists(
            r"\L<verbs> \s \L<own> \s (?:[\w-]+\s){0,3}? \L<figures> (?!\w)",
            regex.X | regex.I,
            verbs=section.words("publishing"),
            own=section.words("own"),
            figures=section.words("figures"),
        ),
    )


def find_carried(
    reading: Reading, document: Document, found: list[Attribution], counted: set[int], publisher: Claimant | None
) -> Iterator[tuple[Attribution, str]]:
    """Yield the source named before the figure, where the report has not turned to other things since.

    It is carried over the sentences of its paragraph, and into the next paragraph by a tie ("among them").
    """
    at = bisect_right(found, reading.sentence, key=_sentence) - 1
    if at < 0 or found[at].sentence == reading.sentence:
        return
    last, ties = found[at], load_ties(document.report.language)
    sentence, former = document.sentences[reading.sentence], document.sentences[last.sentence]
    if former.text.rstrip().endswith(":") and _follows(document, last.sentence, reading.sentence):
        yield last, f"'{last.text}' introduces the list"
        return
    tells_of_own = ties.own_people.search(document.text, *last.governed) is not None
    if not last.is_count and -1 - at not in counted and not tells_of_own:
        return
    publishes = last.sentence not in counted and ties.publishing.search(former.text) is not None
    is_tied = ties.tie.search(sentence.text) is not None or publishes
    goes_on = ties.standing.search(sentence.text) is not None and _is_alone(found)
    between = (index for index in range(last.sentence + 1, reading.sentence) if index not in counted)
    quiet = list(islice(between, QUIET + 1))
    if former.headline or len(quiet) > QUIET or (publisher and not is_tied):
        return
    if sentence.paragraph == former.paragraph:
        yield last, f"'{last.text}' carried over from the sentence before in the paragraph"
    elif sentence.paragraph == former.paragraph + 1 and (
        goes_on or (not quiet and (is_tied or _is_item(document, reading)))
    ):
        yield last, f"'{last.text}' carried over from the paragraph before, to which its words refer"


def find_between(
    reading: Reading, document: Document, found: list[Attribution], counted: set[int], publisher: Claimant | None
) -> Iterator[tuple[Attribution, str]]:
    """Yield the listed source whose counts stand right before and right behind the figure's sentence."""
    at = bisect_left(found, reading.sentence, key=_sentence)
    if at == 0 or at == len(found) or publisher or found[at].sentence == reading.sentence:
        return
    last, following = found[at - 1], found[at]
    paragraphs = [document.sentences[one.sentence].paragraph for one in (last, following)]
    here = document.sentences[reading.sentence].paragraph
    counts = all(-1 - number in counted for number in (at - 1, at))
    if counts and last.kind and last.name == following.name and here - paragraphs[0] <= 1 >= paragraphs[1] - here:
        yield last, f"'{last.text}' gives the figures before and behind"


def _sentence(attribution: Attribution) -> int:
    """Return the sentence of an attribution; attributions stand in its order."""
    return attribution.sentence


def _is_alone(found: list[Attribution]) -> bool:
    """Tell that a report names one listed body that counts, and nobody else."""
    return found[0].kind in COUNTING and all(one.name == found[0].name for one in found)


def _is_item(document: Document, reading: Reading) -> bool:
    """Tell whether the figure's sentence is an item of a list: a bullet stands before it on its line."""
    start = document.sentences[reading.sentence].start
    line = document.text.rfind("\n", 0, start) + 1
    return bool(document.text[line:start].strip()) and not any(c.isalnum() for c in document.text[line:start])


def _follows(document: Document, introduction: int, item: int) -> bool:
    """Tell whether an item stands in the list right behind its introduction, in its paragraph or the next."""
    sentences = document.sentences
    first = sentences[introduction + 1].paragraph
    return first - sentences[introduction].paragraph <= 1 and sentences[item].paragraph == first


def find_named_below(
    reading: Reading, document: Document, found: list[Attribution]
) -> Iterator[tuple[Attribution, str]]:
    """Yield who "gave the figures", in a sentence without one of its own, that stood before."""
    pattern = load_ties(document.report.language).given
    here = document.sentences[reading.sentence]
    at = bisect_left(found, reading.sentence, key=_sentence)
    later = found[at] if at < len(found) else None
    if later and later.sentence == reading.sentence:
        return
    text = document.sentences[later.sentence].text if later else ""
    is_near = later is not None and document.sentences[later.sentence].paragraph - here.paragraph <= 1
    if later and later.kind and is_near and pattern.search(text) and not DIGIT.search(text):
        yield later, f"'{later.text}' gave the figures above"


def find_lines(reading: Reading, document: Document, found: list[Attribution]) -> Iterator[tuple[Attribution, str]]:
    """Yield the source that a line of its own at the end of the report names."""
    if found and found[-1].rule == "Source: X" and found[-1].sentence == len(document.sentences) - 1:
        sentence = document.sentences[found[-1].sentence]
        if sentence.paragraph != document.sentences[reading.sentence].paragraph or len(found) == 1:
            yield found[-1], f"the report names '{found[-1].text}' as its source"
