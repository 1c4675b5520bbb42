"""Attributions: where a sentence says whose words its clauses are, and how far those words reach."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import regex

from parsers.claimants import Kind
from parsers.records import Span
from parsers.speakers import Hearing, Speaker, find_speaker
from parsers.tables import load_section


class Reach(StrEnum):
    """Which way from its verb an attribution reaches."""

    BACKWARD = "backward"
    FORWARD = "forward"
    BOTH = "both"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One attribution in a sentence: ``start`` and ``end`` hold it whole, in characters of the sentence."""

    speaker: Speaker
    start: int
    end: int
    reach: Reach
    rule: str
    via: str | None = None
    governed: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Frames:
    """The patterns of a language in which a source is named."""

    trigger: regex.Pattern[str]
    stop: regex.Pattern[str]
    clause: regex.Pattern[str]
    aside: regex.Pattern[str]
    tail: regex.Pattern[str]
    rest: regex.Pattern[str]
    contrast: regex.Pattern[str]
    number: regex.Pattern[str]
    passive: regex.Pattern[str]
    cited_by: regex.Pattern[str]
    citing: regex.Pattern[str]
    source_line: regex.Pattern[str]
    signature: regex.Pattern[str]
    heading: regex.Pattern[str]
    owned: regex.Pattern[str]
    own: regex.Pattern[str]
    relative: regex.Pattern[str]
    nouns_too: frozenset[str]
    complement: regex.Pattern[str]


LISTS = (
    "saying", "counting", "putting", "to_number", "other", "according", "counted_by", "figures", "joining", "citing",
    "cited_by", "source_lines", "between", "days", "months", "channels", "contrast", "clauses", "relatives", "numbers",
    "telling", "own", "lives",
)  # fmt: skip


@cache
def load_frames(language: str) -> Frames:
    """Load the words of a language and compile its patterns; raises TableError."""
    section = load_section(language, "sources")
    lists = {key: section.words(key) for key in LISTS}
    lists["plainly"] = lists["saying"] - section.words("nouns_too")

    def compiled(pattern: str) -> regex.Pattern[str]:
        used = {name: words for name, words in lists.items() if rf"\L<{name}>" in pattern}
        return regex.compile(pattern, regex.X | regex.I, **used)

    return Frames(
        trigger=compiled(
            r"""
            (?<![\w-]) (?:
              (?P<according> \L<according> )
            | (?P<cited_by> \L<cited_by> )
            | (?P<counted_by> \L<counted_by> )
            | (?P<figures> \L<figures> \s (?:\w+\s)? (?:\L<joining>|\L<counted_by>) (?=\s) )
            | (?P<telling> \L<telling> )
            | (?P<saying> \L<saying> (?! \s (?: [\w,]+ \s ){0,4} \L<lives> (?!\w) ) )
            | (?P<putting> \L<putting> (?= \s (?:[^.;]{0,80}? \s)? \L<to_number> \s ) )
            | (?P<other> \L<other> )
            | (?P<citing> \L<citing> )
            | (?P<counting> \L<counting> )
            ) (?![\w-])
            """
        ),
        stop=compiled(
            r"""
            [,;:"()?!] | \s-\s | \d | (?<!\w) (?: \L<clauses> | \L<relatives> | \L<contrast> | \L<cited_by> | \L<citing> | \L<telling> | \L<plainly> ) (?!\w)
            | \s (?:(?:late|early|earlier)\s)? (?:on\s)? (?:\L<days>) (?!\w)
            | \s on \s \L<months> (?!\w) | \s in \s an?\s (?:\w+\s){0,2}? \L<channels> (?!\w) | \s (?:yesterday|today)\b
            """
        ),
        clause=compiled(
            r"[;:()\"] | , | \s-\s | (?<!\w) (?P<soft> \L<clauses> | \L<contrast> | \L<relatives> | and ) (?!\w)"
        ),
        aside=compiled(r"\([^()]{1,60}\)"),
        tail=compiled(
            r"""
            (?: \s (?: \L<between> | \w+ly | on\s\L<days>
              | (?:in|on|via|through|by|at)\s(?:(?:an?|the|its|his|her|their)\s)?(?:(?:\L<channels>|\L<days>|\L<months>|\d{1,4})\s?)+ ) )++ \s* $
            """
        ),
        rest=compiled(
            r"""
            (?: \s (?: \L<between> (?!\w) | (?:late|early|earlier)\s(?:on\s)?\L<days>
              | (?:in|on|at|to|via|by|through|during|from|for)\s (?:(?:an?|the|its|his|her|their|this|last)\s)?
                (?: (?:\L<channels>|\L<days>|\L<months>|\d{1,4}|(?-i:\p{Lu})[\p{L}'.-]*) (?!\w) \s? ){1,5} (?<!\s) ) )*+
            """
        ),
        contrast=compiled(r"; | (?<!\w) \L<contrast> (?!\w) | ,\sand (?!\w) | ,\swith(?!\w)"),
        number=compiled(
            r"""
            (?<![\d,.]) (?! (?:19|20)\d\d (?![\d,]) ) (?! \d{1,2}(?:st|nd|rd|th)? \s \L<months> (?!\w) )
            (?<! \L<months> \s ) \d | (?<!\w) \L<numbers> (?!\w)
            """
        ),
        passive=compiled(r"(?<!\w) (?:was|were|been|being|be|is|are|to|not|of|the|an|a|at|which) \s (?:\w+ly\s)? $"),
        cited_by=compiled(r"(?<!\w) \L<cited_by> (?!\w)"),
        citing=compiled(r"(?<!\w) \L<citing> (?!\w)"),
        source_line=compiled(r"(?: ^ | \( | [.] \s ) \s* \L<source_lines> \s? : \s*"),
        signature=compiled(r"(?P<mark> \s-\s* | :\s | \( ) (?P<who> [^():]{2,70}? ) \)? [.\s]* $"),
        heading=compiled(r"^ (?P<who> [^,;:()\"]{2,60}? ) : \s (?=\S)"),
        owned=compiled(r"(?:'s?)? \s (?: [\w-]+ \s ){0,2}? \L<figures> (?!\w)"),
        own=compiled(r"\W* \L<own> \s (?: [\w-]+ \s ){0,2}? \L<figures> (?!\w)"),
        relative=compiled(r"\s? \L<relatives> (?!\w)"),
        nouns_too=section.words("nouns_too"),
        complement=compiled(
            r"\s* (?: that(?!\w) | : | \" | \d | (?:at|some|about|around|nearly|more|over|an?|the|no) \s )"
        ),
    )


