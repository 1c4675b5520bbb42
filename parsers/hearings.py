"""What has been heard of a document so far: who spoke, who is named in it, of which country it speaks."""

from collections import Counter
from dataclasses import dataclass, field

import regex

from parsers.claimants import Claimant, Kind, Naming, find_claimant, find_namings
from parsers.engines import compile_either
from parsers.offices import Words, find_countries
from parsers.records import Document

ARTICLE = compile_either(r"(?:the|a|an|one|its|his|her|their|another|this|that|our)\s+", regex.I)
PUBLISHED = compile_either(r"(?P<name>[^(]*[^(\s])\s*(?:\((?!via\b)(?P<inner>[^)]*)\))?")

COUNTRY_WITHIN = 60
"""Characters before a name in which the name of a country stands that is part of it."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: ``start`` and ``end`` hold the words in the document; ``is_back`` marks one found further up."""

    start: int
    end: int
    name: str
    text: str
    kind: Kind | None
    is_back: bool = False


@dataclass(slots=True)
class Hearing:
    """What has been heard of a document so far: who spoke, and which persons speak for whom."""

    document: Document
    words: Words
    publisher: Claimant | None
    spoken: list[Speaker] = field(default_factory=list)
    people: dict[str, Speaker] = field(default_factory=dict)
    _namings: dict[int, list[Naming]] = field(default_factory=dict)
    _named: list[tuple[int, Claimant]] | None = None
    _countries: Counter[str] | None = None

    def namings(self, index: int) -> list[Naming]:
        """Return who is named in a sentence, in characters of the sentence."""
        if index not in self._namings:
            text = self.document.sentences[index].text
            found = find_namings(text)
            self._namings[index] = [naming for naming in found if not _is_of_another_country(text, naming, self.words)]
        return self._namings[index]

    def named(self) -> list[tuple[int, Claimant]]:
        """Return all that the document names in full, with where."""
        if self._named is None:
            self._named = [
                (sentence.start + naming.start, naming.claimants[0])
                for index, sentence in enumerate(self.document.sentences)
                for naming in self.namings(index)
                if not naming.is_short
            ]
        return self._named

    def countries(self) -> Counter[str]:
        """Return how often the document names each country."""
        if self._countries is None:
            self._countries = Counter(find_countries(self.words, self.document.text.lower()))
        return self._countries

    def country(self) -> str:
        """Return the country that the document speaks of most, empty where it names none."""
        return next((code for code, _ in self.countries().most_common(1)), "")


def _is_of_another_country(text: str, naming: Naming, words: Words) -> bool:
    """Tell the Uganda People's Defence Forces from another country's, who are listed without their country."""
    country, kind = naming.claimants[0].country, naming.claimants[0].kind
    is_one_word = " " not in text[naming.start : naming.end]
    if naming.is_short or is_one_word or not country or kind is Kind.MEDIA:
        return False
    m = words.country_before.search(text, max(0, naming.start - COUNTRY_WITHIN), naming.start)
    return m is not None and words.countries[m["country"].lower()] != country


def find_publisher(publisher: str | None) -> Claimant | None:
    """Return the claimant that published a report; of "X (Y)" it is Y where Y is one, for X carried Y's text.

    >>> find_publisher("Scoop (OHCHR)").name, find_publisher("Daily Echo")
    ('OHCHR', None)
    """
    m = PUBLISHED.match(publisher or "")
    if not m:
        return None
    inner = find_claimant(m["inner"]) if m["inner"] else None
    outer = find_claimant(m["name"]) or _find_branch(m["name"])
    return inner if inner and inner.kind is not Kind.MEDIA else outer or inner


def _find_branch(name: str) -> Claimant | None:
    """Return the agency or charity whose branch in a country has the name: "MSF France", "UNICEF Sudan"."""
    whole, _, country = name.rpartition(" ")
    claimant = find_claimant(whole) if country[:1].isupper() else None
    return claimant if claimant and claimant.kind in {Kind.UN, Kind.NGO} else None


def name_speaker(hearing: Hearing, index: int, naming: Naming, claimant: Claimant) -> Speaker:
    """Return the speaker whom the words of a naming name, without their article."""
    sentence = hearing.document.sentences[index]
    article = ARTICLE.match(sentence.text, naming.start, naming.end) if naming.is_short else None
    start, end = sentence.start + (article.end() if article else naming.start), sentence.start + naming.end
    return Speaker(start, end, claimant.name, hearing.document.report.text[start:end], claimant.kind)


def other_than_publisher(hearing: Hearing, outlet: Speaker) -> str | None:
    """Return the outlet that passed words on, None where it is the report's own publisher."""
    publisher = hearing.publisher.name if hearing.publisher else hearing.document.report.publisher
    return None if outlet.name == publisher else outlet.name
