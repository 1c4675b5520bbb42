"""Amounts: what the words for a number mean, as rules with names."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from parsers.exclusions import AND, load_lists
from parsers.numerals import NUMBER, Numerals, compile_pattern, load_numerals, read_number
from parsers.records import Qualifier, Span
from parsers.tables import Section, load_section

Match = regex.Match[str]
CHANGE_REACH = 60
"""Characters before "from" in which a verb of change makes the two numbers a change and no range."""

LONG, DENSEST = 600, 12
"""A text of more than so many characters with a number to each so many is a column of figures, and not read."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What number words support: the value as printed, the bounds (None is open) and how firmly they are held."""

    value: int | None
    low: int | None
    high: int | None
    qualifier: Qualifier = Qualifier.EXACT


NO_COUNT = Amount(None, None, None)
"""What dates, shares and scores amount to: their words are passed over whole."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tables of one language that meanings are looked up in."""

    numerals: Numerals
    scales: Mapping[str, int]
    vague: Mapping[str, list[int]]
    pairs: Mapping[str, int]
    lists: Mapping[str, frozenset[str]]

    def number(self, written: str) -> int | None:
        """Return the whole number that the words mean, None for a part of one."""
        return read_number(written, self.numerals)

    def scale(self, written: str | None) -> int:
        """Return the product of the scales that end a phrase: 100,000 for "two hundred thousand"."""
        product = 1
        for word in reversed(regex.findall(r"\p{L}+", (written or "").lower())):
            if word not in self.scales and word not in self.lists["of"]:
                break
            product *= self.scales.get(word, 1)
        return product


Production = Callable[[Match, Words], Amount | None]


def _no_count(_m: Match, _words: Words) -> Amount:
    return NO_COUNT


def _exact(m: Match, words: Words) -> Amount:
    value = words.number(m.group())
    return NO_COUNT if value is None else Amount(value, value, value)


def _pointed(m: Match, _words: Words) -> Amount:
    value = int(m.group().replace(".", ""))
    return Amount(value, value, value)


def _bare(m: Match, words: Words) -> Amount:
    value = words.scale(m.group())
    return Amount(value, value, value)


def _zero(_m: Match, _words: Words) -> Amount:
    return Amount(0, 0, 0)


def _single(_m: Match, _words: Words) -> Amount:
    return Amount(1, 1, 1)


def _pair(m: Match, words: Words) -> Amount | None:
    value = words.pairs[m["pair"].lower()]
    if m["scales"]:
        return Amount(value * words.scale(m["scales"]), None, None, Qualifier.ABOUT)
    alone = m["pair"].lower() in words.lists["need_scale"] and not m["more"]
    return None if alone else Amount(value, value, value)


def _vague(m: Match, words: Words) -> Amount | None:
    if m["vague"].lower() in words.lists["need_scale"] and not m["scales"]:
        return None
    (low, high), scale = words.vague[m["vague"].lower()], words.scale(m["scales"])
    return Amount(None, low * scale, (high + 1) * scale - 1, Qualifier.VAGUE)


def _vague_range(m: Match, words: Words) -> Amount:
    low, high = words.vague[m["vague"].lower()][0], words.vague[m["highest"].lower()][1]
    scale = words.scale(m["high_scales"])
    return Amount(None, low * words.scale(m["scales"] or m["high_scales"]), (high + 1) * scale - 1, Qualifier.VAGUE)


def _share(m: Match, words: Words) -> Amount | None:
    part, whole = words.number(m["low"]), words.number(m["high"])
    if not part or not whole or part >= whole:
        return None
    round_whole = str(whole).rstrip("0") == "1"
    return NO_COUNT if m["every"] or round_whole or (part == 1 and whole <= 100) else None  # noqa: PLR2004 (per cent)


def _range(m: Match, words: Words) -> Amount | None:
    low, high = words.number(m["low"]), words.number(m["high"])
    if high is None:
        return NO_COUNT
    scale = words.scale(m["high"])
    if scale > 1 == words.scale(m["low"]):
        low = _scaled(m["low"], scale, high, words)
    elif low is not None and m["high"].endswith(",000") and 0 < low < 1_000 <= low * 1_000 < high:  # noqa: PLR2004
        # "30-35,000": the thousands are written once.
        low *= 1_000
    return None if low is None or low >= high else Amount(None, low, high, Qualifier.RANGE)


def _scaled(written: str, scale: int, high: int, words: Words) -> int | None:
    """Give the low end the scale that is written once, in "3-4 million"; not in "500 to 1 million"."""
    low = words.number(written)
    if low is None:
        name = next((word for word, value in words.numerals.scales.items() if value == scale), "")
        return words.number(f"{written} {name}")
    return low * scale if low * scale < high else low


def _change(m: Match, words: Words) -> Amount | None:
    clause = m.string[max(0, m.start() - CHANGE_REACH) : m.start()].lower()
    changes = not words.lists["change"].isdisjoint(regex.findall(r"\w+", clause))
    return None if changes else _range(m, words)


