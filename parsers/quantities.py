"""Quantities: the numbers of a sentence that may count people or homes, with the bounds that their words support."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import regex

from parsers.exclusions import AND, find_exclusion, load_lists
from parsers.numerals import NUMBER, Numerals, compile_pattern, load_numerals, read_number
from parsers.records import Qualifier, Quantity, Sentence, Span
from parsers.tables import Section, load_section

Match = regex.Match[str]
CHANGE_REACH = 60
"""Characters before "from" in which a verb of change makes the two numbers a change and no range."""


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
    hedges: Mapping[str, Qualifier]
    lists: Mapping[str, frozenset[str]]

    def number(self, written: str) -> int | None:
        """Return the whole number that the words mean, None for a part of one."""
        return read_number(written, self.numerals)

    def scale(self, written: str | None) -> int:
        """Return the product of the scales that end a phrase: 100,000 for "two hundred thousand"."""
        product = 1
        for word in reversed(regex.findall(r"\p{L}+", (written or "").lower())):
            if word not in self.scales:
                break
            product *= self.scales[word]
        return product


def _no_count(_m: Match, _words: Words) -> Amount:
    return NO_COUNT


def _exact(m: Match, words: Words) -> Amount:
    value = words.number(m.group())
    return NO_COUNT if value is None else Amount(value, value, value)


def _pointed(m: Match, _words: Words) -> Amount:
    value = int(m.group().replace(".", ""))
    return Amount(value, value, value)


def _zero(_m: Match, _words: Words) -> Amount:
    return Amount(0, 0, 0)


def _single(_m: Match, _words: Words) -> Amount:
    return Amount(1, 1, 1)


def _pair(m: Match, words: Words) -> Amount | None:
    value = words.pairs[m["pair"].lower()]
    if m["scales"]:
        return Amount(value * words.scale(m["scales"]), None, None, Qualifier.ABOUT)
    return None if m["pair"].lower() in words.lists["need_scale"] and not m["more"] else Amount(value, value, value)


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
    part, whole = words.number(m["part"]), words.number(m["whole"])
    if not part or not whole or part >= whole:
        return None
    round_whole = str(whole).rstrip("0") == "1"
    return NO_COUNT if m["every"] or round_whole or (part == 1 and whole <= 100) else None  # noqa: PLR2004 (per cent)


def _range(m: Match, words: Words) -> Amount | None:
    low, high = words.number(m["low"]), words.number(m["high"])
    scale = words.scale(m["high"])
    if high is None:
        return NO_COUNT
    if scale > 1 == words.scale(m["low"]):
        low = _scaled(m["low"], scale, high, words)
    elif low is not None and m["high"].endswith(",000") and 0 < low < 1_000 <= low * 1_000 < high:  # noqa: PLR2004
        # "30-35,000": thousands are written once.
        low *= 1_000
    return None if low is None or low >= high else Amount(None, low, high, Qualifier.RANGE)


def _scaled(written: str, scale: int, high: int, words: Words) -> int | None:
    """Give the low end the scale that is written once, in "3-4 million"; not in "500 to 1 million"."""
    low = words.number(written)
    if low is not None and low * scale >= high:
        return low
    if low is not None:
        return low * scale
    name = next(word for word, value in words.scales.items() if value == scale)
    return words.number(f"{written} {name}")


def _change(m: Match, words: Words) -> Amount | None:
    clause = m.string[max(0, m.start() - CHANGE_REACH) : m.start()].lower()
    changes = not words.lists["change"].isdisjoint(regex.findall(r"\w+", clause))
    return None if changes else _range(m, words)


def _joined(m: Match, words: Words) -> Amount:
    """Two numbers joined by a dash: a range where it rises, else a score or a row of figures."""
    return _range(m, words) or NO_COUNT


DAY = r"\d{1,2}(?:st|nd|rd|th)?\b"
SOME_YEAR = r"(?:19|20)\d\d\b"
MONTH = r"(?:(?-i:(?=\p{Lu}))\L<months>\b(?!\s\L<after_may>)\.?)"
DATED = rf"(?:{MONTH}|\L<months>\.?(?=,?\s{SOME_YEAR}))"
SOFT = r"(?:\L<hedges>\s)?+"
LOW, HIGH = rf"(?<low>{NUMBER})", rf"(?<high>{NUMBER})"
SCALE = r"(?:\L<scales>|\L<plural_scales>)\b"
SCALES = rf"{SCALE}(?:(?:\s\L<of>)?\s{SCALE})*+"
TIMES, HIGH_TIMES = (rf"(?:\s\L<of>\s|\s|-)(?<{name}>{SCALES})" for name in ("scales", "high_scales"))
VAGUE = rf"(?<vague>\L<vague>)\b(?:{TIMES})?+"

RULES: tuple[tuple[str, str, Callable[[Match, Words], Amount | None]], ...] = (
    (
        "<day> <month> <year>",
        rf"{DAY}(?:\s?{AND}\s?{DAY}){{0,3}}\s(?:\L<of>\s)?{DATED}(?:,?\s'?(?:\d\d){{1,2}}\b)?+",
        _no_count,
    ),
    ("<month> <year>", rf"{MONTH},?\s(?:\L<of>\s)?(?:{SOME_YEAR}|'\d\d\b)", _no_count),
    (
        "<month> <day>, <year>",
        rf"{MONTH}\s(?:the\s)?{DAY}(?:\s?{AND}\s?{DAY}(?!,?\s\w+))*+(?:,?\s{SOME_YEAR})?+(?!(?<=\L<in>\s\w+\.?\s\d+)\s\L<people>)",
        _no_count,
    ),
    ("<number>/<number>", r"\d++(?: (?:[/:]\d++)+ | (?:-\d++){2,} | (?:\.\d++){2,}(?<!\.\d{3}) )", _no_count),
    ("<number>-<number>", r"\d{3}-\d{4}\b(?<!0)(?!\s\L<people>)", _no_count),
    ("<number> <number>", r"(?:\d[\d,.]*+\s++){7,}+", _no_count),
    ("<number> in <number>", rf"(?<part>{NUMBER})\s\L<in>\s(?<every>\L<every>\s)?(?<whole>{NUMBER})", _share),
    ("<number> votes to <number>", rf"{NUMBER}\s\L<votes>\s\L<to>\s{NUMBER}", _no_count),
    (
        "<number>-<number>",
        r"\d\d?\s?-\s?\d(?!\d|[.,]\d|\s?\L<scales>|\L<suffixes>)(?=\W*+$|[^\s\w]|\s\L<after_scores>\b|\s\p{Lu})",
        _no_count,
    ),
    ("between <number> and <number>", rf"\L<between>\s{SOFT}{LOW}\s?(?:\L<and>\s|\L<to>\s|-)\s?{SOFT}{HIGH}", _range),
    ("from <number> to <number>", rf"\L<from>\s{SOFT}{LOW}\s?(?:\L<to>\s|-)\s?{SOFT}{HIGH}", _change),
    ("<number>-<number>", rf"{LOW}\s?[-~]\s?{HIGH}(?!-\d)", _joined),
    ("<number> to <number>", rf"{LOW}\s\L<to>\s{SOFT}{HIGH}", _change),
    ("<number> or <number>", rf"{LOW}\s\L<or>\s{SOFT}{HIGH}", _range),
    ("<vague> or <vague>", rf"{VAGUE},?\s\L<between_vague>\s(?<highest>\L<vague>)\b(?:{HIGH_TIMES})?+", _vague_range),
    ("<vague>", VAGUE, _vague),
    ("<pair>", rf"(?<pair>\L<pairs>)\b(?:{TIMES}|(?<more>(?=\s\L<after_couple>\b)))?+", _pair),
    ("no one", r"\L<zero>\b", _zero),
    ("a single", r"\L<single>\b", _single),
    ("<thousands>.<number>", r"[1-9]\d{0,2}\.\d{3}(?=\s(?:\p{Ll}+\s){0,2}\L<people>\b)", _pointed),
    ("<number>", NUMBER, _exact),
)
"""Each rule is a phrase with holes, its pattern, and what it means; the first that fits stands."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language, compiled with its words."""

    words: Words
    starts: regex.Pattern[str]
    rules: tuple[tuple[str, regex.Pattern[str], Callable[[Match, Words], Amount | None]], ...]
    hedge_before: regex.Pattern[str]
    hedge_after: regex.Pattern[str]


