"""Shares: fractions of a whole that a sentence names ("half of whom"), to be worked out by the parts."""

import re
from fractions import Fraction
from functools import cache

import regex

from parsers.numerals import SMALL, load_numerals, read_number
from parsers.records import Qualifier, Quantity, Sentence
from parsers.tables import load_section
from parsers.tries import compile_lists

RULE = "<fraction> of <people>"
OPENS = re.compile(r"(?:\A|[,;:]\s|\band\s)\Z")
"""What stands before a share that is said to be somebody: "Sixty per cent are children"."""
LAST = re.compile(r"[^\W_]+|%")
BEHIND = re.compile(r"\s(?:of|are|were)\b")
"""What stands behind the first share: the words before it are looked at in a fiftieth of the pattern's time."""
OPENED = ("of ", "among ")
"""How a sentence opens that names the whole before its shares: "Of the 4,000, 60 per cent are children"."""


@cache
def _fractions(language: str) -> dict[str, float]:
    table = load_section(language, "shares").mapping("fractions")
    return {phrase: float(Fraction(share)) for phrase, share in table.items()}


@cache
def _hedges(language: str) -> dict[str, Qualifier]:
    return {phrase: Qualifier(hedge) for phrase, hedge in load_section(language, "shares").mapping("hedges").items()}


@cache
def _pattern(language: str) -> "regex.Pattern[str]":
    table = load_section(language, "shares")
    numerals = load_numerals(language).lists
    return compile_lists(
        rf"""
        \b (?:(?P<hedge>\L<hedges>)\s)?+
        (?: (?P<fraction>\L<fractions>) | (?P<percent>\d{{1,3}}+(?:\.\d++)?+) \s?+ \L<percent>
          | (?P<spelled>{SMALL}) \s \L<percent> )
        (?= \s of \b | (?P<said> \s \L<be> \b ) | (?P<next> \s in \b ) )
        """,
        regex.X | regex.I,
        hedges=sorted(_hedges(language)),
        fractions=sorted(table.mapping("fractions")),
        percent=sorted(table.words("percent")),
        be=sorted(load_section(language, "words").words("plural")),
        tens=sorted(numerals["tens"]),
        ones=sorted(numerals["ones"]),
    )


@cache
def _last_words(language: str) -> tuple[str, ...]:
    """Return the words and the sign with which a share ends."""
    table = load_section(language, "shares")
    phrases = (*table.mapping("fractions"), *table.words("percent"))
    return tuple({LAST.findall(phrase)[-1] for phrase in phrases})


def _percent(m: "regex.Match[str]", language: str) -> float:
    return float(m["percent"] or read_number(m["spelled"], load_numerals(language)) or 0)


def find_shares(sentence: Sentence, language: str = "en") -> list[Quantity]:
    """Return the shares of a sentence, as quantities without a number of their own.

    >>> [share.share for share in find_shares(Sentence("Half of them are children, 80 per cent of whom fled.", 0, 0))]
    [0.5, 0.8]
    """
    lowered, last = sentence.text.lower(), _last_words(language)
    opened = lowered.startswith(OPENED)
    if not opened and not any(lowered.endswith(last, 0, m.start()) for m in BEHIND.finditer(lowered)):
        return []
    fractions = _fractions(language)
    shares: list[Quantity] = []
    for m in _pattern(language).finditer(sentence.text):
        if (m["said"] and not opened and not OPENS.search(sentence.text, 0, m.start())) or (m["next"] and not shares):
            continue
        fraction = fractions[m["fraction"].lower()] if m["fraction"] else _percent(m, language) / 100
        if not 0 < fraction <= 1:
            continue
        start = max(m.start("fraction"), m.start("percent"), m.start("spelled"))
        qualifier = _hedges(language)[m["hedge"].lower()] if m["hedge"] else Qualifier.EXACT
        shares.append(
            Quantity(
                start + sentence.start,
                m.end() + sentence.start,
                m.start() + sentence.start,
                m.end() + sentence.start,
                None,
                None,
                None,
                qualifier,
                RULE,
                fraction,
            )
        )
    return shares
