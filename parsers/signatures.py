"""Signatures: what names a source without a verb: "Source: X", "X: 12 killed", "12 killed - X", "OCHA data"."""

from collections.abc import Iterator

import regex

from parsers.claimants import Kind
from parsers.engines import compile_either
from parsers.hearings import Hearing, Speaker
from parsers.patterns import WORD
from parsers.phrasings import Phrasings
from parsers.reaches import Reach, Utterance
from parsers.recollections import find_subject
from parsers.records import Span
from parsers.speakers import find_speaker
from parsers.stretches import stretch_right

SIGNED = compile_either(r"\s-|:|\(")
DATED = regex.compile(r"\((?P<who>[^():,\d]{2,70}+),\ (?=[^():]{0,30}?\d)[^():]{3,40}+\)")
"""Who counted, and when, in brackets."""
SIGNATURE = 120
"""A signature stands in so many last characters."""


def read_edges(hearing: Hearing, index: int, phrasings: Phrasings) -> Iterator[Utterance]:
    """Read what names a source without a verb: "Source: X", "X: 12 killed", "12 killed - X", "(X)"."""
    text = hearing.document.sentences[index].text
    line = phrasings.source_line.search(text) if ":" in text else None
    if line:
        span = stretch_right(hearing, index, line.end(), phrasings)
        speaker = find_speaker(hearing, index, span, in_any_words=False)
        if speaker:
            yield Utterance(speaker, line.start(), span[1], Reach.BOTH, "Source: X")
        return
    heading = phrasings.heading.match(text) if ":" in text else None
    if heading and (speaker := _only_name(hearing, index, heading.span("who"))):
        yield Utterance(speaker, 0, heading.end("who"), Reach.FORWARD, "X: ...", is_count=True)
        return
    if brackets := list(_read_brackets(hearing, index)):
        yield from brackets
        return
    signature = phrasings.signature.search(text, max(0, len(text) - SIGNATURE)) if SIGNED.search(text) else None
    if signature and (speaker := _only_name(hearing, index, signature.span("who"))):
        expands = signature["mark"] == "(" and _spells(text[: signature.start()], signature["who"])
        if not expands and speaker.kind not in {Kind.ARMED_GROUP, Kind.MILITARY}:
            yield Utterance(speaker, signature.start(), len(text), Reach.BACKWARD, "... - X")
            return
    yield from _read_owned(hearing, index, phrasings)


def _read_brackets(hearing: Hearing, index: int) -> Iterator[Utterance]:
    """Read who stands in brackets with a date behind the numbers that are his: "41 killed (OCHA, 10 May 2024)"."""
    text = hearing.document.sentences[index].text
    for m in DATED.finditer(text) if "(" in text else ():
        if speaker := _only_name(hearing, index, m.span("who")):
            yield Utterance(speaker, m.start(), m.end(), Reach.BACKWARD, "... (X, date)")


def _spells(before: str, letters: str) -> bool:
    """Tell "Rapid Support Forces (RSF)", a name with its letters, from a claimant in brackets."""
    initials = "".join(word[0] for word in before.split() if word[0].isupper())
    return initials.endswith(letters.strip())


def _read_owned(hearing: Hearing, index: int, phrasings: Phrasings) -> Iterator[Utterance]:
    """Read whose the count is: "OCHA data", "the ministry's toll", "its database"."""
    sentence = hearing.document.sentences[index]
    # Most sentences own no figures: one look at that spares the names and the offices in them.
    owned = phrasings.owned.search(sentence.text) is not None
    for naming in hearing.namings(index) if owned else ():
        m = phrasings.owned.match(sentence.text, naming.end)
        speaker = find_speaker(hearing, index, (naming.start, naming.end), in_any_words=False) if m else None
        if m and speaker and not (naming.is_short and speaker.name == speaker.text):
            yield Utterance(speaker, naming.start, m.end(), Reach.BOTH, "X's figures", is_count=True)
            return
    owned = owned and any(phrasings.owned.match(sentence.text, end) for end in _find_heads(hearing, sentence.text))
    # The pattern of offices leaves out what owns something: "the army's wounded".
    for office in hearing.words.office.finditer(sentence.text.replace("'s ", "   ")) if owned else ():
        m = phrasings.owned.match(sentence.text, office.end("head"))
        speaker = find_speaker(hearing, index, (office.start(), office.end("head")), in_any_words=False) if m else None
        if m and speaker:
            yield Utterance(speaker, office.start(), m.end(), Reach.BOTH, "X's figures", is_count=True)
            return
    m = phrasings.own.match(sentence.text)
    last = find_subject(hearing, index - 1) or next(reversed(hearing.spoken), None) if m else None
    if m and last:
        start = sentence.start
        speaker = Speaker(start, start + m.end(), last.name, last.text, last.kind, is_back=True)
        yield Utterance(speaker, 0, m.end(), Reach.BOTH, "its figures", is_count=True)


def _find_heads(hearing: Hearing, text: str) -> Iterator[int]:
    """Yield where words end that may be the last of an office."""
    return (m.end() for m in WORD.finditer(text) if m.group().lower() in hearing.words.last_of_heads)


def _only_name(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Return the speaker that a stretch names with no other words but an article."""
    speaker = find_speaker(hearing, index, span, in_any_words=False)
    if speaker is None or speaker.kind is None:
        return None
    words = hearing.document.sentences[index].text[slice(*span)].strip().lower()
    if words in hearing.words.countries:
        return None  # "Myanmar: ..." says where, not who
    around = span[1] - span[0] - (speaker.end - speaker.start)
    branch = words[-around:].strip() if words.startswith(speaker.text.lower()) else ""
    return speaker if around <= len("the ") or branch in hearing.words.countries else None