def _joined(m: Match, words: Words) -> Amount:
    """Two numbers joined by a dash: a range where it rises, else a score or a row of figures."""
    return _range(m, words) or NO_COUNT


DAY = r"(?:[012]?\d|3[01])(?:st|nd|rd|th)?\b"
YEAR = r"(?:19|20)\d\d\b"
TO = r"(?:-|&|\L<and>|\L<or>|\L<to>)"
MONTH = r"(?:(?-i:(?=\p{Lu}))\L<months>\b(?!(?<=\b\L<verbal_months>)\s\L<after_may>\b)\.?)"
DATED = rf"(?:{MONTH}|\L<months>\.?(?=,?\s{YEAR}))"
SOFT = r"(?:\L<hedges>\s)?+"
LOW, HIGH = rf"(?<low>{NUMBER})", rf"(?<high>{NUMBER})"
SCALE = r"(?:\L<scales>|\L<plural_scales>)\b"
SCALES = rf"{SCALE}(?:(?:\s\L<of>)?\s{SCALE})*+"
TIMES, HIGH_TIMES = (rf"(?:\s\L<of>\s|\s|-)(?<{name}>{SCALES})" for name in ("scales", "high_scales"))
VAGUE = rf"(?<vague>\L<vague>)\b(?:{TIMES})?+"
NUMBERS = ("digits", "ones", "tens", "half", "quarters", "articled")
UNDATED = rf"(?!\s(?:\L<of>\s)?{DATED})"


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase with holes, the lists of words that it starts with, its pattern, and what it means.

    None from the production means that the rule does not fit after all. The first rule that fits stands.
    """

    name: str
    starts: tuple[str, ...]
    pattern: str
    production: Production


RULES = (
    Rule(
        "<day> <month> <year>",
        ("digits",),
        rf"{DAY}(?:\s?{AND}\s?{DAY}){{0,3}}\s(?:\L<of>\s)?{DATED}(?:,?\s'?(?:\d\d){{1,2}}\b)?+",
        _no_count,
    ),
    Rule("<month> <year>", ("months",), rf"{MONTH},?\s(?:\L<of>\s)?(?:{YEAR}|'\d\d\b)", _no_count),
    Rule(
        "<month> <day>, <year>",
        ("months",),
        rf"{MONTH}\s(?:the\s)?{DAY}(?:\s?{TO}\s?{DAY}(?!\s\L<people>|\s\L<counted>))*+(?:,?\s{YEAR})?+(?!(?<=\L<in>\s\w+\.?\s\d+)\s\L<people>)",
        _no_count,
    ),
    Rule("+<number> <number>", ("digits",), r"(?<=\+)\d{1,3}(?:[\s-]?\(?\d{1,5}\)?+){2,}+", _no_count),
    Rule(
        "<number>/<number>", ("digits",), r"\d++(?:(?:[/:]\d++)+|(?:-\d++){2,}|(?:\.\d++){2,}(?<!\.\d{3}))", _no_count
    ),
    Rule("<number>-<number>", ("digits",), r"\d{3}-\d{4}\b(?<!0)(?!\s\L<people>)", _no_count),
    Rule("<number> <number>", ("digits",), r"(?:\d[\d,.]*+\s++){7,}+", _no_count),
    Rule(
        "<number>-<number>",
        ("digits",),
        r"\d\d?\s?-\s?\d(?!\d|[.,]\d|\s?\L<scales>|\L<suffixes>)(?=\W*+$|[^\s\w]|\s\L<after_scores>\b|\s\p{Lu})",
        _no_count,
    ),
    Rule(
        "between <number> and <number>",
        ("between",),
        rf"\L<between>\s{SOFT}{LOW}\s?(?:\L<and>\s|\L<to>\s|-)\s?{SOFT}{HIGH}{UNDATED}",
        _range,
    ),
    Rule(
        "from <number> to <number>",
        ("from",),
        rf"\L<from>\s{SOFT}{LOW}\s?(?:\L<to>\s|-)\s?{SOFT}{HIGH}{UNDATED}",
        _change,
    ),
    Rule(
        "<vague> or <vague>",
        ("vague",),
        rf"{VAGUE},?\s\L<between_vague>\s(?<highest>\L<vague>)\b(?:{HIGH_TIMES})?+",
        _vague_range,
    ),
    Rule("<vague>", ("vague",), VAGUE, _vague),
    Rule("<pair>", ("pairs",), rf"(?<pair>\L<pairs>)\b(?:{TIMES}|(?<more>(?=\s\L<after_couple>\b)))?+", _pair),
    Rule("<dozen>", ("bare",), r"\L<bare>\b", _bare),
    Rule("no one", ("zero",), r"\L<zero>\b", _zero),
    Rule("a single", ("single",), r"\L<single>\b", _single),
    Rule("<thousands>.<number>", ("digits",), r"[1-9]\d{0,2}\.\d{3}(?=\s(?:\p{Ll}+\s){0,2}\L<people>\b)", _pointed),
    Rule("<number>", NUMBERS, NUMBER, _exact),
)
PAIRED = (
    Rule("<number> in <number>", NUMBERS, rf"{LOW}\s\L<in>\s(?<every>\L<every>\s)?{HIGH}", _share),
    Rule("voted <number> to <number>", NUMBERS, rf"(?<=\L<voted>\s){LOW}\s(?:\L<to>\s|-){HIGH}", _no_count),
    Rule("<number> votes to <number>", NUMBERS, rf"{NUMBER}\s\L<votes>\s\L<to>\s{NUMBER}", _no_count),
    Rule("<number>-<number>", NUMBERS, rf"{LOW}\s?[-~]\s?{HIGH}(?!-\d){UNDATED}", _joined),
    Rule("<number> to <number>", NUMBERS, rf"{LOW}\s\L<to>\s{SOFT}{HIGH}{UNDATED}", _change),
    Rule("<number> or <number>", NUMBERS, rf"{LOW}\s\L<or>\s{SOFT}{HIGH}{UNDATED}", _range),
)
"""Rules that read on from a number; tried only where one of their joints follows it."""
JOINT = r"\s?[-~]\s?\w|\s(?:\L<in>|\L<votes>|\L<to>|\L<or>)\s"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule with its words in it."""

    name: str
    pattern: regex.Pattern[str]
    production: Production


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language: where they may start, and which ones by the word there ("" for a digit)."""

    words: Words
    starts: re.Pattern[str]
    rules: Mapping[str, tuple[Compiled, ...]]
    paired: tuple[Compiled, ...]
    joint: regex.Pattern[str]


def _load_vague(section: Section) -> dict[str, list[int]]:
    vague = section.mapping("vague")
    for phrase, bounds in vague.items():
        if not (isinstance(bounds, list) and len(bounds) == 2 and bounds[0] <= bounds[1]):  # noqa: PLR2004 (low, high)
            raise section.refuse(f"vague.{phrase}", "must be [low, high], the lower first")
    return dict(vague)


def _compiled(rules: tuple[Rule, ...], lists: Mapping[str, frozenset[str]]) -> tuple[Compiled, ...]:
    return tuple(Compiled(rule.name, compile_pattern(rule.pattern, lists), rule.production) for rule in rules)


def _compiled_starts(words: frozenset[str]) -> re.Pattern[str]:
    # Over lower-case text the standard library's engine scans three times as fast as regex with a named list.
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    first = re.escape("".join(sorted({word[0] for word in words})))
    return re.compile(rf"\b(?=[\d{first}])(?:\d|(?:{longest_first})\b)|(?<=[a-z])\d", re.ASCII)


@cache
def load_grammar(language: str) -> Grammar:
    """Load the words of a language and compile the rules with them; raises TableError."""
    section = load_section(language, "quantities")
    numerals, lists = load_numerals(language), dict(load_lists(language))
    bodies = lists["scales"] | lists["half"] | lists["quarters"]
    lists["articled"] = frozenset(f"{article} {word}" for article in lists["articles"] for word in bodies)
    scales = {**section.mapping("plural_scales"), **numerals.multipliers}
    words = Words(numerals, scales, _load_vague(section), section.mapping("pairs"), lists)
    rules: defaultdict[str, list[Compiled]] = defaultdict(list)
    for rule, compiled in zip(RULES, _compiled(RULES, lists), strict=True):
        for word in {word for key in rule.starts for word in lists.get(key, {""})}:
            rules[word].append(compiled)
    return Grammar(
        words,
        _compiled_starts(frozenset(rules) - {""}),
        {word: tuple(found) for word, found in rules.items()},
        _compiled(PAIRED, lists),
        compile_pattern(JOINT, lists),
    )


def find_amounts(text: str, language: str) -> Iterator[tuple[str, Span, Amount]]:
    """Yield each number's rule, its span in the text and what it means; words that are no count are passed over.

    >>> [(rule, amount.low, amount.high) for rule, _, amount in find_amounts("tens of thousands, or 3-4 lakh", "en")]
    [('<vague>', 20000, 99999), ('<number>-<number>', 300000, 400000)]
    """
    grammar = load_grammar(language)
    # The only letter that grows when it is made small would move all places after it.
    lowered = text.replace("İ", "I").lower()
    if len(text) > LONG and len(grammar.starts.findall(lowered)) * DENSEST > len(text):
        return
    at = 0
    while start := grammar.starts.search(lowered, at):
        word = start.group()
        found = _read(text, start.start(), grammar.rules["" if word.isdecimal() else word], grammar)
        at = found[1][1] if found else start.end()
        if found and found[2] is not NO_COUNT:
            yield found


def _read(text: str, at: int, rules: tuple[Compiled, ...], grammar: Grammar) -> tuple[str, Span, Amount] | None:
    for rule in rules:
        m = rule.pattern.match(text, at)
        if m and (amount := rule.production(m, grammar.words)):
            if rule.production is _exact and grammar.joint.match(text, m.end()):
                return _read(text, at, grammar.paired, grammar) or (rule.name, m.span(), amount)
            return rule.name, m.span(), amount
    return None
