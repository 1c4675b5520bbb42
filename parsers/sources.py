"""Sources: who claims each figure, and who passed it on."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import chain

import regex

from parsers.attributions import find_utterances
from parsers.carries import find_between, find_carried, find_lines, find_named_below, load_ties
from parsers.claimants import Claimant, Kind
from parsers.hearings import Hearing, find_publisher
from parsers.offices import load_words
from parsers.reaches import Attribution, Reach, Utterance
from parsers.records import Document, Evidence, Reading, Span
from parsers.tables import load_section

QUOTATION = regex.compile(r'"[^"\n]*+(?:\n(?!\n)[^"\n]*+)*+"?')


def find_sources(document: Document, sentences: Iterable[int] | None = None) -> list[Attribution]:
    """Return the attributions of a document, in text order; the list is empty where nobody is named.

    Only the ``sentences`` given are read, as indexes in their order, or all.

    >>> from parsers.sentences import read_document
    >>> from reports.records import Report
    >>> text = "The Observatory put the toll at 12, while the White Helmets said 15 people had died in Idlib."
    >>> [(found.name, found.text) for found in find_sources(read_document(Report(id="a", text=text)))]
    [('Syrian Observatory for Human Rights', 'Observatory'), ('White Helmets', 'White Helmets')]
    """
    report = document.report
    hearing = Hearing(document, load_words(report.language), find_publisher(report.publisher))
    found = [
        _attribution(document, index, utterance)
        for index in (range(len(document.sentences)) if sentences is None else sentences)
        for utterance in find_utterances(hearing, index)
    ]
    return _with_quotations(found, document)


def _attribution(document: Document, index: int, utterance: Utterance) -> Attribution:
    offset = document.sentences[index].start
    start, end = utterance.governed
    if utterance.reach is Reach.NOWHERE:
        end = start
    speaker = utterance.speaker
    return Attribution(
        index,
        (speaker.start, speaker.end),
        (offset + start, offset + end),
        speaker.name,
        speaker.text,
        utterance.via,
        speaker.kind,
        utterance.rule,
        utterance.is_count,
    )


def _with_quotations(found: list[Attribution], document: Document) -> list[Attribution]:
    """Let a speaker beside a quotation govern all its sentences."""
    if '"' not in document.text:
        return found
    quotations = [m.span() for m in QUOTATION.finditer(document.text)]
    return [_over_quotations(attribution, quotations) for attribution in found]


def _over_quotations(attribution: Attribution, quotations: list[Span]) -> Attribution:
    start, end = attribution.governed
    if start == end:
        return attribution
    at = bisect_right(quotations, start, key=lambda span: span[1])
    while at < len(quotations) and quotations[at][0] < end:
        start, end = min(start, quotations[at][0]), max(end, quotations[at][1])
        at += 1
    return replace(attribution, governed=(start, end))


def attribute(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Return the readings, each with its source, who passed it on, and why; same order, same length.

    Where nobody is named the source stays None: it is never the newspaper that printed the figure.
    """
    if not readings:
        return []
    found = _without_counted(find_sources(document, _worth_reading(readings, document)), readings)
    publisher = find_publisher(document.report.publisher)
    claimant = publisher if publisher and publisher.kind is not Kind.MEDIA else None
    counted, owned = _count(readings, found), _find_owners(readings, found)
    return [
        _attributed(reading, document, found, counted, claimant, owned.get(reading.figure.span[0]))
        for reading in readings
    ]


def _without_counted(found: list[Attribution], readings: Sequence[Reading]) -> list[Attribution]:
    """Leave out those whose words hold the number of a figure: "a dozen militants" who are counted claim nothing."""
    numbers = sorted(reading.figure.span[0] for reading in readings)
    return [one for one in found if bisect_left(numbers, one.span[0]) == bisect_left(numbers, one.span[1])]


def drop_speakers(readings: Sequence[Reading]) -> list[Reading]:
    """Return the attributed readings without those who are their own source: one who speaks is no victim.

    >>> from parsers.pipeline import extract
    >>> from reports.records import Report
    >>> text = "Shells killed two people and wounded 11, the regional governor, Ivan Bilyk, wrote on Monday."
    >>> [figure.value for figure in extract(Report(id="r", text=text))]
    [2, 11]
    """
    return [reading for reading in readings if not _speaks(reading)]


def _speaks(reading: Reading) -> bool:
    if reading.figure.value != 1:
        return False
    start = reading.figure.span[0]
    named = next((evidence.span for evidence in reading.evidence if evidence.field == "source"), None)
    words = (reading.figure.group_text or "").lower().split()
    counted = not words or words[0].isdigit() or words[0] in _load_numbers()
    if counted or named is None or not start <= named[0] <= start + len("the "):
        return False
    return reading.trigger[0] < start  # "the wounded man said", "the mayor said that he had been shot" are victims


@cache
def _load_numbers() -> frozenset[str]:
    return load_section("en", "sources").words("numbers")


def _worth_reading(readings: Sequence[Reading], document: Document) -> Iterator[int]:
    """Yield the sentences that may say whose a figure is: up to the paragraph after the last one, and the very last."""
    sentences = document.sentences
    last = sentences[max(reading.sentence for reading in readings)].paragraph
    for index, sentence in enumerate(sentences):
        if sentence.paragraph <= last + 1 or index == len(sentences) - 1:
            yield index


def _count(readings: Sequence[Reading], found: list[Attribution]) -> set[int]:
    """Return the sentences with a figure, as indexes, and the attributions that govern one, as negative ones."""
    numbers = sorted(reading.figure.span[0] for reading in readings)

    def governs(start: int, end: int) -> bool:
        first = bisect_left(numbers, start)
        return first < len(numbers) and numbers[first] < end

    governing = {-1 - at for at, attribution in enumerate(found) if governs(*attribution.governed)}
    return {reading.sentence for reading in readings} | governing


def _find_owners(readings: Sequence[Reading], found: list[Attribution]) -> dict[int, Attribution]:
    """Return the attribution that governs each number, by where the number starts; of several the narrowest."""
    free = sorted({reading.figure.span[0] for reading in readings})
    owners: dict[int, Attribution] = {}
    for attribution in sorted(found, key=lambda one: one.governed[1] - one.governed[0]):
        first, last = (bisect_left(free, edge) for edge in attribution.governed)
        owners |= dict.fromkeys(free[first:last], attribution)
        del free[first:last]
    return owners


def _attributed(
    reading: Reading,
    document: Document,
    found: list[Attribution],
    counted: set[int],
    publisher: Claimant | None,
    owner: Attribution | None,
) -> Reading:
    for attribution, why in chain(
        [(owner, f"'{owner.text}' by the rule '{owner.rule}'")] if owner else [],
        find_carried(reading, document, found, counted, publisher),
        find_between(reading, document, found, counted, publisher),
        find_named_below(reading, document, found),
        find_lines(reading, document, found),
    ):
        evidence = Evidence("source", attribution.span, why)
        return reading.with_field(evidence, source=attribution.name, source_text=attribution.text, via=attribution.via)
    if publisher:
        why = _why_publisher(reading, document)
        return reading.with_field(Evidence("source", None, why), source=publisher.name, source_text=None, via=None)
    return reading.with_field(Evidence("source", None, "nobody is named for it"), source=None)


def _why_publisher(reading: Reading, document: Document) -> str:
    sentence = document.sentences[reading.sentence]
    if load_ties(document.report.language).first_person.search(sentence.text):
        return "the publisher speaks of itself"
    return "the publisher's own report: nobody else is named for it"
