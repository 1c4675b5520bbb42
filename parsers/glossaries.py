"""Glossaries: the tables of the languages that are read through another, made into one pattern and its phrases."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from unicodedata import combining, normalize

import regex

from parsers.tables import LEXICON, Section, load_section, load_table
from parsers.tries import compile_lists

NUMBER = "#"
"""In a phrase: a number that stands there and keeps its own words."""
LOST = "\ufffd"
"""What stands for a letter that a wrong encoding lost."""
CHOICE = regex.compile(r"\{(?P<forms>[^{}]++)\}")
PLAIN_NAME = regex.compile(r"\p{L}[\p{L}\ ]++")
TEN = 10
PATTERN = r"""
    (?<![\p{L}\d]) (?:
        (?P<behind> (?<=(?:\d | (?<!\p{L})\L<numbers>)\ ) \L<behind> )
      | (?P<before> \L<before> ) (?=\ (?:\d | (?:\L<numbers>|\L<hedges>)(?!\p{L})))
      | (?P<names> \L<names> )
      | (?P<lower> \L<lower> )
      | (?P<alone> \L<alone> )
    ) (?: (?<=') | (?![\p{L}\d]) )
  | (?<![\d.,]) (?P<grouped> \d{1,3} (?:\.\d{3})++ ) (?!\d|[.,]\d)
  | (?<![\d.,]) (?P<decimal> \d++,\d{1,2} ) (?!\d|[.,]\d)
"""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The phrases of a language with their counterparts in another that has a grammar."""

    through: str
    pattern: "regex.Pattern[str]"
    """Finds phrases, and numbers whose marks are others, in a text in lower case."""
    phrases: Mapping[str, Mapping[str, str]]
    """By where a phrase is looked for: ``behind`` or ``before`` a number, ``names``, in ``lower`` case, ``alone``."""
    people: frozenset[str]
    """The phrases for people and homes, behind which stands what is said of them."""
    joints: frozenset[str]
    """Words that stay as they are between two names."""


@cache
def load_glossary(language: str) -> Glossary | None:
    """Load the phrases of a language, None where it has a grammar of its own; raises TableError.

    >>> load_glossary("es").phrases["before"]["unos"], load_glossary("en")
    ('about', None)
    """
    table = load_table(LEXICON / f"{language}.toml")
    if "through" not in table:
        return None
    through, names = str(table["through"]), load_section(language, "names")
    numbers = _read_numbers(language, through)
    phrases = _read_phrases(language) | {"lower": dict(names.mapping("lower"))}
    phrases["names"] = _read_countries(language, through)
    people = phrases.pop("people")
    phrases["alone"] = numbers | people | phrases["alone"]
    found = {kind: _vary(some) for kind, some in phrases.items()}
    scales, hedges = (
        _vary(dict.fromkeys(load_section(language, "numbers").words(key), "")) for key in ("scales", "hedges")
    )
    pattern = compile_lists(PATTERN, regex.X, numbers={*_vary(numbers), *scales}, hedges=hedges, **found)
    return Glossary(through, pattern, found, frozenset(_vary(people)), names.words("joints"))


def _read_phrases(language: str) -> dict[str, dict[str, str]]:
    path = LEXICON / f"{language}.toml"
    phrases: dict[str, dict[str, str]] = {"behind": {}, "before": {}, "people": {}, "alone": {}}
    for name, plain in (("phrases", "alone"), ("people", "people")):
        section = Section(path, name, load_table(path))
        for written, words in section.mapping(name).items():
            for phrase in _spell_out(written):
                kind = "behind" if phrase.startswith(NUMBER) else "before" if phrase.endswith(NUMBER) else plain
                bare = phrase.strip(f"{NUMBER} ")
                if bare in phrases[kind]:
                    raise section.refuse(phrase, "stands twice; remove one")
                phrases[kind][bare] = words
    return phrases


def _read_numbers(language: str, through: str) -> dict[str, str]:
    """Return the numbers of a language with those they are read as; the table has them in order, from zero."""
    section = load_section(through, "quantities")
    words = {value: word for key in ("tens", "ones") for word, value in reversed(list(section.mapping(key).items()))}
    numbers: dict[str, str] = {}
    for value, written in enumerate(load_section(language, "numbers").content["words"]):
        said = words[value] if value in words else f"{words[value - value % TEN]}-{words[value % TEN]}"
        numbers |= dict.fromkeys(_spell_out(written), said)
    return numbers


def _read_countries(language: str, through: str) -> dict[str, str]:
    """Return the names of countries, in lower case, with those they are read as; those of two parts are left out."""
    from babel import Locale  # noqa: PLC0415 (only a report in such a language waits for it)

    names, known = Locale(language).territories, Locale(through).territories
    return {name.lower(): known[code] for code, name in names.items() if PLAIN_NAME.fullmatch(known[code])}


def _spell_out(written: str) -> Iterator[str]:
    """Yield the forms of a phrase: what stands in braces is a choice.

    >>> list(_spell_out("desplazad{o,a}s"))
    ['desplazados', 'desplazadas']
    """
    parts = CHOICE.split(written)
    yield from map("".join, product(*(part.split(",") if at % 2 else [part] for at, part in enumerate(parts))))


def _vary(phrases: Mapping[str, str]) -> dict[str, str]:
    """Return phrases also as they are written without accents, and where these were lost; a word of its own stands."""
    plain, lost = {}, {}
    for phrase, words in phrases.items():
        letters = normalize("NFD", phrase)
        plain["".join(letter for letter in letters if not combining(letter))] = words
        lost["".join(letter if letter.isascii() else LOST for letter in phrase)] = words
    return lost | plain | dict(phrases)
