"""What a place is in its sentence: where it happened, where people fled from or to, or only where somebody speaks."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from itertools import takewhile

import regex

from parsers.gazetteers import Level, Place, load_capitals, load_demonyms
from parsers.tables import load_section
from parsers.toponyms import Toponym, load_words

COUNTED = 6
"""Words before an office that may say how many of its people: four of the regime's police officers."""
POSSESSED = 3
"""Words after a possessive that may name an office: Gaza's Hamas-run health ministry."""
DATELINE = regex.compile(r"(?:\ *[,(\[][^-\n]{0,40})?+\ *(?:-{1,2}|:)\ ")
TITLED = 4
"""Words before a name that may hold an office and its holder's name: Bishop Alonzo Ruiz of Apatzingán."""
FIRST = 3
"""Sentences at the top of a report that may open with a dateline."""
BORDER = 5
"""Words before a country that say that attackers came out of it."""
OPENING = 2
"""Characters, a quotation mark and a space, that may stand before a dateline."""


class Role(StrEnum):
    """What the words say happened at the place."""

    SCENE = "scene"
    ORIGIN = "origin"
    DESTINATION = "destination"
    MENTION = "mention"
    SUBJECT = "subject"
    OFFICE = "office"
    SPEAKER = "speaker"
    ACTOR = "actor"
    NEIGHBOUR = "neighbour"
    PEOPLE = "people"
    DATELINE = "dateline"
    COURT = "court"


LED = (
    ("locatives", Role.SCENE),
    ("destinations", Role.SCENE),
    ("origins", Role.ORIGIN),
    ("offices", Role.OFFICE),
    ("actors", Role.ACTOR),
)
"""The word that leads to a name, by its list, and the role that it gives."""


BEHIND = (("attributing", Role.ACTOR), ("reaching", Role.DESTINATION))
"""The word before the preposition, by its list, and the role that it gives: "according to Hudson", "as far as Bama"."""


@cache
def _words(name: str) -> frozenset[str]:
    return load_section("en", "places").words(name)


@cache
def _numbers() -> frozenset[str]:
    return load_section("en", "sources").words("numbers")


@cache
def _skipped() -> frozenset[str]:
    """Words between a preposition and a name that do not change what it says."""
    words = load_words()
    return _words("fillers") | words.divisions | words.towns | words.features | words.directions.keys()


