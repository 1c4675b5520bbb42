"""Sources: who claims each figure, and who passed it on."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers.attributions import find_utterances
from parsers.claimants import Claimant, Kind
from parsers.hearings import Hearing, find_publisher
from parsers.offices import load_words
from parsers.reaches import Reach, Utterance
from parsers.records import Document, Evidence, Reading, Span
from parsers.tables import load_section

QUOTATION = regex.compile(r'"[^"\n]*+(?:\n(?!\n)[^"\n]*+)*+"?')
DIGIT = regex.compile(r"\d")
QUIET = 1
"""How many sentences without a figure a source may be carried over inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that say whose a claim is: ``span`` holds the words that name the source, ``governed`` what is theirs.

    ``name`` is the canonical name of a listed claimant, else the words; ``text`` the words as written. Spans
    count characters of the document; ``governed`` is empty for a speaker of other things.
    """

    sentence: int
    span: Span
    governed: Span
    name: str
    text: str
    via: str | None
    kind: Kind | None
    rule: str
    is_count: bool = False


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
def _load_ties(language: str) -> Ties:
    section = load_section(language, "sources")
    return Ties(
        regex.compile(r"(?<!\w) \L<ties> (?!\w)", regex.X | regex.I, ties=section.words("ties")),
        regex.compile(
            r"(?<!\w) \L<these> \s \L<figures> (?!\w) (?! \s of \s)",
            regex.X | regex.I,
            these=section.words("these"),
            figures=section.words("figures"),
        ),
        regex.compile(r"(?<!\w) \L<words> (?!\w)", regex.X | regex.I, words=section.words("first_person")),
        regex.compile(
            r"(?<!\w) \L<own> \s (?:\w+\s){0,2}? \L<people> (?!\w)",
            regex.X | regex.I,
            own=section.words("own"),
            people=section.words("own_people"),
        ),
        regex.compile(r"(?<!\w) \L<words> (?!\w)", regex.X | regex.I, words=section.words("standing")),
        regex.compile(
            r"\L<verbs> \s \L<own> \s (?:[\w-]+\s){0,3}? \L<figures> (?!\w)",
            regex.X | regex.I,
            verbs=section.words("publishing"),
            own=section.words("own"),
            figures=section.words("figures"),
        ),
    )


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
    for first, last in quotations:
        if first < end and start < last:
            start, end = min(start, first), max(end, last)
    return replace(attribution, governed=(start, end))


def attribute(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Return the readings, each with its source, who passed it on, and why; same order, same length.

    Where nobody is named the source stays None: it is never the newspaper that printed the figure.
    """
    if not readings:
        return []
    found = find_sources(document, _worth_reading(readings, document))
    publisher = find_publisher(document.report.publisher)
    claimant = publisher if publisher and publisher.kind is not Kind.MEDIA else None
    counted = _count(readings, found)
    return [_attributed(reading, document, found, counted, claimant) for reading in readings]


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


def _governs(attribution: Attribution, reading: Reading) -> bool:
    return attribution.governed[0] <= reading.figure.span[0] < attribution.governed[1]


def _attributed(
    reading: Reading, document: Document, found: list[Attribution], counted: set[int], publisher: Claimant | None
) -> Reading:
    for attribution, why in (
        *_own(reading, found),
        *_carried(reading, document, found, counted, publisher),
        *_between(reading, document, found, counted, publisher),
        *_named_below(reading, document, found),
        *_lines(reading, document, found),
    ):
        evidence = Evidence("source", attribution.span, why)
        return reading.with_field(evidence, source=attribution.name, source_text=attribution.text, via=attribution.via)
    if publisher:
        why = _why_publisher(reading, document)
        return reading.with_field(Evidence("source", None, why), source=publisher.name, source_text=None, via=None)
    return reading.with_field(Evidence("source", None, "nobody is named for it"), source=None)


def _own(reading: Reading, found: list[Attribution]) -> Iterator[tuple[Attribution, str]]:
    """Yield the attribution that governs the figure; of several the narrowest."""
    governing = [attribution for attribution in found if _governs(attribution, reading)]
    if governing:
        best = min(governing, key=lambda attribution: attribution.governed[1] - attribution.governed[0])
        yield best, f"'{best.text}' by the rule '{best.rule}'"


