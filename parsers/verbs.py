"""Verbs: who speaks by a verb of saying or counting, before it or after it, and how far the words reach."""

import regex

from parsers.claimants import Kind, find_claimant
from parsers.hearings import Hearing, Speaker, other_than_publisher
from parsers.organisations import load_names
from parsers.outlets import find_outlet
from parsers.phrasings import Phrasings
from parsers.reaches import Reach, Utterance, reach_around, skipped
from parsers.records import Span
from parsers.speakers import find_speaker
from parsers.stretches import stretch_left, stretch_right

AND = regex.compile(r"\sand$")


def read_verb(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], phrasings: Phrasings
) -> Utterance | None:
    """Return who speaks by a verb of saying, telling, counting or putting, and how far; None where nobody does."""
    text = m.string
    verb = m.group().lower()
    before = text[: m.start()]
    tail = _find_tail(hearing, index, before, phrasings)
    end = tail.start() if tail else len(before)
    stripped = text[:end].rstrip()
    if phrasings.passive.match(before) or phrasings.passive.match(f"{stripped} "):
        return None
    if found and (before_verb := _find_first_verb(hearing, m, stripped)):
        return _read_second_verb(m, before_verb, found[-1])
    inverted = _read_inverted(hearing, index, m, stripped, phrasings) if m["saying"] else None
    if inverted:
        return inverted
    # "X said it had counted 12" has another subject; "a Reuters tally of hospital figures puts" has the first.
    first = found[-1].end if found and not found[-1].is_count else 0
    named = _read_subject(hearing, index, m, len(stripped), phrasings, first)
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
        if outlet is None or outlet.name == outlet.text:
            outlet = find_outlet(hearing, index, (outlet_start, finish)) or outlet
        if outlet and outlet.kind is Kind.MEDIA and outlet.name.lower() not in hearing.words.audience:
            via = other_than_publisher(hearing, outlet)
    reach = Reach.NOWHERE if m["other"] else reach_around(text, start, finish, phrasings)
    if reach is Reach.FORWARD and phrasings.toll_that.search(text, 0, start):
        reach = Reach.BACKWARD  # "nine people were killed, a toll that the prefecture has confirmed"
    return Utterance(speaker, start, finish, reach, f"X {verb}", via, counts(m))


def _find_tail(hearing: Hearing, index: int, before: str, phrasings: Phrasings) -> regex.Match[str] | None:
    """Return the words between a subject and its verb that are no part of it: "on Monday also"; not of Myanmar Now."""
    last = next(reversed(before.split()), "").lower()
    if last not in phrasings.tail_ends and not last.endswith("ly") and not last.isdigit():
        return None
    tail = phrasings.tail.search(before)
    within = tail and any(naming.start < tail.start() + 1 < naming.end for naming in hearing.namings(index))
    return None if within else tail


def _find_first_verb(hearing: Hearing, m: regex.Match[str], stripped: str) -> int:
    """Return where the words of the verb before end that a verb goes on from, 0 where it has a subject of its own.

    "X put the dead at 26 and said"; "Rebels claim raid, say they killed 12", but not "12 died, say doctors".
    """
    if AND.search(stripped):
        return len(stripped) - len("and")
    behind = m.string[m.end() :].lower().split(maxsplit=2)
    is_headline = bool(m["saying"]) and stripped.endswith(",") and len(behind) > 1 and behind[0] in hearing.words.back
    return len(stripped) if is_headline else 0


def _read_second_verb(m: regex.Match[str], start: int, first: Utterance) -> Utterance:
    """Return what the speaker of the verb before says by a second verb: "X put the dead at 26 and said"."""
    reach = Reach.NOWHERE if m["other"] else Reach.FORWARD
    return Utterance(first.speaker, start, m.end(), reach, f"X {m.group().lower()}", first.via, counts(m))


def counts(m: regex.Match[str]) -> bool:
    """Tell whether a verb counts, so that its speaker's count may be carried on."""
    return bool(m["counting"] or m["putting"] or m["seeing"] or m["judging"])


def _may_use(hearing: Hearing, index: int, speaker: Speaker, m: regex.Match[str], phrasings: Phrasings) -> bool:
    """Tell whether the speaker can be the subject of the verb: a verb of counting takes an office or a title alone."""
    text = m.string
    end = max(0, speaker.end - hearing.document.sentences[index].start)
    titled = speaker.name.partition(" ")[0].lower().rstrip(".") in hearing.words.titles  # "Dr Deng counts 12 dead"
    known = speaker.kind is not None or titled
    if m["learning"]:
        return speaker.kind is Kind.MEDIA
    if m["seeing"]:
        is_office = hearing.words.office.search(speaker.name) is not None
        return speaker.kind is Kind.MEDIA or (is_office and _touches(text, end, m, phrasings))
    if m.group().lower() in phrasings.nouns_too and not (known and _touches(text, end, m, phrasings)):
        return False
    if not counts(m):
        return True
    if phrasings.number.search(text, end, m.start()):
        return False  # "the ministry's list of 7,000 names released in May"
    return known or speaker.is_back or hearing.words.office.search(speaker.name) is not None


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
    hearing: Hearing, index: int, m: regex.Match[str], end: int, phrasings: Phrasings, first: int
) -> tuple[Speaker, int, str | None] | None:
    """Return the speaker before a verb, where its words start, and who passed them on; none before ``first``."""
    text = m.string
    in_any_words = bool(m["saying"] or m["telling"])
    if text[end - 1 : end] != ",":
        span = (max(first, stretch_left(hearing, index, end, phrasings)[0]), end)
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
        described = text[subject.end - hearing.document.sentences[index].start : stop] if subject else ""
        if subject and apposed and _is_named_by(subject, apposed, described, hearing):
            hearing.people[subject.name.split()[-1].lower()] = apposed
            return apposed, subject_span[0], None
        if subject is None:
            return (apposed, pieces[position][0], None) if apposed else None
        return subject, subject_span[0], None
    return None


def _is_named_by(subject: Speaker, apposed: Speaker, described: str, hearing: Hearing) -> bool:
    """Tell that an apposition says who speaks: "Ana Ruiz, head of the unit", "a local network, Ayuda Norte".

    ``described`` are the words behind the subject's name: "the UN refugee body, UNHCR".
    """
    if subject.kind is None and apposed.kind:
        return True
    if described.lstrip("'s. ")[:1].islower() and apposed.kind is subject.kind and find_claimant(apposed.name):
        return True
    nouns = load_names(hearing.document.report.language).kinds.keys()
    head = subject.name.partition(" of ")[0].split()[-1]  # the chairman of a union is no union
    return subject.name.islower() and apposed.name[0].isupper() and head in nouns


def _pieces(hearing: Hearing, index: int, end: int) -> list[Span]:
    text = hearing.document.sentences[index].text
    pieces, start = [], 0
    while (comma := text.find(",", start, end)) >= 0:
        pieces.append((start, comma))
        start = comma + 1
    return [*pieces, (start, end)]
