"""Which of the places that a clause or sentence names is a figure's: by role, by side, by what stands between."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import takewhile
from typing import Any, TypeVar

import regex

from parsers.homonyms import contains
from parsers.mentions import PlaceMention
from parsers.records import Document, Figure, Reading, Span
from parsers.scenes import Role
from parsers.tables import load_section
from parsers.tries import compile_lists

SEPARATED = 400
OTHER_SIDE = 60
"""What it costs, in characters, that another number stands between, or that the place stands on the wrong side."""


HEDGED = len(" at least ")
"""Characters between a verb of counting and the number that the place before the verb reports, or from a place to the
number that it leads: "12 died in Jos and in Kano at least 30"."""
LEAD = len(", and throughout ")
"""Characters before a place that leads a number which goes on from another."""
PART = ";"
"""What parts a sentence into counts of their own."""

Item = TypeVar("Item")


def _from(items: Sequence[Item], first: int) -> Iterator[Item]:
    """Return the items from one on, without a copy and without passing over those before it."""
    return map(items.__getitem__, range(first, len(items)))


@dataclass(frozen=True, slots=True, eq=False)
class Map:
    """The places of a document and the numbers of its figures, as a figure's place is looked for."""

    document: Document
    mentions: Sequence[PlaceMention]
    numbers: Sequence[Span]
    """In text order, as the mentions are."""
    groups: Sequence[Span] = ()
    """The words that say who was counted."""
    parts: frozenset[Span] = frozenset()
    """The numbers that are parts of others."""
    figures: Mapping[int, Figure] = field(default_factory=dict)
    """The figures by where their numbers start."""

    def within(self, span: Span) -> list[PlaceMention]:
        """Return the mentions of the text between two characters."""
        first = bisect_left(self.mentions, (0, span[0]), key=lambda m: (min(m.sentence, 0), m.span[0]))
        named = takewhile(lambda m: m.span[0] <= span[1], _from(self.mentions, first))
        return [m for m in named if m.span[1] <= span[1]]

    def beside(self, mention: PlaceMention) -> list[PlaceMention]:
        """Return the mentions of a mention's sentence that have its role, itself among them."""
        first = bisect_left(self.mentions, mention.sentence, key=lambda m: m.sentence)
        named = takewhile(lambda m: m.sentence == mention.sentence, _from(self.mentions, first))
        return [m for m in named if m.role is mention.role]

    def is_counted(self, mention: PlaceMention) -> bool:
        """Say whether a mention is the nationality of those who were counted."""
        return any(start <= mention.span[0] and mention.span[1] <= end for start, end in self.groups)

    def counted(self, span: Span) -> Iterator[Span]:
        """Yield the figures' numbers that start between two characters."""
        first = bisect_left(self.numbers, span[0], key=lambda number: number[0])
        return takewhile(lambda number: number[0] < span[1], _from(self.numbers, first))

    def between(self, one: Span, other: Span) -> int:
        """Return how many other figures' numbers stand between two spans."""
        start, end = _gap(one, other)
        return sum(number[1] <= end for number in self.counted((start, end)))

    def is_tied(self, number: Span, place: Span) -> bool:
        """Say whether only a preposition stands between a number and a place: "200 in Sudan's Sennar state"."""
        return number[1] <= place[0] and _tied().fullmatch(self.document.text, number[1], place[0]) is not None

    def is_led(self, number: Span, place: Span) -> bool:
        """Say whether a place leads a number that goes on from another: "12 died in Jos and in Kano another 30"."""
        near = place[1] < number[0] <= place[1] + HEDGED and any(True for _ in self.counted((0, place[0])))
        return near and _leading().search(self.document.text, max(place[0] - LEAD, 0), place[0]) is not None

    def has_between(self, pattern: regex.Pattern[str], one: Span, other: Span) -> bool:
        """Say whether words stand between two spans."""
        return pattern.search(self.document.text, *_gap(one, other)) is not None


