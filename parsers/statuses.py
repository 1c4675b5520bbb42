"""Status: whether a claim is made outright, unverified, a projection, or a denial."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cache

import regex

from parsers.patterns import compile_cues
from parsers.records import Document, Evidence, Reading, Sentence, Span, Status
from parsers.tables import load_section
from parsers.tries import compile_lists

NEAR = 60


@cache
def _patterns(language: str) -> "dict[Status, regex.Pattern[str]]":
    table = load_section(language, "status")
    unverified = table.words("unverified") | table.words("unproven")
    return {
        Status.DENIED: compile_cues(table.words("denied")),
        Status.UNVERIFIED: compile_cues(unverified),
        Status.PROJECTED: compile_cues(table.words("projected")),
    }


@cache
def _boasts(language: str) -> "regex.Pattern[str]":
    return compile_cues(load_section(language, "status").words("boasts"))


@cache
def _doubts(language: str) -> "regex.Pattern[str]":
    """Return what says of the figures before it that nobody has verified them."""
    table, words = load_section(language, "status"), load_section(language, "words")
    return compile_lists(
        r"""
        (?: ^ | \b \L<joints>\s | ,\s ) \L<doubted>\s (?: [\w'-]++\s ){0,3}? \L<unproven>\b
        | \b \L<unproven>\s \L<doubted>\b
        """,
        regex.X | regex.I,
        joints=sorted(words.words("and") | words.words("but")),
        doubted=sorted(table.words("doubted")),
        unproven=sorted(table.words("unproven")),
    )


@cache
def _rates(language: str) -> "regex.Pattern[str]":
    table, words = load_section(language, "status"), load_section(language, "words")
    return compile_lists(
        r"""
        [\s,]*+ \L<rates>\b (?! \s \L<not_rates>\b )
        | (?: \s (?!\L<relatives>\b) [\w'-]++ ){1,9}? \s \L<far_rates>\b
        """,
        regex.X | regex.I,
        rates=sorted(table.words("rates")),
        not_rates=sorted(table.words("not_rates")),
        far_rates=sorted(table.words("far_rates")),
        relatives=sorted(words.words("who") | words.words("when")),
    )


@cache
def _resumes(language: str) -> "regex.Pattern[str]":
    words = sorted(load_section(language, "status").words("resumes"))
    joints = sorted(load_section(language, "words").words("and") | load_section(language, "words").words("but"))
    return compile_lists(
        r"\b \L<joints>\b [\w\s]{0,20}? \b\L<resumes>\b", regex.X | regex.I, resumes=words, joints=joints
    )


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence asks, and claims nothing.

    >>> is_question(Sentence("Did the raid kill 40 people?", 0, 0))
    True
    """
    return sentence.text.rstrip().endswith("?")


def is_rate(sentence: Sentence, *spans: Span, language: str = "en") -> bool:
    """Whether the words behind one of the spans make the number a rate: "30 people a day", "12 die there each year".

    >>> is_rate(Sentence("The disease kills 30 people every day.", 0, 0), (18, 27))
    True
    """
    return any(_rates(language).match(sentence.text, end - sentence.start) for _, end in spans)


def weigh(readings: Sequence[Reading], document: Document) -> list[Reading]:
    """Give each reading its status, from the words of its clause; "not verified" may stand anywhere in the sentence."""
    counted = frozenset(reading.sentence for reading in readings)
    return [_weighed(reading, document, counted) for reading in readings]


def _find_doubt(reading: Reading, document: Document, counted: AbstractSet[int]) -> Span | None:
    """Return where the rest of the sentence, or a next that counts nobody, says that its figures are not verified."""
    pattern, sentences = _doubts(document.report.language), document.sentences
    rest = Sentence(document.text[reading.clause[1] : sentences[reading.sentence].end], reading.clause[1], 0)
    following = reading.sentence + 1
    for sentence in (rest, *sentences[following : following + (following not in counted)]):
        if m := pattern.search(sentence.text):
            return m.start() + sentence.start, m.end() + sentence.start
    return None


def _weighed(reading: Reading, document: Document, counted: AbstractSet[int]) -> Reading:
    if reading.figure.status is not Status.REPORTED:
        why = f"the words before the verb say that it is {reading.figure.status.value}"
        return replace(reading, evidence=(*reading.evidence, Evidence("status", reading.trigger, why)))
    sentence = document.sentences[reading.sentence]
    start, end = reading.clause
    for status, pattern in _patterns(document.report.language).items():
        if status is Status.PROJECTED:
            # A fear governs what follows it, not what stands before.
            m = pattern.search(
                document.text,
                max(start, reading.figure.span[0] - NEAR),
                max(reading.figure.span[0], reading.trigger[1]),
            )
        elif status is Status.DENIED:
            place = max(reading.figure.span[0], reading.trigger[0])
            m = pattern.search(document.text, sentence.start, place)
            m = None if m and _resumes(document.report.language).search(document.text, m.end(), place) else m
        else:
            m = pattern.search(document.text, sentence.start, sentence.end)
            m = (
                m
                if m and m.start() < end
                else _boasts(document.report.language).search(document.text, *reading.trigger)
            )
            if m is None and (doubt := _find_doubt(reading, document, counted)):
                why = f"'{document.text[slice(*doubt)]}' is said of the figures before it"
                return reading.with_field(Evidence("status", doubt, why), status=status)
        if m and m.start() < end:
            evidence = Evidence("status", m.span(), f"'{m.group()}' in its sentence")
            return reading.with_field(evidence, status=status)
    plain = Evidence("status", None, "no word of doubt, of what may come or of denial stands with it")
    return replace(reading, evidence=(*reading.evidence, plain))
