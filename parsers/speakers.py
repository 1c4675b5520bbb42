"""Speakers: whom a stretch of words names, as a claimant of the table, an office, a person, or one who spoke before."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

import regex

from parsers.claimants import Claimant, Kind, Naming, find_claimant
from parsers.hearings import ARTICLE, Hearing, Speaker, name_speaker
from parsers.offices import Words, tell_kind
from parsers.organisations import find_beginning, find_organisation
from parsers.recollections import find_back, find_owned
from parsers.records import Span

VOICED = regex.compile(r"\s(?:for|of|at|from|with)\s(?:the\s)?")
SAME = regex.compile(r"the same\s", regex.I)
OF_NAME = regex.compile(r"\s(?:of|for|in)\s(?:the\s)?\p{Lu}|\s(?:of|for)\s")
PLAIN_WORD = regex.compile(r"\p{L}\s$")
BEFORE_SHORT = regex.compile(r"(?<!\p{L})(?:the|a|an|its|his|her|their|same|this|that|one|and|to|by|from)\s$", regex.I)
FARTHEST = 40
"""Two names farther apart than this, in characters, are not one speaker."""

INITIALS = regex.compile(r"(?:\b\p{L}\.){2,}$")
RECENT = 200
"""So many who spoke or were named last may be meant by a short name."""
MOST_WORDS = 8
"""A speaker in words of its own is no longer than this."""


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
        if start <= naming.start and naming.end <= end
        if not _is_part_of_a_word(sentence.text, naming) and not _is_titled(hearing, sentence.text, naming)
    ]
    is_shouted = sentence.text.isupper()  # where all is in capitals, a capital marks no name
    if SAME.match(chunk):
        return find_back(hearing, index, (start, end))
    speaker = (
        _find_named(hearing, index, namings, (start, end))
        or _find_short(hearing, index, namings, (start, end))
        or find_owned(hearing, index, (start, end))
        or find_back(hearing, index, (start, end))
        or (None if is_shouted else find_organisation(hearing, index, (start, end)))
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


def _is_titled(hearing: Hearing, text: str, naming: Naming) -> bool:
    """Tell Judge Petra Novakova from the news agency that has her first name."""
    before = text[: naming.start].split()[-1:]
    is_alone = " " not in text[naming.start : naming.end] and text[naming.end + 1 : naming.end + 2].isupper()
    return is_alone and bool(before) and before[0].lower().rstrip(".") in hearing.words.titles


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
    speaker = name_speaker(hearing, index, chosen, chosen.claimants[0])
    hearing.people[speaker.text.split()[-1].lower()] = speaker
    for start, end in ((span[0], chosen.start), (chosen.end, span[1])):
        if sentence.text[start:end].islower():
            continue
        for m in hearing.words.person.finditer(sentence.text, start, end):
            hearing.people[m["name"].strip().split()[-1].lower()] = speaker
    return speaker


def _find_short(hearing: Hearing, index: int, namings: list[Naming], span: Span) -> Speaker | None:
    sentence = hearing.document.sentences[index]
    for naming in namings:
        words = sentence.text[naming.start : naming.end]
        is_place = words.lower() in hearing.words.countries
        if not naming.is_short or (is_place and (naming.start, naming.end) != span):
            continue
        claimant = naming.claimants[0] if is_place else _resolve(hearing, index, naming)
        if claimant:
            return name_speaker(hearing, index, naming, claimant)
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
    for claimant in _heard(hearing, position):
        if claimant in candidates:
            return claimant
    if hearing.publisher in candidates:
        return hearing.publisher
    is_plain = ARTICLE.match(sentence.text, naming.start, naming.end) is not None
    return None if is_plain else _find_at_home(hearing, naming)


def _find_at_home(hearing: Hearing, naming: Naming) -> Claimant | None:
    """Return whom a name means that bodies of several countries bear, by the countries that the report names.

    A name written as such, the State Emergency Service, is that of the country named most, or, in a report that names
    no country, of the only body of the table; other words are those of the report's first country alone.
    """
    counts = hearing.countries()
    if not naming.is_proper:
        return _only([one for one in naming.claimants if one.country and one.country == hearing.country()])
    if not counts:
        return _only(list(naming.claimants))
    best = max(naming.claimants, key=lambda claimant: counts[claimant.country])
    return best if counts[best.country] else None


def _heard(hearing: Hearing, position: int) -> Iterator[Claimant]:
    """Yield whom a short alias may mean, the likeliest first: who spoke, who was named before, who is named behind."""
    for speaker in islice(reversed(hearing.spoken), RECENT):
        if claimant := find_claimant(speaker.name):
            yield claimant
    named = hearing.named()
    here = bisect_left(named, position, key=lambda item: item[0])
    yield from (claimant for _, claimant in named[max(here - RECENT, 0) : here][::-1])
    yield from (claimant for _, claimant in named[here:][: -RECENT - 1 : -1])


def _is_of_another(words: Words, before: str, after: str, written: str) -> bool:
    """Tell "the North Kivu health ministry" and "the ministry of transport" from a ministry already named."""
    if (
        words.name_before.search(before)
        or OF_NAME.match(after)
        or not words.subnational.isdisjoint(before.lower().split()[-1:])
    ):
        return True
    return " " not in written and PLAIN_WORD.search(before) is not None and not BEFORE_SHORT.search(before)


def _only(claimants: list[Claimant]) -> Claimant | None:
    return claimants[0] if len(claimants) == 1 else None


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
    if begin and not m["after"] and (holder := find_back(hearing, index, (begin.start("the"), end))):
        return holder
    if m["head"].lower() in hearing.words.voices and (body := _find_voiced(hearing, index, m)):
        return body
    start = article.end() if article else find_beginning(hearing, index, span[0], start)
    if sentence.text[start:end].lower() in hearing.words.strangers:
        return None
    if not hearing.words.auxiliaries.isdisjoint(sentence.text[start:end].lower().split()):
        return None
    speaker = _in_words(hearing, index, (start, end), tell_kind(hearing.words, m))
    if named := hearing.words.full_name.match(m["after"] or ""):
        hearing.people.setdefault(named["last"].lower(), speaker)
    return speaker


def _find_voiced(hearing: Hearing, index: int, m: regex.Match[str]) -> Speaker | None:
    """Return for whom a spokesman speaks: "a spokesman for the police in Zinder"."""
    voiced = VOICED.match(m.string, m.end("head"))
    if voiced:
        return find_speaker(hearing, index, (voiced.end(), m.end()), in_any_words=False)
    last = next(reversed(hearing.spoken), None)
    if m.start("head") > m.start() or last is None or last.kind is None:
        return None
    # "The ministry said 12 people died. Spokesman Anis Karam said": he speaks for the ministry.
    start = hearing.document.sentences[index].start + m.start()
    return Speaker(start, start + len(m["head"]), last.name, last.text, last.kind, is_back=True)


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