def _gap(one: Span, other: Span) -> Span:
    start, end = min(one[1], other[1]), max(one[0], other[0])
    return start, max(start, end)


PARTED = r"""
    (?: (?: (?<!\w)(?<!(?:\d|(?<!\w)(?:\L<most>|\L<numbers>)|\L<percent>)\ )\L<openers>(?!\w) | : ) [^,;]*+
      | (?: [,;:] (?:\ and)?+ | \ and ) \ (?: \d[\d,.]*+ (?:\ ?+\L<percent>)?+ | (?<!\w)\L<numbers> )
        (?:\ \L<openers>)?+
        \ \L<locatives>\ (?:the\ )?+
    )\Z
"""
"""What opens a part of a number, or counts anew, and goes on to where the part is: ": nine in Taiz, two in Ibb"."""


@cache
def _tied() -> regex.Pattern[str]:
    locatives = load_section("en", "places").words("locatives")
    return compile_lists(r"\ \L<locatives>\ (?:the\ )?+(?:\p{Lu}[\p{L}\p{M}]++'s\ )?+", regex.X, locatives=locatives)


@cache
def _leading() -> regex.Pattern[str]:
    locatives = load_section("en", "places").words("locatives")
    return compile_lists(r"(?:[,;]|\ and)\ \L<locatives>\ \Z", regex.X, locatives=locatives)


@cache
def _parted() -> regex.Pattern[str]:
    section, shares = load_section("en", "places"), load_section("en", "shares")
    numbers = load_section("en", "sources").words("numbers") | shares.mapping("fractions").keys()
    lists = {"openers": "part_openers", "most": "most", "locatives": "locatives"}
    words: dict[str, Any] = {name: section.words(key) for name, key in lists.items()}
    return compile_lists(PARTED, regex.X | regex.I, numbers=numbers, percent=shares.words("percent"), **words)


@cache
def _said() -> regex.Pattern[str]:
    """Return a verb of saying: the place before it is where somebody speaks."""
    return compile_lists(r"(?<!\w)\L<telling>(?!\w)", telling=load_section("en", "places").words("telling"))


@cache
def _there() -> regex.Pattern[str]:
    """Return a word by which the text stays at a place: "seven of them in Buzi, where 28 were hurt"."""
    return compile_lists(r"(?<!\w)\L<staying>(?!\w)", staying=load_section("en", "places").words("staying"))


@cache
def _reporting() -> regex.Pattern[str]:
    """Return a verb of counting right behind a place: it speaks of what was counted there."""
    return compile_lists(r"\ \L<reporting>(?!\w)", reporting=load_section("en", "places").words("reporting"))


@cache
def _numbered() -> regex.Pattern[str]:
    """Return a number that counts anew: "in Yemen: nine in Taiz"."""
    words = load_section("en", "sources").words("numbers")
    return compile_lists(r"(?<!\w)(?:\d|\L<words>(?!\w))", regex.I, words=words)


def _is_led(first: int, scope: Sequence[PlaceMention]) -> bool:
    """Tell whether a sentence names its places before its first number, or behind it."""
    # A place within another says little of the order: the first that lies in none of the others counts.
    named = sorted(scope, key=lambda mention: mention.span[0])
    fine = next(m for m in named if not any(contains(m, other) for other in scope))
    return fine.span[0] < first


def _first(number: Span, sentence: int, map_: Map) -> int:
    """Return where the first number of a figure stands in a sentence, or in the part of it between semicolons."""
    here, text = map_.document.sentences[sentence], map_.document.text
    start = max(here.start, text.rfind(PART, here.start, number[0]))
    return next(map_.counted((start, here.end)), number)[0]


def _is_elsewhere(mention: PlaceMention, number: Span, map_: Map) -> bool:
    """Tell whether a place stands in a later part of the sentence, which opens with a place and then counts there."""
    part = map_.document.text.rfind(PART, number[1], mention.span[0])
    if part < 0:
        return False
    here = map_.document.sentences[mention.sentence]
    first = next(map_.counted((part, here.end)), (part, part))
    return bool(map_.within((part, first[0])))


