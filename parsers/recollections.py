"""Speakers who are only gone back to: he, the organisation, the volunteer network, its field teams."""

import regex

from parsers.claimants import Kind
from parsers.hearings import Hearing, Speaker, name_speaker
from parsers.offices import Words, tell_kind
from parsers.openings import NEAR, find_holder, find_opening
from parsers.records import Span

BODIES = frozenset({Kind.MONITOR, Kind.NGO, Kind.UN, Kind.CIVIL_DEFENCE, Kind.RESEARCHER, Kind.HEALTH})
"""The kinds that are called "the organisation" or "the group" when they speak again."""

BASED = regex.compile(r"\p{Lu}[\p{L}\s]*-based\s\p{Ll}+(?:\s\p{Ll}+)?$")
DESCRIBED = 5
"""The most words of such a description."""


def find_back(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Resolve "he", "the group", "the same source" to the last who can be meant."""
    sentence = hearing.document.sentences[index]
    written = sentence.text[span[0] : span[1]].lower()
    words = written.replace("the same ", "the ")
    if words == written and words not in hearing.words.back:
        return _find_body(hearing, index, span)
    start, end = sentence.start + span[0], sentence.start + span[1]
    subject = next((naming for naming in hearing.namings(index) if naming.start <= len("The ")), None)
    if subject and not subject.is_short and " " not in words and subject.end < span[0]:
        claimant = subject.claimants[0]
        named = hearing.document.report.text[sentence.start + subject.start : sentence.start + subject.end]
        return Speaker(start, end, claimant.name, named, claimant.kind, is_back=True)
    noun = words.split()[-1]
    if words in hearing.words.persons or words in hearing.words.many:
        holder = find_holder(hearing, index, span, many=words in hearing.words.many)
        if holder:
            return holder
    for speaker in reversed(hearing.spoken):
        if words != written or noun not in hearing.words.heads or _is_called(speaker, noun, hearing.words):
            return Speaker(start, end, speaker.name, speaker.text, speaker.kind, is_back=True)
    is_open = noun not in hearing.words.heads or (noun in hearing.words.bodies and not hearing.spoken)
    return _find_back_by_name(hearing, words, (start, end)) if is_open else None


def _is_called(speaker: Speaker, noun: str, words: Words) -> bool:
    """Tell that a noun can mean a speaker: by his name, by the office he holds, or for what he is."""
    name = f"{speaker.name} {speaker.text}".lower()
    return noun in name or words.seats.get(noun, noun) in name or (noun in words.bodies and speaker.kind in BODIES)


def _find_body(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Resolve "the volunteer network" to the last who spoke, where he is such a body."""
    sentence = hearing.document.sentences[index]
    written = sentence.text[span[0] : span[1]]
    words = written.split()
    if words[0].lower() != "the" or not (written[1:].islower() or BASED.search(written)):
        return None
    if len(words) == len(["the", "unit"]) and (named := _find_by_noun(hearing, index, span, words[-1])):
        return named
    if words[-1] not in hearing.words.bodies:
        return None
    last = find_subject(hearing, index - 1) or next(reversed(hearing.spoken), None)
    if last is None or last.kind not in BODIES or len(words) > DESCRIBED:
        return None
    return Speaker(sentence.start + span[0], sentence.start + span[1], last.name, last.text, last.kind, is_back=True)


def _find_by_noun(hearing: Hearing, index: int, span: Span, noun: str) -> Speaker | None:
    """Resolve "the forum" to the last organisation named so: by one who spoke, else by a name just before."""
    start, end = hearing.document.sentences[index].start + span[0], hearing.document.sentences[index].start + span[1]
    called = (speaker for speaker in reversed(hearing.spoken) if f" {noun}" in f" {speaker.name.lower()}")
    named = (
        found
        for before in range(index - 1, max(-1, index - 1 - NEAR), -1)
        if (found := find_opening(hearing, before, len(hearing.document.sentences[before].text)))
        and found.name.lower().split()[-1] == noun
    )
    speaker = next(called, None) or next(named, None)
    return Speaker(start, end, speaker.name, speaker.text, speaker.kind, is_back=True) if speaker else None


def find_owned(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Resolve "its field teams" to the claimant who spoke last, "its director" also to a body just named.

    "Its army" is another office.
    """
    sentence = hearing.document.sentences[index]
    owned = sentence.text[slice(*span)].lower().split()
    if owned[0] != "its" or not hearing.words.others.isdisjoint(owned):
        return None
    m = hearing.words.office.search(sentence.text, *span)
    if m is None or m["head"].lower() in hearing.words.persons_heads:
        for before in range(index, max(-1, index - 1 - NEAR), -1):
            end = span[0] if before == index else len(hearing.document.sentences[before].text)
            if body := find_opening(hearing, before, end):
                start, finish = sentence.start + span[0], sentence.start + span[1]
                return Speaker(start, finish, body.name, body.text, body.kind, is_back=True)
    last = find_subject(hearing, index - 1) or next(reversed(hearing.spoken), None)
    if last is None or last.kind is None or (m and tell_kind(hearing.words, m)):
        return None
    return Speaker(sentence.start + span[0], sentence.start + span[1], last.name, last.text, last.kind, is_back=True)


def find_subject(hearing: Hearing, index: int) -> Speaker | None:
    """Return the listed claimant that a sentence begins with, where the next goes on in its paragraph."""
    sentences = hearing.document.sentences
    if index < 0 or sentences[index].paragraph != sentences[index + 1].paragraph:
        return None
    named = next((naming for naming in hearing.namings(index) if naming.start <= len("The ")), None)
    return name_speaker(hearing, index, named, named.claimants[0]) if named and not named.is_short else None


def _find_back_by_name(hearing: Hearing, words: str, span: Span) -> Speaker | None:
    """Resolve "the organisation" to the one named before that has not spoken yet, else to the publisher."""
    if words not in {"it", "they"} and " " not in words:
        return None
    actors = {Kind.ARMED_GROUP, Kind.MILITARY, Kind.MEDIA}
    named = [claimant for start, claimant in hearing.named() if start < span[0] and claimant.kind not in actors]
    claimant = named[-1] if named else hearing.publisher
    return Speaker(*span, claimant.name, claimant.name, claimant.kind, is_back=True) if claimant else None
