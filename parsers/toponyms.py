"""Names of places in a sentence: capitalised words that the gazetteer knows, with the words around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from parsers.gazetteers import Level, Place, find_named, load_demonyms
from parsers.records import Sentence, Span
from parsers.tables import load_section

LONGEST = 6
"""Words in the longest name that is looked up."""
REACH = 100
"""Characters around a name that may say how it is used."""
SHORTEST = 3
BROAD = frozenset({Level.DIVISION, Level.REGION, Level.DISTRICT})

NAME = r"""
    (?: (?:St|Mt|Ft)\.(?=\ \p{Lu})
      | (?:\p{Lu}\.){2,}
      | (?:(?i:\L<articles>)-)?+
        \p{Lu}(?:(?!\p{Lu}—)[\p{L}\p{M}]|'(?!s\b)(?=\p{L})|-(?!\L<suffixes>\b)(?=\p{L}))*+
    )
    (?!\uFFFD)
"""
"""One capitalised word of a name; ``London-based`` gives London, ``Gaza's`` Gaza, and a garbled ``ChinaŠ—Ès`` China."""
NAMES = rf"""
    (?<![\p{{L}}\p{{N}}']) {NAME}
    (?: \ (?:\L<joiners>\ ){{0,2}}+ {NAME} )*+
"""
WORD = regex.compile(r"[\p{L}\p{N}]+(?:[-.][\p{L}\p{N}]+)*|[.,;:()]")


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name found in a sentence, with all the places that bear it.

    ``start`` and ``end`` are characters of the sentence and hold the name with its direction and its generic word
    ("northern Idlib province"), ``name`` is the name alone. ``places`` is empty for a demonym, whose country is
    ``demonym``. ``before`` are the words before it in lower case, ``after`` those after it. ``embedded`` says that it
    is part of a longer name, ``person`` that it follows a title.
    """

    sentence: int
    start: int
    end: int
    name: str
    places: tuple[Place, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    possessive: bool = False
    direction: str | None = None
    generic: str | None = None
    demonym: str | None = None
    embedded: bool = False
    person: bool = False
    capitals: bool = False

    @property
    def country(self) -> Place | None:
        """The country that bears the name."""
        return next((place for place in self.places if place.level is Level.COUNTRY), None)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the table that this stage reads."""

    divisions: frozenset[str]
    towns: frozenset[str]
    features: frozenset[str]
    titles: frozenset[str]
    never: frozenset[str]
    openers: frozenset[str]
    offices: frozenset[str]
    directions: dict[str, str]

    @property
    def generics(self) -> frozenset[str]:
        """Words that may stand after a name without being part of it."""
        return self.divisions | self.towns | self.features | self.offices


@cache
def load_words() -> Words:
    """Load the words that this stage reads."""
    section = load_section("en", "places")
    names = ("divisions", "towns", "features", "titles", "never", "openers", "offices")
    return Words(**{name: section.words(name) for name in names}, directions=dict(section.mapping("directions")))


@cache
def _patterns() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    section = load_section("en", "places")
    suffixes, articles = (sorted(section.words(name)) for name in ("suffixes", "articles"))
    joiners = sorted(section.words("joiners"))
    return (
        regex.compile(NAMES, regex.X, joiners=joiners, suffixes=suffixes, articles=articles),
        regex.compile(NAME, regex.X, suffixes=suffixes, articles=articles),
        regex.compile(r"\L<names>", regex.I, names=sorted(section.words("organisations"))),
    )


def _split_words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))


@cache
def _neutral() -> frozenset[str]:
    """Words that may stand before a name, capitalised, without being part of it."""
    words = load_words()
    return words.generics | words.directions.keys() | words.titles


def _look_up(raw: str, *, capitals: bool) -> tuple[tuple[Place, ...], str | None]:
    """Return the places that bear a name as written, or the country of the demonym that it is."""
    lower = raw.lower()
    if lower in load_words().never:
        return (), None
    if demonym := load_demonyms().get(lower):
        return (), demonym
    if len(raw) < SHORTEST and not raw.isupper():
        return (), None
    places = find_named(raw)
    if raw.isupper() and len(raw) <= SHORTEST + 2 and not capitals:  # an acronym
        places = tuple(place for place in places if place.level is Level.COUNTRY or place.ours)
    return places, None


def _cut(
    text: str, tokens: Sequence[Span], *, capitals: bool
) -> Iterator[tuple[int, int, tuple[Place, ...], str | None]]:
    """Cut a sequence of capitalised words into the longest names that are known: first and last word, and places."""
    first = 0
    while first < len(tokens):
        for last in range(min(len(tokens), first + LONGEST), first, -1):
            places, demonym = _look_up(text[tokens[first][0] : tokens[last - 1][1]], capitals=capitals)
            if places or demonym:
                yield first, last, places, demonym
                break
        else:
            last = first + 1
        first = last


def _is_joined(text: str, one: Span, other: Span) -> bool:
    """Say whether two capitalised words stand in one name: side by side, or with ``of`` between."""
    return text[one[1] : other[0]] in {" ", " of ", " of the "}


