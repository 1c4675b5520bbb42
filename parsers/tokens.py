"""A sentence as pieces: words and phrases of the vocabulary, quantities whole, unknown words by their shape."""

from collections.abc import Sequence

import regex

from parsers.grammar import Piece
from parsers.records import Quantity, Sentence
from parsers.vocabulary import Entry, Vocabulary, unglue

TOKEN = regex.compile(
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
PUNCTUATION = {
    ",": "comma", "(": "open", "[": "open", ")": "close", "]": "close", '"': "quote", "'": "quote", ";": "stop",
    ":": "colon", ".": "stop", "!": "stop", "?": "stop", "-": "dash", "|": "bar", "&": "and", "/": "slash",
}  # fmt: skip


def _shape_roles(word: str, *, capital: bool) -> frozenset[str]:
    """Roles of a word that no table knows, by its ending and capital."""
    roles = {"name"} if capital else {"lower"}
    if word.endswith(("ists", "ians", "men", "ees")) and len(word) >= SHORTEST_PERSON:
        roles = {"person.many"}
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


def _longest_phrase(words: list[str], at: int, vocabulary: Vocabulary) -> tuple[int, Entry] | None:
    for phrase, entry in vocabulary.phrases.get(words[at], ()):
        if words[at + 1 : at + 2] == [phrase[1]] and tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase), entry
    return None


def split_pieces(sentence: Sentence, quantities: Sequence[Quantity], vocabulary: Vocabulary) -> list[Piece]:
    """Cut a sentence into pieces with roles; a quantity is one piece with its hedge.

    ``quantities`` are those of the sentence in text order. All words of the sentence are kept.
    """
    capitals = sentence.text.isupper()
    tokens: list[tuple[int, int, str] | Quantity] = []
    waiting = iter(quantities)
    following = next(waiting, None)
    for m in TOKEN.finditer(sentence.text):
        start, end = m.start() + sentence.start, m.end() + sentence.start
        while following and start >= following.phrase_end:
            following = next(waiting, None)
        if following and end > following.phrase_start:
            if start < following.phrase_start:  # "displacedabout 4,400"
                cut = following.phrase_start - start
                tokens.append((start, start + cut, m.group()[:cut]))
            if not tokens or tokens[-1] is not following:
                tokens.append(following)
            continue
        tokens += _parted(start, m.group(), vocabulary)
    return _tagged(tokens, sentence, vocabulary, capitals=capitals)


def _parted(start: int, written: str, vocabulary: Vocabulary) -> list[tuple[int, int, str]]:
    """Return a word as a token, or as two where a PDF ran two words together ("peoplefled")."""
    halves = written.split("/")
    if len(halves) == PAIR and all(half.lower() in vocabulary.words for half in halves):
        slash = start + len(halves[0])
        last = (slash + 1, start + len(written), halves[1])
        return [(start, slash, halves[0]), (slash, slash + 1, "/"), last]  # "houses/shelters"
    cut = unglue(written.lower(), vocabulary)
    whole = (start, start + len(written), written)
    return [(start, start + cut, written[:cut]), (start + cut, whole[1], written[cut:])] if cut else [whole]


def _tagged(
    tokens: Sequence[tuple[int, int, str] | Quantity], sentence: Sentence, vocabulary: Vocabulary, *, capitals: bool
) -> list[Piece]:
    words = ["" if isinstance(token, Quantity) else token[2].lower() for token in tokens]
    pieces: list[Piece] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if isinstance(token, Quantity):
            span = slice(token.phrase_start - sentence.start, token.phrase_end - sentence.start)
            pieces.append(_quantity_piece(token, sentence.text[span]))
            at += 1
            continue
        start, end, written = token
        word = words[at]
        if word in QUOTES:
            at += 1  # a quoted name is read as the name
            continue
        if word == "." and at + 1 < len(tokens) and words[at - 1] in vocabulary.abbreviated:
            at += 1  # "Dr. Omar Salim"
            continue
        if word == "[" and at + 2 < len(tokens) and words[at + 2] == "]" and not words[at + 1].isalpha():
            at += 3  # a footnote mark
            continue
        found = _longest_phrase(words, at, vocabulary) if word in vocabulary.phrases else None
        if found:
            length, entry = found
            last = tokens[at + length - 1]
            end = last.phrase_end if isinstance(last, Quantity) else last[1]
            text = " ".join(words[at : at + length])
            pieces.append(Piece(start, end, text, entry.roles, entry.senses))
            at += length
            continue
        known = vocabulary.words.get(word)
        if known and "initials" in known.roles and not written.isupper():
            known = None  # "Kia" is no "KIA"
        if known and not ("month" in known.roles and _is_dated(words, at)):
            pieces.append(Piece(start, end, word, known.roles, known.senses))
        else:
            pieces.append(Piece(start, end, word, _unknown_roles(word, written, capitals=capitals)))
        at += 1
    return pieces


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
    return _shape_roles(word, capital=written[0].isupper() and not capitals)
