"""Group codes: which group of ``data/groups.csv`` the words of a report name."""

from functools import cache

import regex

from parsers.grammar import Group
from parsers.inflections import plural
from parsers.tables import load_rows, load_section

LONGEST_PHRASE = 4
MARKS = "\"'“”‘’()[],.;:"
ANY_TRADE = "workers"
"""The group of those of whom the words say only that they work."""
BY_AGE_OR_SEX = frozenset({"men", "women", "children"})
POSSESSIVE = regex.compile(r"(?:['’]s|['’])$")


@cache
def _group_words(language: str) -> dict[str, tuple[int, str]]:
    """Phrases of ``data/groups.csv`` in both numbers, with the depth and code of their group."""
    irregular = load_section(language, "people.plural").content
    rows = list(load_rows("groups", ("code", "parent", "words")))
    parents = {row["code"]: row["parent"] for row in rows}

    def depth(code: str) -> int:
        return 0 if not parents.get(code) else 1 + depth(parents[code])

    return {
        form: (depth(row["code"]), row["code"])
        for row in rows
        for word in row["words"].split("|")
        for form in (word, plural(word, irregular), plural(word, {}))
    }


@cache
def _small_words(language: str) -> tuple[frozenset[str], ...]:
    small, people = load_section(language, "words"), load_section(language, "people")
    places = small.words("prep") | small.words("after")
    irregular = load_section(language, "people.plural").content
    persons = people.words("person") | {plural(person, irregular) for person in people.words("person")}
    return persons, people.words("members"), places, small.words("of")


def _head_end(parts: list[str], language: str) -> int:
    """Return where the words end that say who they are: "people near a police station" are no police.

    What stands behind "of" counts where members are named by their body, "two members of the security forces".
    """
    persons, members, places, of = _small_words(language)
    for index, part in enumerate(parts):
        told = {word.removesuffix("s") for word in parts[:index]}
        if persons.isdisjoint(told):
            continue
        if part in places or (part in of and members.isdisjoint(told)):
            return index
    return len(parts)


def classify_group(words: str, language: str = "en") -> str | None:
    """Return the code of the group that the words name, the most specific first.

    >>> classify_group("205 pro-government fighters"), classify_group("three French tourists")
    ('pro-government forces', 'foreigners')
    """
    table = _group_words(language)
    parts = [POSSESSIVE.sub("", word.strip(MARKS)) for word in words.lower().split()]
    best: tuple[int, int, int, str] | None = None
    for first in range(_head_end(parts, language)):
        for last in range(first + 1, min(first + LONGEST_PHRASE, len(parts)) + 1):
            hit = table.get(" ".join(parts[first:last]))
            if hit:
                candidate = (hit[0], last - first, first, hit[1])
                best = max(best, candidate) if best else candidate
    return best[3] if best else None


def names_no_others(one: Group, others: Group) -> bool:
    """Whether one's age or sex says nothing of several others: "a boy was killed and four were wounded"."""
    return others.many and not one.many and one.implied <= 1 and classify_group(one.head) in BY_AGE_OR_SEX
