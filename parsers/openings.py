"""Openings: the body or the holder of an office that a sentence begins with, whom later words go back to."""

import regex

from parsers.hearings import ARTICLE, Hearing, Speaker, name_speaker
from parsers.offices import NAME, tell_kind
from parsers.organisations import find_beginning, find_organisation
from parsers.records import Span

NEAR = 2
"""So many sentences back a body or the holder of an office may have been named that did not speak."""


HELD = regex.compile(
    rf"""
    (?: (?:\s{NAME}){{1,4}} (?: \s(?:of|in|for)\s(?:the\s)? {NAME} (?:\s{NAME}){{0,3}} )?
    | \sof\s {NAME} (?:\s{NAME}){{0,3}} )
    """,
    regex.X,
)
APPOSED = regex.compile(r",\s(?:(?:the|an?)\s)?")


def find_opening(hearing: Hearing, index: int, end: int) -> Speaker | None:
    """Return the body that a sentence begins with: "The Darfur Bar Association", "Adré hospital"."""
    sentence = hearing.document.sentences[index]
    listed = next((naming for naming in hearing.namings(index) if naming.start <= len("The ")), None)
    if listed and not listed.is_short:
        return name_speaker(hearing, index, listed, listed.claimants[0]) if listed.end <= end else None
    text = sentence.text
    article = ARTICLE.match(text)
    start = article.end() if article else 0
    m = hearing.words.office.search(text, start, end)
    first = find_beginning(hearing, index, 0, max(start, m.start())) if m else end
    if m and first == start and m["head"].lower() not in hearing.words.persons_heads:
        begin, finish = sentence.start + first, sentence.start + m.end("head")
        words = hearing.document.report.text[begin:finish]
        return Speaker(begin, finish, " ".join(words.split()), words, tell_kind(hearing.words, m))
    named = find_organisation(hearing, index, (start, end))
    return named if named and named.start == sentence.start + start else None


def find_holder(hearing: Hearing, index: int, span: Span, *, many: bool) -> Speaker | None:
    """Resolve "he" and "they" to the office that began a sentence just before without speaking.

    "He" is the holder who is named with it ("Mayor Issa Koné"), "they" are many ("rescue workers").
    """
    sentences = hearing.document.sentences
    last = hearing.spoken[-1].start if hearing.spoken else -1
    for before in range(index, max(-1, index - 1 - NEAR), -1):
        sentence = sentences[before]
        article = ARTICLE.match(sentence.text)
        start = article.end() if article else 0
        limit = span[0] if before == index else len(sentence.text)
        m = hearing.words.office.match(sentence.text, start, limit)
        if not m and not many and (apposed := _find_apposed(hearing, index, before, span)):
            return apposed
        if m is None or sentence.start + start <= last:
            continue
        held = HELD.match(sentence.text, m.end("head"))
        end = m.end("head") if many and m["head"].endswith("s") else held.end() if held and not many else start
        if end > start:
            words = hearing.document.report.text[sentence.start + start : sentence.start + end]
            back = sentences[index].start + span[0], sentences[index].start + span[1]
            return Speaker(*back, " ".join(words.split()), words, tell_kind(hearing.words, m), is_back=True)
    return None


def _find_apposed(hearing: Hearing, index: int, before: int, span: Span) -> Speaker | None:
    """Return the office of "Yusuf Adan, an elder in Galkayo, fled", for one who has not spoken since."""
    sentence = hearing.document.sentences[before]
    named = hearing.words.person.match(sentence.text)
    comma = APPOSED.match(sentence.text, named.end()) if named else None
    end = sentence.text.find(",", comma.end()) if comma else -1
    m = hearing.words.office.match(sentence.text, comma.end(), end) if comma and end > 0 else None
    if m is None or any(speaker.start > sentence.start for speaker in hearing.spoken):
        return None
    words = hearing.document.report.text[sentence.start + m.start() : sentence.start + m.end()]
    back = hearing.document.sentences[index].start + span[0], hearing.document.sentences[index].start + span[1]
    return Speaker(*back, " ".join(words.split()), words, tell_kind(hearing.words, m), is_back=True)
