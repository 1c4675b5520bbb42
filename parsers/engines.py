"""Engines: a pattern is tried by the standard library's engine where it and the text allow, else by ``regex``.

On plain ASCII both find the same, and the library's takes half of the time, to compile as well. It knows no words of
varying length behind a place, no reading from the right and no properties of letters but these few.
"""

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, cast

import regex

LETTERS = {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z", "M": ""}
"""The ASCII letters that have a property."""
DIFFERENT = regex.compile(
    r"\\p\{(?P<letters>L|Lu|Ll|M)\} | \\. | (?P<open>\[\^?+\]?+) | (?P<close>\]) | (?P<named>\(\?<)(?=\w)", regex.X
)
"""What the engines write differently, and the marks that tell where a set of letters begins and ends."""
EXACT = sys.version_info >= (3, 11, 5)
"""Possessive repeats of the library gave up too early before."""
METHODS = ("search", "match", "fullmatch", "finditer", "findall")


class Either:
    """A pattern of both engines; each method goes to the one that the text needs."""

    def __init__(self, plain: "re.Pattern[str]", full: Callable[[], "regex.Pattern[str]"]) -> None:
        """Keep the pattern for plain texts, and what makes the other, once a text needs it."""
        self._full = full
        for name in METHODS:
            setattr(self, name, _choose(getattr(plain, name), full, name))

    def __getattr__(self, name: str) -> Any:
        """Return what only the full pattern has."""
        return getattr(self._full(), name)


def _choose(plain: Callable[..., Any], full: Callable[[], "regex.Pattern[str]"], name: str) -> Callable[..., Any]:
    def chosen(text: str, start: int = 0, end: int | None = None) -> Any:
        if text.isascii():
            return plain(text, start, sys.maxsize if end is None else end)
        return getattr(full(), name)(text, start, end)

    return chosen


def compile_either(pattern: str, flags: int = 0) -> "regex.Pattern[str]":
    r"""Compile a pattern for the engine that a text needs. Its matches have groups, but not all captures of one.

    >>> name = compile_either(r"\b\p{Lu}\p{Ll}++")
    >>> name.findall("Rain in Goma"), name.findall("Élan in Goma")
    (['Rain', 'Goma'], ['Élan', 'Goma'])
    """
    plain = _compile_plain(pattern, flags)
    full = cache(lambda: regex.compile(pattern, flags, cache_pattern=False))
    return cast("regex.Pattern[str]", Either(plain, full)) if plain else full()


def _compile_plain(pattern: str, flags: int) -> "re.Pattern[str] | None":
    """Compile a pattern for the standard library's engine; None where it has no such pattern."""
    try:
        return re.compile(_write_plain(pattern), int(flags) | re.ASCII) if EXACT else None
    except re.error:
        return None


def _write_plain(pattern: str) -> str:
    """Write a pattern as the library's engine reads it on plain ASCII."""
    inside = False

    def write(m: "regex.Match[str]") -> str:
        nonlocal inside
        if m["letters"]:
            return LETTERS[m["letters"]] if inside else f"[{LETTERS[m['letters']]}]"
        if m["named"]:
            return m.group() if inside else "(?P<"
        inside = bool(m["open"]) or (inside and not m["close"])
        return m.group()

    return DIFFERENT.sub(write, pattern)