def _carried(
    reading: Reading, document: Document, found: list[Attribution], counted: set[int], publisher: Claimant | None
) -> Iterator[tuple[Attribution, str]]:
    """Yield the source named before the figure, where the report has not turned to other things since.

    It is carried over the sentences of its paragraph, and into the next paragraph by a tie ("among them").
    """
    earlier = [number for number, attribution in enumerate(found) if attribution.sentence <= reading.sentence]
    if not earlier or found[earlier[-1]].sentence == reading.sentence:
        return
    last, ties = found[earlier[-1]], _load_ties(document.report.language)
    sentence, former = document.sentences[reading.sentence], document.sentences[last.sentence]
    if former.text.rstrip().endswith(":") and _follows(document, last.sentence, reading.sentence):
        yield last, f"'{last.text}' introduces the list"
        return
    tells_of_own = ties.own_people.search(document.text, *last.governed) is not None
    if not last.is_count and -1 - earlier[-1] not in counted and not tells_of_own:
        return
    publishes = last.sentence not in counted and ties.publishing.search(former.text) is not None
    is_tied = ties.tie.search(sentence.text) is not None or publishes
    goes_on = ties.standing.search(sentence.text) is not None and _is_alone(found)
    quiet = [index for index in range(last.sentence + 1, reading.sentence) if index not in counted]
    if former.headline or len(quiet) > QUIET or (publisher and not is_tied):
        return
    if sentence.paragraph == former.paragraph:
        yield last, f"'{last.text}' carried over from the sentence before in the paragraph"
    elif (
        (is_tied or goes_on or _is_item(document, reading)) and not quiet and sentence.paragraph == former.paragraph + 1
    ):
        yield last, f"'{last.text}' carried over from the paragraph before, to which its words refer"


def _between(
    reading: Reading, document: Document, found: list[Attribution], counted: set[int], publisher: Claimant | None
) -> Iterator[tuple[Attribution, str]]:
    """Yield the listed source whose counts stand right before and right behind the figure's sentence."""
    before = [number for number, attribution in enumerate(found) if attribution.sentence < reading.sentence]
    behind = [number for number, attribution in enumerate(found) if attribution.sentence >= reading.sentence]
    if not before or not behind or publisher or found[behind[0]].sentence == reading.sentence:
        return
    last, following = found[before[-1]], found[behind[0]]
    paragraphs = [document.sentences[one.sentence].paragraph for one in (last, following)]
    here = document.sentences[reading.sentence].paragraph
    counts = all(-1 - number in counted for number in (before[-1], behind[0]))
    if counts and last.kind and last.name == following.name and here - paragraphs[0] <= 1 >= paragraphs[1] - here:
        yield last, f"'{last.text}' gives the figures before and behind"


def _is_alone(found: list[Attribution]) -> bool:
    """Tell that a report names one listed body that counts, and nobody else."""
    counting = {Kind.MONITOR, Kind.UN, Kind.HEALTH, Kind.CIVIL_DEFENCE, Kind.NGO}
    return len({one.name for one in found}) == 1 and found[0].kind in counting


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


def _named_below(reading: Reading, document: Document, found: list[Attribution]) -> Iterator[tuple[Attribution, str]]:
    """Yield who "gave the figures", in a sentence without one of its own, that stood before."""
    pattern = _load_ties(document.report.language).given
    here = document.sentences[reading.sentence]
    if any(one.sentence == reading.sentence for one in found):
        return
    later = next((one for one in found if one.sentence > reading.sentence), None)
    text = document.sentences[later.sentence].text if later else ""
    is_near = later is not None and document.sentences[later.sentence].paragraph - here.paragraph <= 1
    if later and later.kind and is_near and pattern.search(text) and not DIGIT.search(text):
        yield later, f"'{later.text}' gave the figures above"


def _lines(reading: Reading, document: Document, found: list[Attribution]) -> Iterator[tuple[Attribution, str]]:
    """Yield the source that a line of its own at the end of the report names."""
    if found and found[-1].rule == "Source: X" and found[-1].sentence == len(document.sentences) - 1:
        sentence = document.sentences[found[-1].sentence]
        if sentence.paragraph != document.sentences[reading.sentence].paragraph or len(found) == 1:
            yield found[-1], f"the report names '{found[-1].text}' as its source"


def _why_publisher(reading: Reading, document: Document) -> str:
    sentence = document.sentences[reading.sentence]
    if _load_ties(document.report.language).first_person.search(sentence.text):
        return "the publisher speaks of itself"
    return "the publisher's own report: nobody else is named for it"
