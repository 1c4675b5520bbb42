"""Glosses: a report in another language, put into the words of one that has a grammar, phrase by phrase, and back.

Spanish, French and Portuguese count people in the order of English: *300 familias fueron desplazadas*, *deixou 12
mortos*. A gloss of each phrase (``[phrases]`` in ``parsers/lexicon/es.toml``) is enough for the rules that read
English. It is no translation and nobody is shown it as one: the figures come back with the words of the report.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from parsers.glossaries import LOST, Glossary, load_glossary
from parsers.records import Evidence, Reading, Span
from reports.records import Report

LINE_END = regex.compile(r"(?<=\S)\n(?=\S)")
NAME_BEFORE = regex.compile(r"\p{Lu}[\p{L}'-]*+\ \Z")
QUALITY = regex.compile(r"\ (?P<quality>\p{Ll}{3,}+(?<=s))(?!\p{L})")
"""An adjective agrees with its noun; verbs of many do not end like that."""
LOST_LETTER = regex.compile(rf"(?<=\p{{L}}){LOST}|{LOST}(?=\p{{L}})")
"""A letter that a wrong encoding lost within a word that no table has: in a gloss any will do."""
WORDS, NAMES = ("group_text", "source_text", "place_text"), ("source", "place")
"""The fields that hold words of the report, and those that do where a source or a place has no row of its own."""
MARKS = {"grouped": (".", ","), "decimal": (",", ".")}
"""The marks in numbers, there and in English: 2.000 people, 1,5 million."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a gloss, where it starts there, and what it stands for in the report."""

    at: int
    words: str
    span: Span
    same: bool


@dataclass(frozen=True, slots=True)
class Gloss:
    """A report, the same in other words, and which of them stand for which."""

    original: Report
    report: Report
    pieces: tuple[Piece, ...]

    def restore(self, readings: Iterable[Reading]) -> list[Reading]:
        """Return what was read in the gloss with the words and places of the report."""
        restored = [(reading.figure.id, self._restore(reading)) for reading in readings]
        names = {old: reading.figure.id for old, reading in restored}
        return [
            reading.with_field(part_of=names.get(whole, whole)) if (whole := reading.figure.part_of) else reading
            for _, reading in restored
        ]

    def _restore(self, reading: Reading) -> Reading:
        figure = reading.figure
        span = self._find(figure.span)
        at = self.report.text.find(figure.quote, max(0, figure.span[0] - len(figure.quote)))
        quoted = self._find((at, at + len(figure.quote)))
        changes = {"span": span, "quote": self._take(quoted), "id": f"{figure.report}:{span[0]}:{figure.metric}"}
        evidence = [replace(one, span=one.span and self._find(one.span)) for one in reading.evidence]
        evidence.append(Evidence("metric", None, f"read phrase by phrase as '{figure.quote}'"))
        return Reading(
            figure.change(**changes | self._find_words(reading)),
            reading.sentence,
            self._find(reading.clause),
            self._find(reading.trigger),
            tuple(evidence),
        )

    def _find_words(self, reading: Reading) -> dict[str, str]:
        """Return the fields that hold words, in those of the report; a name that is all gloss stays, as "police"."""
        said = {self.report.text[slice(*one.span)]: one.span for one in reading.evidence if one.span}
        spans = {field: said.get(getattr(reading.figure, field)) for field in (*WORDS, *NAMES)}
        return {
            field: self._take(self._find(span))
            for field, span in spans.items()
            if span and (field in WORDS or any(piece.same and piece.words.strip() for piece in self._cover(span)))
        }

    def _take(self, span: Span) -> str:
        return self.original.text[slice(*span)]

    def _find(self, span: Span) -> Span:
        """Return where in the report the words stand for which those of the gloss stand."""
        pieces = self._cover(span)
        first, last = pieces[0], pieces[-1]
        start = first.span[0] + (span[0] - first.at if first.same else 0)
        end = last.span[0] + span[1] - last.at if last.same else last.span[1]
        # What is said of people stands behind them there, and before them here: any piece may be the outermost.
        starts, ends = [piece.span[0] for piece in pieces[1:]], [piece.span[1] for piece in pieces[:-1]]
        return min([start, *starts]), max([end, *ends])

    def _cover(self, span: Span) -> Sequence[Piece]:
        """Return the pieces of the gloss that a span of it touches."""
        first, last = (bisect_right(self.pieces, at, key=_start) for at in (span[0], max(*span) - 1))
        return self.pieces[first - 1 : last]


