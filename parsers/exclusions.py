"""Exclusions: numbers that by their form or their neighbours count no people, homes or things."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from parsers.inflections import plural
from parsers.numerals import NUMBER, compile_pattern, load_numerals
from parsers.tables import load_section

MEASURE = r"(?: \L<measures>(?![\w-]) | (?-i:\L<letters>)(?![\w-]) )"
AND = r"(?:,(?:\s?(?:\L<and>|\L<or>))?|&|-|\L<and>|\L<or>|\L<to>)"
CHAIN = rf"(?: (?:\d++|\L<ones>) (?:\(\w\))?+ \s?{AND}\s? ){{0,4}}"
YEAR = r"(?:19|20)\d\d"
OLD_YEAR = r"1[0-8]\d\d"
OLD_YEARS = rf"(?={OLD_YEAR}\D++(?:1\d|20)\d\d)(?!\d{{3}}0\D++\d{{3}}0)\d{{4}}\s?(?:-|\L<to>|\L<and>)\s?\d{{4}}"
"""Two years of which one is not round, as a range of people would be."""
AGE = r"(?:1[01]\d|\d{1,2})(?:\s?-\s?\d{1,2})?+"
MOST_AGES = 12
"""How many ages stand in one list; a list of a million numbers is read in one pass."""
BESIDE_AGE = rf"(?:,\s(?:{AND}\s)?|\s{AND}\s)"
PEOPLE = r"\s*+ (?:(?!\L<apart>\b)[\w'-]++\s++){0,2}? \L<people>(?!\w)"
ZERO = r"(?:\L<hedges>\s)?+ (?:\L<zero>|zero)"
COUNTED = rf"(?: {PEOPLE} | \s\L<counted>(?!\w) )"


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A kind of number that counts nothing: the phrase's form, what stands before and after it, and what saves it.

    ``before`` runs backwards from the number. All that are given must fit, and ``unless``, which reads on from the
    number as ``after`` does, must not.
    """

    name: str
    form: str | None = None
    before: str | None = None
    after: str | None = None
    unless: str | None = None