def _lead(before: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the word that leads to a name, such as its preposition, and the words before that.

    >>> _lead(("people", "fled", "from", "the", "town", "of"))[0]
    'from'
    """
    for number in range(len(before) - 1, -1, -1):
        word = before[number]
        if word in _skipped() or word in _words("neighbours") or word in load_demonyms():
            continue
        return word, before[:number]
    return "", ()


def _led_role(toponym: Toponym) -> Role | None:
    """Return the role that the words before a name give it."""
    word, earlier = _lead(toponym.before)
    last = earlier[-1] if earlier else ""
    if word in _words("destinations") and any(verb in _words("moving") for verb in earlier):
        return Role.DESTINATION
    beside = any(neighbour in toponym.before[-2:] for neighbour in _words("neighbours"))
    if beside and (word == "on" or word not in _words("locatives") | _words("origins")):
        return Role.NEIGHBOUR
    return _tied_role(toponym, word, last) or next(
        (
            (_post_role(earlier) or _said_role(toponym, role)) if word in _words("posts") else role
            for name, role in LED
            if word in _words(name)
        ),
        None,
    )


def _tied_role(toponym: Toponym, word: str, last: str) -> Role | None:
    """Return the role that the word before its preposition gives a name: at home, told of, over a border, between."""
    if word == "from" and (last in _words("being") or (toponym.country and last and _is_number(last))):
        # "27 of the dead were from Mexico, 14 from Honduras", but "12,000 from Mali arrived"
        return Role.ORIGIN if _moves(toponym) else Role.ACTOR
    for name, role in BEHIND:
        if last in _words(name):
            return role
    if " ".join(toponym.before[-BORDER:]) in _words("over_borders"):
        return Role.ACTOR
    if word in _words("sides") and last in load_words().features | _words("on_the_way"):
        return Role.SCENE  # "on the road between Goma and Rutshuru", "an ambush between Djibo and Kongoussi"
    return None


def _post_role(earlier: Sequence[str]) -> Role | None:
    """Return the role of a place by the word that a preposition ties to it: a speaker's post, or an office's.

    Officers who are counted are no office: "four police officers in Nogales".
    """
    word = earlier[-1] if earlier else ""
    if word in _words("speaking"):
        return Role.SPEAKER
    if word in _words("courts"):
        return Role.COURT
    phrase = takewhile(lambda other: other.isalnum() or "-" in other, reversed(earlier[-COUNTED:]))
    if word not in _words("offices") or any(_is_number(other) for other in phrase):
        return None
    return Role.OFFICE


def _moves(toponym: Toponym) -> bool:
    """Say whether the words around a name speak of people who go somewhere."""
    return any(not _words("moving").isdisjoint(words) for words in (toponym.before, toponym.after))


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _numbers()


def _said_role(toponym: Toponym, role: Role) -> Role:
    """Return the role of a place whose people speak: "diplomats in Khartoum said"."""
    return Role.OFFICE if _follows(toponym, "telling") and not toponym.possessive else role


def _held_role(toponym: Toponym, rest: str) -> Role | None:
    """Return the role that the words after a name give it: an office, a side, an adjective."""
    if rest.startswith("-"):
        return Role.SPEAKER if rest.startswith(("-based", "-born")) else Role.ACTOR
    following = toponym.after[: POSSESSED if toponym.possessive else 1]
    if any(word in _words("offices") for word in following):
        return Role.OFFICE
    return Role.ACTOR if toponym.country and _follows(toponym, "attacks") else None


def _follows(toponym: Toponym, name: str) -> bool:
    return bool(toponym.after) and toponym.after[0] in _words(name)


def _speaks(toponym: Toponym) -> bool:
    return _follows(toponym, "speaking") or _follows(toponym, "claiming")


def _continues(toponym: Toponym, previous: Toponym | None, previous_role: Role, text: str) -> bool:
    """Say whether a name only goes on with a list, or with the parent of the name before it."""
    if previous is None or previous.sentence != toponym.sentence:
        return False
    gap = text[previous.end : toponym.start].lower().replace(",", " , ").split()
    if previous.country and not toponym.country and _follows(toponym, "telling"):
        return False  # "in Ukraine, Kyiv said"
    if gap == [",", "in"] and previous_role is Role.OFFICE:
        return True  # "The mayor of Kramatorsk, in Ukraine's Donetsk region, said"
    if gap == ["in"] and previous_role in {Role.ORIGIN, Role.DESTINATION}:
        return True  # "sailed from Sabratha in Libya"
    return bool(gap) and all(word in _skipped() or word in {",", "or", "(", "as", "well", "'s"} for word in gap)


def _is_dateline(toponym: Toponym, text: str) -> bool:
    """Say whether a name opens the report with its dateline: ``KABUL (Wire) -``."""
    if toponym.sentence >= FIRST or toponym.start > OPENING:
        return False
    if toponym.name.isupper() and text[toponym.end :] in {"", "."}:
        return True  # "KATHMANDU. The Home Ministry said"
    m = DATELINE.match(text, toponym.end)
    return m is not None and (toponym.name.isupper() or any(mark in m[0] for mark in ("(", ",", " - ")))


def read_role(toponym: Toponym, previous: tuple[Toponym, Role] | None, text: str) -> Role:
    """Return what a place is in its sentence; a name that goes on with a list has the role of the one before."""
    if toponym.demonym:
        return Role.PEOPLE
    if _is_dateline(toponym, text):
        return Role.DATELINE
    if held := _held_role(toponym, text[toponym.end :]):
        return held
    if previous and previous[1] is not Role.PEOPLE and _continues(toponym, *previous, text):
        return previous[1]
    return _labelled_role(toponym) or _led_role(toponym) or _bare_role(toponym)


def _labelled_role(toponym: Toponym) -> Role | None:
    """Return the role of a place that stands behind its label in a table: "Locality: Kutum"."""
    if toponym.before[-1:] != (":",):
        return None
    labels = load_words().divisions | load_words().towns | _words("labels")
    return Role.SCENE if labels & set(toponym.before[-2:-1]) else None


def _bare_role(toponym: Toponym) -> Role:
    """Return the role of a name that no word leads to."""
    if toponym.before[-1:] == ("of",) and (
        (_words("offices") | _words("titles")) & set(toponym.before[-TITLED:-1])
        or _words("dwellers") & set(toponym.before[-2:-1])
    ):
        return Role.OFFICE  # "Bishop Alonzo Ruiz of Apatzingán said", "residents of Apatzingán said"
    if _follows(toponym, "being") and not _words("befallen").isdisjoint(toponym.after[1:2]):
        return Role.SCENE  # "Masteri was attacked on Saturday"
    if _speaks(toponym) and (toponym.country or not toponym.generic):
        return Role.ACTOR
    return Role.SUBJECT if toponym.country and not toponym.direction else Role.MENTION


def is_state(toponym: Toponym, place: Place) -> bool:
    """Say whether a capital stands for its state, whose office is named with it: "the Kabul interior ministry"."""
    if place.level is Level.COUNTRY or toponym.generic or (place.name, place.country) not in load_capitals():
        return False
    return any(word in _words("national_offices") for word in toponym.after[:POSSESSED])


def is_led(toponym: Toponym, role: Role) -> bool:
    """Say whether the words around a name are evidence that it is a place."""
    if role in {Role.DATELINE, Role.SCENE, Role.ORIGIN, Role.DESTINATION, Role.NEIGHBOUR}:
        return True
    if role is Role.OFFICE:
        return toponym.before[-1:] in {("of",), ("in",)}
    if role is not Role.MENTION:
        return role is Role.SPEAKER
    return toponym.generic is not None and toponym.generic not in _words("institutions")
