"""Attributions: where a sentence says whose words its clauses are, and how far those words reach."""

from dataclasses import replace

import regex

from parsers.claimants import Kind
from parsers.hearings import Hearing, Speaker
from parsers.phrasings import Phrasings, load_phrasings
from parsers.reaches import Reach, Utterance, govern, reach_around, reach_beside, skipped
from parsers.records import Span
from parsers.signatures import SIGNED, read_edges
from parsers.speakers import find_speaker
from parsers.stretches import stretch_left, stretch_right

MOST_TRIGGERS = 40
"""No more verbs of saying than this are read in a sentence: what has more is a list of words."""

WORD = regex.compile(r"\w+")
AND = regex.compile(r"\sand$")
COMPARED = regex.compile(r"(?:\bthe one|\bthose|\bthat|\bthan)\s$", regex.I)


def find_utterances(hearing: Hearing, index: int) -> list[Utterance]:
    """Return the attributions of a sentence, from left to right, each with what it governs."""
    sentence = hearing.document.sentences[index]
    phrasings = load_phrasings(hearing.document.report.language)
    found: list[Utterance] = []
    consumed = 0
    sparks = [m.start() for m in WORD.finditer(sentence.text) if m.group().lower() in phrasings.sparks]
    for start in sparks[:MOST_TRIGGERS]:
        m = phrasings.trigger.match(sentence.text, start) if start >= consumed else None
        if m:
            utterance = _read(hearing, index, m, found, phrasings)
            if utterance:
                if found and found[-1].rule == "citing X" and utterance.start - found[-1].end <= len(", the "):
                    # "Citing the ministry, the WHO said": the words are the ministry's.
                    via = _other_than_publisher(hearing, utterance.speaker)
                    utterance = replace(utterance, speaker=found.pop().speaker, via=via, rule="Citing X, Y said")
                found.append(utterance)
                hearing.spoken.append(utterance.speaker)
                consumed = utterance.end
    if not found and (sparks or SIGNED.search(sentence.text)):
        found.extend(read_edges(hearing, index, phrasings))
        hearing.spoken.extend(utterance.speaker for utterance in found)
    return govern(sentence.text, found, phrasings)


