"""The lines of a PDF page: pieces of text by where they stand become lines, lines become paragraphs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

import regex
from pypdfium2 import raw

HYPHEN = "\ufffe"
"""What PDFium writes for the hyphen of a word that is broken at the end of a line."""
_DIGITS = regex.compile(r"\d+")
_HYPHENATED = regex.compile(r"(?<=\p{Ll})[-\u00ad\ufffe\x02]$")
_WRITTEN_LINE = regex.compile(r"[^\s\x00](?:[^\r\n\x00]*[^\s\x00])?")
_SPACES = regex.compile(r"[^\S\r\n]+")
_LISTED = regex.compile(r"(?:[•▪●◦‣·–-]|\(?\d{1,2}[.)]|[a-z][.)])\s", regex.I)
_EDGE_LINES, _REPEATED = 3, 0.5
_GAP, _COLUMN, _FULL = 1.6, 1.5, 0.75
_FEWEST_PAGES, _RESIZED, _FARTHEST = 3, 1.25, 3
BAR = " | "
"""What parts the cells of a row."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its words, and its box in points from the lower left corner; ``kept`` is never joined."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    kept: bool = False

    @property
    def height(self) -> float:
        """How high its letters stand."""
        return self.top - self.bottom


def read_rows(page: Any) -> list[list[Line]]:
    """Return the rows of a PDFium page in the order in which they are written; a wide gap parts a row in pieces.

    PDFium breaks a line before a number that stands far off, and goes on in it with the words of the next row: what
    stands beside each other is one row, whatever the breaks say.
    """
    words = page.get_textpage()
    rows: list[list[Line]] = []
    try:
        text = "".join(chr(raw.FPDFText_GetUnicode(words, at)) for at in range(words.count_chars()))
        for m in _WRITTEN_LINE.finditer(text):
            for piece in _read_pieces(words, text, m.start(), m.end()):
                if rows and _is_beside(rows[-1][-1], piece):
                    rows[-1].append(piece)
                else:
                    rows.append([piece])
    finally:
        words.close()
    return rows


def _read_pieces(words: Any, text: str, start: int, end: int) -> Iterator[Line]:
    """Yield the pieces of the line in [start, end) of a page's characters, as PDFium has put them in order."""
    told, at, first = "", start, start
    box = words.get_charbox(start, loose=True)
    for m in _SPACES.finditer(text, start, end):
        told += text[at : m.start()]
        at = m.end()
        right, following = words.get_charbox(m.start() - 1)[2], words.get_charbox(at, loose=True)
        middle = (following[1] + following[3]) / 2
        if following[0] - right > _COLUMN * max(box[3] - box[1], 1.0) or not box[1] <= middle <= box[3]:
            yield Line(told, words.get_charbox(first)[0], box[1], right, box[3])
            told, first, box = "", at, following
        else:
            told += " "
    yield Line(told + text[at:end], words.get_charbox(first)[0], box[1], words.get_charbox(end - 1)[2], box[3])


def _is_beside(one: Line, other: Line) -> bool:
    middle = (other.bottom + other.top) / 2
    return one.bottom <= middle <= one.top and other.left - one.right > _COLUMN * max(one.height, 1.0)


def drop_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Return the pages without headers and footers: what stands at the edge of most pages, but for its numbers."""
    if len(pages) < _FEWEST_PAGES:
        return [list(page) for page in pages]
    seen = Counter(key for page in pages for key in {_key(line) for line in _find_edges(page)})
    furniture = {key for key, count in seen.items() if count > _REPEATED * len(pages)}
    return [[line for line in page if not (line in _find_edges(page) and _key(line) in furniture)] for page in pages]


def _find_edges(page: Sequence[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: line.top)
    return [*by_height[:_EDGE_LINES], *by_height[-_EDGE_LINES:]]


def _key(line: Line) -> str:
    return _DIGITS.sub("0", line.text.casefold())


def join_lines(pages: Sequence[Sequence[Line]]) -> str:
    r"""Return the lines as paragraphs; a word that was broken at the end of a line is whole again.

    >>> first, second = Line("Nine peo-", 0, 20, 90, 30), Line("ple died.", 0, 8, 40, 18)
    >>> join_lines([[first, second]])
    'Nine people died.'
    """
    text = ""
    before: Line | None = None
    for page in pages:
        widest = max((line.right for line in page), default=0)
        leading = _find_leading(page)
        for line in page:
            if before is None:
                text = line.text
            elif _goes_on(before, line, leading, widest):
                text = _join(text, line.text)
            else:
                text += ("\n" if before.kept and line.kept else "\n\n") + line.text
            before = line
    return text


def _join(text: str, more: str) -> str:
    if _HYPHENATED.search(text) and more[:1].islower():
        return text[:-1] + more
    return f"{text.removesuffix(HYPHEN)} {more}" if not text.endswith(HYPHEN) else f"{text[:-1]}-{more}"


def _goes_on(before: Line, line: Line, leading: float, widest: float) -> bool:
    """Tell whether a line continues the paragraph of the one before it."""
    if before.kept or line.kept or _LISTED.match(line.text):
        return False
    if _HYPHENATED.search(before.text):
        return True
    if not 1 / _RESIZED < before.height / max(line.height, 0.1) < _RESIZED:  # letters of another size begin anew
        return False
    step = before.bottom - line.bottom
    if step <= 0:
        # The next column, or page: a sentence that has not ended goes on there.
        return line.text[:1].islower()
    is_short = before.right < _FULL * widest
    return step < _GAP * leading and not (is_short and before.text.endswith((".", ":", "!", "?")))


def _find_leading(page: Sequence[Line]) -> float:
    """Return the usual step from one line of a page to the next, in points."""
    steps = list(_find_steps(page))
    return median(steps) if steps else 0.0


def _find_steps(page: Sequence[Line]) -> Iterator[float]:
    for one, other in pairwise(page):
        step = one.bottom - other.bottom
        if 0 < step < _FARTHEST * max(one.height, 1.0):
            yield step