EXCLUSIONS = (
    Exclusion(
        "F-<number>",
        before=r"\w[-/] | \d[.,:] | \p{L}(?<!\b\L<glued>) | [\#@^+\\°_] | (?<!\.)\. | \d\( | (?<!\w)\p{L}-\s",
    ),
    Exclusion("<number>-member", after=r"(?=\p{L})(?!\L<people>) | '(?:s\b|\d) | \s?[°%] | [/_] | [:.,+]\d | -\w"),
    Exclusion("0<number>", form=r"(?:\L<hedges>\s)?+(?:0[\d.,-]+|\d{9,})"),
    Exclusion("<number> km", after=rf"(?:\s\L<of>)?+ [\s-]*+ (?:\L<measured>\s){{0,2}} {MEASURE}"),
    Exclusion(
        "<number> and <number> km",
        after=rf"(?:\s?(?:-|\L<and>|\L<or>|\L<to>)\s?{NUMBER}){{1,3}} [\s-]? {MEASURE} (?!\s\L<measured_from>)",
    ),
    Exclusion("<number> per 1,000", after=r"\s\L<per>\s(?:\d|\L<ones>)"),
    Exclusion("per <number>", before=r"(?<!\w)\L<per>\s"),
    Exclusion(
        "<number> in five families",
        form=r"\L<ones>|\d{1,2}",
        after=rf"\s\L<share_in>\s(?:\L<every>\s)?{NUMBER}{PEOPLE}",
    ),
    Exclusion(
        "three in <number> families",
        before=r"(?<!\w)(?:\L<ones>|\d{1,2})\s\L<share_in>\s(?:\L<every>\s)?",
        after=PEOPLE,
    ),
    Exclusion("<number> thirds", after=r"[\s-]\L<fractions>(?![\w-]) | \s\L<and>\s\L<articles>\s\L<half>\b"),
    Exclusion("<number>m wide", form=r".*\d[mk]", after=r"\s\L<after_suffix>(?!\w)"),
    Exclusion("$<number>", before=r"(?<!\w)\L<currencies>\.?\s?"),
    Exclusion(
        "article <number>",
        form=r"\d{1,5}(?:-\d++)?|[\p{L}-]+",
        before=rf"(?<!\w)(?:\L<numbered>|(?-i:(?=\p{{Lu}}))\L<named>)\.?[\s-]?(?:(?<!\w)\L<number_signs>\.?\s?)?{CHAIN}",
        unless=COUNTED,
    ),
    Exclusion(
        "<weekday> at <hour>",
        form=r"[\p{L}-]+",
        before=r"(?-i:\L<weekdays>)(?:\s\p{Ll}++)?\s\L<clock_before>\s",
        after=r"\s?(?:[.,;:)]|\Z)",
    ),
    Exclusion("built for <number>", before=r"(?<!\w)\L<built_for>\s"),
    Exclusion("No. <number>", before=r"(?<!\w)\L<number_signs>\.\s?"),
    Exclusion("<number> <name> Street", form=r"\d{1,4}", after=r"(?:\s(?-i:\p{Lu})[\w.]*+){1,3}?\s\L<streets>(?!\w)"),
    Exclusion("telephone <number>", before=r"(?<!\w)\L<dialled>\.?[\s:]{0,2}(?:[\d()]++[\s-])*+"),
    Exclusion("aged <number>", before=rf"(?<!\w)\L<age>\s(?:\L<age_bounds>\s|\L<between>\s|\L<from>\s)?{CHAIN}"),
    Exclusion("children under <number>", before=r"(?<!\w)\L<aged>\s(?:who\s\w+\s)?\L<age_bounds>\s"),
    Exclusion("<name>, <number>,", form=AGE, before=r"[\p{L}\"')],\s", after=r"\s?[,)]"),
    Exclusion(
        "<name>, <number>.",
        form=AGE,
        before=r"(?<!\w)(?!\L<months>\b)(?-i:\p{Lu})[\p{L}'-]+,\s",
        after=r"\s?(?:[.;]|$|\L<and>\s)",
    ),
    Exclusion(
        "<people>, <number> and <number>,",
        form=AGE,
        before=r"(?<!\w)\L<people>(?:,\s|\s\()",
        after=rf"(?:{BESIDE_AGE}{AGE}){{1,{MOST_AGES}}}+\s?(?:[,.;)]|$)",
    ),
    Exclusion(
        "<people>, <number> and <number>.",
        form=AGE,
        before=rf"(?<!\w)\L<people>(?:,\s|\s\()(?:{AGE}{BESIDE_AGE}){{1,{MOST_AGES}}}+",
        after=rf"(?:{BESIDE_AGE}{AGE}){{0,{MOST_AGES}}}+\s?(?:[,.;)]|$)",
    ),
    Exclusion("all but <number>", before=r"(?<!\w)\L<all_but>\s"),
    Exclusion("<name> (<number>)", form=AGE, before=r"(?-i:\p{Lu})[\p{L}'-]+\s?\(", after=r"[),]"),
    Exclusion("(male, <number>)", form=AGE, before=r"\(\L<sexes>,?\s", after=r"[),]"),
    Exclusion("(<number>, male)", form=AGE, before=r"\(", after=r",?\s?\L<sexes>\)"),
    Exclusion("in <year>", form=YEAR, before=r"(?<!\w)\L<year_before>[\s-]"),
    Exclusion("<year>", form=rf"(?:\L<year_hedges>\s)?{YEAR}", unless=PEOPLE),
    Exclusion(
        "<year>-<year>",
        form=rf"(?:(?:\L<between>|\L<from>)\s)?{YEAR}\s?(?:-|\L<to>|\L<and>|\L<or>)\s?(?:{YEAR}|\d\d)",
        unless=PEOPLE,
    ),
    Exclusion(
        "in <old year>",
        form=OLD_YEAR,
        before=r"(?<!\w)(?:\L<year_before>|the|\L<months>\.?,?(?:\s\d{1,2}(?:st|nd|rd|th)?,?)?)\s",
        unless=r"\s\p{Ll}+s(?!\w)",
    ),
    Exclusion("<old year>-<year>", form=rf"(?:(?:\L<between>|\L<from>)\s)?{OLD_YEARS}", unless=PEOPLE),
    Exclusion(
        "from 1838 to <year>",
        form=r"1[0-9]\d[1-9]",
        before=rf"(?<!\w){OLD_YEAR}\s?(?:-|\L<to>|\L<and>)\s?",
        unless=PEOPLE,
    ),
    Exclusion(
        "at <hour>", form=r"(?:\L<hedges>\s)?+[012]\d[0-5]\d", before=r"(?<!\w)\L<hour_before>\s", unless=COUNTED
    ),
    Exclusion("this one", form=r"one", before=r"(?<!\w)\L<before_one>[\s-]"),
    Exclusion("one of", form=r"(?:\L<hedges>\s)?+one", after=r"\s?\L<after_one>(?!\w)"),
    Exclusion(
        "the one who",
        form=r"one",
        before=r"(?<!\w)\L<before_the_one>\s",
        after=r"[.,;] | \s*+$ | \s\L<after_the_one>(?!\w)",
    ),
    Exclusion(
        "three for 89",
        form=r"\p{L}+|\d",
        after=r"\s\L<score_for>\s\d{1,3}(?:\s?[.,;:)]|\s\L<after_score>(?!\w)|\s*+$)",
    ),
    Exclusion(
        "for 89 after",
        form=r"\d{1,3}",
        before=r"(?<!\w)(?:\L<ones>|\d)\s\L<score_for>\s",
        after=r"(?:\s?[.,;:)]|\s\L<after_score>(?!\w)|\s*+$)",
    ),
    Exclusion("zero tolerance", form=ZERO, after=r"\s\L<after_zero>(?!\w)"),
    Exclusion("ground zero", form=ZERO, before=r"(?<!\w)\L<before_zero>\s"),
    Exclusion("test scores", form=r"scores", before=r"(?<!\w)\L<before_scores>\s"),
    Exclusion("scores a goal", form=r"scores", after=r"\s\L<scored>(?!\w)"),
)
KEPT = 1 << 12
NAMED_NUMBER = regex.compile(r"\p{Lu}\p{Ll}")
INSIDE = regex.compile(r"(?r)[\p{L}\d,]\s")
REPEATED = regex.compile(r"\p{L}++\s?\(\d[\d,]*+\)")
"""A number in words that stands behind it in figures again, and so is no part of a name: "and Two (2) others"."""
LONG_WORD = regex.compile(r"\b\p{L}{4,}")


