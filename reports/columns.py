"""Which column of a table holds which field of a report: guessed by name, then by content; shown, and correctable."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import regex

from reports.errors import ColumnError
from reports.fields import Origin
from reports.records import Notice

TABLE = Path(__file__).with_name("columns.toml")
FIELDS = ("text", "title", "publisher", "published", "url", "id", "language")
_PARTING = regex.compile(r"[\s\-/]++")
_FEWEST_WORDS = 5
"""How many words the cells of a column hold on average, at least, for it to be taken for the reports' words."""


def guess_columns(
    header: Sequence[str], rows: Iterable[Sequence[str]] = (), corrections: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """Return the column for each field that has one, corrections first; without words there is no "text".

    ``rows`` are some of the table's: where no name says which column holds the words, the one with most of them does.
    A correction to a column named "" takes the field away.

    >>> guess_columns(["Printed on", "Headline", "Narrative"])
    {'text': 'Narrative', 'title': 'Headline'}
    """
    given = dict(corrections)
    by_name = {_even(name): name for name in reversed(header) if name}
    found = {}
    for field, names in _load_names().items():
        name = given.get(field, next((by_name[one] for one in names if one in by_name), ""))
        if name:
            found[field] = name
    if "text" not in found:
        found |= _guess_words(header, list(rows), set(found.values()))
    return {field: found[field] for field in FIELDS if field in found}


def show_columns(columns: Mapping[str, str], header: Sequence[str], origin: Origin) -> Notice:
    """Return what is to be shown of a mapping; it has no words where an error will say what is missing."""
    told = ", ".join(f"{field} from {name}" for field, name in columns.items())
    fits = "text" in columns and set(columns.values()) <= set(header)
    remedy = "to correct it: --columns text=NAME,published=NAME"
    return Notice(origin.name, told if fits else "", remedy, tuple(filter(None, header)), tuple(columns.items()))


def check_columns(columns: Mapping[str, str], header: Sequence[str], origin: Origin) -> None:
    """Raise ColumnError where a mapping names what is not there, or has no words."""
    shown = ", ".join(filter(None, header))[:200]
    for field, name in origin.columns:
        if field not in FIELDS:
            raise ColumnError(origin.name, f"no field {field!r}", f"name one of {', '.join(FIELDS)}")
        if name and name not in header:
            raise ColumnError(origin.name, f"no column {name!r} among {shown}", "correct --columns")
    if "text" not in columns:
        raise ColumnError(origin.name, f"no column of words among {shown}", "name it: --columns text=NAME")


def _guess_words(header: Sequence[str], rows: Sequence[Sequence[str]], taken: set[str]) -> dict[str, str]:
    lengths = {
        name: sum(len(str(row[at]).split()) for row in rows if at < len(row) and row[at]) / len(rows)
        for at, name in enumerate(header)
        if rows and name and name not in taken
    }
    best = max(lengths, key=lambda name: lengths[name], default=None)
    return {"text": best} if best is not None and lengths[best] >= _FEWEST_WORDS else {}


def _even(name: str) -> str:
    return _PARTING.sub("_", name.strip().lower())


@cache
def _load_names() -> dict[str, list[str]]:
    return dict(tomllib.loads(TABLE.read_text(encoding="utf-8")))
