"""Patterns that are compiled when they are first used: one report needs few of them, and all of them take seconds."""

from collections.abc import Callable
from typing import Any, cast

import regex


class Late:
    """A pattern by its makings; the first method asked of it compiles it, and from then on it is the pattern's own."""

    def __init__(self, make: Callable[[], "regex.Pattern[str]"]) -> None:
        """Keep what makes the pattern."""
        self._make = make

    def __getattr__(self, name: str) -> Any:
        """Return a method of the pattern, kept so that the next call goes straight to it."""
        pattern = self._make()
        for method in ("search", "match", "fullmatch", "finditer"):
            self.__dict__[method] = getattr(pattern, method)
        return getattr(pattern, name)


def compile_late(make: Callable[[], "regex.Pattern[str]"]) -> "regex.Pattern[str]":
    """Return what stands in for a pattern until it is used.

    >>> compile_late(lambda: regex.compile("[0-9]+")).findall("12 dead, 30 hurt")
    ['12', '30']
    """
    return cast("regex.Pattern[str]", Late(make))