@dataclass(frozen=True, slots=True)
class Compiled:
    """An exclusion as patterns."""

    name: str
    form: regex.Pattern[str] | None
    before: regex.Pattern[str] | None
    after: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None

    def stands(self, text: str, number: tuple[int, int], phrase: tuple[int, int]) -> bool:
        """Say whether a number of this form, by itself or with its hedge, stands where it is of this kind."""
        start, end = phrase
        if self.after and not self.after.match(text, end):
            return False
        if self.before and not _match_before(self.before, text, start, number[0]):
            return False
        return not (self.unless and self.unless.match(text, end) is not None)


@dataclass(frozen=True, slots=True)
class Exclusions:
    """All exclusions of a language: those of any form, with what stands beside one of them, and the others."""

    any_form: tuple[Compiled, ...]
    before: regex.Pattern[str]
    after: regex.Pattern[str]
    of_form: Callable[[str], tuple[Compiled, ...]]
    """Returns those that a number written so may be; the same few numbers stand in most texts."""


@cache
def load_lists(language: str) -> Mapping[str, frozenset[str]]:
    """Return the word lists that patterns of numbers take from the tables of a language; raises TableError."""
    lists = dict(load_numerals(language).lists)
    for name in ("quantities.words", "quantities.exclusions"):
        section = load_section(language, name)
        lists |= {key: section.words(key) for key in section.content}
    for key in ("plural_scales", "vague", "pairs", "hedges", "hedges_after", "hedges_behind", "hedges_last"):
        lists[key] = frozenset(load_section(language, "quantities").mapping(key))
    lists["months"] = frozenset(load_section(language, "periods").mapping("months"))
    lists["weekdays"] = frozenset(name.title() for name in load_section(language, "periods").mapping("weekdays"))
    lists["people"] = _people(language)
    return lists


