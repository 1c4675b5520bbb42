"""What people say of the figures: an append-only log of verdicts, laid over what was read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, func, insert, select

from store.connections import Store, advance_revision, reading, writing
from store.corrections import DAYS, FIELDS, check_figure, check_value
from store.errors import ReviewError
from store.tables import DELETIONS, FIGURES, REVIEWS

if TYPE_CHECKING:
    import pandas as pd

_LAST = (REVIEWS.c.number, DELETIONS.c.last_review)


class Verdict(StrEnum):
    """What a reviewer says of a figure."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    WITHDRAW = "withdraw"


OUTCOMES = {Verdict.ACCEPT: "accepted", Verdict.CORRECT: "corrected", Verdict.REJECT: "rejected"}
"""What the column ``review`` says after each verdict."""


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the log: a verdict, or the correction of one field, with the value it had before.

    ``reading`` is the figure as it was read, without corrections, when it was reviewed. A line that withdraws has in
    ``old`` the numbers of the lines that it takes back.
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
) -> int:
    """Write what somebody says of a figure into the log; with CORRECT, ``changes`` names fields and their new values.

    Return the number of the line, of several the last. A count is a whole number or None, a day is a date, None or its
    ISO words. Raises ReviewError where nobody or no reason is named, the figure is not kept, a field may not be
    corrected, or the corrected figure contradicts itself.
    """
    if not who.strip() or not why.strip():
        raise ReviewError("a review says who and why; fill in both")
    if bool(changes) is not (verdict is Verdict.CORRECT):
        raise ReviewError("a correction names what changes, and nothing else does; give the fields with CORRECT")
    if verdict is Verdict.WITHDRAW:
        raise ReviewError("withdraw takes back a line of the log; name it with withdraw_review")
    with writing(store) as connection:
        read = _read_figure(connection, figure_id)
        shown = {**read, **_list_corrections(connection, figure_id, read)}
        values = {name: check_value(name, value) for name, value in (changes or {}).items()}
        check_figure({**shown, **values})
        rows = [{"field": name, "old": _write(shown[name]), "new": _write(new)} for name, new in values.items()]
        said = {"verdict": str(verdict), "who": who.strip(), "why": why.strip()}
        return _write_lines(connection, read, said, rows or [{}])


def withdraw_review(store: Store, number: int, *, who: str, why: str) -> None:
    """Take back the review that a line of the log belongs to, with all fields that it corrected.

    The lines stay, and a new one says who took them back and why. Raises ReviewError where nobody or no reason is
    named, or the line is not in the log, taken back already, or not of the last review of its figure.
    """
    if not who.strip() or not why.strip():
        raise ReviewError("a review says who and why; fill in both")
    with writing(store) as connection:
        line = connection.execute(select(REVIEWS).where(REVIEWS.c.number == number)).mappings().one_or_none()
        if line is None:
            raise ReviewError(f"line {number}: not in the log; choose one that is")
        last = find_last(_read_lines(connection, line["figure"]))
        if number not in last:
            raise ReviewError(f"line {number}: not of the last review that stands; take back that one first")
        said = {"verdict": str(Verdict.WITHDRAW), "who": who.strip(), "why": why.strip(), "old": _write(last)}
        _write_lines(connection, _read_figure(connection, line["figure"]), said, [{}])


def find_last(reviews: Iterable[Review]) -> list[int]:
    """Return the numbers of the lines that the last review of a figure wrote, of those that were not taken back.

    One correction writes a line a field, all at one moment; a field that comes again is of an earlier correction.
    """
    standing = drop_withdrawn(reviews)
    last: list[Review] = []
    for review in reversed(standing):
        same = (review.at, review.who, review.why, review.verdict)
        if last and (same != (last[0].at, last[0].who, last[0].why, last[0].verdict) or review.field is None):
            break
        if review.field in {one.field for one in last}:
            break
        last.append(review)
    return sorted(review.number for review in last)


def drop_withdrawn(reviews: Iterable[Review]) -> list[Review]:
    """Return the lines of a log that were not taken back, without those that take back."""
    lines = list(reviews)
    taken = {number for one in lines if one.verdict is Verdict.WITHDRAW for number in _list_numbers(one.old)}
    return [one for one in lines if one.verdict is not Verdict.WITHDRAW and one.number not in taken]


def _list_numbers(old: object) -> list[int]:
    return [int(number) for number in old] if isinstance(old, list) else []


