"""Sentences: the text of a report made even, and cut where its sentences end."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from statistics import median

import regex

from parsers.engines import compile_either
from parsers.records import Document, Sentence, Span
from parsers.tables import load_section
from reports.records import Report

LONGEST = 2_000
"""No sentence handed on is longer, in characters: text without full stops is cut at a space."""

LONGEST_HEADLINE = 150
NARROWEST, WIDEST = 45, 110
"""Columns of a page between which lines of much the same length were wrapped by a machine."""

EVEN = {
    **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛‹›′`´ʼ＇", "'"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\t\ufeff\u200b\u2060\u200e\u200f", " "),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **{chr(ord("０") + digit): str(digit) for digit in range(10)},
    **{chr(ord("٠") + digit): str(digit) for digit in range(10)},
    **{chr(ord("۰") + digit): str(digit) for digit in range(10)},
    "，": ",",
    "．": ".",
    "٬": ",",
    "٫": ".",
}
# Between two words a long dash parts clauses; as a hyphen it would make one word of "killed—12".
SPACED_DASH = regex.compile(r"[—―](?=\s|$)|(?<=\s|^)[—―]|(?<=\d)[—―](?=\d)")
BROKEN_WORD = regex.compile(r"(?<![\w-])(?<first>\p{L}{2,}+)-(?<gap>\ *+\n\ *+)(?<second>\p{L}{2,}+)(?![\w-])")

PARAGRAPH = compile_either(r"\S[^\n]*+(?:\n(?![^\S\n]*+\n)[^\n]*+)*+")
WORD = compile_either(r"\w")
LINE = compile_either(r"[^\n]++")
BULLET = compile_either(r"\s*+(?:[-*•▪‣◦●■·–—]\s++|[•▪‣◦●■]|\(?(?:\d{1,2}[.)]|[a-z]\))\s++)(?=\S)")
INLINE_BULLET = regex.compile(r"\s[•▪‣◦●■]\s")
LABELLED = regex.compile(
    r":\ ?+\d[\d.,]*+(?:\ \p{Ll}++){0,2}+\ ++(?=\p{Lu}[\p{L}/-]++(?:\ [\p{L}/-]++){0,4}+\ ?+:\ ?+\d)"
)
"""A number with its label, where the next label follows in the same line: "Deaths: 4 Injured: 12"."""
GARBLED = regex.compile(r"Š—È(?=\s)")
"""An apostrophe of one encoding read in another, as some archives have it: familiesŠ—È homes."""
BARE_NUMBER = compile_either(r"\s*+[\d][\d,.]*+(?:\s\p{Ll}++)?+\s*+")
LABEL = compile_either(r"\s*+\p{Lu}[\p{L}-]*+(?:\s\p{L}[\p{L}-]*+){0,4}+\s*+")
INDENT = compile_either(r"\ {2,}")
FINAL = compile_either(r"""[.!?…:;,][\s"')\]]*+$""")
TABULAR = compile_either(r"\||:\s?+\d")

STOP = compile_either(
    r"""
    (?: (?<stop>(?<!\.)\.) | (?<![!?…])[!?…]++ | (?<!\.)\.{2,}+ )
    (?<closed> ["')\]]*+ )
    (?: \s++ (?=(?<opener>["'(\[*]*+\p{Lu}[\p{L}']*+) | ["'(\[]*+\d | ["(\[])
    | (?: (?<=\p{Ll}{2}[.!?]["')]) | (?<=\p{Ll}{2}[.!?]) ) (?=["']?\p{Lu}\p{Ll})  # a space lost: "were killed.The army"
    )
    """,
    regex.X,
)
REACH = 20
"""How far back the word before a full stop is looked for; an abbreviation is shorter."""
LAST_WORD = regex.compile(r"(?r)(?<![\w.])(?<word>(?:\p{L}\.?+)*+\p{L})")


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """The words of a language after which a full stop says little, or nothing."""

    before_names: frozenset[str]
    others: frozenset[str]
    openers: frozenset[str]
    hyphened: frozenset[str]


