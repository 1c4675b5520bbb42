"""Attributions: where a sentence says whose words its clauses are, and how far those words reach."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from parsers.claimants import Kind
from parsers.engines import compile_either
from parsers.gaps import find_gapped
from parsers.hearings import Hearing, name_speaker, other_than_publisher
from parsers.patterns import WORD, words_in
from parsers.phrasings import Phrasings, load_phrasings
from parsers.reaches import Reach, Utterance, govern, reach_around, reach_beside, skipped
from parsers.signatures import SIGNED, read_edges
from parsers.speakers import find_speaker
from parsers.stretches import stretch_left, stretch_right
from parsers.verbs import counts, read_verb

MOST_TRIGGERS = 40
"""No more verbs of saying than this are read in a sentence: what has more is a list of words."""

OWNS = compile_either(r"(?:'s|s')\s", regex.I)
COMPARED = compile_either(r"(?:\bthe one|\bthose|\bthat|\bthan)\s$", regex.I)


def find_utterances(hearing: Hearing, index: int) -> list[Utterance]:
    """Return the attributions of a sentence, from left to right, each with what it governs."""
    sentence = hearing.document.sentences[index]
    phrasings = load_phrasings(hearing.document.report.language)
    found: list[Utterance] = []
    consumed = 0
    sparks = list(_find_sparks(sentence.text, phrasings))
    for start in sparks[:MOST_TRIGGERS]:
        m = phrasings.trigger.match(sentence.text, start) if start >= consumed else None
        if m:
            utterance = _read(hearing, index, m, found, phrasings)
            if utterance:
                if found and found[-1].rule == "citing X" and utterance.start - found[-1].end <= len(", the "):
                    # "Citing the ministry, the WHO said": the words are the ministry's.
                    via = other_than_publisher(hearing, utterance.speaker)
                    utterance = replace(utterance, speaker=found.pop().speaker, via=via, rule="Citing X, Y said")
                found.append(utterance)
                hearing.spoken.append(utterance.speaker)
                consumed = utterance.end
                if m["putting"]:
                    found.extend(find_gapped(hearing, index, m.end(), phrasings))
                    consumed = found[-1].end
    if not found and (sparks or SIGNED.search(sentence.text)):
        found.extend(read_edges(hearing, index, phrasings))
        hearing.spoken.extend(utterance.speaker for utterance in found)
    return govern(sentence.text, found, phrasings)


def _find_sparks(text: str, phrasings: Phrasings) -> Iterator[int]:
    """Yield where a naming of a source may begin; "by" and "in" only where somebody owns figures."""
    owned = phrasings.in_words if phrasings.figures.stand_in(text) and OWNS.search(text) else frozenset()
    words = words_in(text)
    sparks = (words & phrasings.sparks.keys()) | (words & owned)
    for m in WORD.finditer(text) if sparks else ():
        word = m.group().lower()
        if word not in sparks:
            continue
        start = m.start()
        is_name = word in phrasings.names_too and m.group().istitle() and start > 0
        begun = word in owned or any(
            phrase == word or text[start : start + len(phrase)].lower() == phrase
            for phrase in phrasings.sparks.get(word, ())
        )
        if begun and not is_name:
            yield start


def _read(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    if m["according"]:
        return _read_according(hearing, index, m, phrasings)
    if m["whose_count"]:
        return _read_whose_count(hearing, index, m, phrasings)
    if m["cited_by"]:
        return _read_cited_by(hearing, index, m, found, phrasings)
    if m["counted_by"] or m["figures"] or m["put_at"]:
        return _read_made(hearing, index, m, phrasings) or _read_counted_by(hearing, index, m, found, phrasings)
    if m["citing"]:
        return _read_citing(hearing, index, m, found, phrasings)
    return read_verb(hearing, index, m, found, phrasings)


def _read_according(hearing: Hearing, index: int, m: regex.Match[str], phrasings: Phrasings) -> Utterance | None:
    text = m.string
    start, end = stretch_right(hearing, index, m.end(), phrasings)
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None or (speaker.kind is None and text[end : end + 1] == ","):
        # "according to Rami Saleh, the head of the group": the second part names the office.
        further = stretch_right(hearing, index, end + 1, phrasings) if text[end : end + 1] == "," else (end, end)
        second = find_speaker(hearing, index, further, in_any_words=False)
        if second and not phrasings.number.search(text[further[1] : further[1] + 1]):
            if speaker:
                hearing.people[speaker.name.split()[-1].lower()] = second
            if second.kind:
                speaker, end = second, further[1]
    relative = phrasings.relative.match(text, end)
    if speaker is None and relative:
        # "according to an estimate that the ministry published"
        further = stretch_right(hearing, index, relative.end(), phrasings)
        speaker = find_speaker(hearing, index, further, in_any_words=False)
        end = further[1] if speaker else end
    speaker = speaker or find_speaker(hearing, index, (start, end), in_any_words=True)
    if speaker is None:
        return None
    return Utterance(speaker, m.start(), end, reach_beside(text, m.start(), end, phrasings), "according to X")


def _read_whose_count(hearing: Hearing, index: int, m: regex.Match[str], phrasings: Phrasings) -> Utterance | None:
    """Read "by the ministry's count", "in the army's account"."""
    speaker = find_speaker(hearing, index, m.span("whose"), in_any_words=False)
    if speaker is None or (speaker.kind is None and not hearing.words.office.search(speaker.name)):
        return None
    reach = reach_beside(m.string, m.start(), m.end(), phrasings)
    return Utterance(speaker, m.start(), m.end(), reach, "by X's count", is_count=True)


def _read_counted_by(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    start, end = stretch_right(hearing, index, m.end(), phrasings)
    head = m.string[m.end() : end].split()[:6]
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None or not head:
        return None
    offset = speaker.start - hearing.document.sentences[index].start - start
    if offset > len("the country's ") or speaker.kind is None or COMPARED.search(m.string, 0, m.start()):
        return None
    if m["put_at"]:
        return Utterance(speaker, m.start(), end, Reach.BOTH, "put at N by X", is_count=True)
    if m["counted_by"] and found and (counted := phrasings.counted.search(m.string, found[-1].end, m.start())):
        # "61, more than the 29 acknowledged by the army": no more than the number is theirs.
        return Utterance(speaker, counted.start(), end, Reach.BOTH, "counted by X", is_count=True)
    if m["figures"] and speaker.kind is Kind.MEDIA and speaker.name == speaker.text:
        return None
    return Utterance(
        speaker, m.start(), end, reach_beside(m.string, m.start(), end, phrasings), "counted by X", is_count=True
    )


def _read_made(hearing: Hearing, index: int, m: regex.Match[str], phrasings: Phrasings) -> Utterance | None:
    """Read who made "a Reuters tally of hospital figures": the listed one who stands right before."""
    for naming in hearing.namings(index):
        is_near = naming.end <= m.start() and m.string[naming.end : m.start()].strip() in {"", "'s"}
        if m["figures"] and is_near and not naming.is_short:
            maker = name_speaker(hearing, index, naming, naming.claimants[0])
            reach = reach_beside(m.string, m.start(), m.end(), phrasings)
            return Utterance(maker, naming.start, m.end(), reach, "X's tally", is_count=True)
    return None


def _read_cited_by(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    """Note on the last attribution who passed it on; without one, who is cited stands before."""
    start, end = stretch_right(hearing, index, m.end(), phrasings)
    outlet = find_speaker(hearing, index, (start, end), in_any_words=False)
    if outlet is None:
        return None
    if found:
        last = found.pop()
        return replace(last, via=other_than_publisher(hearing, outlet), end=max(last.end, end))
    span = stretch_left(hearing, index, len(m.string[: m.start()].rstrip(" ,")), phrasings)
    speaker = find_speaker(hearing, index, span, in_any_words=False)
    if speaker is None:
        return None
    via = other_than_publisher(hearing, outlet)
    follow = phrasings.trigger.match(m.string, skipped(m.string, end))
    if follow and (follow["saying"] or counts(follow)):
        end = follow.end()
    return Utterance(speaker, span[0], end, reach_around(m.string, span[0], end, phrasings), "X, quoted by Y", via)


def _read_citing(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    text = m.string
    start, end = stretch_right(hearing, index, m.end(), phrasings)
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None:
        return None
    if found and len(text[found[-1].end : m.start()].strip(" ,")) <= len("in a statement on Saturday"):
        last = found.pop()
        via = other_than_publisher(hearing, last.speaker)
        return replace(last, speaker=speaker, via=via, end=end, rule="Y, citing X")
    if (
        found
        and found[-1].speaker.kind is Kind.MEDIA
        and found[-1].reach is Reach.FORWARD
        and _ends(text, m.start(), end)
    ):
        # "Reuters reported 25 deaths in the town, quoting a local officer": all that it reported is the officer's.
        last = found.pop()
        via = other_than_publisher(hearing, last.speaker)
        return replace(last, speaker=speaker, via=via, rule="Y reported ..., citing X")
    span = stretch_left(hearing, index, len(text[: m.start()].rstrip(" ,")), phrasings)
    outlet = find_speaker(hearing, index, span, in_any_words=False)
    via = other_than_publisher(hearing, outlet) if outlet else None
    begin = span[0] if outlet else m.start()
    follow = phrasings.trigger.match(text, skipped(text, end))
    if follow and (follow["saying"] or follow["putting"]):
        end = follow.end()
        return Utterance(speaker, begin, end, reach_around(text, begin, end, phrasings), "Y, citing X, said", via)
    if outlet and m["citing"].lower().endswith(("d", "s")):
        return Utterance(speaker, begin, end, reach_around(text, begin, end, phrasings), "Y quoted X", via)
    return Utterance(speaker, begin, end, reach_beside(text, begin, end, phrasings), "citing X", via)


def _ends(text: str, start: int, end: int) -> bool:
    """Say whether words stand behind a comma and end their sentence."""
    return text[:start].endswith(", ") and not text[end:].strip(' ."')
