"""The words of a language with their roles, put together from the tables and inflected once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from parsers.grammar import Sense
from parsers.inflections import plural, verb_forms
from parsers.records import Basis, Metric, Unit
from parsers.tables import LEXICON, Section, load_rows, load_section, load_table

GROUP_COLUMNS = ("code", "parent", "words")
DEMONYM_COLUMNS = ("demonym", "country")
VERB_KEYS = {
    "takes": "takes", "weak_takes": "weak", "does": "does", "weak_does": "does", "ends": "ends", "personal": "personal",
}  # fmt: skip
NOUN_KEYS = {
    "event": "event", "weak_event": "event", "victim": "victim", "weak_victim": "victim",
    "wound": "wound", "toll": "toll", "lives": "lives",
}  # fmt: skip
SHORTEST_GLUED, LONGEST_GLUED = 7, 40
PHRASE_KEYS = {"state": "state", "stays": "state", "home": "hometo", "outcome": "outcome", "doom": "doom"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one surface form can be."""

    roles: frozenset[str]
    senses: tuple[Sense, ...]


@dataclass(frozen=True, slots=True)
class MetricTable:
    """What a metric's table says of it, whatever the language."""

    metric: Metric
    units: frozenset[Unit]
    basis: Basis
    gravity: int
    weak_gravity: int
    needs_context: frozenset[str]
    """The verbs that mean the metric only where the sentence has a word of ``context``."""
    context: frozenset[str]
    needs_signs: frozenset[str]
    """The nouns that mean the metric only where the sentence has a word of ``signs``: a *body* that was *found*."""
    signs: frozenset[str]
    elsewhere: frozenset[str]
    """The words of other worlds, beside which the metric is never meant."""
    standing: frozenset[str]
    """The words of nouns for people in that state at a date, "IDPs", and in ``fresh`` those that make them new."""
    fresh: frozenset[str]
    stays: frozenset[str]
    """Where people are who are in that state at a date: "in relief camps"."""

    def weigh(self, *, weak: bool) -> int:
        """Return how much the metric says of a victim; a verb that need not mean it says less."""
        return self.weak_gravity if weak else self.gravity


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """All surface forms of a language: single words, and phrases by their first word, longest first."""

    words: Mapping[str, Entry]
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    metrics: Mapping[str, MetricTable]
    captors: frozenset[str]
    """Words for those who abduct where others detain."""
    spelled: frozenset[str]
    """All words of the tables, those within phrases too."""
    abbreviated: frozenset[str]
    """Words whose full stop ends no sentence: "Dr."."""


def _metric_words(language: str, metric: Metric) -> Section:
    own = load_table(LEXICON / f"{metric}.toml")
    return load_section(metric, language) if language in own else load_section(language, f"metrics.{metric}")


def _words(words: Section, key: str) -> frozenset[str]:
    return words.words(key) if key in words else frozenset()


def _nouns(words: Section, key: str, language: str) -> frozenset[str]:
    plurals = load_section(language, "people.plural").content
    return frozenset(form for noun in _words(words, key) for form in (noun, plural(noun, plurals)))


def _context(language: str, metric: Metric) -> dict[str, frozenset[str]]:
    words = _metric_words(language, metric)
    told = {
        "context": _words(words, "context"),
        "needs_signs": _nouns(words, "weak_victim", language),
        "signs": _words(words, "signs"),
        "elsewhere": _words(words, "elsewhere"),
        "standing": _words(words, "standing"),
        "fresh": _words(words, "fresh"),
        "stays": _words(words, "stays"),
    }
    if not told["context"]:
        return told | {"needs_context": frozenset()}
    verbs = load_section(language, "verbs.irregular").content
    weak = [phrase for key in ("weak_does", "weak_takes") for phrase in _words(words, key)]
    forms = (verb_forms(phrase, verbs) for phrase in weak)
    nouns = _nouns(words, "weak_event", language)
    return told | {"needs_context": nouns.union(*((*form.base, *form.ed, *form.ing) for form in forms))}


def _metric_table(language: str, metric: Metric) -> MetricTable:
    path = LEXICON / f"{metric}.toml"
    content = load_table(path)
    table = Section(path, metric, content)
    try:
        gravity = int(content["gravity"])
        weak = int(content.get("weak_gravity", gravity))
        units = frozenset(map(Unit, content["units"]))
        return MetricTable(metric, units, Basis(content["basis"]), gravity, weak, **_context(language, metric))
    except (KeyError, ValueError) as error:
        raise table.refuse(str(error), "must be units = [...], basis = ..., gravity = a whole number") from None