@cache
def load_abbreviations(language: str) -> Abbreviations:
    """Load a language's abbreviations; raises TableError."""
    words = load_section(language, "sentences")
    return Abbreviations(
        words.words("before_names"), words.words("abbreviations"), words.words("openers"), words.words("hyphened")
    )


def read_document(report: Report) -> Document:
    r"""Make the text of a report even and cut it into sentences.

    The even text is as long as the report's, so that spans hold in both: quotes, spaces and dashes become plain, a
    line end inside a paragraph becomes a space, and a word broken over two lines is put together, moved to the right.

    >>> text = "Two killed in Idlib\n\nGen. A. Saleh said 1.5 million fled. “Nobody stayed,” he said."
    >>> document = read_document(Report(id="a1", text=text))
    >>> [(sentence.text, sentence.headline) for sentence in document.sentences]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('Two killed in Idlib', True), ('Gen. A. Saleh said 1.5 million fled.', False),
     ('"Nobody stayed," he said.', False)]
    """
    return split_document(report, even_text(report))


def split_document(report: Report, text: str) -> Document:
    """Cut the text of a report, made even, into sentences."""
    words = load_abbreviations(report.language)
    blocks = list(_split_blocks(text))
    text = _unwrapped(text, blocks)
    sentences = [sentence for block in blocks for sentence in _split_sentences(text, block, words)]
    return Document(report, text, tuple(sentences))


def even_text(report: Report) -> str:
    """Return the text of a report with plain quotes, spaces and dashes, as long as it was."""
    return _even(report.text, load_abbreviations(report.language))


@dataclass(frozen=True, slots=True)
class Block:
    """A run of lines that belong together, without its bullet."""

    start: int
    end: int
    paragraph: int
    headline: bool


def _even(text: str, words: Abbreviations) -> str:
    if not text.isascii():
        text = SPACED_DASH.sub("-", GARBLED.sub("'  ", text))
        for character in set(text) & EVEN.keys():
            text = text.replace(character, EVEN[character])
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    if "\t" in text:
        text = text.replace("\t", " ")
    return BROKEN_WORD.sub(lambda m: _mended(m, words), text) if "-\n" in text else text


def _mended(m: regex.Match[str], words: Abbreviations) -> str:
    keeps_hyphen = m["first"].lower() in words.hyphened or not (m["first"] + m["second"]).islower()
    word = f"{m['first']}-{m['second']}" if keeps_hyphen else m["first"] + m["second"]
    return word.rjust(len(m.group()))


def _split_blocks(text: str) -> Iterator[Block]:
    paragraphs = [lines for m in PARAGRAPH.finditer(text) if (lines := _lines(text, m.span()))]
    width = _wrap_width(paragraphs)
    for number, lines in enumerate(paragraphs):
        items = list(_split_items(text, lines, width))
        for position, (start, end) in enumerate(items):
            heads_paragraphs = len(items) == 1 and number + 1 < len(paragraphs)
            heads_lines = number == position == 0 and len(items) > 1
            headline = (heads_paragraphs or heads_lines) and _is_headline(text[start:end])
            m = BULLET.match(text, start, end)
            yield Block(m.end() if m else start, end, number, headline)


def _lines(text: str, span: Span) -> list[Span]:
    return [m.span() for m in LINE.finditer(text, *span) if WORD.search(m.group())]


