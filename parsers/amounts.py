"""Amounts: the numbers of a text by rules with names, each a phrase with holes and what it means."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from parsers import meanings
from parsers.exclusions import AND, load_lists
from parsers.meanings import NO_COUNT, Amount, Match, Words
from parsers.numerals import NUMBER, compile_pattern, load_numerals
from parsers.records import Span
from parsers.tables import Section, load_section
from parsers.tries import write_trie

Reading = tuple[str, Span, Amount]
"""The name of the rule, the span in the text, and what the words there mean."""
LONG, DENSEST = 600, 12
"""A text of more than so many characters with a number to each so many is a column of figures, and not read."""

DAY = r"(?:[012]?\d|3[01])(?:st|nd|rd|th)?\b"
YEAR = r"(?:19|20)\d\d\b"
TO = r"(?:-|&|\L<and>|\L<or>|\L<to>)"
MONTH = r"(?:(?-i:(?=\p{Lu}))\L<months>\b(?!(?<=\b\L<verbal_months>)\s\L<after_may>\b)\.?)"
DATED = rf"(?:{MONTH}|\L<months>\.?(?=,?\s{YEAR}))"
SOFT = r"(?:\"?(?:\L<doubts>|\L<hedges>)\"?\s)?+"
SCALE = r"(?:\L<scales>|\L<plural_scales>)\b"
SCALES = rf"{SCALE}(?:(?:\s\L<of>)?\s{SCALE})*+"
TIMES, HIGH_TIMES = (rf"(?:\s\L<of>\s|\s|-)(?<{name}>{SCALES})" for name in ("scales", "high_scales"))
VAGUE = rf"(?<vague>\L<vague>)\b(?:{TIMES})?+"
NUMBERS = ("ones", "tens", "half", "quarters", "articled")
UNDATED = rf"(?!\s(?:\L<of>\s)?{DATED})"
GOES_ON = ("scales", "plural_scales", "hundred", "and", "or", "to", "of", "in", "but", "votes", "months")
"""The lists whose words, behind a number in digits, may make another number, a date or a pair of it."""
PLAIN = r"(?<!\+)\d++(?:,\d{3})*+(?=\ (?!\L<goes_on>\b)[a-z])"
"""A number in digits before a word that leaves it what it is: most numbers are such."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase with holes, the lists of words that it starts with, its pattern, and what it means.

    None from the meaning says that the rule does not fit after all. The first rule that fits stands.
    """

    name: str
    starts: tuple[str, ...]
    pattern: str
    meaning: Callable[[Match, Words], Amount | None]


RULES = (
    Rule(
        "<day> <month> <year>",
        ("digits",),
        rf"{DAY}(?:\s?{AND}\s?{DAY}){{0,3}}\s(?:\L<of>\s)?{DATED}(?:,?\s{YEAR}|\s'?\d\d\b(?![.,]\d|\s\L<people>|\s\L<counted>))?+",
        meanings.no_count,
    ),
    Rule("<month> <year>", ("months",), rf"{MONTH},?\s(?:\L<of>\s)?(?:{YEAR}|'\d\d\b)", meanings.no_count),
    Rule(
        "<month> <day>, <year>",
        ("months",),
        rf"{MONTH}\s(?:the\s)?{DAY}(?:\s?{TO}\s?{DAY}(?!\s\L<people>|\s\L<counted>))*+(?:,?\s{YEAR})?+(?!(?<=\L<in>\s\w+\.?\s\d+)\s\L<people>)",
        meanings.no_count,
    ),
    Rule("+<number> <number>", ("digits",), r"(?<=\+)\d{1,3}(?:[\s-]?\(?\d{1,5}\)?+){2,}+", meanings.no_count),
    Rule(
        "<number>/<number>",
        ("digits",),
        r"\d++(?:(?:[/:]\d++)+|(?:-\d++){2,}|(?:\.\d++){2,}(?<!\.\d{3}))",
        meanings.no_count,
    ),
    Rule("<number>-<number>", ("digits",), r"\d{3}-\d{4}\b(?<!0)(?!\s\L<people>)", meanings.no_count),
    Rule("<number> <number>", ("digits",), r"(?:\d[\d,.]*+\s++){7,}+", meanings.no_count),
    Rule(
        "<number>-<number>",
        ("digits",),
        r"\d\d?\s?-\s?\d(?!\d|[.,]\d|\s?\L<scales>|\L<suffixes>)(?=\W*+$|[^\s\w]|\s\L<after_scores>\b|\s\p{Lu})",
        meanings.no_count,
    ),
    Rule(
        "<vague> or <vague>",
        ("vague",),
        rf"{VAGUE},?\s\L<between_vague>\s(?<highest>\L<vague>)\b(?:{HIGH_TIMES})?+",
        meanings.vague_range,
    ),
    Rule("<vague>", ("vague",), VAGUE, meanings.vague),
    Rule("<pair>", ("pairs",), rf"(?<pair>\L<pairs>)\b(?:{TIMES}|(?<more>(?=\s\L<after_couple>\b)))?+", meanings.pair),
    Rule("<dozen>", ("bare",), r"\L<bare>\b", meanings.bare),
    Rule("no one", ("zero",), r"\L<zero>\b", meanings.zero),
    Rule("a single", ("single",), r"\L<single>\b", meanings.single),
    Rule(
        "<thousands>.<number>",
        ("digits",),
        r"[1-9]\d{0,2}\.\d{3}(?=\s(?:\p{Ll}+\s){0,2}\L<people>\b)",
        meanings.pointed,
    ),
)


@dataclass(frozen=True, slots=True)
class PairRule:
    """A phrase with two numbers: what stands before the first, what joins them, and what they mean."""

    name: str
    opening: str
    joint: str
    meaning: Callable[[Match, Match, Match, Words], Amount | None]


PAIR_RULES = (
    PairRule("<number> in <number>", "", r"\s\L<in>\s(?<every>\L<every>\s)?", meanings.share),
    PairRule("voted <number> to <number>", r"(?<=\L<voted>\s)", r"\s\L<to>\s|-", meanings.no_count),
    PairRule("<number> votes to <number>", "", r"\s\L<votes>\s\L<to>\s", meanings.no_count),
    PairRule(
        "between <number> and <number>",
        rf"\L<between>\s{SOFT}",
        rf"\s?(?:\L<and>\s|\L<to>\s|-)\s?{SOFT}",
        meanings.rising,
    ),
    PairRule(
        "at least <number> and up to <number>",
        r"\L<lowest>\s",
        r",?\s\L<but>\s\L<highest>\s",
        meanings.rising,
    ),
    PairRule("from <number> to <number>", rf"\L<from>\s{SOFT}", rf"\s?(?:\L<to>\s|-)\s?{SOFT}", meanings.unchanged),
    PairRule("<number>-<number>", "", r"\s?[-~]\s?", meanings.joined),
    PairRule("<number> to <number>", "", rf"\s\L<to>\s{SOFT}", meanings.unchanged),
    PairRule("<number> or <number>", "", rf"\s\L<or>\s{SOFT}", meanings.rising),
)
OPENED = ("between", "from", "lowest")
CLOSING = rf"(?!-\d){UNDATED}"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule with its words in it."""

    name: str
    pattern: regex.Pattern[str]
    meaning: Callable[[Match, Words], Amount | None]


