"""What people say of the figures: an append-only log of verdicts, laid over what was read."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import Connection, insert, select

from parsers.records import Basis, Metric, Precision, Qualifier, Status, Unit
from store.connections import Store, advance_revision, reading, writing
from store.errors import ReviewError
from store.tables import FIGURES, REVIEWS

FIELDS = (
    *("metric", "value", "low", "high", "qualifier", "unit", "group", "source", "status", "basis", "place"),
    *("admin1", "country", "latitude", "longitude", "start", "end", "precision"),
)
"""The fields of a figure that may be corrected; its words, its report and its rule are evidence."""

_CODES = {"metric": Metric, "qualifier": Qualifier, "unit": Unit, "status": Status, "basis": Basis}
_CODES_OR_NONE = {"precision": Precision}
_COUNTS, _DEGREES, _DAYS = ("value", "low", "high"), ("latitude", "longitude"), ("start", "end")


class Verdict(StrEnum):
    """What a reviewer says of a figure."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"


OUTCOMES = {Verdict.ACCEPT: "accepted", Verdict.CORRECT: "corrected", Verdict.REJECT: "rejected"}
"""What the column ``review`` says after each verdict."""


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the log: a verdict, or the correction of one field, with the value it had before.

    ``reading`` is the figure as it was read, without corrections, when it was reviewed.
    """

    number: int
    figure: str
    report: str
    span: tuple[int, int]
    quote: str
    verdict: Verdict
    field: str | None
    old: object
    new: object
    reading: Mapping[str, object]
    who: str
    why: str
    at: datetime


def add_review(
    store: Store,
    figure_id: str,
    verdict: Verdict,
    *,
    who: str,
    why: str,
    changes: Mapping[str, object] | None = None,
) -> None:
    """Write what somebody says of a figure into the log; with CORRECT, ``changes`` names fields and their new values.

    A count is a whole number or None, a day is a date, None or its ISO words. Raises ReviewError where nobody or no
    reason is named, the figure is not kept, a field may not be corrected, or the corrected figure contradicts itself.
    """
    if not who.strip() or not why.strip():
        raise ReviewError("a review says who and why; fill in both")
    if bool(changes) is not (verdict is Verdict.CORRECT):
        raise ReviewError("a correction names what changes, and nothing else does; give the fields with CORRECT")
    with writing(store) as connection:
        read = _read_figure(connection, figure_id)
        shown = {**read, **_list_corrections(connection, figure_id, read)}
        values = {name: _check_value(name, value) for name, value in (changes or {}).items()}
        _check_figure({**shown, **values})
        same = {"figure": figure_id, "report": read["report"], "quote": read["quote"], "verdict": str(verdict)}
        same |= {"span_start": read["span_start"], "span_end": read["span_end"], "who": who.strip(), "why": why.strip()}
        same |= {"at": datetime.now(UTC).isoformat(timespec="seconds"), "reading": _write(_fields(read))}
        rows = [
            {**same, "field": name, "old": _write(shown[name]), "new": _write(value)} for name, value in values.items()
        ]
        connection.execute(insert(REVIEWS), rows or [same])
        advance_revision(connection)


def read_reviews(store: Store, figure_id: str | None = None) -> list[Review]:
    """Return the log, of one figure or of all, from the first line to the last."""
    query = select(REVIEWS).order_by(REVIEWS.c.number)
    with reading(store) as connection:
        rows = connection.execute(query if figure_id is None else query.where(REVIEWS.c.figure == figure_id))
        return [_build_review(row) for row in rows.mappings()]


def read_standing(connection: Connection) -> list[Review]:
    """Return the lines of the log whose evidence still stands: the figure is there, with its words in their place."""
    same = (FIGURES.c.id == REVIEWS.c.figure) & (FIGURES.c.span_start == REVIEWS.c.span_start)
    same &= (FIGURES.c.span_end == REVIEWS.c.span_end) & (FIGURES.c.quote == REVIEWS.c.quote)
    query = select(REVIEWS).join(FIGURES, same).order_by(REVIEWS.c.number)
    return [_build_review(row) for row in connection.execute(query).mappings()]


def read_of_report(connection: Connection, report_id: str) -> list[Review]:
    """Return the lines of the log on the figures of one report."""
    query = select(REVIEWS).where(REVIEWS.c.report == report_id).order_by(REVIEWS.c.number)
    return [_build_review(row) for row in connection.execute(query).mappings()]


def read_fallen(store: Store) -> list[Review]:
    """Return the lines of the log whose evidence stands no more: they change nothing until somebody looks again."""
    with reading(store) as connection:
        standing = {review.number for review in read_standing(connection)}
    return [review for review in read_reviews(store) if review.number not in standing]


def is_standing(review: Review, figure: Mapping[str, Any] | None) -> bool:
    """Tell whether the evidence of a review stands in a figure: the words in their place."""
    if figure is None:
        return False
    span = (figure["span_start"], figure["span_end"])
    return bool((review.figure, review.span, review.quote) == (figure["id"], span, figure["quote"]))


def read_values(figure: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields of a figure that a review keeps, as the log writes them."""
    return {name: json.loads(_write(figure.get(name))) for name in FIELDS}


