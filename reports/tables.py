"""Rows of a table become lines of text that keep what a number counts beside it."""

from collections.abc import Sequence

import regex

_NUMBER = regex.compile(r"[\s\d.,%+~<>≥≤*()\-–—]*\d[\s\d.,%+~<>≥≤*()\-–—]*[kKmM]?")
_FEWEST_COLUMNS = 3
_BAR = " | "


def write_rows(rows: Sequence[Sequence[str | None]]) -> str:
    r"""Return the rows as lines, cells parted by bars; where the first row heads columns of numbers, each has its head.

    A number far from its head would be a number of nothing, so the head is repeated.

    >>> write_rows([["District", "Killed", "Injured"], ["Orvela", "12", "45"]])
    'District: Orvela | Killed: 12 | Injured: 45'
    >>> write_rows([["Killed", "12"], ["Injured", "45"]])
    'Killed | 12\nInjured | 45'
    """
    cells = [[" ".join((cell or "").split()) for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if _has_heads(cells):
        return "\n".join(_write_headed(cells[0], row) for row in cells[1:])
    return "\n".join(_BAR.join(_drop_repeats(row)) for row in cells)


def _has_heads(rows: Sequence[Sequence[str]]) -> bool:
    if not rows[1:] or sum(map(bool, rows[0])) < _FEWEST_COLUMNS - 1 or len(rows[0]) < _FEWEST_COLUMNS:
        return False
    return not any(map(_NUMBER.fullmatch, rows[0])) and any(_NUMBER.fullmatch(cell) for row in rows[1:] for cell in row)


def _write_headed(heads: Sequence[str], row: Sequence[str]) -> str:
    named = list(zip(heads, row, strict=False))
    told = [f"{head}: {cell}" if head else cell for head, cell in named if cell]
    return _BAR.join([*told, *filter(None, row[len(heads) :])])


def _drop_repeats(row: Sequence[str]) -> list[str]:
    # A merged cell comes once for each column that it spans.
    kept = [cell for at, cell in enumerate(row) if cell and (at == 0 or cell != row[at - 1])]
    return kept or [cell for cell in row if cell]
