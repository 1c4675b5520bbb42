"""Stretches: the words beside a verb of saying that may name its speaker, up to what cannot be part of a name."""

from parsers.hearings import Hearing
from parsers.phrasings import Phrasings
from parsers.records import Span
from parsers.speakers import find_speaker


def stretch_right(hearing: Hearing, index: int, start: int, phrasings: Phrasings) -> Span:
    """Return where the words of a speaker after ``start`` stand: up to what cannot be part of a name."""
    sentence = hearing.document.sentences[index]
    namings = hearing.namings(index)
    for m in phrasings.stop.finditer(sentence.text, start + 1):
        if not any(naming.start <= m.start() < naming.end for naming in namings):
            return start, m.start()
    return start, len(sentence.text)


def stretch_left(hearing: Hearing, index: int, end: int, phrasings: Phrasings) -> Span:
    """Return the words before ``end`` that can be a speaker: back to the last boundary outside a name."""
    text = hearing.document.sentences[index].text
    closed = [(naming.start, naming.end) for naming in hearing.namings(index)]
    closed += [m.span() for m in phrasings.aside.finditer(text, 0, end)]
    start = 0
    for m in phrasings.clause.finditer(text, 0, end):
        if any(first <= m.start() < last for first, last in closed):
            continue
        if (
            m["soft"]
            and m["soft"].lower() == "and"
            and _is_speaker_alone(hearing, index, (start, m.start()), phrasings)
        ):
            continue
        if m["soft"] and not text[m.end() : end].strip():
            continue
        start = m.end()
    return start, end


def _is_speaker_alone(hearing: Hearing, index: int, span: Span, phrasings: Phrasings) -> bool:
    """Tell "police and doctors" from "12 people died and doctors"."""
    text = hearing.document.sentences[index].text
    if phrasings.number.search(text, *span) or phrasings.trigger.search(text, *span):
        return False
    return find_speaker(hearing, index, span, in_any_words=False) is not None
