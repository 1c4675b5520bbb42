"""Capitalised names in a sentence that the gazetteer knows, longest first, and whether a longer name holds them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

import regex

from parsers.engines import compile_either
from parsers.gazetteers import Level, Place, count_words, find_named, load_acronyms, load_demonyms
from parsers.patterns import compile_late
from parsers.records import Span
from parsers.tables import load_section

CAPITALISED = compile_either(r"\b\p{Lu}(?:[\w'.-]|(?<=Š)—È(?=\p{L}))*+")
GARBLED = "Š—È"
"""An apostrophe of one encoding read in another, as some archives have it: LŠ—ÈAquila."""
LOST = regex.compile(r"(?<=\p{L})'[_À](?=\p{L}|$)")
"""A vowel with an accent that the same archives lost: Choc'_."""
VOWELS = "oiaeu"
LONGEST = 6
"""Words in the longest name that is looked up."""
SHORTEST = 3
ARTICLES = (2, 3)
"""Letters of the article that stands before a name with a hyphen: al-Bab, ash-Shaykh."""
LONGEST_ACRONYM = 5
AFTER_DATELINE = (" (", ", ", " - ")
BROKEN = "\ufffd"
POSSESSIVE = regex.compile(r"(?:['\ufffd]s|'|Š—Ès)(?=\ )")
DASH = "—"
ROUTE = regex.compile(r"\ \p{Ll}++")


@dataclass(frozen=True, slots=True)
class Name:
    """A name by its span in the sentence: the places that bear it, or the country of the demonym that it is."""

    span: Span
    places: tuple[Place, ...]
    demonym: str | None
    embedded: bool


@cache
def _words(*names: str) -> frozenset[str]:
    section = load_section("en", "places")
    return frozenset().union(*(section.words(name) for name in names))


@cache
def _neutral() -> frozenset[str]:
    """Words that may stand beside a name, capitalised, without being part of it."""
    directions = load_section("en", "places").mapping("directions")
    return _generic() | _words("titles") | directions.keys()


@cache
def _generic() -> frozenset[str]:
    """Words that say what a place is, and are none by themselves although a village bears the name: Hospital."""
    return _words("divisions", "towns", "features", "offices")


@cache
def _small() -> frozenset[str]:
    """Words that part names where everything is written in capitals."""
    return _words("fillers", "locatives", "origins", "destinations", "actors", "openers", "never", "joiners")


def _trim(word: str, following: str) -> str:
    """Return a capitalised word without what only hangs on it: ``Gaza's``, ``London-based``, a full stop.

    >>> _trim("Gaza's", " "), _trim("Turkish-backed", " "), _trim("U.S.", " ")
    ('Gaza', 'Turkish', 'U.S.')
    """
    if following == DASH and not word.isascii() and word[-1:].isupper():
        word = word[:-1]  # a garbled apostrophe: ChinaŠ—Ès
    word = word.removesuffix(GARBLED + "s")
    if "'" in word:
        word = word.removesuffix("'s").rstrip("'")
    if "-" in word:
        first, *rest = word.split("-")
        kept = next((number for number, part in enumerate(rest) if part.lower() in _words("suffixes")), len(rest))
        word = "-".join((first, *rest[:kept])).rstrip("-")
    if "." in word and not (word.endswith(".") and (len(word) == SHORTEST or "." in word[:-1])):
        word = word.split(".")[0]
    if word.endswith(".") and "." not in word[:-1] and word.lower() not in _words("abbreviations"):
        word = word[:-1]
    return word


def _start(text: str, start: int) -> int | None:
    """Return where a name behind a hyphen starts, its Arabic article included; None inside one such as pro-Russian."""
    for size in ARTICLES:
        begin = start - 1 - size
        if begin >= 0 and text[begin : start - 1].lower() in _words("articles"):
            return begin if not begin or not text[begin - 1].isalnum() else None
    return None


def _find_words(text: str) -> Iterator[Span]:
    for m in CAPITALISED.finditer(text):
        begin, end = m.span()
        following = text[end : end + 1]
        if following == BROKEN and not POSSESSIVE.match(text, end):
            continue
        word = m[0]
        if not word.isalpha() or following == DASH:
            end = begin + len(_trim(word, following))
        start = _start(text, begin) if begin and text[begin - 1] == "-" else begin
        if start is not None and end > begin:
            yield from _part_route(text, start, end)