def _noun_forms(noun: str, role: str, plurals: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    many = plural(noun, plurals)
    yield noun, f"{role}.one"
    yield many, f"{role}.many"
    if noun in plurals:
        yield plural(noun, {}), f"{role}.many"  # "persons" beside "people"


def _inflected(phrase: str, role: str, verbs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    forms = verb_forms(phrase, verbs)
    yield from ((form, f"{role}.base") for form in forms.base)
    yield from ((form, f"{role}.ed") for form in forms.ed)
    yield from ((form, shape) for form in forms.ing for shape in (f"{role}.ing", "ving"))


def _victim_nouns(
    noun: str, role: str, plurals: Mapping[str, str], units: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    unit = units.get(noun.rsplit(maxsplit=1)[-1], role)
    for form, number in _noun_forms(noun, role, plurals):
        yield from ((form, name) for name in (role, number, number.replace(role, unit)))


def _metric_forms(language: str, metric: Metric, verbs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    words = _metric_words(language, metric)
    plurals = load_section(language, "people.plural").content
    people = load_section(language, "people")
    nouns = ((noun, unit) for unit in ("household", "dwelling") for noun in people.words(unit))
    units = {form: unit for noun, unit in nouns for form in (noun, plural(noun, plurals))}
    for key, role in VERB_KEYS.items():
        for phrase in _words(words, key):
            yield from _inflected(phrase, role, verbs)
    for key, role in NOUN_KEYS.items():
        for noun in _words(words, key):
            yield from _victim_nouns(noun, role, plurals, units)
    for key, role in PHRASE_KEYS.items():
        yield from ((phrase, role) for phrase in _words(words, key))


def _plain_forms(language: str, verbs: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    small = load_section(language, "words")
    for tag in small.content:
        for word in small.words(tag):
            yield word, tag
            if tag in {"say", "contract", "hyperbole"} and word.endswith("ed"):
                yield word, "ved"
    yield from ((phrase, "attributing") for phrase in load_section(language, "sources").words("according"))
    support = load_section(language, "verbs")
    for tag in support.content:
        if tag == "irregular":
            continue
        for verb in support.words(tag):
            yield from _inflected(verb, tag, verbs)
    yield from _noun_table(language)


PLURAL_TAGS = (
    "fallen", "time", "culprit", "members", "dweller", "employed", "anyone", "related", "kith", "two", "manifold",
    "losses", "limb", "sufferer",
)  # fmt: skip
"""The tags of nouns that hold of both numbers."""


def _noun_table(language: str) -> Iterator[tuple[str, str]]:
    people = load_section(language, "people")
    plurals = load_section(language, "people.plural").content
    persons = people.words("person")
    for tag in ("person", "household", "dwelling", "thing"):
        for noun in people.words(tag):
            yield from _noun_forms(noun, tag, plurals)
    for row in load_rows("groups", GROUP_COLUMNS):
        for noun in row["words"].split("|"):
            # A modifier such as "pro-government" names a group but heads none.
            if not noun.startswith(("pro-", "anti-")) and noun.split()[-1] in persons:
                yield from _noun_forms(noun, "person", plurals)
    for row in load_rows("demonyms", DEMONYM_COLUMNS):
        # "Two Afghans", and "two Afghan": both numbers stand in the table.
        yield row["demonym"].lower(), "person.many" if row["demonym"].endswith(("s", "ese")) else "person.one"
        yield row["demonym"].lower(), "national"
    numbers = load_section(language, "people.numbers").content.items()
    yield from ((form, f"counts.{number}") for noun, number in numbers for form in (noun, plural(noun, plurals)))
    yield from ((phrase, "crowd") for phrase in people.words("crowd"))
    for mark in ("camp", "safe", "refuge", "animal", "projectile", "figurative"):
        for noun in people.words(mark):
            yield from ((form, role) for form, number in _noun_forms(noun, "thing", plurals) for role in (mark, number))
    for tag in PLURAL_TAGS:
        yield from ((form, tag) for noun in people.words(tag) for form in (noun, plural(noun, plurals)))


def _phrase_table(entries: Mapping[str, Entry]) -> dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
    for form, entry in entries.items():
        words = tuple(form.split())
        if len(words) > 1:
            phrases[words[0]].append((words, entry))
    return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in phrases.items()}


def _gather(forms: Iterable[tuple[str, str, str]]) -> dict[str, Entry]:
    roles: dict[str, dict[str, None]] = defaultdict(dict)
    senses: dict[str, dict[Sense, None]] = defaultdict(dict)
    for form, role, metric in forms:
        roles[form][role] = None
        if metric:
            senses[form][Sense(role, metric)] = None
    return {form: Entry(frozenset(found), tuple(senses[form])) for form, found in roles.items()}


@lru_cache(maxsize=1 << 8)  # it is asked once a report
def has_language(language: str) -> bool:
    """Whether there is a table of the language's words.

    >>> has_language("en"), has_language("xx"), has_language("killed"), has_language("../en")
    (True, False, False, False)
    """
    return language.isalpha() and language not in set(Metric) and (LEXICON / f"{language}.toml").is_file()


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """Load all tables of a language; raises TableError that names the file, the key and the remedy.

    >>> sorted(load_vocabulary("en").words["fled"].roles)
    ['does.ed']
    """
    verbs = load_section(language, "verbs.irregular").content
    forms = [(form, role, "") for form, role in _plain_forms(language, verbs)]
    for metric in Metric:
        forms += [(form, role, metric.value) for form, role in _metric_forms(language, metric, verbs)]
    entries = _gather(forms)
    return Vocabulary(
        words={form: entry for form, entry in entries.items() if " " not in form},
        phrases=_phrase_table(entries),
        metrics={metric.value: _metric_table(language, metric) for metric in Metric},
        captors=load_section(language, "people").words("captor"),
        spelled=frozenset(word for form in entries for word in form.split()),
        abbreviated=load_section(language, "sentences").words("before_names"),
    )


@lru_cache(maxsize=1 << 14)
def unglue(word: str, vocabulary: Vocabulary) -> int:
    """Return where to part two words that a PDF ran together ("peoplefled"), 0 for a word that is one.

    Both must be known, and one of them must count or be counted.
    """
    if not SHORTEST_GLUED <= len(word) <= LONGEST_GLUED or word in vocabulary.spelled or not word.isalpha():
        return 0
    for cut in range(len(word) - 2, 1, -1):
        left, right = vocabulary.words.get(word[:cut]), vocabulary.words.get(word[cut:])
        if left and right and (_carries(left) or _carries(right)):
            return cut
    return 0


def _carries(entry: Entry) -> bool:
    return bool(entry.roles & {"person.many", "takes.ed", "does.ed", "household.many", "force.ed", "leave.ed"})