def _load_hedges(section: Section) -> dict[str, Qualifier]:
    hedges: dict[str, Qualifier] = {}
    for key in ("hedges", "hedges_after", "hedges_last"):
        for phrase, qualifier in section.mapping(key).items():
            if qualifier not in set(Qualifier):
                raise section.refuse(f"{key}.{phrase}", f"must be one of {', '.join(Qualifier)}")
            hedges[phrase] = Qualifier(qualifier)
    return hedges


def _load_vague(section: Section) -> dict[str, list[int]]:
    vague = section.mapping("vague")
    for phrase, bounds in vague.items():
        if not (isinstance(bounds, list) and len(bounds) == 2 and bounds[0] <= bounds[1]):  # noqa: PLR2004 (low, high)
            raise section.refuse(f"vague.{phrase}", "must be [low, high], the lower first")
    return dict(vague)


@cache
def load_grammar(language: str) -> Grammar:
    """Load the words of a language and compile the rules with them; raises TableError."""
    section = load_section(language, "quantities")
    numerals = load_numerals(language)
    lists = load_lists(language)
    scales = {**section.mapping("plural_scales"), **numerals.multipliers}
    words = Words(numerals, scales, _load_vague(section), section.mapping("pairs"), _load_hedges(section), lists)

    return Grammar(
        words,
        starts=compile_pattern(r"\b(?:\d|\L<starts>\b)", {"starts": _starts(lists)}),
        rules=tuple((name, compile_pattern(pattern, lists), production) for name, pattern, production in RULES),
        hedge_before=compile_pattern(r"(?r)(?:(?<!\w)(?<hedge>\L<hedges>)\s?){1,3}", lists),
        hedge_after=compile_pattern(
            r"\s?(?<hedge>\+)(?!\d) | [\s-](?<hedge>\L<hedges_after>)(?!\w|\s\d)"
            r" | ,?\s(?<hedge>\L<hedges_last>)(?=\s*+(?:[.,;:)]|$))",
            lists,
        ),
    )