def find_utterances(hearing: Hearing, index: int) -> list[Utterance]:
    """Return the attributions of a sentence, from left to right, each with what it governs."""
    sentence = hearing.document.sentences[index]
    frames = load_frames(hearing.document.report.language)
    found: list[Utterance] = []
    consumed = 0
    for m in frames.trigger.finditer(sentence.text):
        if m.start() >= consumed:
            utterance = _read(hearing, index, m, found, frames)
            if utterance:
                if found and found[-1].rule == "citing X" and utterance.start - found[-1].end <= len(", the "):
                    # "Citing the ministry, the WHO said": the words are the ministry's.
                    via = _other_than_publisher(hearing, utterance.speaker)
                    utterance = replace(utterance, speaker=found.pop().speaker, via=via, rule="Citing X, Y said")
                found.append(utterance)
                hearing.spoken.append(utterance.speaker)
                consumed = utterance.end
    if not found:
        found.extend(_read_edges(hearing, index, frames))
        hearing.spoken.extend(utterance.speaker for utterance in found)
    return _govern(sentence.text, found, frames)


def _read(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], frames: Frames
) -> Utterance | None:
    if m["according"]:
        return _read_according(hearing, index, m, frames)
    if m["cited_by"]:
        return _read_cited_by(hearing, index, m, found, frames)
    if m["counted_by"] or m["figures"]:
        return _read_counted_by(hearing, index, m, frames)
    if m["citing"]:
        return _read_citing(hearing, index, m, found, frames)
    return _read_verb(hearing, index, m, frames)


def _right(hearing: Hearing, index: int, start: int, frames: Frames) -> Span:
    """Return where the words of a speaker after ``start`` stand: up to what cannot be part of a name."""
    sentence = hearing.document.sentences[index]
    namings = hearing.namings(index)
    for m in frames.stop.finditer(sentence.text, start + 1):
        if not any(naming.start <= m.start() < naming.end for naming in namings):
            return start, m.start()
    return start, len(sentence.text)