def _read(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    if m["according"]:
        return _read_according(hearing, index, m, phrasings)
    if m["whose_count"]:
        return _read_whose_count(hearing, index, m, phrasings)
    if m["cited_by"]:
        return _read_cited_by(hearing, index, m, found, phrasings)
    if m["counted_by"] or m["figures"]:
        return _read_counted_by(hearing, index, m, found, phrasings)
    if m["citing"]:
        return _read_citing(hearing, index, m, found, phrasings)
    return _read_verb(hearing, index, m, found, phrasings)


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
    if offset > len("the country's "):
        return None
    if speaker.kind is None or COMPARED.search(m.string, 0, m.start()):
        return None
    if m["counted_by"] and found and (counted := phrasings.counted.search(m.string, found[-1].end, m.start())):
        # "61, more than the 29 acknowledged by the army": no more than the number is theirs.
        return Utterance(speaker, counted.start(), end, Reach.BOTH, "counted by X", is_count=True)
    if m["figures"] and speaker.kind is Kind.MEDIA and speaker.name == speaker.text:
        return None
    return Utterance(
        speaker, m.start(), end, reach_beside(m.string, m.start(), end, phrasings), "counted by X", is_count=True
    )


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
        return replace(last, via=_other_than_publisher(hearing, outlet), end=max(last.end, end))
    span = stretch_left(hearing, index, len(m.string[: m.start()].rstrip(" ,")), phrasings)
    speaker = find_speaker(hearing, index, span, in_any_words=False)
    if speaker is None:
        return None
    via = _other_than_publisher(hearing, outlet)
    follow = phrasings.trigger.match(m.string, skipped(m.string, end))
    if follow and (follow["saying"] or _counts(follow)):
        end = follow.end()
    return Utterance(speaker, span[0], end, reach_around(m.string, span[0], end, phrasings), "X, quoted by Y", via)


def _other_than_publisher(hearing: Hearing, outlet: Speaker) -> str | None:
    publisher = hearing.publisher.name if hearing.publisher else hearing.document.report.publisher
    return None if outlet.name == publisher else outlet.name


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
        via = _other_than_publisher(hearing, last.speaker)
        return replace(last, speaker=speaker, via=via, end=end, rule="Y, citing X")
    span = stretch_left(hearing, index, len(text[: m.start()].rstrip(" ,")), phrasings)
    outlet = find_speaker(hearing, index, span, in_any_words=False)
    via = _other_than_publisher(hearing, outlet) if outlet else None
    begin = span[0] if outlet else m.start()
    follow = phrasings.trigger.match(text, skipped(text, end))
    if follow and (follow["saying"] or follow["putting"]):
        end = follow.end()
        return Utterance(speaker, begin, end, reach_around(text, begin, end, phrasings), "Y, citing X, said", via)
    if outlet and m["citing"].lower().endswith(("d", "s")):
        return Utterance(speaker, begin, end, reach_around(text, begin, end, phrasings), "Y quoted X", via)
    return Utterance(speaker, begin, end, reach_beside(text, begin, end, phrasings), "citing X", via)


def _read_verb(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    text = m.string
    verb = m.group().lower()
    before = text[: m.start()]
    tail = phrasings.tail.search(before)
    end = tail.start() if tail else len(before)
    if phrasings.passive.search(before) or phrasings.passive.search(text[:end].rstrip() + " "):
        return None
    stripped = text[:end].rstrip()
    if found and AND.search(stripped):
        return _read_second_verb(m, len(stripped) - len("and"), found[-1])
    inverted = _read_inverted(hearing, index, m, stripped, phrasings) if m["saying"] else None
    if inverted:
        return inverted
    named = _read_subject(hearing, index, m, len(stripped), phrasings)
    if named is None or not _may_use(hearing, index, named[0], m, phrasings):
        return None
    speaker, start, via = named
    finish = m.end()
    if estimated := phrasings.estimated.search(text, 0, start):
        # "far below the 70,000 that officials estimated": no more than the number is theirs.
        start = estimated.start()
    if m["telling"]:
        outlet_start, finish = stretch_right(hearing, index, m.end(), phrasings)
        outlet = find_speaker(hearing, index, (outlet_start, finish), in_any_words=False)
        if outlet and outlet.kind is Kind.MEDIA and outlet.name.lower() not in hearing.words.audience:
            via = _other_than_publisher(hearing, outlet)
    reach = Reach.NOWHERE if m["other"] else reach_around(text, start, finish, phrasings)
    return Utterance(speaker, start, finish, reach, f"X {verb}", via, _counts(m))


def _read_second_verb(m: regex.Match[str], start: int, first: Utterance) -> Utterance:
    """Return what the speaker of the verb before says by a second verb: "X put the dead at 26 and said"."""
    reach = Reach.NOWHERE if m["other"] else Reach.FORWARD
    return Utterance(first.speaker, start, m.end(), reach, f"X {m.group().lower()}", first.via, _counts(m))


def _counts(m: regex.Match[str]) -> bool:
    return bool(m["counting"] or m["putting"] or m["seeing"])


def _may_use(hearing: Hearing, index: int, speaker: Speaker, m: regex.Match[str], phrasings: Phrasings) -> bool:
    """Tell whether the speaker can be the subject of the verb: a verb of counting takes an office alone."""
    text = m.string
    end = max(0, speaker.end - hearing.document.sentences[index].start)
    if m["seeing"]:
        return speaker.kind is Kind.MEDIA
    if m.group().lower() in phrasings.nouns_too and (speaker.kind is None or not _touches(text, end, m, phrasings)):
        return False
    if not _counts(m):
        return True
    if phrasings.number.search(text, end, m.start()):
        return False  # "the ministry's list of 7,000 names released in May"
    return speaker.kind is not None or speaker.is_back or hearing.words.office.search(speaker.name) is not None


def _touches(text: str, end: int, m: regex.Match[str], phrasings: Phrasings) -> bool:
    """Tell "OCHA reports" from "OCHA's latest reports" and "OCHA reports said"."""
    between = text[end : m.start()].strip()
    if between.startswith(",") and between.endswith(","):
        between = ""  # "ACLED, which adds up reports, counts"
    following = text.find(" ", m.start()) + 1
    after = phrasings.trigger.match(text, skipped(text, following)) if following else None
    stands_before = not between or phrasings.tail.fullmatch(" " + between) is not None
    return stands_before and not (after and (after["saying"] or after["counting"]))


def _read_inverted(
    hearing: Hearing, index: int, m: regex.Match[str], stripped: str, phrasings: Phrasings
) -> Utterance | None:
    """Read "..., said X": a comma or a quotation before the verb, the speaker after it, and then no clause."""
    text = m.string
    if not stripped or stripped[-1] not in ',"':
        return None
    start, end = stretch_right(hearing, index, m.end(), phrasings)
    stop = text[end : end + 1]
    if stop.isdigit() or not text[start:end].strip():
        return None
    follow = phrasings.stop.match(text, end)
    if follow and follow.group().strip().lower() == "that":
        return None
    speaker = find_speaker(hearing, index, (start, end), in_any_words=stripped[-1] == '"')
    if speaker is None or (speaker.is_back and speaker.kind is None and not speaker.name):
        return None
    if stripped[-1] == "," and _is_appositive(hearing, index, stripped, phrasings) and stop not in {",", ""}:
        return None
    if speaker.kind is None and stop == ",":
        further = stretch_right(hearing, index, end + 1, phrasings)
        second = find_speaker(hearing, index, further, in_any_words=False)
        if second and second.kind:
            hearing.people[speaker.name.split()[-1].lower()] = second
            speaker, end = second, further[1]
    reach = Reach.BACKWARD
    rest = phrasings.rest.match(text, end)
    after = text[rest.end() if rest else end :]
    if phrasings.number.search(after):
        reach = Reach.BOTH
    return Utterance(speaker, m.start(), end, reach, f"{m.group().lower()} X")


def _is_appositive(hearing: Hearing, index: int, stripped: str, phrasings: Phrasings) -> bool:
    """Tell "X, the head of Y, said" from "people died, said X": the part before the comma is a speaker, no clause."""
    pieces = stripped.rstrip(",").rsplit(",", 1)
    if len(pieces) == 1:
        return False
    start = len(pieces[0]) + 1
    return not phrasings.number.search(pieces[1]) and (
        find_speaker(hearing, index, (start, start + len(pieces[1])), in_any_words=False) is not None
        or phrasings.stop.match(pieces[1].lstrip()) is not None
    )


def _read_subject(
    hearing: Hearing, index: int, m: regex.Match[str], end: int, phrasings: Phrasings
) -> tuple[Speaker, int, str | None] | None:
    """Return the speaker before a verb, where its words start, and who passed them on."""
    text = m.string
    in_any_words = bool(m["saying"] or m["telling"])
    if text[end - 1 : end] != ",":
        span = stretch_left(hearing, index, end, phrasings)
        speaker = find_speaker(hearing, index, span, in_any_words=in_any_words)
        if speaker is None and span[0] and text[span[0] - 1 : span[0]].isalpha():
            # "a man who lost his house said": no speaker in the relative clause, but before it.
            span = stretch_left(hearing, index, text.rfind(" ", 0, span[0]), phrasings)
            speaker = find_speaker(hearing, index, span, in_any_words=in_any_words)
        if speaker is None and (word := text[text.rfind(" ", 0, end) + 1 : end]).lower() in hearing.words.back:
            # "In the four weeks to 4 October it recorded": the days are no part of the subject.
            span = (end - len(word), end)
            speaker = find_speaker(hearing, index, span, in_any_words=False)
        return (speaker, span[0], None) if speaker else None
    pieces = _pieces(hearing, index, end - 1)
    for position in range(len(pieces) - 1, 0, -1):
        start, stop = pieces[position - 1]
        subject_span = (max(start, stretch_left(hearing, index, stop, phrasings)[0]), stop)
        subject = find_speaker(hearing, index, subject_span, in_any_words=False)
        apposed = find_speaker(hearing, index, (pieces[position][0], end - 1), in_any_words=False)
        if subject is None and apposed is None:
            continue
        if subject and subject.kind is None and apposed and apposed.kind:
            hearing.people[subject.name.split()[-1].lower()] = apposed
            return apposed, subject_span[0], None
        if subject is None:
            return (apposed, pieces[position][0], None) if apposed else None
        return subject, subject_span[0], None
    return None


def _pieces(hearing: Hearing, index: int, end: int) -> list[Span]:
    text = hearing.document.sentences[index].text
    pieces, start = [], 0
    while (comma := text.find(",", start, end)) >= 0:
        pieces.append((start, comma))
        start = comma + 1
    return [*pieces, (start, end)]
