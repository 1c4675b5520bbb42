"""Triggers: whether the words of a sentence can count anybody, told before anything else is done with it.

Most sentences of most news cannot. Each word as it is written is marked once with all that it can be, and a sentence
with what its words are together; the rules of the grammar say what they need. This holds of sets of words, whatever
their order: more sentences pass than count, never fewer.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from operator import or_

from parsers.demands import NUMBER, Demand, list_demands, list_following, mark_context, mark_sense
from parsers.grammar import Sense
from parsers.needs import Clause
from parsers.tables import load_section
from parsers.tokens import shape_roles
from parsers.vocabulary import Entry, Vocabulary, load_vocabulary, unglue

# The standard library's engine finds plain words twice as fast as regex.
WORD = re.compile(r"[^\W_]+(?:[-&/'][^\W_]+)*")
RUN = re.compile(r"[^\W_]+")
SIGNS = str.maketrans({sign: " " for sign in map(chr, range(128)) if not sign.isalnum()})
JOINT = re.compile(r"[-&/']")
LETTERS_BEFORE_DIGIT = re.compile(r"[^\W\d_]+(?=\d)")
KEPT = 1 << 14
"""How many written words are kept with their marks; a language has fewer that are common."""
NUMBER_MAPPINGS = ("ones", "tens", "scales", "plural_scales", "vague", "pairs")
NUMBER_LISTS = ("half", "quarters", "bare", "zero", "single")
LOOSE = ("weak", "event", "does")
"""The roles in which a word of a metric counts only beside its context."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What rules ask for: for each mark that one may start from the sets of marks of each of which one is wanted."""

    starts: int
    """All marks that a rule may start from."""
    needs: Mapping[int, Sequence[Sequence[int]]]

    def are_met(self, marks: int) -> bool:
        """Whether marks meet any of the demands."""
        left = marks & self.starts
        while left:
            start = left & -left
            left ^= start
            for wanted in self.needs[start]:
                for one in wanted:
                    if not marks & one:
                        break
                else:
                    return True
        return False


@dataclass(frozen=True, slots=True)
class Triggers:
    """What the words of a language are good for: sets of marks, each a number with a bit for every mark."""

    mark: Callable[[str], int]
    """Returns the marks of a run of characters without space, and above them those of phrases it may belong to."""
    idle: set[str]
    """Runs of characters met before that have no mark, as most have not."""
    width: int
    """How many bits the marks take."""
    phrases: Mapping[str, tuple[tuple[str, int], ...]]
    """The phrases by the longest word of each, with their marks."""
    demands: Demands
    following: Demands
    """What a sentence must meet that may go on from the figure before it."""

    def meet(self, marks: int, *, follows: bool) -> bool:
        """Whether marks meet any of the demands."""
        return self.demands.are_met(marks) or (follows and self.following.are_met(marks))

    def mark_words(self, words: Iterable[str]) -> int:
        """Return the marks of runs of characters without space."""
        joined, idle = 0, self.idle
        for word in set(words) - idle:
            marks = self.mark(word)
            joined |= marks
            if not marks and len(idle) < KEPT:
                idle.add(word)
        return joined

    def mark_phrases(self, text: str) -> int:
        """Return the marks of the phrases that stand in a text."""
        words = _split_words(text.lower())
        spaced = f" {' '.join(words)} "
        return _join(
            marks for word in self.phrases.keys() & words for phrase, marks in self.phrases[word] if phrase in spaced
        )


def may_count(sentence: str, language: str = "en", *, follows: bool = False) -> bool:
    """Whether a sentence has the words to count anybody; ``follows`` says that the one before it ends with a figure.

    >>> may_count("Shelling hurt 12 people."), may_count("Frost hurt the vines.")
    (True, False)
    >>> may_count("The firm moved its office."), may_count("Three of them are children.", follows=True)
    (False, True)
    """
    triggers = load_triggers(language)
    marks = triggers.mark_words(sentence.split())
    if not triggers.meet(marks | marks >> triggers.width, follows=follows):
        return False
    return triggers.meet(marks, follows=follows) or triggers.meet(
        marks | triggers.mark_phrases(sentence), follows=follows
    )


@cache
def load_triggers(language: str) -> Triggers:
    """Put the marks of a language's words together with what the rules of the grammar demand of them."""
    vocabulary = load_vocabulary(language)
    units = {name: table.units for name, table in vocabulary.metrics.items()}
    senses = _senses(vocabulary)
    roles = _roles(vocabulary)
    demands, following = list_demands(units, roles, senses), list_following(roles, senses)
    bits = _assign_bits({clause for start, needs in (*demands, *following) for clause in (start, *needs)})
    width = max(bits.values()).bit_length()
    read = _reader(vocabulary, load_number_words(language), load_glued(language))

    def read_marks(written: str) -> int:
        return _join(bits.get(name, 0) for word in WORD.findall(written.lower()) for name in read(word))

    @lru_cache(maxsize=KEPT)
    def mark(written: str) -> int:
        words = phrases.keys() & _split_words(written.lower())
        return read_marks(written) | _join(marks for word in words for _, marks in phrases[word]) << width

    phrases = _index_phrases(vocabulary, bits, cache(read_marks), load_small_words(language))
    return Triggers(mark, set(), width, phrases, _in_bits(demands, bits), _in_bits(following, bits))


def _split_words(text: str) -> list[str]:
    """Return the runs of letters and digits of a text, as phrases are compared by."""
    # Without other letters than these, blanks in place of all signs take a tenth of the time.
    return text.translate(SIGNS).split() if text.isascii() else RUN.findall(text)


