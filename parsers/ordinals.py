"""Ordinals that count: "the third journalist killed this year" says that three were killed up to now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import regex

from parsers.grammar import Draft, Piece
from parsers.records import Basis, Qualifier, Quantity
from parsers.tables import load_section
from parsers.tries import compile_lists

RULE = "the <nth> <person> <killed> <since>"
WRITTEN = regex.compile(r"(?P<number>[1-9]\d{0,3}+)(?:st|nd|rd|th)")
BEFORE_NOUN = 3
"""Among how many words of a noun phrase its ordinal stands: "the already third journalist"."""


def find_ordinals(chunks: Sequence[Piece], drafts: Mapping[int, Draft]) -> Iterator[tuple[int, Draft]]:
    """Give one who is named by an ordinal the count that it makes, where the words behind say from when it is counted.

    Those of the same metric that the sentence counts before are the last of them: "a nurse was shot, the third ...".
    """
    for at, draft in drafts.items():
        ordinal = _find_ordinal(chunks[at]) if draft.whole is None else None
        if ordinal is None or not _is_counted_up(chunks, at):
            continue
        piece, number = ordinal
        span = (piece.start, piece.end)
        quantity = Quantity(*span, *span, number, number, number, Qualifier.EXACT, RULE)
        group = replace(draft.group, number=span, quantity=quantity, definite=False, single=False)
        yield at, replace(draft, group=group, basis=Basis.CUMULATIVE, rule=RULE)
        for before, last in drafts.items():
            if before < at and last.metric is draft.metric and last.whole is None:
                yield before, replace(last, whole=span)


def _find_ordinal(chunk: Piece) -> tuple[Piece, int] | None:
    """Return the ordinal of "the third journalist" with its number; None for the first, who counts nobody before."""
    if "one" not in chunk.roles or not chunk.pieces or "the" not in chunk.pieces[0].roles:
        return None
    read = ((piece, _read_ordinal(piece.text)) for piece in chunk.pieces[1:BEFORE_NOUN])
    return next(((piece, number) for piece, number in read if number > 1), None)


def _read_ordinal(word: str) -> int:
    written = WRITTEN.fullmatch(word)
    return int(written["number"]) if written else int(load_section("en", "quantities.ordinals").content.get(word, 0))


def _is_counted_up(chunks: Sequence[Piece], at: int) -> bool:
    """Whether the words behind say since when or within what people are counted: "this year", "in as many weeks"."""
    return bool(_load_tallies("en").search(" ".join(chunk.text for chunk in chunks[at + 1 :])))


@cache
def _load_tallies(language: str) -> "regex.Pattern[str]":
    section = load_section(language, "quantities")
    return compile_lists(
        r"""
        \b(?: \L<tallies>
            | \L<within> \s (?:\L<spans_before>\s)?+ [\w-]++ \s \L<spans>
            )\b
        """,
        regex.X,
        tallies=section.words("tallies"),
        within=section.words("within"),
        spans_before=section.words("spans_before"),
        spans=section.words("spans"),
    )