def _starts(lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    keys = ("ones", "tens", "half", "vague", "pairs", "zero", "single", "between", "from", "months")
    articled = (
        f"{a} {word}" for a in lists["articles"] for word in lists["scales"] | lists["half"] | lists["quarters"]
    )
    return frozenset(articled).union(*(lists[key] for key in keys))


def find_quantities(sentence: Sentence, *, language: str = "en") -> list[Quantity]:
    """Return the numbers of a sentence that are written as counts, in text order.

    Dates, times, ages, money, measures, shares, scores and numbers of articles or roads are left out; so are ordinals
    and bare articles. What the numbers count is for later stages to say.

    >>> sentence = Sentence("At least 17 people, two of them aged under 5, died on 3 May 2019.", start=0, paragraph=0)
    >>> [(quantity.value, quantity.low, quantity.high, quantity.rule) for quantity in find_quantities(sentence)]
    [(17, 17, None, '<hedge> <number>'), (2, 2, 2, '<number>')]
    """
    grammar = load_grammar(language)
    quantities: list[Quantity] = []
    for rule, span, amount in _amounts(sentence.text, grammar):
        quantity = _hedged(sentence, rule, span, amount, grammar)
        number, phrase = (quantity.start, quantity.end), (quantity.phrase_start, quantity.phrase_end)
        number, phrase = _within(sentence, number), _within(sentence, phrase)
        if find_exclusion(sentence.text, number, phrase, language) or _repeats(sentence, quantity, quantities):
            continue
        quantities.append(quantity)
    return quantities


def _within(sentence: Sentence, span: Span) -> Span:
    return span[0] - sentence.start, span[1] - sentence.start


def _amounts(text: str, grammar: Grammar) -> Iterator[tuple[str, Span, Amount]]:
    at = 0
    while start := grammar.starts.search(text, at):
        at = start.end()
        for name, pattern, production in grammar.rules:
            m = pattern.match(text, start.start())
            amount = production(m, grammar.words) if m else None
            if m and amount:
                at = m.end()
                if amount is not NO_COUNT:
                    yield name, m.span(), amount
                break


def _hedged(sentence: Sentence, rule: str, span: Span, amount: Amount, grammar: Grammar) -> Quantity:
    """Widen a number to the phrase with its hedge, and its bounds by what the hedge says."""
    start, end = span
    before, after = grammar.hedge_before.match(sentence.text, 0, start), grammar.hedge_after.match(sentence.text, end)
    found = [*reversed(before.captures("hedge") if before else []), *(after.captures("hedge") if after else [])]
    for qualifier in _outermost([grammar.words.hedges[hedge.lower()] for hedge in found]):
        amount = _bounded(amount, qualifier)
    return Quantity(
        start + sentence.start,
        end + sentence.start,
        (before.start() if before else start) + sentence.start,
        (after.end() if after else end) + sentence.start,
        amount.value,
        amount.low,
        amount.high,
        amount.qualifier,
        f"{'<hedge> ' if before else ''}{rule}{' <hedge>' if after else ''}",
    )


def _outermost(qualifiers: list[Qualifier]) -> list[Qualifier]:
    """Return the qualifier that counts of several: the first bound, or the first hedge ("at least about 40")."""
    soft = {Qualifier.ABOUT, Qualifier.NEARLY}
    return [*(qualifier for qualifier in qualifiers if qualifier not in soft), *qualifiers][:1]


def _bounded(amount: Amount, hedge: Qualifier) -> Amount:
    value, low, high = amount.value, amount.low, amount.high
    own = amount.qualifier is Qualifier.VAGUE
    match hedge:
        case Qualifier.AT_LEAST | Qualifier.MORE_THAN:
            return Amount(value, value if low is None else low, None, amount.qualifier if own else hedge)
        case Qualifier.AT_MOST | Qualifier.LESS_THAN:
            return Amount(value, None, value if high is None else high, amount.qualifier if own else hedge)
    return amount if value is None else Amount(value, None, None, hedge)


def _repeats(sentence: Sentence, quantity: Quantity, found: list[Quantity]) -> bool:
    """Say whether the number only repeats the one before it in brackets: "three (3) soldiers"."""
    if not found or quantity.value is None or found[-1].value != quantity.value:
        return False
    between = sentence.text[found[-1].end - sentence.start : quantity.start - sentence.start]
    return between.strip() == "("