def _read_according(hearing: Hearing, index: int, m: regex.Match[str], frames: Frames) -> Utterance | None:
    text = m.string
    start, end = _right(hearing, index, m.end(), frames)
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None or (speaker.kind is None and text[end : end + 1] == ","):
        # "according to Rami Saleh, the head of the group": the second part names the office.
        further = _right(hearing, index, end + 1, frames) if text[end : end + 1] == "," else (end, end)
        second = find_speaker(hearing, index, further, in_any_words=False)
        if second and not frames.number.search(text[further[1] : further[1] + 1]):
            if speaker:
                hearing.people[speaker.name.split()[-1].lower()] = second
            if second.kind:
                speaker, end = second, further[1]
    relative = frames.relative.match(text, end)
    if speaker is None and relative:
        # "according to an estimate that the ministry published"
        further = _right(hearing, index, relative.end(), frames)
        speaker = find_speaker(hearing, index, further, in_any_words=False)
        end = further[1] if speaker else end
    speaker = speaker or find_speaker(hearing, index, (start, end), in_any_words=True)
    if speaker is None:
        return None
    return Utterance(speaker, m.start(), end, _beside(text, m.start(), end, frames), "according to X")


def _beside(text: str, start: int, end: int, frames: Frames) -> Reach:
    """Tell which way an adverbial attribution reaches: an opening one forward, a closing one backward."""
    if not frames.number.search(text, 0, start):
        return Reach.FORWARD
    rest = frames.rest.match(text, end)
    end = rest.end() if rest else end
    after = text[end:].lstrip(" ,")
    return Reach.BOTH if after.strip(".\"' )") else Reach.BACKWARD


def _skipped(text: str, position: int) -> int:
    while position < len(text) and text[position] in " ,":
        position += 1
    return position


def _read_counted_by(hearing: Hearing, index: int, m: regex.Match[str], frames: Frames) -> Utterance | None:
    start, end = _right(hearing, index, m.end(), frames)
    head = m.string[m.end() : end].split()[:6]
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None or not head:
        return None
    offset = speaker.start - hearing.document.sentences[index].start - start
    if offset > len("the country's "):
        return None
    if speaker.kind is None or (m["figures"] and m["figures"].lower().endswith("of") and speaker.is_back):
        return None
    return Utterance(speaker, m.start(), end, _beside(m.string, m.start(), end, frames), "counted by X")


def _read_cited_by(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], frames: Frames
) -> Utterance | None:
    """Note on the last attribution who passed it on; without one, who is cited stands before."""
    start, end = _right(hearing, index, m.end(), frames)
    outlet = find_speaker(hearing, index, (start, end), in_any_words=False)
    if outlet is None:
        return None
    if found:
        last = found.pop()
        return replace(last, via=_other_than_publisher(hearing, outlet), end=max(last.end, end))
    span = _left(hearing, index, len(m.string[: m.start()].rstrip(" ,")), frames)
    speaker = find_speaker(hearing, index, span, in_any_words=False)
    if speaker is None:
        return None
    via = _other_than_publisher(hearing, outlet)
    follow = frames.trigger.match(m.string, _skipped(m.string, end))
    if follow and follow["saying"]:
        end = follow.end()
    return Utterance(speaker, span[0], end, _around(m.string, span[0], end, frames), "X, quoted by Y", via)


def _other_than_publisher(hearing: Hearing, outlet: Speaker) -> str | None:
    publisher = hearing.publisher.name if hearing.publisher else hearing.document.report.publisher
    return None if outlet.name == publisher else outlet.name


