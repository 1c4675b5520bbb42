"""Bytes become text: a byte order mark first, then what the file declares, then UTF-8, then what the letters show."""

import codecs
from contextlib import suppress

from reports.errors import EncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SHORTEST, _HEAD = 60, 100_000
"""Bytes from which on an encoding is guessed at all, and how many are looked at."""
_MOST_CHAOS = 0.1
_USUAL = "cp1252"


def decode_bytes(content: bytes, name: str, line: int | None = None, declared: str | None = None) -> str:
    r"""Return bytes as text; raises EncodingError where no encoding is certain.

    ``declared`` is the encoding that a header or the file itself names; it counts unless it cannot be right.

    >>> decode_bytes(b"\xff\xfeN\x00i\x00n\x00e\x00", "note.txt")
    'Nine'
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decode(content[len(mark) :], encoding, name, line)
    for encoding in filter(None, (declared, "utf-8")):
        with suppress(UnicodeDecodeError, LookupError, ValueError):
            return content.decode(encoding)
    return _decode(content, guess_encoding(content) or "utf-8", name, line)


def _decode(content: bytes, encoding: str, name: str, line: int | None) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        place = line or content.count(b"\n", 0, error.start) + 1
        problem = f"not {encoding.upper()} at byte {error.start}, and no other encoding is certain"
        raise EncodingError(name, problem, "save the file as UTF-8", place) from error


def guess_encoding(content: bytes) -> str | None:
    """Return the encoding that the letters show, None where they show none with certainty."""
    if len(content) < _SHORTEST:
        return None
    from charset_normalizer import from_bytes

    found = [one for one in from_bytes(content[:_HEAD]) if one.chaos <= _MOST_CHAOS]
    # A single stray byte fits a dozen encodings: a guess counts only where the letters make words of a language. Among
    # several that do, that of most old files of the West is the likeliest, for it is what a mistake costs least.
    if not any(one.coherence > 0 for one in found):
        return None
    usual = [one.encoding for one in found if _USUAL in {one.encoding, *one.could_be_from_charset}]
    return _USUAL if usual else found[0].encoding
