"""The one reader of tables: TOML sections of the lexicon and CSV rows of ``data/``, checked as they load."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LEXICON = Path(__file__).parent / "lexicon"
DATA = Path(__file__).parent.parent / "data"


class TableError(ValueError):
    """A table holds something it should not; the message names the file, the key and the remedy."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a TOML table, read with a check on every key."""

    path: Path
    name: str
    content: Mapping[str, Any]

    def refuse(self, key: str, remedy: str) -> TableError:
        """Return the error that names this file and key."""
        return TableError(f"{self.path}: [{self.name}] {key}: {remedy}")

    def _get(self, key: str) -> Any:
        if key not in self.content:
            raise self.refuse(key, "missing; add the key")
        return self.content[key]

    def words(self, key: str) -> frozenset[str]:
        """Return a list of phrases as a set; each must be lower case, not empty, and stand once."""
        phrases = self._get(key)
        if not isinstance(phrases, list) or not all(isinstance(phrase, str) for phrase in phrases):
            raise self.refuse(key, "must be a list of words in quotes")
        seen: set[str] = set()
        for phrase in phrases:
            if not phrase.strip() or phrase != phrase.strip().lower():
                raise self.refuse(key, f"{phrase!r} must be lower case, without space around it")
            if phrase in seen:
                raise self.refuse(key, f"{phrase!r} stands twice; remove one")
            seen.add(phrase)
        return frozenset(seen)

    def mapping(self, key: str) -> Mapping[str, Any]:
        """Return a table of phrase to value; each phrase must be lower case."""
        table = self._get(key)
        if not isinstance(table, dict):
            raise self.refuse(key, "must be a table: phrase = value")
        for phrase in table:
            if not phrase.strip() or phrase != phrase.strip().lower():
                raise self.refuse(f"{key}.{phrase}", "the phrase must be lower case, without space around it")
        return table

    def rows(self, key: str) -> tuple[Mapping[str, Any], ...]:
        """Return a list of tables ([[section.key]] entries)."""
        rows = self._get(key)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.refuse(key, f"must be written as [[{self.name}.{key}]] entries")
        return tuple(rows)

    def __contains__(self, key: str) -> bool:
        return key in self.content


@cache
def load_table(path: Path) -> Mapping[str, Any]:
    """Load one TOML file; a syntax error names the file and the line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise TableError(f"{path}: no such table; add the file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: not valid TOML: {error}; mend the line") from error


def load_section(name: str, section: str) -> Section:
    """Load one section of ``parsers/lexicon/<name>.toml``; dots in ``section`` go down a level."""
    path = LEXICON / f"{name}.toml"
    content: Any = load_table(path)
    for part in section.split("."):
        if not isinstance(content, dict) or part not in content:
            raise TableError(f"{path}: [{section}]: missing; add the section")
        content = content[part]
    return Section(path, section, content)


def load_rows(name: str, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the rows of ``data/<name>.csv``; its header must be ``columns``."""
    path = DATA / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        if tuple(reader.fieldnames or ()) != columns:
            raise TableError(f"{path}: line 1: the header must be {','.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise TableError(f"{path}: line {reader.line_num}: has {len(row)} cells, not {len(columns)}")
            yield row