def _read_citing(
    hearing: Hearing, index: int, m: regex.Match[str], found: list[Utterance], frames: Frames
) -> Utterance | None:
    text = m.string
    start, end = _right(hearing, index, m.end(), frames)
    speaker = find_speaker(hearing, index, (start, end), in_any_words=False)
    if speaker is None:
        return None
    if found and len(text[found[-1].end : m.start()].strip(" ,")) <= len("in a statement on Saturday"):
        last = found.pop()
        via = _other_than_publisher(hearing, last.speaker)
        return replace(last, speaker=speaker, via=via, end=end, rule="Y, citing X")
    span = _left(hearing, index, len(text[: m.start()].rstrip(" ,")), frames)
    outlet = find_speaker(hearing, index, span, in_any_words=False)
    via = _other_than_publisher(hearing, outlet) if outlet else None
    begin = span[0] if outlet else m.start()
    follow = frames.trigger.match(text, _skipped(text, end))
    if follow and (follow["saying"] or follow["putting"]):
        end = follow.end()
        return Utterance(speaker, begin, end, _around(text, begin, end, frames), "Y, citing X, said", via)
    if outlet and m["citing"].lower().endswith(("d", "s")):
        return Utterance(speaker, begin, end, _around(text, begin, end, frames), "Y quoted X", via)
    return Utterance(speaker, begin, end, _beside(text, begin, end, frames), "citing X", via)


def _left(hearing: Hearing, index: int, end: int, frames: Frames) -> Span:
    """Return the words before ``end`` that can be a speaker: back to the last boundary outside a name."""
    text = hearing.document.sentences[index].text
    closed = [(naming.start, naming.end) for naming in hearing.namings(index)]
    closed += [m.span() for m in frames.aside.finditer(text, 0, end)]
    start = 0
    for m in frames.clause.finditer(text, 0, end):
        if any(first <= m.start() < last for first, last in closed):
            continue
        if m["soft"] and m["soft"].lower() == "and" and _is_speaker_alone(hearing, index, (start, m.start()), frames):
            continue
        if m["soft"] and not text[m.end() : end].strip():
            continue
        start = m.end()
    return start, end


def _is_speaker_alone(hearing: Hearing, index: int, span: Span, frames: Frames) -> bool:
    """Tell "police and doctors" from "12 people died and doctors"."""
    text = hearing.document.sentences[index].text
    if frames.number.search(text, *span) or frames.trigger.search(text, *span):
        return False
    return find_speaker(hearing, index, span, in_any_words=False) is not None


def _read_verb(hearing: Hearing, index: int, m: regex.Match[str], frames: Frames) -> Utterance | None:
    text = m.string
    verb = m.group().lower()
    before = text[: m.start()]
    if frames.passive.search(before):
        return None
    tail = frames.tail.search(before)
    end = tail.start() if tail else len(before)
    stripped = text[:end].rstrip()
    inverted = _read_inverted(hearing, index, m, stripped, frames) if m["saying"] else None
    if inverted:
        return inverted
    named = _read_subject(hearing, index, m, len(stripped), frames)
    if named is None:
        return None
    speaker, start, via = named
    if verb in frames.nouns_too and (
        speaker.kind is None or not _touches(text, speaker, hearing, index, m.start(), frames)
    ):
        return None
    finish = m.end()
    if m["telling"]:
        outlet_start, finish = _right(hearing, index, m.end(), frames)
        outlet = find_speaker(hearing, index, (outlet_start, finish), in_any_words=False)
        if outlet and outlet.kind is Kind.MEDIA:
            via = _other_than_publisher(hearing, outlet)
    reach = Reach.NOWHERE if m["other"] else _around(text, start, finish, frames)
    return Utterance(speaker, start, finish, reach, f"X {verb}", via)


def _touches(text: str, speaker: Speaker, hearing: Hearing, index: int, verb: int, frames: Frames) -> bool:
    offset = hearing.document.sentences[index].start
    between = text[speaker.end - offset : verb].strip()
    after = frames.trigger.match(text, _skipped(text, text.find(" ", verb) + 1)) if " " in text[verb:] else None
    return (not between or frames.tail.fullmatch(" " + between) is not None) and not (
        after and (after["saying"] or after["counting"])
    )


