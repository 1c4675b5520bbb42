"""Counts that the text itself sets aside: "two others were hurt (not counted here)", "at first 12, but later 10"."""

from collections.abc import Sequence
from functools import cache

import regex

from parsers.grammar import Draft
from parsers.records import Sentence, Span
from parsers.tables import load_section
from parsers.tries import compile_lists

BRACKET = r"[(\[] [^()\[\]]*? \b\L<uncounted>\b [^()\[\]]*+ [)\]]"
AT_FIRST = r"\b\L<at_first>\b [^.;]*? \b(?P<turn>\L<turns>)\b"
GROWTH = r"[,;(]\s\L<growths>\s\Z"
JOINT = regex.compile(r"[,;:.)]\s(?!and\s|or\s)")


@cache
def _bracket(language: str) -> "regex.Pattern[str]":
    return compile_lists(BRACKET, regex.X | regex.I, uncounted=load_section(language, "status").words("uncounted"))


@cache
def _at_first(language: str) -> "regex.Pattern[str]":
    section = load_section(language, "status")
    return compile_lists(AT_FIRST, regex.X | regex.I, at_first=section.words("at_first"), turns=section.words("turns"))


@cache
def _growth(language: str) -> "regex.Pattern[str]":
    return compile_lists(GROWTH, regex.X | regex.I, growths=load_section(language, "status").words("growths"))


def _find_growth(drafts: Sequence[Draft], sentence: Sentence, language: str) -> set[Span]:
    """Return the numbers by which the count before them grew: "5.1 million returned, up 4,000 on the last round"."""
    pattern = _growth(language)
    numbers = (draft.group.number for draft in drafts[1:])
    return {number for number in numbers if pattern.search(sentence.text, 0, number[0] - sentence.start)}


def drop_set_aside(drafts: Sequence[Draft], sentence: Sentence, language: str = "en") -> list[Draft]:
    """Return the drafts without those that a bracket says the report does not count, or that the sentence takes back.

    A note right behind a group is about that group, else about all that its clause counts; a bracket that counts
    itself is about its own numbers.
    """
    if not drafts:
        return []
    aside = _taken_back(drafts, sentence, language) if len(drafts) > 1 else set()
    aside |= _find_growth(drafts, sentence, language)
    for m in _bracket(language).finditer(sentence.text):
        aside |= _set_aside(drafts, sentence, (m.start() + sentence.start, m.end() + sentence.start))
    return [draft for draft in drafts if draft.group.number not in aside]


def _taken_back(drafts: Sequence[Draft], sentence: Sentence, language: str) -> set[Span]:
    """Return the numbers that were told at first and are fewer now: "at first said 12 had died but later 10"."""
    m = _at_first(language).search(sentence.text)
    if not m:
        return set()
    start, turn = sentence.start + m.start(), sentence.start + m.start("turn")
    told = [draft for draft in drafts if start <= draft.group.number[0] < turn]
    now = [draft for draft in drafts if draft.group.number[0] > turn]
    return {one.group.number for one in told if any(_is_fewer(other, one) for other in now)}


def _is_fewer(now: Draft, before: Draft) -> bool:
    fewer, more = (draft.group.quantity.value if draft.group.quantity else None for draft in (now, before))
    return now.metric is before.metric and fewer is not None and more is not None and fewer < more


def _set_aside(drafts: Sequence[Draft], sentence: Sentence, note: Span) -> set[Span]:
    inside = {draft.group.number for draft in drafts if note[0] <= draft.group.number[0] < note[1]}
    before = [draft for draft in drafts if draft.group.number[1] <= note[0]]
    if inside or not before:
        return inside
    last = before[-1]
    within = last.trigger[0] < last.group.span[1] and last.group.span[0] < last.trigger[1]
    if not within and not sentence.text[last.group.span[1] - sentence.start : note[0] - sentence.start].strip():
        return {last.group.number}
    joints = [m.end() for m in JOINT.finditer(sentence.text, 0, last.group.span[0] - sentence.start)]
    clause = sentence.start + max(joints, default=0)
    return {draft.group.number for draft in before if draft.group.span[0] >= clause or draft.trigger == last.trigger}