def lay_over(frame: pd.DataFrame, reviews: list[Review]) -> pd.DataFrame:
    """Return the table of figures with the column ``review`` filled, and corrected values in place of those read."""
    if not reviews:
        return frame
    rows = pd.Series(frame.index, index=frame["id"])
    for review in reviews:
        row = rows.get(review.figure)
        if row is None:
            continue
        frame.loc[row, "review"] = OUTCOMES[review.verdict]
        if review.field is not None:
            frame.loc[row, review.field] = _cell(review.field, review.new)
    return frame


def _cell(name: str, value: object) -> Any:
    if name in _DAYS:
        return pd.NaT if value is None else pd.Timestamp(str(value)).as_unit("s")
    return float("nan") if value is None else value


def _read_figure(connection: Connection, figure_id: str) -> dict[str, Any]:
    row = connection.execute(select(FIGURES).where(FIGURES.c.id == figure_id)).mappings().one_or_none()
    if row is None:
        raise ReviewError(f"figure {figure_id}: not in the store; choose one that is")
    return dict(row)


def _list_corrections(connection: Connection, figure_id: str, read: Mapping[str, Any]) -> dict[str, Any]:
    query = select(REVIEWS.c.field, REVIEWS.c.new).where(REVIEWS.c.figure == figure_id, REVIEWS.c.field.is_not(None))
    same = (REVIEWS.c.span_end == read["span_end"], REVIEWS.c.quote == read["quote"])
    rows = connection.execute(query.where(*same).order_by(REVIEWS.c.number))
    return {row.field: _check_value(row.field, json.loads(row.new)) for row in rows}


def _check_value(name: str, value: object) -> object:
    if name not in FIELDS:
        raise ReviewError(f"{name}: cannot be corrected; choose one of {', '.join(FIELDS)}")
    try:
        return _read_value(name, value)
    except (TypeError, ValueError) as error:
        raise ReviewError(f"{name}: {value!r} does not fit; {_name_form(name)}") from error


def _read_value(name: str, value: object) -> object:
    if name in _CODES:
        return str(_CODES[name](str(value)))
    if value is None or value == "":
        return None
    if name in _CODES_OR_NONE:
        return str(_CODES_OR_NONE[name](str(value)))
    if name in _COUNTS:
        return _read_count(value)
    if name in _DAYS:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    return float(str(value)) if name in _DEGREES else str(value).strip()


def _read_count(value: object) -> int:
    number = int(str(value))
    if isinstance(value, bool) or not 0 <= number < 2**53:
        raise ValueError(value)
    return number


def _name_form(name: str) -> str:
    codes = {**_CODES, **_CODES_OR_NONE}.get(name)
    if codes:
        return f"write one of {', '.join(codes)}"
    return "write a day as 2020-02-02" if name in _DAYS else "write a number, or leave it open"


def _check_figure(figure: Mapping[str, Any]) -> None:
    value, low, high = (figure[name] for name in _COUNTS)
    if low is not None and high is not None and low > high:
        raise ReviewError(f"the low bound {low} is above the high one {high}; correct both together")
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        raise ReviewError(f"the number {value} is not between its bounds; correct value, low and high together")
    if figure["start"] and figure["end"] and figure["start"] > figure["end"]:
        raise ReviewError(f"the period starts on {figure['start']}, after its end; correct both together")


def _fields(figure: Mapping[str, Any]) -> dict[str, Any]:
    return {name: figure[name] for name in FIELDS}


def _write(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _build_review(row: Mapping[Any, Any]) -> Review:
    same = {name: row[name] for name in ("number", "figure", "report", "quote", "field", "who", "why")}
    old, new = (None if row[name] is None else json.loads(row[name]) for name in ("old", "new"))
    span, verdict = (row["span_start"], row["span_end"]), Verdict(row["verdict"])
    read, at = json.loads(row["reading"]), datetime.fromisoformat(row["at"])
    return Review(**same, old=old, new=new, span=span, verdict=verdict, reading=read, at=at)
