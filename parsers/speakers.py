"""Speakers: whom a stretch of words names, as a claimant of the table, an office, a person, or one who spoke before."""

from dataclasses import dataclass, field

import regex

from parsers.claimants import Claimant, Kind, Naming, find_claimant, find_namings
from parsers.offices import Words
from parsers.records import Document, Span

ARTICLE = regex.compile(r"(?:the|a|an|one|its|his|her|their|another|this|that|our)\s+", regex.I)
PUBLISHED = regex.compile(r"(?P<name>[^(]*[^(\s])\s*(?:\((?!via\b)(?P<inner>[^)]*)\))?")
SAME = regex.compile(r"the same\s", regex.I)
OF_NAME = regex.compile(r"\s(?:of|for|in)\s(?:the\s)?\p{Lu}|\s(?:of|for)\s")
PLAIN_WORD = regex.compile(r"\p{L}\s$")
BEFORE_SHORT = regex.compile(r"(?<!\p{L})(?:the|a|an|its|his|her|their|same|this|that|one|and|to|by|from)\s$", regex.I)
FARTHEST = 40
"""Two names farther apart than this, in characters, are not one speaker."""

INITIALS = regex.compile(r"(?:\b\p{L}\.){2,}$")
BODIES = frozenset({Kind.MONITOR, Kind.NGO, Kind.UN, Kind.CIVIL_DEFENCE, Kind.RESEARCHER, Kind.HEALTH})
"""The kinds that are called "the organisation" or "the group" when they speak again."""

DESCRIBED = 4
MOST_WORDS = 8
"""A speaker in words of its own is no longer than this."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: ``start`` and ``end`` hold the words in the document; ``is_back`` marks one found further up."""

    start: int
    end: int
    name: str
    text: str
    kind: Kind | None
    is_back: bool = False


@dataclass(slots=True)
class Hearing:
    """What has been heard of a document so far: who spoke, and which persons speak for whom."""

    document: Document
    words: Words
    publisher: Claimant | None
    spoken: list[Speaker] = field(default_factory=list)
    people: dict[str, Speaker] = field(default_factory=dict)
    _namings: dict[int, list[Naming]] = field(default_factory=dict)
    _named: list[tuple[int, Claimant]] | None = None
    _country: str | None = None

    def namings(self, index: int) -> list[Naming]:
        """Return who is named in a sentence, in characters of the sentence."""
        if index not in self._namings:
            self._namings[index] = find_namings(self.document.sentences[index].text)
        return self._namings[index]

    def named(self) -> list[tuple[int, Claimant]]:
        """Return all that the document names in full, with where."""
        if self._named is None:
            self._named = [
                (sentence.start + naming.start, naming.claimants[0])
                for index, sentence in enumerate(self.document.sentences)
                for naming in self.namings(index)
                if not naming.is_short
            ]
        return self._named

    def country(self) -> str:
        """Return the country that the document speaks of most, empty where it names none."""
        if self._country is None:
            counts: dict[str, int] = {}
            for m in self.words.country.finditer(self.document.text.lower()):
                code = self.words.countries[m["country"]]
                counts[code] = counts.get(code, 0) + 1
            self._country = max(counts, key=lambda code: counts[code], default="")
        return self._country


def find_publisher(publisher: str | None) -> Claimant | None:
    """Return the claimant that published a report; of "X (Y)" it is Y where Y is one, for X carried Y's text.

    >>> find_publisher("Scoop (OHCHR)").name, find_publisher("Daily Echo")
    ('OHCHR', None)
    """
    m = PUBLISHED.match(publisher or "")
    if not m:
        return None
    inner = find_claimant(m["inner"]) if m["inner"] else None
    outer = find_claimant(m["name"])
    return inner if inner and inner.kind is not Kind.MEDIA else outer or inner


def find_speaker(hearing: Hearing, index: int, span: Span, *, in_any_words: bool) -> Speaker | None:
    """Return who a stretch of a sentence names, or None; ``span`` counts characters of the sentence.

    ``in_any_words``: the stretch stands where only a speaker can, so that words without an office will do.
    """
    sentence = hearing.document.sentences[index]
    start, end = _trimmed(sentence.text, span)
    chunk = sentence.text[start:end]
    if not chunk:
        return None
    namings = [
        naming
        for naming in hearing.namings(index)
        if start <= naming.start and naming.end <= end and not _is_part_of_a_word(sentence.text, naming)
    ]
    is_shouted = sentence.text.isupper()  # where all is in capitals, a capital marks no name
    if SAME.match(chunk):
        return _find_back(hearing, index, (start, end))
    speaker = (
        _find_named(hearing, index, namings, (start, end))
        or _find_short(hearing, index, namings, (start, end))
        or _find_back(hearing, index, (start, end))
        or _find_owned(hearing, index, (start, end))
        or (None if is_shouted else _find_person(hearing, index, (start, end)))
        or _find_office(hearing, index, (start, end))
    )
    if speaker or is_shouted or not in_any_words:
        return speaker
    return _find_in_any_words(hearing, index, span)


