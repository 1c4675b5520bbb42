"""A sentence as pieces: words and phrases of the vocabulary, quantities whole, unknown words by their shape."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from parsers.engines import compile_either
from parsers.grammar import Piece, Sense
from parsers.records import Quantity, Sentence
from parsers.vocabulary import Entry, Vocabulary, unglue

TOKEN = compile_either(
    r"""
    (?:[A-Za-z]\.){2,}+                                # U.N., a.m.
    | [^\W_]++(?:[-&/'][^\W_]++)*+(?<!'s)(?<!'S)      # words, hyphens inside
    | [^\W_]++(?:[-&/][^\W_]++)*+(?='[sS]\b)           # a word before its possessive
    | '[sS]\b
    | [^\w\s]
    """,
    regex.X,
)
SHORTEST_PERSON = 6
PAIR = 2
QUOTES = frozenset({'"', "'"})
UNSETTLED = QUOTES | {".", "["}
"""What may be no word of the sentence, by what stands beside it."""
PUNCTUATION = {
    ",": "comma", "(": "open", "[": "open", ")": "close", "]": "close", '"': "quote", "'": "quote", ";": "stop",
    ":": "colon", ".": "stop", "!": "stop", "?": "stop", "-": "dash", "|": "bar", "&": "and", "/": "slash",
}  # fmt: skip


def shape_roles(word: str, *, capital: bool) -> frozenset[str]:
    """Roles of a word that no table knows, by its ending and capital."""
    roles = {"name"} if capital else {"lower"}
    if word.endswith(("ists", "ians", "men", "ees")) and len(word) >= SHORTEST_PERSON:
        roles = {"person.many"}
    elif word.endswith(("-year-old", "-month-old", "-year-olds", "-month-olds")):
        roles = {"lower", "ofage"}
    elif word.endswith("ly") and not capital:
        roles = {"adverb"}
    elif word.endswith("ed") and not capital and "-" not in word:
        roles.add("ved")
    elif word.endswith("ing") and not capital and "-" not in word:
        roles.add("ving")
    return frozenset(roles)


def _quantity_piece(quantity: Quantity, text: str) -> Piece:
    roles = {"share"} if quantity.share is not None else {"number", "zero"} if quantity.value == 0 else {"number"}
    return Piece(quantity.phrase_start, quantity.phrase_end, text.lower(), frozenset(roles), quantity=quantity)


class Word(NamedTuple):
    """A word as it is written: in lower case, with its roles; ``settled`` where no word beside it changes them."""

    text: str
    roles: frozenset[str]
    senses: tuple[Sense, ...]
    settled: bool


Token = tuple[int, int, Word]
"""[start, end) in the document, and the word there."""
Phrase = tuple[tuple[str, ...], Entry]


def split_pieces(sentence: Sentence, quantities: Sequence[Quantity], vocabulary: Vocabulary) -> list[Piece]:
    """Cut a sentence into pieces with roles; a quantity is one piece with its hedge.

    ``quantities`` are those of the sentence in text order. All words of the sentence are kept.
    """
    part, offset = load_parts(vocabulary, capitals=sentence.text.isupper()), sentence.start
    tokens: list[Token | Quantity] = []
    waiting = iter(quantities)
    following = next(waiting, None)
    for m in TOKEN.finditer(sentence.text):
        start, end = m.span()
        start, end = start + offset, end + offset
        while following and start >= following.phrase_end:
            following = next(waiting, None)
        if following and end > following.phrase_start:
            if start < following.phrase_start:  # "displacedabout 4,400"
                cut = following.phrase_start - start
                tokens.append((start, start + cut, _read(m[0][:cut], vocabulary, capitals=sentence.text.isupper())))
            if not tokens or tokens[-1] is not following:
                tokens.append(following)
            continue
        parts = part(m[0])
        if len(parts) == 1:  # most words are one
            tokens.append((start, end, parts[0][2]))
        else:
            tokens += [(start + at, start + to, word) for at, to, word in parts]
    return _tagged(tokens, sentence, vocabulary)


@cache
def load_parts(vocabulary: Vocabulary, *, capitals: bool) -> Callable[[str], tuple[Token, ...]]:
    """Return what parts a written word, and keeps those that it has seen: most words of a text are common."""
    return lru_cache(maxsize=1 << 14)(lambda written: _part(written, vocabulary, capitals=capitals))


def _part(written: str, vocabulary: Vocabulary, *, capitals: bool) -> tuple[Token, ...]:
    """Return a word as a token, or as two where a PDF ran two words together ("peoplefled"), from its own start."""
    halves = written.split("/")
    if len(halves) == PAIR and all(half.lower() in vocabulary.words for half in halves):
        cuts = [len(halves[0]), len(halves[0]) + 1]  # "houses/shelters"
    else:
        cut = unglue(written.lower(), vocabulary)
        cuts = [cut] if cut else []
    parts = pairwise([0, *cuts, len(written)])
    return tuple((at, to, _read(written[at:to], vocabulary, capitals=capitals)) for at, to in parts)


def _read(written: str, vocabulary: Vocabulary, *, capitals: bool) -> Word:
    """Return what a written word is by itself; ``capitals`` says that all its sentence is in capitals."""
    word = written.lower()
    known = vocabulary.words.get(word)
    if known and "initials" in known.roles and not written.isupper():
        known = None  # "Kia" is no "KIA"
    settled = word not in UNSETTLED and word not in vocabulary.phrases and not (known and "month" in known.roles)
    if known:
        return Word(word, known.roles, known.senses, settled)
    return Word(word, _unknown_roles(word, written, capitals=capitals), (), settled)


@cache
def _index_phrases(vocabulary: Vocabulary) -> dict[tuple[str, str], list[Phrase]]:
    """Return the phrases of the vocabulary by their first two words, the longest first."""
    index: dict[tuple[str, str], list[Phrase]] = defaultdict(list)
    for found in vocabulary.phrases.values():
        for phrase, entry in found:
            index[phrase[0], phrase[1]].append((phrase, entry))
    return dict(index)


def _longest_phrase(words: list[str], at: int, vocabulary: Vocabulary) -> tuple[int, Entry] | None:
    if at + 1 < len(words):
        for phrase, entry in _index_phrases(vocabulary).get((words[at], words[at + 1]), ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase), entry
    return None


def _tagged(tokens: Sequence[Token | Quantity], sentence: Sentence, vocabulary: Vocabulary) -> list[Piece]:
    words = ["" if isinstance(token, Quantity) else token[2].text for token in tokens]
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if isinstance(token, Quantity):
            span = slice(token.phrase_start - sentence.start, token.phrase_end - sentence.start)
            pieces.append(_quantity_piece(token, sentence.text[span]))
            at += 1
            continue
        start, end, (word, roles, senses, settled) = token
        if settled:
            pieces.append(Piece(start, end, word, roles, senses))
            at += 1
        elif length := _left_out(words, at, vocabulary):
            at += length
        elif found := _longest_phrase(words, at, vocabulary):
            length, entry = found
            last = tokens[at + length - 1]
            end = last.phrase_end if isinstance(last, Quantity) else last[1]
            pieces.append(Piece(start, end, " ".join(words[at : at + length]), entry.roles, entry.senses))
            at += length
        elif "month" in roles and _is_dated(words, at):
            written = sentence.text[start - sentence.start : end - sentence.start]
            capitals = sentence.text.isupper()
            pieces.append(Piece(start, end, word, _unknown_roles(word, written, capitals=capitals)))
            at += 1
        else:
            pieces.append(Piece(start, end, word, roles, senses))
            at += 1
    return pieces


def _left_out(words: Sequence[str], at: int, vocabulary: Vocabulary) -> int:
    """Return how many tokens from here are no words of the sentence: quotes, the stop of "Dr.", a footnote mark."""
    word = words[at]
    if word in QUOTES:
        return 1  # a quoted name is read as the name
    if word == "." and at + 1 < len(words) and words[at - 1] in vocabulary.abbreviated:
        return 1  # "Dr. Omar Salim"
    footnote = word == "[" and at + 2 < len(words) and words[at + 2] == "]" and not words[at + 1].isalpha()
    return 3 if footnote else 0


def _is_dated(words: Sequence[str], at: int) -> bool:
    """Whether "may" or "march" is the month, being beside the number of a day."""
    return (at > 0 and words[at - 1].isdigit()) or (at + 1 < len(words) and words[at + 1].isdigit())


def _unknown_roles(word: str, written: str, *, capitals: bool) -> frozenset[str]:
    if word == "'s":
        return frozenset({"poss"})
    if word == ";":
        return frozenset({"stop", "pause"})
    mark = PUNCTUATION.get(word)
    if mark or not word[0].isalnum():
        return frozenset({mark or "stop"})
    return shape_roles(word, capital=written[0].isupper() and not capitals)