@dataclass(frozen=True, slots=True)
class CompiledPair:
    """A rule for two numbers with its words in it."""

    name: str
    opening: regex.Pattern[str]
    joint: regex.Pattern[str]
    meaning: Callable[[Match, Match, Match, Words], Amount | None]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language: where they may start, and which ones by the word there ("" for a digit)."""

    words: Words
    starts: re.Pattern[str]
    rules: Mapping[str, tuple[Compiled, ...]]
    plain: regex.Pattern[str]
    """A number in digits that none of the rules fits, by the word behind it."""
    digits: regex.Pattern[str]
    """What one of the rules for digits finds; most numbers are none of these."""
    pairs: tuple[CompiledPair, ...]
    opening: regex.Pattern[str]
    joint: regex.Pattern[str]
    """What opens one of the pairs that have an opening of their own, and what joins one of any."""
    number: regex.Pattern[str]
    closing: regex.Pattern[str]


def _load_vague(section: Section) -> dict[str, list[int]]:
    vague = section.mapping("vague")
    for phrase, bounds in vague.items():
        if not (isinstance(bounds, list) and len(bounds) == 2 and bounds[0] <= bounds[1]):  # noqa: PLR2004 (low, high)
            raise section.refuse(f"vague.{phrase}", "must be [low, high], the lower first")
    return dict(vague)


def _compiled_starts(words: frozenset[str]) -> re.Pattern[str]:
    # Over lower-case text the standard library's engine scans three times as fast as regex with a named list.
    first = re.escape("".join(sorted({word[0] for word in words})))
    return re.compile(rf"\b(?=[\d{first}])(?:\d|{write_trie(words)}\b)|(?<=[a-z])\d", re.ASCII)


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
    for rule in RULES:
        compiled = Compiled(rule.name, compile_pattern(rule.pattern, lists), rule.meaning)
        for word in {word for key in rule.starts for word in lists.get(key, {""})}:
            rules[word].append(compiled)
    starts = frozenset(rules).union(*(lists[key] for key in (*NUMBERS, *OPENED))) - {""}
    return Grammar(
        words,
        _compiled_starts(starts),
        {word: tuple(rules[word]) for word in (*starts, "")},
        compile_pattern(PLAIN, {"goes_on": frozenset(phrase.split()[0] for key in GOES_ON for phrase in lists[key])}),
        _join((rule.pattern for rule in RULES if "digits" in rule.starts), lists),
        tuple(
            CompiledPair(
                pair.name, compile_pattern(pair.opening, lists), compile_pattern(pair.joint, lists), pair.meaning
            )
            for pair in PAIR_RULES
        ),
        _join((pair.opening for pair in PAIR_RULES if pair.opening), lists),
        _join((pair.joint for pair in PAIR_RULES), lists),
        compile_pattern(NUMBER, lists),
        compile_pattern(CLOSING, lists),
    )


def _join(patterns: Iterable[str], lists: Mapping[str, frozenset[str]]) -> regex.Pattern[str]:
    return compile_pattern("|".join(f"(?:{pattern})" for pattern in patterns), lists)


def find_amounts(text: str, language: str) -> Iterator[Reading]:
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
        read = _read_digits if word.isdecimal() else _read_words
        found = read(text, start.start(), word, grammar)
        at = found[1][1] if found else start.end()
        if found and found[2] is not NO_COUNT:
            yield found


def _read_digits(text: str, at: int, _: str, grammar: Grammar) -> Reading | None:
    if m := grammar.plain.match(text, at):
        return "<number>", m.span(), meanings.exact(m, grammar.words)
    rules = grammar.rules[""] if grammar.digits.match(text, at) else ()
    return _read(text, at, rules, grammar) or _read_number(text, at, grammar)


def _read_words(text: str, at: int, word: str, grammar: Grammar) -> Reading | None:
    return _read(text, at, grammar.rules[word], grammar) or _read_number(text, at, grammar)


def _read(text: str, at: int, rules: tuple[Compiled, ...], grammar: Grammar) -> Reading | None:
    for rule in rules:
        m = rule.pattern.match(text, at)
        if m and (amount := rule.meaning(m, grammar.words)):
            return rule.name, m.span(), amount
    return None


def _read_number(text: str, at: int, grammar: Grammar) -> Reading | None:
    m = grammar.number.match(text, at)
    if (m and grammar.joint.match(text, m.end())) or grammar.opening.match(text, at):
        for pair in grammar.pairs:
            if found := _read_pair(text, at, m, pair, grammar):
                return found
    return ("<number>", m.span(), meanings.exact(m, grammar.words)) if m else None


def _read_pair(text: str, at: int, number: Match | None, pair: CompiledPair, grammar: Grammar) -> Reading | None:
    opening = pair.opening.match(text, at)
    if not opening:
        return None
    low = grammar.number.match(text, opening.end()) if opening.end() > at else number
    joint = pair.joint.match(text, low.end()) if low else None
    high = grammar.number.match(text, joint.end()) if joint else None
    if not (low and joint and high and grammar.closing.match(text, high.end())):
        return None
    amount = pair.meaning(low, joint, high, grammar.words)
    return (pair.name, (at, high.end()), amount) if amount else None