def _trimmed(text: str, span: Span) -> Span:
    start, end = span
    while start < end and not (text[start].isalnum()):
        start += 1
    while start < end and not (text[end - 1].isalnum() or INITIALS.search(text, start, end)):
        end -= 1
    return start, end


def _is_part_of_a_word(text: str, naming: Naming) -> bool:
    """Tell "Hamas-run" and "anti-Houthi" from the name itself."""
    return (text[naming.end : naming.end + 1] == "-" and text[naming.end + 1 : naming.end + 2].islower()) or (
        text[naming.start - 1 : naming.start] == "-" and text[naming.start - 2 : naming.start - 1].islower()
    )


def _find_named(hearing: Hearing, index: int, namings: list[Naming], span: Span) -> Speaker | None:
    full = [naming for naming in namings if not naming.is_short]
    if not full:
        return None
    sentence = hearing.document.sentences[index]
    chosen = full[-1]
    for before in reversed(full[:-1]):
        # "the ministry in Hamas-held Gaza": what comes after a preposition says where, not who.
        between = sentence.text[before.end : chosen.start]
        if (
            before.claimants == chosen.claimants
            or hearing.words.apart.search(between)
            or between.strip() in {"and", "&", ",", "of"}
            or len(between) > FARTHEST
        ):
            chosen = before
    speaker = _named(hearing, index, chosen, chosen.claimants[0])
    hearing.people[speaker.text.split()[-1].lower()] = speaker
    for start, end in ((span[0], chosen.start), (chosen.end, span[1])):
        for m in hearing.words.person.finditer(sentence.text, start, end):
            hearing.people[m["name"].strip().split()[-1].lower()] = speaker
    return speaker


def _named(hearing: Hearing, index: int, naming: Naming, claimant: Claimant) -> Speaker:
    sentence = hearing.document.sentences[index]
    article = ARTICLE.match(sentence.text, naming.start, naming.end) if naming.is_short else None
    start, end = sentence.start + (article.end() if article else naming.start), sentence.start + naming.end
    return Speaker(start, end, claimant.name, hearing.document.report.text[start:end], claimant.kind)


def _find_short(hearing: Hearing, index: int, namings: list[Naming], span: Span) -> Speaker | None:
    sentence = hearing.document.sentences[index]
    for naming in namings:
        words = sentence.text[naming.start : naming.end]
        is_place = words.lower() in hearing.words.countries
        if not naming.is_short or (is_place and (naming.start, naming.end) != span):
            continue
        claimant = naming.claimants[0] if is_place else _resolve(hearing, index, naming)
        if claimant:
            return _named(hearing, index, naming, claimant)
    return None


def _resolve(hearing: Hearing, index: int, naming: Naming) -> Claimant | None:
    """Find which claimant a short alias means: by its country, else who was named, else the report's country."""
    sentence = hearing.document.sentences[index]
    before, after = sentence.text[: naming.start], sentence.text[naming.end :]
    m = hearing.words.country_before.search(before) or hearing.words.country_after.search(after)
    candidates = set(naming.claimants)
    if m:
        code = hearing.words.countries[m["country"].lower()]
        candidates = {claimant for claimant in naming.claimants if claimant.country == code}
        if len(candidates) <= 1:
            return next(iter(candidates), None)
    elif _is_of_another(hearing.words, before, after, sentence.text[naming.start : naming.end]):
        return None
    position = sentence.start + naming.start
    spoken = [claimant for speaker in hearing.spoken if (claimant := find_claimant(speaker.name))]
    named = hearing.named()
    earlier = [claimant for start, claimant in named if start < position]
    later = [claimant for start, claimant in reversed(named) if start >= position]
    for claimant in [*reversed(spoken), *reversed(earlier), *reversed(later)]:
        if claimant in candidates:
            return claimant
    if hearing.publisher in candidates:
        return hearing.publisher
    if ARTICLE.match(sentence.text, naming.start, naming.end):
        return None
    return _only(
        [claimant for claimant in naming.claimants if claimant.country and claimant.country == hearing.country()]
    )


def _is_of_another(words: Words, before: str, after: str, written: str) -> bool:
    """Tell "the North Kivu health ministry" and "the ministry of transport" from a ministry already named."""
    if words.name_before.search(before) or OF_NAME.match(after):
        return True
    return " " not in written and PLAIN_WORD.search(before) is not None and not BEFORE_SHORT.search(before)


def _only(claimants: list[Claimant]) -> Claimant | None:
    return claimants[0] if len(claimants) == 1 else None