def _wrap_width(paragraphs: list[list[Span]]) -> int:
    """Return the width at which the lines of the text were wrapped, 0 where they were not."""
    lengths = [end - start for lines in paragraphs for start, end in lines[:-1]]
    if len(lengths) <= 1:
        return 0
    width = sorted(lengths)[len(lengths) * 9 // 10]
    even = sum(length > width * 0.75 for length in lengths) > len(lengths) * 0.7
    return width if even and width <= WIDEST and median(lengths) >= NARROWEST else 0


def _split_items(text: str, lines: list[Span], width: int) -> Iterator[Span]:
    """Yield the runs of lines of a paragraph that read on; a list's items are a run each."""
    start, end = lines[0]
    leads = BARE_NUMBER.fullmatch(text, start, end) is not None
    for following in lines[1:]:
        if _reads_on(text, (start, end), following, width) or (leads and _is_labelled(text, (start, end), following)):
            end = following[1]
            continue
        yield start, end
        start, end = following
    yield start, end


def _is_labelled(text: str, run: Span, following: Span) -> bool:
    """Whether a line is the label of the number above it, in a box whose numbers stand first."""
    return bool(BARE_NUMBER.fullmatch(text, *run) and LABEL.fullmatch(text, *following))


def _reads_on(text: str, run: Span, following: Span, width: int) -> bool:
    line = text[following[0] : following[1]]
    last = text.rfind("\n", run[0], run[1]) + 1 or run[0]
    stripped = line.lstrip()
    if BULLET.match(line):
        return False
    if stripped[0].islower():
        return True
    if INDENT.match(line) and not INDENT.match(text, last):
        return False
    fits = run[1] - last + 1 + len(stripped.split(" ", 1)[0]) < width * 0.8
    return bool(width) and not fits


def _is_headline(text: str) -> bool:
    short = len(text) <= LONGEST_HEADLINE and "\n" not in text.strip()
    return short and not (FINAL.search(text) or TABULAR.search(text) or BULLET.match(text))


def _unwrapped(text: str, blocks: list[Block]) -> str:
    if not any("\n" in text[block.start : block.end] for block in blocks):
        return text
    pieces, at = [], 0
    for block in blocks:
        pieces += [text[at : block.start], text[block.start : block.end].replace("\n", " ")]
        at = block.end
    return "".join([*pieces, text[at:]])


def _split_sentences(text: str, block: Block, words: Abbreviations) -> Iterator[Sentence]:
    start = block.start
    for end in [*_ends(text, block, words), block.end]:
        for left, right in _cut(text, start, end):
            yield Sentence(text[left:right], left, block.paragraph, block.headline)
        start = end


def _ends(text: str, block: Block, words: Abbreviations) -> list[int]:
    ends = [m.end() for m in STOP.finditer(text, block.start, block.end) if _ends_sentence(text, m, words)]
    span = block.start, block.end
    # One look for a sign spares most texts the patterns.
    bullets = [] if text.isascii() else [m.end() for m in INLINE_BULLET.finditer(text, *span)]
    labels = [m.end() for m in LABELLED.finditer(text, *span, overlapped=True)] if ":" in text[slice(*span)] else []
    return sorted({*ends, *bullets, *labels}) if bullets or labels else ends


def _ends_sentence(text: str, m: regex.Match[str], words: Abbreviations) -> bool:
    if not m["stop"]:
        return True
    word = "" if m["closed"] else _last_word(text, m.start())
    if not word:
        return True
    opener = (m["opener"] or "").strip("\"'([*").lower()
    if word in words.before_names:
        return False
    if word in words.others or "." in word:
        return opener in words.openers
    # After an initial only a word of two letters or more can be told from the next initial.
    return len(word) > 1 or (opener in words.openers and len(opener) > 1)


def _last_word(text: str, end: int) -> str:
    """Return the word that ends there, with the points inside it, in lower case; "" for none."""
    last = text[max(0, end - REACH) : end].rpartition(" ")
    if last[1] and last[2].isalpha():
        return last[2].lower()  # most words, without a pattern
    before = LAST_WORD.match(text, max(0, end - REACH), end)
    return before["word"].lower() if before else ""


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the stripped span, in pieces of at most LONGEST characters, cut at spaces."""
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space if space > 0 else start + LONGEST
        yield from _stripped(text, start, middle)
        start = middle
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    bullet = BULLET.match(piece) if piece[:1] in "•▪‣◦●■" else None
    left = start + (bullet.end() if bullet else len(piece) - len(piece.lstrip()))
    right = start + len(piece.rstrip(" \n•▪‣◦●■"))
    if left < right:
        yield left, right
