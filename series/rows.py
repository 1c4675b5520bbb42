"""Rows of numbers: columns of one length, picked and stacked without what a table of pandas costs each time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pandas as pd

from series.codes import join_codes, rank_columns, shift_numbers


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """A table of numbers by column; ``len`` is the number of rows.

    >>> rows = Rows({"day": np.array([7, 8, 7])})
    >>> len(rows), rows.pick(np.array([1])).assign(best=3.0)["best"].tolist()
    (3, [3.0])
    """

    columns: Mapping[str, np.ndarray]

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> np.ndarray:
        """Return a column."""
        return self.columns[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the columns."""
        return iter(self.columns)

    def assign(self, **columns: Any) -> Self:
        """Return the rows with columns added or replaced; one number stands in every row."""
        size = len(self)
        whole = {name: column if np.ndim(column) else np.full(size, column) for name, column in columns.items()}
        return type(self)({**self.columns, **whole})

    def pick(self, at: np.ndarray, names: Iterable[str] | None = None) -> Self:
        """Return rows by position (or by a mask), of all columns or of those named."""
        at = np.flatnonzero(at) if at.dtype == bool else at
        return type(self)({name: self.columns[name][at] for name in names or self.columns})

    def slice(self, begin: int, end: int) -> Self:
        """Return the rows between two positions, which share their memory with these."""
        return type(self)({name: column[begin:end] for name, column in self.columns.items()})

    def number(self, names: Iterable[str]) -> np.ndarray:
        """Return a number for each row, in the order of its values; rows that share the values of columns share it.

        >>> Rows({"place": np.array([4, 2, 4]), "day": np.array([1, 1, 1])}).number(["place", "day"]).tolist()
        [1, 0, 1]
        """
        return rank_columns(self._shift(names))[0] if len(self) else np.zeros(0, dtype=np.int64)

    def join(self, names: Iterable[str]) -> tuple[np.ndarray, int]:
        """Return several columns as one number for each row , and how many there may be."""
        return join_codes(self._shift(names))

    def _shift(self, names: Iterable[str]) -> Iterator[tuple[np.ndarray, int]]:
        return (shift_numbers(self.columns[name].astype(np.int64, copy=False)) for name in names)

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a table of pandas."""
        return pd.DataFrame(dict(self.columns), copy=False)


def stack_rows(*tables: Rows) -> Rows:
    """Return tables with the same columns below each other.

    >>> stack_rows(Rows({"day": np.array([7])}), Rows({"day": np.array([8])}))["day"].tolist()
    [7, 8]
    """
    return Rows({name: np.concatenate([table[name] for table in tables]) for name in tables[0]})
