"""The bodies that people serve: whose staff are aid workers, and whose members fight."""

from functools import cache
from typing import NamedTuple

from parsers.claimants import find_namings
from parsers.inflections import plural
from parsers.tables import load_section


class Body(NamedTuple):
    """The body that a phrase names: the group of those who serve it, and the words of the phrase without its name."""

    group: str
    others: str


def find_body(words: str, language: str = "en") -> Body | None:
    """Return the body of a phrase that counts people who serve it, or None.

    >>> find_body("three employees of the Norwegian Refugee Council")
    Body(group='aid workers', others='three employees of the ')
    >>> find_body("three people near a WFP office") is None
    True
    """
    if _serving(language).isdisjoint(words.lower().split()):
        return None
    groups = load_section(language, "bodies").mapping("groups")
    for naming in find_namings(words):
        kinds = {claimant.kind.value for claimant in naming.claimants}
        if len(kinds) == 1 and (group := groups.get(kinds.pop())):
            return Body(group, words[: naming.start] + words[naming.end :])
    return None


@cache
def _serving(language: str) -> frozenset[str]:
    """Return the nouns for those who serve a body, in both numbers."""
    serving, plurals = load_section(language, "bodies").words("serving"), load_section(language, "people.plural")
    return serving | {plural(word, plurals.content) for word in serving}