def _part_route(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield a name, or the two names of a road from place to place: "the Ansongo-Menaka road"."""
    hyphen = text.find("-", start, end)
    route = ROUTE.match(text, end) if hyphen > start and text[hyphen + 1 : hyphen + 2].isupper() else None
    if route is None or route[0].strip() not in _words("routes"):
        yield start, end
    else:
        yield from ((start, hyphen), (hyphen + 1, end))


@lru_cache(maxsize=4096)
def _joins(gap: str) -> bool:
    """Say whether what stands between two capitalised words keeps them in one name: a space, ``of the``."""
    if gap == "'s ":  # Cox's Bazar
        return True
    words = gap.split()
    if gap[:1] == " " and len(words) == 1 and words[0] in _words("elided"):
        return True  # Côte d'Ivoire
    return gap[:1] == gap[-1:] == " " and len(words) < SHORTEST and all(word in _words("joiners") for word in words)


def _split_runs(text: str, *, capitals: bool) -> Iterator[list[Span]]:
    """Yield the runs of capitalised words that may be one name."""
    run: list[Span] = []
    parting = _small() if capitals else frozenset()
    for span in _find_words(text):
        small = capitals and text[slice(*span)].lower() in parting
        gap = text[run[-1][1] : span[0]] if run else ""
        if run and (small or (gap != " " and not _joins(gap))):
            yield run
            run = []
        if not small:
            run.append(span)
    if run:
        yield run


@lru_cache(maxsize=1 << 16)
def _look_up(raw: str, *, capitals: bool) -> tuple[tuple[Place, ...], str | None]:
    """Return the places that bear a name as written, or the country of the demonym that it is."""
    raw = raw.replace(GARBLED, "'")
    if LOST.search(raw):
        spelled = (find_named(LOST.sub(letter, raw)) for letter in VOWELS)
        return next(filter(None, spelled), ()), None
    lower = raw.lower()
    if lower in _words("never") or lower in _generic():
        return (), None
    if demonym := load_demonyms().get(lower):
        return (), demonym
    if not raw.isupper() and (len(raw) < SHORTEST or lower in load_acronyms()):
        return (), None
    places = find_named(raw)
    if raw.isupper() and len(raw) <= LONGEST_ACRONYM and not capitals:
        places = tuple(place for place in places if place.level is Level.COUNTRY or place.ours)
    if len(raw) <= SHORTEST and capitals:
        places = tuple(place for place in places if place.main)  # the code of an airport: BUS is Batumi
    return places, None


Cut = tuple[int, int, tuple[Place, ...], str | None]
"""A known name of a run: its first word, the word behind it, the places that bear it, the country of a demonym."""


def _cut(text: str, run: Sequence[Span], *, capitals: bool) -> Iterator[Cut]:
    """Cut a run into the longest names that are known."""
    first = 0
    while first < len(run):
        longest = count_words(text[run[first][0] : run[-1][1]].replace(GARBLED, "'").partition(" ")[0])
        for last in range(min(len(run), first + LONGEST, first + max(longest, 1)), first, -1):
            places, demonym = _look_up(text[run[first][0] : run[last - 1][1]], capitals=capitals)
            if places or demonym:
                yield first, last, places, demonym
                break
        else:
            last = first + 1
        first = last


def _is_embedded(text: str, run: Sequence[Span], first: int, last: int, taken: frozenset[int]) -> bool:
    """Say whether a name is part of a longer one that the gazetteer does not know."""
    if first and first - 1 not in taken:
        start, end = run[first - 1]
        word = text[start:end].lower()
        joined = text[end : run[first][0]] in {" ", " of ", " of the "} and not _is_home(text, run, first)
        if joined and not ((start == 0 and word in _words("openers")) or word in _neutral() or "-" in word):
            return True
    if last < len(run) and last not in taken and text[run[last - 1][1] : run[last][0]] == " ":
        return text[slice(*run[last])].lower() not in _neutral()
    return False


def _find_parts(text: str, run: Sequence[Span], names: Sequence[Cut]) -> frozenset[int]:
    """Return the first words of the towns that stand right beside another town, as no two places do: Tora Bora."""
    if len(names) == 1:
        return frozenset()
    towns = [(first, last) for first, last, places, _ in names if _are_towns(places)]
    beside = (
        (one, other)
        for (one, last), (other, _) in pairwise(towns)
        if last == other and text[run[last - 1][1] : run[other][0]] == " "
    )
    return frozenset(chain.from_iterable(beside))


def _are_towns(places: Sequence[Place]) -> bool:
    return bool(places) and all(place.level in {Level.TOWN, Level.DISTRICT} and not place.ours for place in places)


def _is_home(text: str, run: Sequence[Span], first: int) -> bool:
    """Say whether a name is where the holder of an office holds it: "Chief Bakari Oumarou of Darak"."""
    is_of = text[run[first - 1][1] : run[first][0]] == " of "
    return is_of and first > 1 and text[slice(*run[0])].lower() in _words("titles")


@cache
def _organisations() -> regex.Pattern[str]:
    names = sorted(_words("organisations"))
    spaced = "|".join(regex.escape(name, literal_spaces=True).replace(" ", r"\s+") for name in names)
    return compile_late(lambda: compile_either(rf"\b(?:{spaced})\b"), lambda: [name.split()[0] for name in names])


def find_organisations(text: str) -> list[Span]:
    """Return where a sentence names bodies that hold the name of a place."""
    return [m.span() for m in _organisations().finditer(text.lower().replace(GARBLED.lower(), "'  "))]


def find_names(text: str) -> list[Name]:
    """Find the names of places and peoples in a sentence, in text order.

    >>> [name.demonym or name.places[0].name for name in find_names("Russian jets struck Saraqib, in Idlib.")]
    ['RUS', 'Saraqib', 'Idlib']
    """
    capitals = text.isupper()
    found: list[Name] = []
    for run in _split_runs(text, capitals=capitals):
        shouted = capitals or (run[0][0] == 0 and text[run[-1][1] :].startswith(AFTER_DATELINE))
        if len(run) == 1:  # most of them, and most are no places
            places, demonym = _look_up(text[slice(*run[0])], capitals=shouted)
            if places or demonym:
                found.append(Name(run[0], places, demonym, embedded=False))
            continue
        names = list(_cut(text, run, capitals=shouted))
        if not names:
            continue
        taken = frozenset(number for first, last, *_ in names for number in range(first, last))
        parts = _find_parts(text, run, names)
        for first, last, places, demonym in names:
            embedded = not capitals and (first in parts or _is_embedded(text, run, first, last, taken))
            found.append(Name((run[first][0], run[last - 1][1]), places, demonym, embedded))
    if not found:
        return found
    bodies = find_organisations(text)
    return [name for name in found if not any(start <= name.span[0] < end for start, end in bodies)]
