"""Columns of print on a PDF page that was written line by line across them: they are read one after the other."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from reports.pdf_lines import BAR, Line

_FEWEST_LINES = 5
_WORDS = 3.5
"""Words that a line of a column of print has at least, on average; cells of a table have fewer."""
_ALIGNED = 4.0
"""Points by which the beginnings of a column's lines may differ."""


def read_columns(rows: Sequence[Sequence[Line]]) -> list[Line]:
    """Return the lines of a page out of its rows, each row the pieces that wide gaps part.

    Where many rows after each other have two pieces of prose that begin under each other, they are two columns: the
    left is read to its end, then the right. Any other row is a row of a table and stays one line, with bars.
    """
    lines: list[Line] = []
    for is_pair, group in groupby(rows, key=lambda row: len(row) == 2):  # noqa: PLR2004  two columns
        run = list(group)
        if is_pair and _are_columns(run):
            lines += [left for left, _ in run]
            lines += [right for _, right in run]
        else:
            lines += map(_join_row, run)
    return lines


def _are_columns(rows: Sequence[Sequence[Line]]) -> bool:
    if len(rows) < _FEWEST_LINES:
        return False
    for column in zip(*rows, strict=True):
        start = median(line.left for line in column)
        if sum(abs(line.left - start) <= _ALIGNED for line in column) < len(column) - 2:
            return False
        if sum(len(line.text.split()) for line in column) < _WORDS * len(column):
            return False
    return True


def _join_row(row: Sequence[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return replace(row[0], text=BAR.join(line.text for line in row), right=row[-1].right, kept=True)
