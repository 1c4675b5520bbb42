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
LAST = re.compile(r"[^\W_]+|%")
STOPS = r"(?=[.,;)])"
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
        (?= \s of \b | (?P<said> \s \L<be> \b ) | (?P<next> \s in \b ) | (?P<bare> \s \L<kinds> \b )
          | (?P<ends> {STOPS} ) )
        """,
        regex.X | regex.I,
        hedges=sorted(_hedges(language)),
        fractions=sorted(table.mapping("fractions")),
        percent=sorted(table.words("percent")),
        be=sorted(load_section(language, "words").words("plural")),
        kinds=sorted(table.words("kinds")),
        tens=sorted(numerals["tens"]),
        ones=sorted(numerals["ones"]),
    )


@cache
def _last_words(language: str) -> tuple[str, ...]:
    """Return the words and the sign with which a share ends."""
    table = load_section(language, "shares")
    phrases = (*table.mapping("fractions"), *table.words("percent"))
    return tuple({LAST.findall(phrase)[-1] for phrase in phrases})


@cache
def _behind(language: str) -> "re.Pattern[str]":
    """Return what stands behind a share: the words before it are looked at in a fiftieth of the pattern's time."""
    words = {"of", *load_section(language, "words").words("plural"), *load_section(language, "shares").words("kinds")}
    return re.compile(rf"\s(?:{'|'.join(map(re.escape, sorted(words)))})\b|{STOPS}")


@cache
def _before(language: str) -> "regex.Pattern[str]":
    """Return what stands before a share that is somebody, by what stands behind it.

    "Sixty per cent are children", "of whom half are women", "(60 per cent women)", "women make up 60 per cent".
    """
    words = load_section(language, "words")
    return compile_lists(
        r"""
        (?r) (?: (?P<led> (?<!\w)\L<including> ,?+ \s )
          | (?P<made> (?<!\w)\L<makeup> \s )
          | (?P<bracket> \( )
          | (?P<opens> \A | [,;:]\s | \band\s )
          ) \Z
        """,
        regex.X | regex.I,
        including=sorted(words.words("including")),
        makeup=sorted(words.words("makeup")),
    )


def _percent(m: "regex.Match[str]", language: str) -> float:
    return float(m["percent"] or read_number(m["spelled"], load_numerals(language)) or 0)


def _is_somebody(m: "regex.Match[str]", language: str, *, opened: bool, first: bool) -> bool:
    """Whether what a pattern found is a share of people, by the words on both sides of it."""
    if not (m["said"] or m["next"] or m["bare"] or m["ends"]):
        return True
    if m["next"]:
        return not first
    before = _before(language).match(m.string, 0, m.start())
    if m["said"]:
        return opened or bool(before and (before["led"] or before["opens"] is not None))
    if before is None:
        return False
    if m["ends"]:
        return bool(before["made"])
    return bool(before["led"] or before["bracket"] or not first)


def find_shares(sentence: Sentence, language: str = "en") -> list[Quantity]:
    """Return the shares of a sentence, as quantities without a number of their own.

    >>> [share.share for share in find_shares(Sentence("Half of them are children, 80 per cent of whom fled.", 0, 0))]
    [0.5, 0.8]
    """
    lowered, last = sentence.text.lower(), _last_words(language)
    opened = lowered.startswith(OPENED)
    if not opened and not any(lowered.endswith(last, 0, m.start()) for m in _behind(language).finditer(lowered)):
        return []
    fractions = _fractions(language)
    shares: list[Quantity] = []
    for m in _pattern(language).finditer(sentence.text):
        if not _is_somebody(m, language, opened=opened, first=not shares):
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