def _start(piece: Piece) -> int:
    return piece.at


def gloss_report(report: Report) -> Gloss | None:
    """Return a report in the words of the language that its own is read through; None for one with its own grammar.

    >>> gloss = gloss_report(Report(id="a1", text="Murieron 1.200 personas.", language="es"))
    >>> gloss.report.text, gloss.report.language
    ('Killed 1,200 people.', 'en')
    """
    glossary = load_glossary(report.language)
    if glossary is None:
        return None
    pieces: list[Piece] = []
    at = 0
    for words, span, same in _gloss(report.text, glossary):
        if words:
            pieces.append(Piece(at, words, span, same))
            at += len(words)
    text = "".join(piece.words for piece in pieces)
    return Gloss(report, replace(report, text=text, language=glossary.through), tuple(pieces))


def _gloss(text: str, glossary: Glossary) -> Iterator[tuple[str, Span, bool]]:
    """Yield the words of the gloss with the span they stand for, and whether they are the report's own."""
    at = 0
    own, even = LOST_LETTER.sub("e", text), _even(text)
    for m in glossary.pattern.finditer(even):
        start, end = m.span()
        kind = m.lastgroup or ""
        if _is_within_name(kind, text, at, (start, end), glossary):
            continue
        yield own[at:start], (at, start), True
        if kind in MARKS:
            yield m.group().translate(str.maketrans(*MARKS[kind])), m.span(), True
        else:
            words = glossary.phrases[kind][m.group()]
            if quality := _find_quality(even, (start, end), glossary):
                yield f"{own[slice(*quality)]} ", quality, False
                at = quality[1]
            end += not words and text[end : end + 1] == " "  # what English does without takes its space along
            yield _as_written(words, text[start:end]), (start, end), False
        at = max(at, end)
    yield own[at:], (at, len(text)), True


def _find_quality(even: str, span: Span, glossary: Glossary) -> Span | None:
    """Return where behind a noun of several people a word stands that is said of them: "soldats **maliens**"."""
    noun = even[slice(*span)]
    m = QUALITY.match(even, span[1]) if noun in glossary.people and noun[-1] == "s" else None
    return None if m is None or glossary.pattern.match(even, m.start("quality")) else m.span("quality")


def _is_within_name(kind: str, text: str, at: int, span: Span, glossary: Glossary) -> bool:
    """Whether a phrase is not meant: "Sul" as a part of a name, "de" between two ("Mocímboa da Praia")."""
    start, end = span
    if kind in {"lower", "names"}:
        return text[start].isupper() != (kind == "names")
    if text[start:end] not in glossary.joints:
        return False
    return bool(NAME_BEFORE.search(text, at, start)) and text[end : end + 2].strip().isupper()


def _even(text: str) -> str:
    """Return a text of the same length in lower case, with plain apostrophes and without the ends of its lines."""
    lower = "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
    return LINE_END.sub(" ", lower.replace("’", "'"))


def _as_written(words: str, written: str) -> str:
    """Return words in capitals where those that they stand for are, and parted from what these were joined to."""
    if written.isupper() and words.islower() and sum(map(str.isalpha, written)) > 1:
        words = words.upper()
    elif written[:1].isupper():
        words = words[:1].upper() + words[1:]
    return f"{words} " if words and written[-1] in "'’" else words