def _read_inverted(
    hearing: Hearing, index: int, m: regex.Match[str], stripped: str, frames: Frames
) -> Utterance | None:
    """Read "..., said X": a comma or a quotation before the verb, the speaker after it, and then no clause."""
    text = m.string
    if not stripped or stripped[-1] not in ',"':
        return None
    start, end = _right(hearing, index, m.end(), frames)
    stop = text[end : end + 1]
    if stop.isdigit() or not text[start:end].strip():
        return None
    follow = frames.stop.match(text, end)
    if follow and follow.group().strip().lower() == "that":
        return None
    speaker = find_speaker(hearing, index, (start, end), in_any_words=stripped[-1] == '"')
    if speaker is None or (speaker.is_back and speaker.kind is None and not speaker.name):
        return None
    if stripped[-1] == "," and _is_appositive(hearing, index, stripped, frames) and stop not in {",", ""}:
        return None
    if speaker.kind is None and stop == ",":
        further = _right(hearing, index, end + 1, frames)
        second = find_speaker(hearing, index, further, in_any_words=False)
        if second and second.kind:
            hearing.people[speaker.name.split()[-1].lower()] = second
            speaker, end = second, further[1]
    reach = Reach.BACKWARD
    rest = frames.rest.match(text, end)
    after = text[rest.end() if rest else end :]
    if frames.number.search(after):
        reach = Reach.BOTH
    return Utterance(speaker, m.start(), end, reach, f"{m.group().lower()} X")


def _is_appositive(hearing: Hearing, index: int, stripped: str, frames: Frames) -> bool:
    """Tell "X, the head of Y, said" from "people died, said X": the part before the comma is a speaker, no clause."""
    pieces = stripped.rstrip(",").rsplit(",", 1)
    if len(pieces) == 1:
        return False
    start = len(pieces[0]) + 1
    return not frames.number.search(pieces[1]) and (
        find_speaker(hearing, index, (start, start + len(pieces[1])), in_any_words=False) is not None
        or frames.stop.match(pieces[1].lstrip()) is not None
    )


def _read_subject(
    hearing: Hearing, index: int, m: regex.Match[str], end: int, frames: Frames
) -> tuple[Speaker, int, str | None] | None:
    """Return the speaker before a verb, where its words start, and who passed them on."""
    text = m.string
    in_any_words = bool(m["saying"] or m["telling"])
    if text[end - 1 : end] != ",":
        span = _left(hearing, index, end, frames)
        speaker = find_speaker(hearing, index, span, in_any_words=in_any_words)
        if speaker is None and span[0] and text[span[0] - 1 : span[0]].isalpha():
            # "a man who lost his house said": no speaker in the relative clause, but before it.
            span = _left(hearing, index, text.rfind(" ", 0, span[0]), frames)
            speaker = find_speaker(hearing, index, span, in_any_words=False)
        return (speaker, span[0], None) if speaker else None
    pieces = _pieces(hearing, index, end - 1)
    for position in range(len(pieces) - 1, 0, -1):
        start, stop = pieces[position - 1]
        subject_span = (max(start, _left(hearing, index, stop, frames)[0]), stop)
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


def _around(text: str, start: int, end: int, frames: Frames) -> Reach:
    """Tell which way a subject and its verb reach: forward to its clause, or back to the clause it closes."""
    lead = text[:start].rstrip()
    rest = frames.rest.match(text, end)
    finish = rest.end() if rest else end
    after = text[finish:]
    closes = lead.endswith((",", '"', " -", ";"))
    if not closes:
        return Reach.FORWARD
    ended = not after.strip(" .\"')") or after.lstrip()[0] in ",;)"
    counted_before = frames.number.search(lead) is not None
    counted_after = frames.number.search(after) is not None
    if ended and (counted_before or not counted_after or lead.endswith('"')):
        return Reach.BOTH if counted_after else Reach.BACKWARD
    if counted_before and not frames.complement.match(after):
        return Reach.BOTH if counted_after else Reach.BACKWARD
    return Reach.FORWARD


def _read_edges(hearing: Hearing, index: int, frames: Frames) -> Iterator[Utterance]:
    """Read what names a source without a verb: "Source: X", "X: 12 killed", "12 killed - X", "(X)"."""
    text = hearing.document.sentences[index].text
    line = frames.source_line.search(text)
    if line:
        span = _right(hearing, index, line.end(), frames)
        speaker = find_speaker(hearing, index, span, in_any_words=False)
        if speaker:
            yield Utterance(speaker, line.start(), span[1], Reach.BOTH, "Source: X")
        return
    heading = frames.heading.search(text)
    if heading and (speaker := _only_name(hearing, index, heading.span("who"))):
        yield Utterance(speaker, 0, heading.end("who"), Reach.FORWARD, "X: ...")
        return
    signature = frames.signature.search(text)
    if signature and (speaker := _only_name(hearing, index, signature.span("who"))):
        expands = signature["mark"] == "(" and _spells(text[: signature.start()], signature["who"])
        if not expands and speaker.kind not in {Kind.ARMED_GROUP, Kind.MILITARY}:
            yield Utterance(speaker, signature.start(), len(text), Reach.BACKWARD, "... - X")
            return
    yield from _read_owned(hearing, index, frames)


