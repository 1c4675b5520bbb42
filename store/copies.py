"""One text that several papers print: which report is a copy of which, and which of its figures repeat it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ClauseElement, Connection, Row, bindparam, delete, insert, or_, select

from reports.records import Report
from store.statements import insert_rows, run_plainly
from store.tables import BANDS, FIGURES, REPORTS, TWINS
from store.texts import SHORT, fold_words, share_of_pieces

SIMILAR = 0.7
"""The share of common pieces from which two long texts are one text."""

DAYS = 3
"""How many days after another paper one still prints its text; a bulletin of the same words a week later is its own."""

_CANDIDATES = 50
_QUOTE = 0.5
_COUNT = ("metric", "value", "low", "high", "qualifier", "unit", "group", "basis", "status")
_PERIOD = ("start", "end", "precision")

_FIND_CANDIDATES = (
    select(REPORTS.c.id, REPORTS.c.text, REPORTS.c.publisher, REPORTS.c.published, REPORTS.c.address)
    .where(REPORTS.c.number.in_(bindparam("numbers", expanding=True)))
    .order_by(REPORTS.c.number)
)


def find_original(connection: Connection, report: Report, address: str | None, keys: Sequence[int]) -> str | None:
    """Return the id of the report whose text this one prints, None where it is a text of its own.

    ``keys`` are those of its signature (``sign_words``).
    """
    day = _day(report.published)
    near = {"since": day - DAYS, "until": day + DAYS} if day else {"since": 0, "until": date.max.toordinal()}
    named = {f"key{place}": key for place, key in enumerate(keys)}
    found = [number for (number,) in run_plainly(connection, _find_numbers(len(keys)), {**near, **named})]
    if not found:
        return None
    words = fold_words(report.text)
    for row in connection.execute(_FIND_CANDIDATES, {"numbers": found}):
        if _may_copy(row, report, address) and _is_one_text(fold_words(row.text), words):
            return str(row.id)
    return None


def keep_signature(connection: Connection, number: int, published: date | None, keys: Sequence[int]) -> None:
    """Let later copies of a text find it."""
    insert_rows(connection, BANDS, [(key, _day(published), number) for key in set(keys)])


def link_twins(connection: Connection, report_id: str, original_id: str) -> None:
    """Note which figures of a copy repeat one of the original, in place of what was noted before."""
    own = select(FIGURES.c.id).where(FIGURES.c.report == report_id)
    connection.execute(delete(TWINS).where(TWINS.c.figure.in_(own)))
    pairs = pair_twins(_read_rows(connection, report_id), _read_rows(connection, original_id))
    rows = [{"figure": figure, "original": original} for figure, original in pairs]
    if rows:
        connection.execute(insert(TWINS), rows)


def pair_twins(
    figures: Sequence[Mapping[str, Any]], originals: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, str]]:
    """Yield the ids of figures with those that they repeat: the same count in the same words, each used once."""
    free = list(originals)
    for figure in figures:
        twin = next((other for other in free if _is_twin(figure, other)), None)
        if twin is not None:
            free.remove(twin)
            yield figure["id"], twin["id"]


@cache
def _find_numbers(keys: int) -> ClauseElement:
    """Return the query for the numbers of reports that share one of so many keys."""
    named: list[BindParameter[int]] = [bindparam(f"key{place}") for place in range(keys)]
    near = or_(BANDS.c.day.between(bindparam("since"), bindparam("until")), BANDS.c.day == 0)
    query = select(BANDS.c.number).where(BANDS.c.key.in_(named), near)
    return query.distinct().order_by(BANDS.c.number).limit(_CANDIDATES)


def _is_twin(figure: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if any(figure[name] != other[name] for name in _COUNT):
        return False
    words, others = fold_words(figure["quote"]), fold_words(other["quote"])
    if words == others:
        # A paper that prints "yesterday" a day late does not speak of another day.
        return True
    same_days = all(figure[name] == other[name] for name in _PERIOD)
    return same_days and share_of_pieces(words, others) >= _QUOTE


def _read_rows(connection: Connection, report_id: str) -> list[Mapping[str, Any]]:
    columns = [FIGURES.c[name] for name in ("id", "quote", *_COUNT, *_PERIOD)]
    query = select(*columns).where(FIGURES.c.report == report_id).order_by(FIGURES.c.span_start, FIGURES.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _may_copy(row: Row[*tuple[Any, ...]], report: Report, address: str | None) -> bool:
    if address is not None and row.address == address:
        # Another version, which is kept as one.
        return False
    if row.publisher and report.publisher and row.publisher != report.publisher:
        return True
    # One paper that prints the same words on two days counts twice: those are bulletins, or two events.
    return bool(row.published == report.published)


def _is_one_text(words: Sequence[str], others: Sequence[str]) -> bool:
    if min(len(words), len(others)) < SHORT:
        return list(words) == list(others)
    return share_of_pieces(words, others) >= SIMILAR


def _day(published: date | None) -> int:
    return published.toordinal() if published else 0
