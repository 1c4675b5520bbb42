"""Characters that programs leave in text: control characters, soft hyphens, halves of characters."""

import regex

_STRAY = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = regex.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = regex.compile(r"[^\S\n]++")
_GAP = regex.compile(r"\ ?\n\ ?(?:\n\ ?)++")


def tidy(text: str) -> str:
    r"""Return text without stray characters, with single spaces and at most one empty line between paragraphs.

    >>> tidy("Nine peo\u00adple  died.\r\n\r\n\r\nSix were hurt.")
    'Nine people died.\n\nSix were hurt.'
    """
    text = _STRAY.sub("", _BREAK.sub("\n", text))
    text = _GAP.sub("\n\n", _SPACES.sub(" ", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()