def _spells(before: str, letters: str) -> bool:
    """Tell "Rapid Support Forces (RSF)", a name with its letters, from a claimant in brackets."""
    initials = "".join(word[0] for word in before.split() if word[0].isupper())
    return initials.endswith(letters.strip())


def _read_owned(hearing: Hearing, index: int, frames: Frames) -> Iterator[Utterance]:
    """Read whose the count is: "OCHA data", "the ministry's toll", "its database"."""
    sentence = hearing.document.sentences[index]
    for naming in hearing.namings(index):
        m = frames.owned.match(sentence.text, naming.end)
        speaker = find_speaker(hearing, index, (naming.start, naming.end), in_any_words=False) if m else None
        if m and speaker:
            yield Utterance(speaker, naming.start, m.end(), Reach.BOTH, "X's figures")
            return
    m = frames.own.match(sentence.text)
    if m and hearing.spoken:
        last = hearing.spoken[-1]
        start = sentence.start
        speaker = Speaker(start, start + m.end(), last.name, last.text, last.kind, is_back=True)
        yield Utterance(speaker, 0, m.end(), Reach.BOTH, "its figures")


def _only_name(hearing: Hearing, index: int, span: Span) -> Speaker | None:
    """Return the speaker that a stretch names with no other words but an article."""
    speaker = find_speaker(hearing, index, span, in_any_words=False)
    if speaker is None or speaker.kind is None:
        return None
    offset = hearing.document.sentences[index].start
    around = span[1] - span[0] - (speaker.end - speaker.start)
    del offset
    return speaker if around <= len("the ") else None


def _govern(text: str, found: list[Utterance], frames: Frames) -> list[Utterance]:
    """Give each attribution the stretch of the sentence that it governs; clauses part those of two speakers."""
    governed: list[Utterance] = []
    for utterance in found:
        left, right = 0, len(text)
        if governed:
            first, left = _part(text, governed.pop(), utterance, frames)
            governed.append(first)
            utterance = _passed_on(text, first, utterance)
        if utterance.reach is Reach.FORWARD:
            left = utterance.start
        elif utterance.reach is Reach.BACKWARD:
            right = utterance.end
        elif utterance.reach is Reach.NOWHERE:
            left = right = utterance.start
        governed.append(replace(utterance, governed=(left, max(left, right))))
    return governed


def _part(text: str, first: Utterance, second: Utterance, frames: Frames) -> tuple[Utterance, int]:
    """Part two neighbours: return the first with its end drawn in, and where the second may begin to govern."""
    start, end = first.governed
    if second.reach in {Reach.FORWARD, Reach.NOWHERE}:
        return replace(first, governed=(start, min(end, second.start))), second.start
    if first.reach in {Reach.BACKWARD, Reach.NOWHERE}:
        return replace(first, governed=(start, min(end, second.start))), first.end
    marks = [m.start() for m in frames.contrast.finditer(text, first.end, max(first.end, second.start))]
    if marks:
        return replace(first, governed=(start, marks[-1])), marks[-1]
    if first.reach is Reach.BOTH:
        return replace(first, governed=(start, first.end)), first.end
    # "The ministry said 12 people died, AFP reported": the words are the ministry's, AFP passed them on.
    via = first.via or (second.speaker.name if second.speaker.kind is Kind.MEDIA else None)
    return replace(first, governed=(start, second.start), via=via), second.start


def _passed_on(text: str, first: Utterance, second: Utterance) -> Utterance:
    """Note the outer speaker of "the UN said the ministry counted 12"."""
    between = text[first.end : second.start].strip(" ,").lower()
    outer = first.reach is Reach.FORWARD and second.reach is Reach.FORWARD and second.via is None
    if outer and between in {"", "that"} and first.speaker.name != second.speaker.name:
        return replace(second, via=first.speaker.name)
    return second