def _find_back(hearing: Hearing, index: int, span: Span) -> Speaker | None:
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
    if words[0].lower() != "the" or words[-1] not in hearing.words.bodies or not written[1:].islower():
        return None
    last = next(reversed(hearing.spoken), None)
    if last is None or last.kind not in BODIES or len(words) > DESCRIBED:
        return None
    return Speaker(sentence.start + span[0], sentence.start + span[1], last.name, last.text, last.kind, is_back=True)


def _find_owned(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Resolve "its field teams" to the listed claimant who spoke last; "its army" is another office."""
    sentence = hearing.document.sentences[index]
    if not sentence.text[slice(*span)].lower().startswith("its "):
        return None
    last = find_subject(hearing, index - 1) or next(reversed(hearing.spoken), None)
    if last is None or last.kind is None:
        return None
    m = hearing.words.office.search(sentence.text, *span)
    if m and _kind(hearing.words, m):
        return None
    return Speaker(sentence.start + span[0], sentence.start + span[1], last.name, last.text, last.kind, is_back=True)


def find_subject(hearing: Hearing, index: int) -> Speaker | None:
    """Return the listed claimant that a sentence begins with, where the next goes on in its paragraph."""
    sentences = hearing.document.sentences
    if index < 0 or sentences[index].paragraph != sentences[index + 1].paragraph:
        return None
    named = next((naming for naming in hearing.namings(index) if naming.start <= len("The ")), None)
    return _named(hearing, index, named, named.claimants[0]) if named and not named.is_short else None


def _find_back_by_name(hearing: Hearing, words: str, span: Span) -> Speaker | None:
    """Resolve "the organisation" to the one named before that has not spoken yet, else to the publisher."""
    if words not in {"it", "they"} and " " not in words:
        return None
    actors = {Kind.ARMED_GROUP, Kind.MILITARY, Kind.MEDIA}
    named = [claimant for start, claimant in hearing.named() if start < span[0] and claimant.kind not in actors]
    claimant = named[-1] if named else hearing.publisher
    return Speaker(*span, claimant.name, claimant.name, claimant.kind, is_back=True) if claimant else None


def _find_person(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    sentence = hearing.document.sentences[index]
    m = hearing.words.person.fullmatch(sentence.text, *span)
    if not m:
        return None
    start, end = sentence.start + span[0], sentence.start + span[1]
    text = hearing.document.report.text[start:end]
    known = hearing.people.get(m["name"].strip().split()[-1].lower())
    if known:
        return Speaker(start, end, known.name, text, known.kind, is_back=True)
    if m["name"].lower() in hearing.words.countries:
        return None
    office = _find_office(hearing, index, span)
    return office or Speaker(start, end, text, text, None)


def _find_office(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    sentence = hearing.document.sentences[index]
    m = hearing.words.office.search(sentence.text, *span)
    if not m:
        return None
    start, end = m.start(), m.end()
    article = ARTICLE.match(sentence.text, start, end)
    begin = hearing.words.holder.search(sentence.text, span[0], start)
    if begin and not m["after"] and (holder := _find_back(hearing, index, (begin.start("the"), end))):
        return holder
    start = article.end() if article else start
    if sentence.text[start:end].lower() in hearing.words.strangers:
        return None
    return _in_words(hearing, index, (start, end), _kind(hearing.words, m))


def _kind(words: Words, m: regex.Match[str]) -> Kind | None:
    before = m.string[m.start() : m.start("head")].lower()
    after = (m["after"] or "").lower()
    telling = [*before.replace("-", " ").split(), m["head"].lower(), *after.split()]
    return next((kind for word in telling if (kind := words.kinds.get(word.removesuffix("'s")))), None)


def _find_in_any_words(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    text = hearing.document.sentences[index].text
    start, end = _trimmed(text, span)
    article = ARTICLE.match(text, start, end)
    words = text[start:end].split()
    if not words or len(words) > MOST_WORDS or any(word[0].isdigit() for word in words):
        return None
    if not article and (words[0].lower() in hearing.words.strangers or not words[0][0].isupper()):
        return None
    start = article.end() if article else start
    if words[-1].lower() in hearing.words.unspeaking or f"the {text[start:end].lower()}" in hearing.words.back:
        return None
    if text[start:end].lower() in hearing.words.strangers | hearing.words.back:
        return None
    return _in_words(hearing, index, (start, end), None)


def _in_words(hearing: Hearing, index: int, span: Span, kind: Kind | None) -> Speaker:
    sentence = hearing.document.sentences[index]
    start, end = sentence.start + span[0], sentence.start + span[1]
    words = hearing.document.report.text[start:end]
    return Speaker(start, end, " ".join(words.split()), words, kind)
