"""Quantities: the numbers of a sentence that may count people or homes, with the bounds that their words support."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from parsers.amounts import find_amounts
from parsers.exclusions import find_exclusion, load_lists
from parsers.meanings import Amount
from parsers.numerals import compile_pattern
from parsers.records import Qualifier, Quantity, Sentence, Span
from parsers.tables import load_section

BEFORE = r"(?r)(?:(?:(?<!\w)|(?<=\b\L<glued>))(?<hedge>\L<hedges>)\s?){1,3}"
AFTER = r"""
    \s?(?<hedge>\+)(?!\d)
  | [\s-](?<hedge>\L<hedges_after>)(?!\w|\s\d)
  | ,?\s(?<hedge>\L<hedges_last>)(?=\s*+(?:[.,;:)]|$))
"""
BEHIND = r"\s\L<people>\s(?<hedge>\L<hedges_behind>)(?!\w|\s\d)"
GOES = r"(?r)(?<!\w)\L<goes>\s"
AGAIN = regex.compile(r"\s?\((?<number>\d[\d,]*+)\)(?=\s\p{L})")
RUN = regex.compile(r"[^ ]++ ?")


@dataclass(frozen=True, slots=True)
class Hedges:
    """The hedges of a language and where they stand."""

    qualifiers: Mapping[str, Qualifier]
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    behind: regex.Pattern[str]
    """What the noun stands before, and which is no part of the phrase: "60 people or more"."""
    goes: regex.Pattern[str]
    """Behind which "up to" is no hedge: the verbs that rise."""
    far: re.Pattern[str]
    """The words of those that the noun stands before, looked for ahead of all the nouns that there are."""


@cache
def load_hedges(language: str) -> Hedges:
    """Load the hedges of a language; raises TableError."""
    section = load_section(language, "quantities")
    qualifiers: dict[str, Qualifier] = {}
    for key in ("hedges", "hedges_after", "hedges_behind", "hedges_last"):
        for phrase, qualifier in section.mapping(key).items():
            if qualifier not in set(Qualifier):
                raise section.refuse(f"{key}.{phrase}", f"must be one of {', '.join(Qualifier)}")
            qualifiers[phrase] = Qualifier(qualifier)
    lists = load_lists(language)
    return Hedges(
        qualifiers,
        compile_pattern(BEFORE, lists),
        compile_pattern(AFTER, lists),
        compile_pattern(BEHIND, lists),
        compile_pattern(GOES, lists),
        re.compile("|".join(rf"\s{re.escape(phrase)}" for phrase in lists["hedges_behind"]), re.IGNORECASE),
    )


def find_quantities(sentence: Sentence, *, language: str = "en") -> list[Quantity]:
    """Return the numbers of a sentence that are written as counts, in text order.

    Dates, times, ages, money, measures, shares, scores and numbers of articles or roads are left out; so are ordinals
    and bare articles. What the numbers count is for later stages to say.

    >>> sentence = Sentence("At least 17 people, two of them aged under 5, died on 3 May 2019.", start=0, paragraph=0)
    >>> [(quantity.value, quantity.low, quantity.high, quantity.rule) for quantity in find_quantities(sentence)]
    [(17, 17, None, '<hedge> <number>'), (2, 2, 2, '<number>')]
    """
    text, places = _even_spaces(sentence)
    hedges = load_hedges(language)
    quantities: list[Quantity] = []
    for rule, span, amount in find_amounts(text, language):
        hedge, phrase, bounded = _hedged(text, span, amount, hedges)
        if find_exclusion(text, span, phrase, language) or _repeats(text, span, amount, quantities, places):
            continue
        phrase = phrase[0], _repeated_end(text, phrase[1], amount)
        quantities.append(
            Quantity(
                places[span[0]],
                places[span[1] - 1] + 1,
                places[phrase[0]],
                places[phrase[1] - 1] + 1,
                bounded.value,
                bounded.low,
                bounded.high,
                bounded.qualifier,
                hedge.format(rule),
            )
        )
    return quantities


def _even_spaces(sentence: Sentence) -> tuple[str, Sequence[int]]:
    """Return the text with single spaces, and the place in the document of each of its characters."""
    places = range(sentence.start, sentence.end)
    if "  " not in sentence.text:
        return sentence.text, places
    runs = [m.span() for m in RUN.finditer(sentence.text)]
    return "".join(sentence.text[start:end] for start, end in runs), [
        place for start, end in runs for place in places[start:end]
    ]


def _hedged(text: str, span: Span, amount: Amount, hedges: Hedges) -> tuple[str, Span, Amount]:
    """Return where the hedges of a number stand, the span of the phrase with them, and the bounds that they give it."""
    before, after = hedges.before.match(text, 0, span[0]), hedges.after.match(text, span[1])
    if before and hedges.goes.match(text, 0, before.start()):
        before = None  # "has gone up to 84"
    behind = hedges.behind.match(text, span[1]) if not after and hedges.far.search(text, span[1]) else None
    closing = after or behind
    found = [*reversed(before.captures("hedge") if before else []), *([closing["hedge"]] if closing else [])]
    for qualifier in _outermost([hedges.qualifiers[hedge.lower()] for hedge in found]):
        amount = _bounded(amount, qualifier)
    phrase = before.start() if before else span[0], after.end() if after else span[1]
    return f"{'<hedge> ' if before else ''}{{}}{' <hedge>' if closing else ''}", phrase, amount


def _outermost(qualifiers: list[Qualifier]) -> list[Qualifier]:
    """Return the one qualifier that holds of several: the first bound, else the first ("at least about 40")."""
    soft = {Qualifier.ABOUT, Qualifier.NEARLY}
    return [*(qualifier for qualifier in qualifiers if qualifier not in soft), *qualifiers][:1]


def _bounded(amount: Amount, hedge: Qualifier) -> Amount:
    value, low, high = amount.value, amount.low, amount.high
    qualifier = Qualifier.VAGUE if amount.qualifier is Qualifier.VAGUE else hedge
    match hedge:
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return Amount(value, value if low is None else low, None, qualifier)
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return Amount(value, None, value if high is None else high, qualifier)
        case _:
            return amount if value is None else Amount(value, None, None, hedge)


def _repeated_end(text: str, end: int, amount: Amount) -> int:
    """Return the end of a number with its repetition in brackets: "two (2) others"."""
    again = AGAIN.match(text, end)
    told = again is not None and amount.value is not None and again["number"].replace(",", "") == str(amount.value)
    return again.end() if again and told else end


def _repeats(text: str, span: Span, amount: Amount, found: list[Quantity], places: Sequence[int]) -> bool:
    """Say whether the number only repeats the one before it in brackets: "three (3) soldiers"."""
    if not found or amount.value is None or found[-1].value != amount.value:
        return False
    return text[: span[0]].endswith(" (") and places[span[0]] - found[-1].end <= len(" (")