def reports(mention: PlaceMention, number: Span, map_: Map) -> bool:
    """Tell whether a place is said to have had a number itself: "Cebu reported 31 deaths"."""
    told = _reporting().match(map_.document.text, mention.span[1], max(mention.span[1], number[0]))
    return told is not None and number[0] - told.end() <= HEDGED


def _cost(mention: PlaceMention, *, number: Span, first: int, places_first: bool, map_: Map) -> int:
    """Return how far a place is from a number: characters, other numbers between, the side that the sentence uses."""
    if map_.is_tied(number, mention.span) or map_.is_led(number, mention.span):
        return 0
    gap = max(mention.span[0] - number[1], number[0] - mention.span[1], 0)
    wrong_side = places_first != (mention.span[0] < number[0])
    told = mention.span[1] <= first and map_.has_between(_said(), mention.span, number)
    spoken = told and not reports(mention, number, map_)
    return gap + SEPARATED * (map_.between(mention.span, number) + spoken) + OTHER_SIDE * wrong_side


def choose_place(
    reading: Reading, scope: Sequence[PlaceMention], roles: Sequence[Role], map_: Map
) -> PlaceMention | None:
    """Return the place of a clause or sentence that is the figure's: by role, then by nearness, then the finer one."""
    number, whole = reading.figure.span, [m for m in scope if is_whole(m, reading, map_)]
    for role in roles:
        options = [mention for mention in whole if mention.role is role]
        if not options:
            continue
        here = options[0].sentence
        first = _first(number, here, map_)
        cost = partial(_cost, number=number, first=first, places_first=_is_led(first, options), map_=map_)
        best = min(options, key=cost)
        # "In the village of Kaya in the Kivi district of Oban": the district lies in Oban, the village in the district.
        while finer := [one for one in options if contains(best, one) and _is_beside(one, best, number, map_)]:
            best = min(finer, key=cost)
        return best
    return None


def is_whole(mention: PlaceMention, reading: Reading, map_: Map) -> bool:
    """Say whether a place may be that of a whole count: it stands neither with a part nor with another count.

    The place behind the verb of the whole is: "200 people including 60 children were killed in Gaza".
    """
    number, trigger = reading.figure.span, reading.trigger
    if mention.span[1] <= number[0]:
        return number in map_.parts or not is_of_part(mention, map_, number)
    counted = (number[0], max(number[1], trigger[1])) if trigger[1] <= mention.span[0] else number
    return not (_is_elsewhere(mention, number, map_) or map_.has_between(_parted(), counted, mention.span))


def is_of_part(mention: PlaceMention, map_: Map, number: Span | None = None) -> bool:
    """Tell whether a place is only that of a part before it: "twelve died, seven of them in Buzi, and 28 were hurt".

    A ``number`` behind that goes on from the place is there all the same: "..., where 28 were hurt".
    """
    if not map_.parts:
        return False
    sentence, text = map_.document.sentences[mention.sentence], map_.document.text
    before = list(map_.counted((sentence.start, mention.span[0])))
    if not before or before[-1] not in map_.parts:
        return False
    start = before[-2][1] if len(before) > 1 else sentence.start
    if len(before) > 1 and _parted().search(text, start, mention.span[0]) is None:
        return False
    return number is None or _there().search(text, mention.span[1], max(number[0], mention.span[1])) is None


def _is_beside(finer: PlaceMention, place: PlaceMention, number: Span, map_: Map) -> bool:
    """Say whether a finer place tells where in the place it was, and counts nothing of its own."""
    return (
        (finer.span < number) is (place.span < number)
        and map_.between(finer.span, number) <= map_.between(place.span, number)
        and not (place.span < finer.span and map_.has_between(_numbered(), place.span, finer.span))
    )
