"""Little worlds of claims, read from ``tests/corpus/series``: figures, choices, and the points they should give."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import regex

from series.bins import Bin
from series.options import By, Options, Spread, Vague

CORPUS = Path(__file__).parent / "corpus" / "series"
BLANK: dict[str, Any] = dict.fromkeys(
    [
        *("id", "report", "metric", "value", "low", "high", "qualifier", "unit", "group", "group_text", "source"),
        *("source_text", "via", "publisher", "status", "basis", "place", "place_text", "admin1", "country"),
        *("latitude", "longitude", "start", "end", "precision", "published", "part_of", "share", "quote"),
        *("span_start", "span_end", "rule", "confidence", "title", "url", "paraphrased"),
    ]
)
USUAL = BLANK | {
    "metric": "killed",
    "unit": "person",
    "basis": "new",
    "status": "reported",
    "source": "Observatory",
    "publisher": "Daily",
    "admin1": "SY-ID",
    "country": "SYR",
    "place": "Sarmin",
    "paraphrased": False,
}
DAY = "2020-01-05"
WORDS = {"dozens": (24, 99), "hundreds": (200, 999), "thousands": (2000, 9999)}
NUMBER = regex.compile(
    r"(?: (?P<hedge> at\ least | up\ to | about )\ )? (?P<number> \d++ ) (?: \ to\ (?P<high> \d++ ) )?", regex.X
)
HEDGES = {"at least": "at_least", "up to": "at_most", "about": "about"}
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """One heading of the corpus: its figures, its choices, the points expected, those left out, or the refusal."""

    name: str
    figures: Sequence[Row]
    choices: Sequence[str] = ()
    points: Sequence[Row] = ()
    left: Sequence[Row] = ()
    refused: str = ""
    path: Path = field(default=CORPUS)


def read_worlds() -> Iterator[World]:
    """Read every world of the corpus."""
    for path in sorted(CORPUS.glob("[0-9]*.md")):
        for chapter in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            yield read_world(chapter, path)


def read_world(chapter: str, path: Path) -> World:
    """Read one world: a heading, tables, and the lines ``Options:`` and ``Refused:``."""
    name, _, body = chapter.partition("\n")
    tables = [list(_read_table(lines)) for lines in regex.findall(r"(?:^\|.*\n)+", body, flags=regex.M)]
    said = dict(regex.findall(r"^(Options|Refused): (.*)$", body, flags=regex.M))
    figures, *answers = tables
    left = [rows for rows in answers if "left out" in rows[0]]
    points = [rows for rows in answers if "left out" not in rows[0]]
    choices = [choice.strip() for choice in said.get("Options", "").split(";") if choice.strip()]
    return World(
        name, figures, choices, points[0] if points else (), left[0] if left else (), said.get("Refused", ""), path
    )


def _read_table(lines: str) -> Iterator[Row]:
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines.strip().split("\n"))
    for row in rows:
        yield dict(zip(head, row, strict=True))


def build_figures(rows: Sequence[Row]) -> pd.DataFrame:
    """Return the figures of a world as the store would give them, with ``copy_of`` where a world has it."""
    figures = pd.DataFrame([_build_figure(row) for row in rows], columns=[*BLANK, "copy_of"])
    for column in ("start", "end", "published"):
        figures[column] = pd.to_datetime(figures[column])
    return figures


def _build_figure(row: Row) -> dict[str, Any]:
    cells: dict[str, Any] = {name: None if cell == "-" else cell for name, cell in row.items() if cell}
    day = cells.pop("day", DAY)
    end = cells.pop("to", day)
    figure = USUAL | read_number(cells.pop("number")) | {"start": cells.pop("from", end), "end": end}
    after = pd.Timestamp(end or DAY) + pd.Timedelta(days=1)
    figure |= {"id": cells.pop("figure"), "published": cells.pop("printed", after)}
    figure |= {"report": cells.pop("report", f"r-{figure['id']}"), "part_of": cells.pop("part of", None)}
    figure |= {"copy_of": cells.pop("copy of", None), "quote": cells.pop("says", None)}
    return figure | {name: cell for name, cell in cells.items() if name in BLANK}


def read_number(words: str) -> dict[str, Any]:
    """Return value, low, high and qualifier of a number in words.

    >>> read_number("at least 17")
    {'value': 17, 'low': 17, 'high': None, 'qualifier': 'at_least'}
    """
    if words in WORDS:
        low, high = WORDS[words]
        return {"value": None, "low": low, "high": high, "qualifier": "vague"}
    m = NUMBER.fullmatch(words)
    assert m, f"{words!r} is no number"
    number = int(m["number"])
    if m["high"]:
        return {"value": None, "low": number, "high": int(m["high"]), "qualifier": "range"}
    qualifier = HEDGES.get(m["hedge"] or "", "exact")
    return {
        "value": number,
        "low": None if qualifier in {"at_most", "about"} else number,
        "high": None if qualifier in {"at_least", "about"} else number,
        "qualifier": qualifier,
    }


def build_reviews(rows: Sequence[Row]) -> pd.DataFrame | None:
    """Return the reviews of a world, None where it has none."""
    found = []
    for row in rows:
        if row.get("review", "-") not in {"", "-"}:
            review: dict[str, Any] = {"figure": row["figure"], "review": row["review"]}
            if number := row.get("corrected number"):
                review |= read_number(number)
            if source := row.get("corrected source"):
                review["source"] = source
            found.append(review)
    return pd.DataFrame(found) if found else None


def read_choices(choices: Sequence[str]) -> tuple[Options, dict[str, str]]:
    """Return the options of a world, and what else it asks for by name."""
    words = dict(choice.partition(" ")[::2] for choice in choices)
    known: dict[str, Any] = {}
    readers: dict[str, Any] = {"by": By, "vague": Vague, "spread": Spread, "best": str}
    for name, read in readers.items():
        if name in words:
            known[name] = read(words.pop(name))
    if "bin" in words:
        known["width"] = Bin(words.pop("bin"))
    if "as" in words:
        known["as_known"] = date.fromisoformat(words.pop("as").removeprefix("known "))
    if "status" in words:
        known["statuses"] = tuple(part.strip() for part in words.pop("status").split(","))
    if "households" in words:
        known["households"] = words.pop("households") == ""
    return Options(**known), words
