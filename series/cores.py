"""Work on every core at once: numpy lets go of the interpreter while it gathers, sorts and compares."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_SEVERAL = 2


def work_on_cores(work: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """Return what a piece of work makes of each thing, in their order, as many at a time as there are cores.

    The things are begun in their order, too: where the largest come first, the cores end together.

    >>> work_on_cores(len, ["killed", "injured"])
    [6, 7]
    """
    asked = list(things)
    if len(asked) < _SEVERAL:
        return [work(thing) for thing in asked]
    with ThreadPoolExecutor(max_workers=max(1, min(len(asked), cpu_count() or 1))) as cores:
        return list(cores.map(work, asked))


def work_both(one: Callable[[], T], other: Callable[[], R]) -> tuple[T, R]:
    """Return what two pieces of work make, done at the same time.

    >>> work_both(lambda: 6, lambda: "killed")
    (6, 'killed')
    """
    with ThreadPoolExecutor(max_workers=1) as core:
        begun = core.submit(other)
        return one(), begun.result()
