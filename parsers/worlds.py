"""Other worlds: where the words of a figure speak of sport, of a story, of data, of births and deaths in a year."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

import regex

from parsers.grammar import ACTS, LOST_THEIRS, Draft
from parsers.patterns import compile_cues, compile_late
from parsers.records import Document, Metric, Sentence
from parsers.tables import load_section
from parsers.tries import compile_lists

VITAL = {Metric.KILLED: ("<number> <deaths>",), Metric.REFUGEES: (ACTS,), Metric.DISPLACED: (ACTS,)}
"""The rules that read the deaths and the moves of a year in a bulletin of statistics."""
CLEARLY_HURT = frozenset({Metric.KILLED, Metric.CASUALTIES})
PATIENTS = frozenset({Metric.KILLED, Metric.INJURED, Metric.CASUALTIES, Metric.AFFECTED})
"""What befalls those who are treated in a trial."""
TOUCHED = frozenset({Metric.AFFECTED, Metric.TRAPPED, Metric.RETURNED})
"""What happens to customers and accounts as well as to people in need."""
BESIDE = 2
"""Characters, a space and a comma, between a count and the words that say what it is."""
OLD = r"(?:[6-9]\d|1[01]\d)"
"""An age at which people die in their beds."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """The cues of one language, a pattern for each world."""

    stories: regex.Pattern[str]
    works: regex.Pattern[str]
    studies: regex.Pattern[str]
    sport: regex.Pattern[str]
    harm: regex.Pattern[str]
    fatal: regex.Pattern[str]
    records: regex.Pattern[str]
    vital: regex.Pattern[str]
    sky: regex.Pattern[str]
    natural: regex.Pattern[str]
    living: regex.Pattern[str]
    meant_otherwise: regex.Pattern[str]


@cache
def load_worlds(language: str) -> Worlds:
    """Load the cues of a language; raises TableError."""
    section = load_section(language, "worlds")
    names = ("stories", "sport", "harm", "fatal", "records", "vital", "sky", "meant_otherwise", "studies")
    natural = compile_lists(
        rf"\b(?:\L<cues>|\L<aged>\s{OLD}|\L<died_at>\s\d+)\b(?!\s?(?:[ap]m\b|[:.]\d))",
        regex.I,
        cues=sorted(section.words("natural")),
        aged=sorted(section.words("aged")),
        died_at=sorted(section.words("died_at")),
    )
    works = compile_late(lambda: _compile_works(language), lambda: section.words("works"))
    living = compile_lists(r"\s+\L<cues>\b", regex.I, cues=sorted(section.words("living")))
    cues = {name: compile_cues(section.words(name)) for name in names}
    return Worlds(**cues, natural=natural, living=living, works=works)


def _compile_works(language: str) -> "regex.Pattern[str]":
    section = load_section(language, "worlds")
    return compile_lists(
        r"""
        \b(?: \L<in_works> \s \L<whose> \s (?:[\w'-]++ \s){0,3}? \L<works> (?= \s?[,.;:] | \s\L<tells> )
            | \L<whose> \s (?:[\w'-]++ \s){0,2}? \L<works> \s \L<tells>
            )\b
        """,
        regex.X | regex.I,
        **{key: sorted(section.words(key)) for key in ("in_works", "whose", "works", "tells")},
    )


def is_story(sentence: Sentence, *, language: str = "en") -> bool:
    """Whether a sentence tells what happens in a book, a film, a game or a drill.

    >>> is_story(Sentence("In the thriller a guest kills six people at a hotel.", 0, 0))
    True
    """
    worlds = load_worlds(language)
    return bool(worlds.stories.search(sentence.text) or worlds.works.search(sentence.text))


@dataclass(slots=True)
class Stories:
    """Which paragraphs of a document tell a story, as far as they are read: each sentence is looked at once."""

    document: Document
    read: dict[int, tuple[int, bool]] = field(default_factory=dict)
    """For each paragraph its first sentence not looked at, and whether those before it tell a story."""

    def is_told(self, index: int) -> bool:
        """Whether the paragraph of a sentence, up to that, tells what happens in a book, a film or a drill."""
        sentences = self.document.sentences
        paragraph = sentences[index].paragraph
        if paragraph not in self.read:
            self.read[paragraph] = bisect_left(sentences, paragraph, key=lambda sentence: sentence.paragraph), False
        first, told = self.read[paragraph]
        told = told or any(is_story(sentence) for sentence in sentences[first : index + 1])
        self.read[paragraph] = max(first, index + 1), told
        return told


def is_elsewhere(draft: Draft, sentence: Sentence, *, language: str = "en") -> bool:
    """Whether a draft counts what no report of harm would count, by the words of its sentence."""
    worlds, text = load_worlds(language), sentence.text
    return (
        _is_sport(draft, text, worlds)
        or (draft.metric in TOUCHED and bool(worlds.records.search(text)) and not worlds.harm.search(text))
        or (draft.rule in VITAL.get(draft.metric, ()) and bool(worlds.vital.search(text)))
        or (draft.metric is Metric.KILLED and bool(worlds.sky.search(text)))
        or (draft.metric in PATIENTS and bool(worlds.studies.search(text)))
        or _is_meant_otherwise(draft, sentence, worlds)
        or _is_natural(draft, text, worlds)
        or _is_livelihood(draft, sentence, worlds)
    )


def _is_sport(draft: Draft, text: str, worlds: Worlds) -> bool:
    """Whether men are lost to a hamstring; who is killed, or hurt in a crash, is counted in sport too."""
    if draft.metric in CLEARLY_HURT and draft.rule != LOST_THEIRS:
        return False
    harmed = worlds.harm.search(text) or (draft.rule != LOST_THEIRS and worlds.fatal.search(text))
    return bool(worlds.sport.search(text)) and not harmed


def _is_meant_otherwise(draft: Draft, sentence: Sentence, worlds: Worlds) -> bool:
    """Whether words right beside a count make it one of something else: "six bodies on the treatment table"."""
    spans = (draft.group.span, draft.trigger)
    start, end = min(span[0] for span in spans) - sentence.start, max(span[1] for span in spans) - sentence.start
    found = worlds.meant_otherwise.finditer(sentence.text)
    return any(m.start() <= end + BESIDE and start - BESIDE <= m.end() for m in found)


def _is_natural(draft: Draft, text: str, worlds: Worlds) -> bool:
    """Whether one man or woman died as people do: "has died aged 91"."""
    quantity = draft.group.quantity
    one = quantity is None or quantity.value == 1
    died = one and draft.rule == ACTS and draft.metric is Metric.KILLED
    return died and bool(worlds.natural.search(text)) and not worlds.harm.search(text)


def _is_livelihood(draft: Draft, sentence: Sentence, worlds: Worlds) -> bool:
    """Whether people live on little or with an illness, which says of no place how many live there."""
    if draft.metric is not Metric.POPULATION or draft.rule != ACTS:
        return False
    one = draft.group.quantity is not None and draft.group.quantity.value == 1
    return one or bool(worlds.living.match(sentence.text, draft.trigger[1] - sentence.start))
