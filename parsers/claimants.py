"""The claimants of ``data/sources.csv``: who they are, and where a text names them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.engines import compile_either
from parsers.patterns import split_words
from parsers.tables import DATA, TableError, load_rows, load_section

COLUMNS = ("code", "name", "kind", "country", "aliases", "short_aliases")
# The s of a possessive is no word by itself.
WORD = compile_either(r"\b(?<!['’](?=[sS]\b))\w++")
# Between two words of one name: a space, a possessive, an apostrophe, a hyphen; after an initial its full stop.
GAP = regex.compile(r"(?:'s?)?\s?[-/&+]?\s?")
STOPPED_GAP = regex.compile(r"\.\s?")
SMALL = 3
"""Letters in the longest of the small words of a name: of, the, and."""
COUNTRY_CODE = regex.compile(r"(?:[A-Z]{3})?")


class Kind(StrEnum):
    """What sort of claimant it is."""

    MONITOR = "monitor"
    UN = "un"
    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed_group"
    HEALTH = "health"
    HOSPITAL = "hospital"
    NGO = "ngo"
    MEDIA = "media"
    RESEARCHER = "researcher"
    CIVIL_DEFENCE = "civil_defence"


@dataclass(frozen=True, slots=True)
class Claimant:
    """One row of the table: ``name`` is the one name that all its aliases come to; ``country`` may be empty."""

    code: str
    name: str
    kind: Kind
    country: str


@dataclass(frozen=True, slots=True)
class Naming:
    """Words that name a claimant: ``start`` and ``end`` count characters of the text that was searched.

    A short alias ("the ministry") may mean several claimants; which of them it is depends on the report. ``is_proper``
    says that it is written as a name: the State Emergency Service.
    """

    start: int
    end: int
    claimants: tuple[Claimant, ...]
    is_short: bool
    is_proper: bool = False


class Alias(NamedTuple):
    """One way of naming: its words made even, who it names, and which capitals must stand.

    ``in_capitals`` asks for capitals, ``capitalised`` for one in front, ``titled`` for one somewhere: "the state's
    emergency service" is not the State Emergency Service.
    """

    words: tuple[str, ...]
    claimants: tuple[Claimant, ...]
    is_short: bool
    in_capitals: bool
    capitalised: bool
    titled: bool = False


class Cut(NamedTuple):
    """A text with its words made even, where each stands, and whether all is in capitals."""

    text: str
    words: list[str]
    spans: list[tuple[int, int]]
    is_shouted: bool


@dataclass(slots=True)
class Node:
    """The way of naming that ends with a word, if any, and the words that may follow it, each with its own node."""

    alias: Alias | None = None
    further: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claimants:
    """The table, ready for looking up: the ways of naming by their first words, and who has a whole name."""

    begun: dict[str, Node]
    by_name: dict[tuple[str, ...], Claimant]
    common: frozenset[str]


@lru_cache(maxsize=4096)
def find_claimant(name: str) -> Claimant | None:
    """Return the claimant that a whole name or full alias stands for, in any case, or None.

    >>> find_claimant("Syrian observatory").name
    'Syrian Observatory for Human Rights'
    >>> find_claimant("the Bugle") is None
    True
    """
    return load_claimants().by_name.get(_words(name))


def find_namings(text: str) -> list[Naming]:
    """Find who is named in a sentence; where names overlap, the one that starts first and is longest stands.

    >>> [(naming.claimants[0].name, naming.is_short) for naming in find_namings("The UN refugee agency and the WHO")]
    [('UNHCR', False), ('WHO', False)]
    >>> find_namings("a man who fled")
    []
    """
    claimants, words = load_claimants(), _split_words(text)
    begun = [at for at, word in enumerate(words) if word in claimants.begun]  # most words begin no name
    aliases = {at: found for at in begun if (found := _find_aliases(words, at, claimants))}
    if not aliases:
        return []
    cut = Cut(text, words, [m.span() for m in WORD.finditer(text)], text.isupper())
    fitting = {at: alias for at in aliases if (alias := _choose(aliases[at], cut, at, claimants.common))}
    namings: list[Naming] = []
    free = 0
    for at, alias in fitting.items():
        if at < free or _is_outdone(alias, fitting.get(at + 1)):
            continue
        free = at + len(alias.words)
        start, end = cut.spans[at][0], cut.spans[free - 1][1]
        namings.append(Naming(start, end, alias.claimants, alias.is_short, alias.titled))
    return namings


def _is_outdone(alias: Alias, following: Alias | None) -> bool:
    """Tell that "the ministry" is only the beginning of "the Ministry of Health in Gaza"."""
    return alias.is_short and following is not None and 1 + len(following.words) > len(alias.words)


def _find_aliases(words: list[str], at: int, claimants: Claimants) -> list[Alias]:
    """Return the ways of naming that begin with a word, as far as the words alone tell, the longest first."""
    found: list[Alias] = []
    nodes = claimants.begun
    while at < len(words) and (node := nodes.get(words[at])):
        if node.alias:
            found.append(node.alias)
        nodes, at = node.further, at + 1
    return found[::-1]


def _choose(aliases: list[Alias], cut: Cut, at: int, common: frozenset[str]) -> Alias | None:
    """Return the first of some ways of naming that the text writes so at a word."""
    for alias in aliases:
        spans = cut.spans[at : at + len(alias.words)]
        if _is_written_so(cut, spans, alias, common) and all(
            _joins(cut.text, left, right) for left, right in pairwise(spans)
        ):
            return alias
    return None


def _is_written_so(cut: Cut, spans: list[tuple[int, int]], alias: Alias, common: frozenset[str]) -> bool:
    """Hold aliases in capitals and single names to their case; where all is in capitals, case says nothing."""
    if cut.is_shouted:
        return len(alias.words) > 1 or alias.words[0] not in common
    start, end = spans[0][0], spans[-1][1]
    if alias.in_capitals:
        return cut.text[start:end].isupper()
    written = cut.text[start:end]
    if alias.titled and (written.islower() or (written[0].islower() and "'s " in written)):
        return False  # "the state's Department of Labour" is not the State Department
    return not alias.capitalised or cut.text[start].isupper()


def _joins(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    gap = text[left[1] : right[0]]
    if gap == " " or GAP.fullmatch(gap):
        return True
    return left[1] - left[0] == 1 and STOPPED_GAP.fullmatch(gap) is not None


def _split_words(text: str) -> list[str]:
    """Cut a text into words made even; the s of a possessive is left out."""
    owning = "'" in text or "’" in text
    return [_even(word) for word in (WORD.findall(text) if owning else split_words(text))]


def _words(name: str) -> tuple[str, ...]:
    words = tuple(_split_words(name))
    return words[1:] if words[:1] == ("the",) and len(words) > 1 else words


@lru_cache(maxsize=1 << 14)
def _even(word: str) -> str:
    """Lower a word, drop its accents and take one spelling of several.

    >>> _even("Şanlıurfa"), _even("Defense")
    ('sanlıurfa', 'defence')
    """
    lower = word.lower()
    if not lower.isascii():
        lower = "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))
    return _load_spellings().get(lower, lower)


@cache
def _load_spellings() -> dict[str, str]:
    return dict(load_section("en", "sources").mapping("spellings"))


@cache
def load_claimants() -> Claimants:
    """Load ``data/sources.csv``; raises TableError where a code, a name or a full alias stands twice."""
    full: dict[tuple[str, ...], Alias] = {}
    short: dict[tuple[str, ...], Alias] = {}
    codes: set[str] = set()
    for row in load_rows("sources", COLUMNS):
        claimant = _read_claimant(row, codes)
        for written in _split(row["name"] + "|" + row["aliases"]):
            _add_full(full, claimant, written)
        for written in _split(row["short_aliases"]):
            words = tuple(_split_words(written))
            known = short[words].claimants if words in short else ()
            short[words] = Alias(
                words,
                (*known, claimant),
                is_short=True,
                in_capitals=written.isupper(),
                capitalised=False,
                titled=_is_titled(written),
            )
    return Claimants(
        _index({**short, **full}),
        {words: alias.claimants[0] for words, alias in full.items()},
        load_section("en", "sources").words("common"),
    )


def _index(aliases: dict[tuple[str, ...], Alias]) -> dict[str, Node]:
    """Return the ways of naming by their first words."""
    begun: dict[str, Node] = {}
    for words, alias in aliases.items():
        node = begun.setdefault(words[0], Node())
        for word in words[1:]:
            node = node.further.setdefault(word, Node())
        node.alias = alias
    return begun


def _read_claimant(row: dict[str, str], codes: set[str]) -> Claimant:
    path = DATA / "sources.csv"
    if not row["code"] or row["code"] in codes:
        raise TableError(f"{path}: {row['name']}: code {row['code']!r} is empty or stands twice; give it its own")
    if row["kind"] not in set(Kind):
        raise TableError(f"{path}: {row['code']}: kind {row['kind']!r} is none of {', '.join(Kind)}")
    if not COUNTRY_CODE.fullmatch(row["country"]):
        raise TableError(
            f"{path}: {row['code']}: country {row['country']!r} must be a code of three capitals, or empty"
        )
    codes.add(row["code"])
    return Claimant(row["code"], row["name"], Kind(row["kind"]), row["country"])


def _split(cell: str) -> Iterator[str]:
    return (written.strip() for written in cell.split("|") if written.strip())


def _add_full(full: dict[tuple[str, ...], Alias], claimant: Claimant, written: str) -> None:
    words = _words(written)
    if not words:
        raise TableError(f"{DATA / 'sources.csv'}: {claimant.code}: {written!r} has no letter; remove it")
    if words in full and full[words].claimants != (claimant,):
        other = full[words].claimants[0].code
        raise TableError(f"{DATA / 'sources.csv'}: {written!r} names both {other} and {claimant.code}; keep one")
    in_capitals = written.isupper() and (words not in full or full[words].in_capitals)
    capitalised = len(words) == 1 and written[0].isupper() and not in_capitals
    titled = _is_titled(written)
    full[words] = Alias(
        words, (claimant,), is_short=False, in_capitals=in_capitals, capitalised=capitalised, titled=titled
    )


def _is_titled(written: str) -> bool:
    """Tell a name of several words, each with a capital but the small ones."""
    words = written.split()
    return len(words) > 1 and all(word[0].isupper() for word in words if len(word) > SMALL)