def _is_embedded(text: str, tokens: Sequence[Span], first: int, last: int, taken: frozenset[int]) -> bool:
    """Say whether a name is part of a longer one that the gazetteer does not know."""
    words = load_words()
    if first and first - 1 not in taken and _is_joined(text, tokens[first - 1], tokens[first]):
        start, end = tokens[first - 1]
        word = text[start:end].lower()
        opens = start == 0 and word in words.openers
        if not (opens or word in _neutral() or "-" in word):
            return True
    if last < len(tokens) and last not in taken and text[tokens[last - 1][1] : tokens[last][0]] == " ":
        start, end = tokens[last]
        return text[start:end].lower() not in words.generics | words.titles
    return False


def _direct(text: str, start: int, before: Sequence[str]) -> tuple[int, str | None]:
    """Return where a name with its direction starts, and the direction: ``northern and western Aleppo``."""
    directions = load_words().directions
    if not before or before[-1] not in directions:
        return start, None
    begin = text.lower().rfind(before[-1], 0, start)
    if len(before) > 2 and before[-2] == "and" and before[-3] in directions:  # noqa: PLR2004 - two directions
        begin = text.lower().rfind(before[-3], 0, begin)
    return begin, directions[before[-1]]


def _find_directed(text: str, begin: int, end: int, direction: str, name: str) -> tuple[Place, ...]:
    """Return the places that bear a name with its direction, such as North Darfur or north-west Syria."""
    written = text[begin:end]
    for whole in (written, f"{direction} {name}"):
        places = tuple(
            place
            for place in find_named(whole)
            if place.level in BROAD or (place.level is Level.COUNTRY and whole[0].isupper() and whole == written)
        )
        if places:
            return places
    return ()


def _find_longer(name: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """Return the places that bear a name with its generic word, where those without it are no such places."""
    longer = find_named(name)
    if any(place.level in BROAD for place in places) and not any(place.ours for place in longer):
        return ()
    return tuple(replace(place, main=True) for place in longer)


def _find_generic(name: str) -> str | None:
    """Return the generic word that a name ends with: Jiangsu Province."""
    first, _, last = name.lower().rpartition(" ")
    return last if first and last in load_words().divisions else None


def _build(sentence: int, text: str, span: Span, found: tuple[tuple[Place, ...], str | None]) -> Toponym:
    """Return the toponym at a span, with its direction, its generic word and the words around."""
    words = load_words()
    start, end = span
    name, (places, demonym) = text[start:end], found
    before = _split_words(text[max(0, start - REACH) : start])
    begin, direction = (start, None) if demonym else _direct(text, start, before)
    if direction and (directed := _find_directed(text, begin, end, direction, name)):
        places, name, direction = directed, text[begin:end], None
    if begin < start:
        before = _split_words(text[max(0, begin - REACH) : begin])
    rest = text[end : end + REACH]
    possessive = rest.startswith(("'s ", "' "))
    after = _split_words(rest[2:] if possessive else rest)
    generic = _find_generic(name)
    if generic in words.divisions:
        places = tuple(replace(place, main=True) if place.level in BROAD else place for place in places)
    elif not possessive and after and after[0] in words.divisions | words.towns | words.features and rest[:1] == " ":
        generic = after[0]
        stop = end + 1 + len(generic)
        if longer := _find_longer(text[start:stop], places):
            places, name = longer, text[start:stop]
        if longer or generic not in words.features:
            end = stop
            possessive = text.startswith("'s ", end)
            after = after[1:]
    elif len(before) > 1 and before[-1] == "of" and before[-2] in words.divisions | words.towns:
        generic = before[-2]
    return Toponym(
        sentence,
        begin,
        end,
        name,
        places,
        before,
        after,
        possessive,
        direction,
        generic,
        demonym,
        capitals=text.isupper(),
    )


def find_toponyms(index: int, sentence: Sentence) -> Iterator[Toponym]:
    """Yield the names of places in one sentence, in text order, with everything that they could mean."""
    sequence, token, organisations = _patterns()
    text, words = sentence.text, load_words()
    capitals = text.isupper()
    masked = [m.span() for m in organisations.finditer(text)]
    for m in sequence.finditer(text):
        tokens = [piece.span() for piece in token.finditer(text, m.start(), m.end())]
        names = list(_cut(text, tokens, capitals=capitals))
        if not names:
            continue
        taken = frozenset(number for first, last, *_ in names for number in range(first, last))
        for first, last, places, demonym in names:
            span = tokens[first][0], tokens[last - 1][1]
            if any(start <= span[0] < end for start, end in masked):
                continue
            toponym = _build(index, text, span, (places, demonym))
            titled = bool(toponym.before) and toponym.before[-1] in words.titles
            embedded = not capitals and _is_embedded(text, tokens, first, last, taken)
            yield replace(toponym, embedded=embedded, person=titled and demonym is None)