def _write_lines(
    connection: Connection, read: Mapping[str, Any], said: Mapping[str, object], rows: Iterable[Mapping[str, object]]
) -> int:
    same = {name: read[name] for name in ("report", "quote", "span_start", "span_end")}
    same |= {"figure": read["id"], "reading": _write({name: read[name] for name in FIELDS})}
    same |= {"at": datetime.now(UTC).isoformat(timespec="seconds"), "field": None, "old": None, "new": None, **said}
    # The lines on a report that was deleted went with it: their numbers are not given again.
    last = max(connection.scalar(select(func.max(column))) or 0 for column in _LAST)
    lines = [{**same, **row, "number": number} for number, row in enumerate(rows, start=last + 1)]
    connection.execute(insert(REVIEWS), lines)
    advance_revision(connection)
    return last + len(lines)


def read_reviews(store: Store, figure_id: str | None = None) -> list[Review]:
    """Return the log, of one figure or of all, from the first line to the last."""
    query = select(REVIEWS).order_by(REVIEWS.c.number)
    with reading(store) as connection:
        rows = connection.execute(query if figure_id is None else query.where(REVIEWS.c.figure == figure_id))
        return [_build_review(row) for row in rows.mappings()]


def read_standing(connection: Connection, figures: Sequence[str] | None = None) -> list[Review]:
    """Return the lines of the log that were not taken back and whose evidence stands: the words are in their place.

    ``figures`` are the ids of those asked for, None for all.
    """
    same = (FIGURES.c.id == REVIEWS.c.figure) & (FIGURES.c.span_start == REVIEWS.c.span_start)
    same &= (FIGURES.c.span_end == REVIEWS.c.span_end) & (FIGURES.c.quote == REVIEWS.c.quote)
    query = select(REVIEWS).join(FIGURES, same).order_by(REVIEWS.c.number)
    query = query if figures is None else query.where(REVIEWS.c.figure.in_(figures))
    return drop_withdrawn(_build_review(row) for row in connection.execute(query).mappings())


def read_of_report(connection: Connection, report_id: str) -> list[Review]:
    """Return the lines of the log on the figures of one report that were not taken back."""
    query = select(REVIEWS).where(REVIEWS.c.report == report_id).order_by(REVIEWS.c.number)
    return drop_withdrawn(_build_review(row) for row in connection.execute(query).mappings())


def read_fallen(store: Store) -> list[Review]:
    """Return the lines of the log whose evidence stands no more: they change nothing until somebody looks again."""
    with reading(store) as connection:
        standing = {review.number for review in read_standing(connection)}
    return [review for review in drop_withdrawn(read_reviews(store)) if review.number not in standing]


def is_standing(review: Review, figure: Mapping[str, Any] | None) -> bool:
    """Tell whether the evidence of a review stands in a figure: the words in their place."""
    if figure is None:
        return False
    span = (figure["span_start"], figure["span_end"])
    return bool((review.figure, review.span, review.quote) == (figure["id"], span, figure["quote"]))


def read_values(figure: Mapping[str, Any]) -> dict[str, object]:
    """Return the fields of a figure that a review keeps, as the log writes them."""
    return {name: json.loads(_write(figure.get(name))) for name in FIELDS}


def lay_over(frame: "pd.DataFrame", reviews: list[Review]) -> "pd.DataFrame":
    """Return the table of figures with the column ``review`` filled, and corrected values in place of those read."""
    import pandas as pd  # noqa: PLC0415

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
    import pandas as pd  # noqa: PLC0415

    if name in DAYS:
        return pd.NaT if value is None else pd.Timestamp(str(value)).as_unit("s")
    return float("nan") if value is None else value


def _read_figure(connection: Connection, figure_id: str) -> dict[str, Any]:
    row = connection.execute(select(FIGURES).where(FIGURES.c.id == figure_id)).mappings().one_or_none()
    if row is None:
        raise ReviewError(f"figure {figure_id}: not in the store; choose one that is")
    return dict(row)


def _read_lines(connection: Connection, figure_id: str) -> list[Review]:
    query = select(REVIEWS).where(REVIEWS.c.figure == figure_id).order_by(REVIEWS.c.number)
    return [_build_review(row) for row in connection.execute(query).mappings()]


def _list_corrections(connection: Connection, figure_id: str, read: Mapping[str, Any]) -> dict[str, Any]:
    lines = drop_withdrawn(_read_lines(connection, figure_id))
    return {one.field: check_value(one.field, one.new) for one in lines if one.field and is_standing(one, read)}


def _write(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False)


def _build_review(row: Mapping[Any, Any]) -> Review:
    same = {name: row[name] for name in ("number", "figure", "report", "quote", "field", "who", "why")}
    old, new = (None if row[name] is None else json.loads(row[name]) for name in ("old", "new"))
    span, verdict = (row["span_start"], row["span_end"]), Verdict(row["verdict"])
    read, at = json.loads(row["reading"]), datetime.fromisoformat(row["at"])
    return Review(**same, old=old, new=new, span=span, verdict=verdict, reading=read, at=at)
