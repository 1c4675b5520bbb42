"""Counts that the text itself sets aside: "and two others were hurt (not counted here)"."""

from collections.abc import Sequence
from functools import cache

import regex

from parsers.grammar import Draft
from parsers.records import Sentence, Span
from parsers.tables import load_section
from parsers.tries import compile_lists

BRACKET = r"[(\[] [^()\[\]]*? \b\L<uncounted>\b [^()\[\]]*+ [)\]]"
JOINT = regex.compile(r"[,;:.)]\s(?!and\s|or\s)")


@cache
def _bracket(language: str) -> "regex.Pattern[str]":
    return compile_lists(BRACKET, regex.X | regex.I, uncounted=load_section(language, "status").words("uncounted"))


def drop_set_aside(drafts: Sequence[Draft], sentence: Sentence, language: str = "en") -> list[Draft]:
    """Return the drafts without those that a bracket says the report does not count.

    A note right behind a group is about that group, else about all that its clause counts; a bracket that counts
    itself is about its own numbers.
    """
    if not drafts or not (notes := [m.span() for m in _bracket(language).finditer(sentence.text)]):
        return list(drafts)
    aside: set[Span] = set()
    for start, end in notes:
        aside |= _set_aside(drafts, sentence, (start + sentence.start, end + sentence.start))
    return [draft for draft in drafts if draft.group.number not in aside]


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