def _people(language: str) -> frozenset[str]:
    section = load_section(language, "people")
    irregular = load_section(language, "people.plural").content
    nouns = section.words("person") | section.words("household") | section.words("dwelling")
    return nouns | {plural(noun, irregular) for noun in nouns}


@cache
def load_exclusions(language: str) -> Exclusions:
    """Compile the exclusions with the words of a language."""
    lists = load_lists(language)

    @cache  # several are told by the people behind them, a long list
    def compiled(pattern: str | None, direction: str = "") -> regex.Pattern[str] | None:
        return compile_pattern(f"{direction}(?:{pattern})", lists) if pattern else None

    def join(patterns: Iterable[str | None], direction: str = "") -> regex.Pattern[str]:
        ways = "|".join(f"(?:{pattern})" for pattern in patterns if pattern)
        return compile_pattern(f"{direction}(?:{ways})", lists)

    kinds = tuple(
        Compiled(e.name, compiled(e.form), compiled(e.before, "(?r)"), compiled(e.after), compiled(e.unless))
        for e in EXCLUSIONS
    )
    formless = [exclusion for exclusion in EXCLUSIONS if not exclusion.form]
    only_after = (exclusion.after for exclusion in formless if not exclusion.before)

    @lru_cache(maxsize=KEPT)
    def of_form(written: str) -> tuple[Compiled, ...]:
        return tuple(kind for kind in kinds if kind.form and kind.form.fullmatch(written))

    return Exclusions(
        tuple(kind for kind in kinds if not kind.form),
        join((exclusion.before for exclusion in formless), "(?r)"),
        join(only_after),  # what must also stand before is told by that, and people stand behind most numbers
        of_form,
    )


def find_exclusion(text: str, number: tuple[int, int], phrase: tuple[int, int], language: str = "en") -> str | None:
    """Return the name of what a number is instead of a count, None for a count.

    ``number`` and ``phrase`` are the spans in the text of the number and of it with its hedge.

    >>> find_exclusion("UN Resolution 2254", (14, 18), (14, 18)), find_exclusion("17 people", (0, 2), (0, 2))
    ('article <number>', None)
    """
    kinds, (start, end) = load_exclusions(language), phrase
    near = kinds.after.match(text, end) or _match_before(kinds.before, text, start, number[0])
    for kind in (*(kinds.any_form if near else ()), *kinds.of_form(text[start:end])):
        if kind.stands(text, number, phrase):
            return kind.name
    return "<name> <number>" if _is_name(text, number[0]) else None


def _match_before(pattern: regex.Pattern[str], text: str, phrase: int, number: int) -> bool:
    """Say whether a pattern that runs backwards fits before the phrase, or before the number behind its hedge."""
    return bool(pattern.match(text, 0, phrase) or (number != phrase and pattern.match(text, 0, number)))


def _is_name(text: str, start: int) -> bool:
    """Say whether a number word is part of a name: capital inside a sentence that is no title ("World War Two")."""
    if not NAMED_NUMBER.match(text, start) or not INSIDE.match(text, 0, start) or REPEATED.match(text, start):
        return False
    small = [m.group()[0].islower() for m in LONG_WORD.finditer(text)]
    return sum(small) * 4 > len(small)