def _join(marks: Iterable[int]) -> int:
    return reduce(or_, marks, 0)


def _assign_bits(clauses: Iterable[Clause]) -> dict[str, int]:
    """Return a bit for each mark; those that are asked for together everywhere share one."""
    asked: dict[str, set[Clause]] = defaultdict(set)
    for clause in clauses:
        for name in clause:
            asked[name].add(clause)
    places = {alike: place for place, alike in enumerate(dict.fromkeys(frozenset(found) for found in asked.values()))}
    return {name: 1 << places[frozenset(found)] for name, found in asked.items()}


def _in_bits(demands: Iterable[Demand], bits: Mapping[str, int]) -> Demands:
    """Write demands as sets of bits, by each bit that one may start from."""
    index: dict[int, list[Sequence[int]]] = defaultdict(list)
    for start, needs in demands:
        wanted = [_join(bits[name] for name in clause) for clause in needs]
        for bit in {bits[name] for name in start}:
            index[bit].append(wanted)
    return Demands(_join(index), dict(index))


def _senses(vocabulary: Vocabulary) -> set[tuple[Sense, bool]]:
    """Return all senses of words and phrases, each with whether it counts only beside a context."""
    return {
        (sense, _counts_beside(said, sense, entry, vocabulary))
        for said, entry in _entries(vocabulary)
        for sense in entry.senses
    }


def _roles(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(role for _, entry in _entries(vocabulary) for role in entry.roles)


def _entries(vocabulary: Vocabulary) -> Iterator[tuple[str, Entry]]:
    yield from vocabulary.words.items()
    yield from ((" ".join(phrase), entry) for phrase, entry in _phrases(vocabulary))


def _phrases(vocabulary: Vocabulary) -> Iterator[tuple[tuple[str, ...], Entry]]:
    return (found for some in vocabulary.phrases.values() for found in some)


def _index_phrases(
    vocabulary: Vocabulary, bits: Mapping[str, int], mark: Callable[[str], int], small: frozenset[str]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Return the phrases that are more than their words are, by the longest word of each that is no small word."""
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for phrase, entry in _phrases(vocabulary):
        said = " ".join(phrase)
        marks = _join(bits.get(name, 0) for name in _entry_marks(said, entry, vocabulary))
        if marks & ~_join(map(mark, phrase)):
            words = _split_words(said)
            longest = max(words, key=lambda word: (word not in small, len(word)))
            index[longest].append((f" {' '.join(words)} ", marks))
    return {word: tuple(some) for word, some in index.items()}


def _entry_marks(said: str, entry: Entry, vocabulary: Vocabulary) -> Iterator[str]:
    yield from entry.roles
    for sense in entry.senses:
        yield mark_sense(sense, beside=_counts_beside(said, sense, entry, vocabulary))


def _counts_beside(said: str, sense: Sense, entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether a word speaks of a metric only beside a word of its context."""
    if not sense.role.startswith(LOOSE) or said not in vocabulary.metrics[sense.metric].needs_context:
        return False
    return not any(other.metric == sense.metric and other.role.startswith("takes") for other in entry.senses)


def _reader(vocabulary: Vocabulary, numbers: frozenset[str], glued: frozenset[str]) -> Callable[[str], Iterator[str]]:
    """Return what yields all that a word in lower case can be, by itself and in its parts."""
    contexts = {name: table.context for name, table in vocabulary.metrics.items()}

    def read(word: str) -> Iterator[str]:
        if any(part in numbers or not part.isalpha() for part in JOINT.split(word)):
            yield NUMBER
        for form in _forms(word, glued):
            yield from (mark_context(name) for name, context in contexts.items() if form in context)
            for half in _halves(form, vocabulary):
                entry = vocabulary.words.get(half)
                yield from _entry_marks(half, entry, vocabulary) if entry else ()
                yield from shape_roles(half, capital=False)

    return read


def _forms(word: str, glued: frozenset[str]) -> set[str]:
    """Return the words that a run of letters may be cut into: "boy's", "houses/shelters", "displacedabout"."""
    parts = {word, *re.split("[&/]", word), *LETTERS_BEFORE_DIGIT.findall(word)}
    return {
        *parts,
        *(part.removesuffix("'s") for part in parts),
        *(first for first in glued for part in parts if part.startswith(first)),
    }


def _halves(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    cut = unglue(word, vocabulary)
    return (word[:cut], word[cut:]) if cut else (word,)


def load_number_words(language: str) -> frozenset[str]:
    """Return words of which one stands in any number or share that is not in digits; raises TableError."""
    section, more = load_section(language, "quantities"), load_section(language, "quantities.words")
    phrases = [phrase for key in NUMBER_MAPPINGS for phrase in section.mapping(key)]
    phrases += [phrase for key in NUMBER_LISTS for phrase in (section if key in section else more).words(key)]
    phrases += load_section(language, "shares").mapping("fractions")
    return frozenset(max(JOINT.split(max(phrase.split(), key=len)), key=len) for phrase in phrases)


def load_small_words(language: str) -> frozenset[str]:
    """Return the words of grammar, of which any text has many; raises TableError."""
    section = load_section(language, "words")
    return frozenset(word for tag in section.content for word in section.words(tag))


def load_glued(language: str) -> frozenset[str]:
    """Return the words that a PDF runs together with the hedge behind them: "displacedabout"; raises TableError."""
    return load_section(language, "quantities.exclusions").words("glued")
