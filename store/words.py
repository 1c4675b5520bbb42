"""The words by which reports are found: an index that takes in new reports a handful at a time.

To write to it for each report would take a third of the time that keeping a report takes. The last few that came are
not in it yet: a search finds them whatever their words, and looks at the words itself.
"""

from collections.abc import Callable, Collection

from sqlalchemy import (
    ColumnClause,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    column,
    func,
    select,
    table,
    text,
    union_all,
)

from store.tables import REPORTS
from store.texts import fold_words

HANDFUL = 16
"""Reports that go into the index together."""

MOST_WORDS = 50_000
"""Different words of one report that can be searched; PostgreSQL keeps no more than a megabyte of them."""

LONGEST_WORD = 200

_COLUMNS = select(REPORTS.c.number, REPORTS.c.title, REPORTS.c.text)
_NEXT = _COLUMNS.where(REPORTS.c.number > bindparam("last")).order_by(REPORTS.c.number).limit(HANDFUL)


def list_words(title: str | None, text: str) -> list[str]:
    """Return the words by which a report is found, each once, in order.

    >>> list_words("Fire in Norvik", "The fire took nine.")
    ['fire', 'in', 'nine', 'norvik', 'the', 'took']
    """
    return sorted({word for word in fold_words(f"{title or ''} {text}") if len(word) <= LONGEST_WORD})[:MOST_WORDS]


def index_handful(connection: Connection, number: int) -> None:
    """Take the reports that wait into the index where the one of this number, which came last, fills a handful."""
    if number % HANDFUL == 0:
        index_waiting(connection)


def index_waiting(connection: Connection, on_handful: Callable[[], None] = lambda: None) -> None:
    """Take all reports that wait into the index; ``on_handful`` is called after each handful."""
    last = connection.execute(_find_last(connection)).scalar_one()
    while rows := connection.execute(_NEXT, {"last": last}).all():
        words = {row.number: list_words(row.title, row.text) for row in rows}
        if _is_file(connection):
            insert = "INSERT INTO report_words (rowid, words) VALUES (?, ?)"
            connection.exec_driver_sql(insert, [(number, " ".join(listed)) for number, listed in words.items()])
        else:
            insert = "INSERT INTO report_words (number, words) VALUES (%s, array_to_tsvector(%s))"
            connection.exec_driver_sql(insert, list(words.items()))
        last = rows[-1].number
        on_handful()


def match_words(connection: Connection, words: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that a report may hold all of some folded words: those that are not in the index may."""
    if _is_file(connection):
        find = "SELECT rowid FROM report_words WHERE report_words MATCH :words"
        asked = " ".join(f'"{word}"' for word in words)
    else:
        find = "SELECT number FROM report_words WHERE report_words.words @@ CAST(:words AS tsquery)"
        asked = " & ".join(f"'{word}'" for word in words)
    later = REPORTS.alias("later")
    waiting = select(later.c.number).where(later.c.number > _find_last(connection).scalar_subquery())
    found = text(find).bindparams(words=asked).columns(later.c.number)
    return REPORTS.c.number.in_(union_all(waiting, found))


def forget_words(connection: Connection, number: int, title: str | None, words: str) -> None:
    """Take a report out of the index, by the words that it went in with."""
    if not _is_file(connection):
        connection.execute(text("DELETE FROM report_words WHERE number = :number"), {"number": number})
    elif connection.scalar(text("SELECT id FROM report_words_docsize WHERE id = :number"), {"number": number}):
        forget = "INSERT INTO report_words (report_words, rowid, words) VALUES ('delete', ?, ?)"
        connection.exec_driver_sql(forget, (number, " ".join(list_words(title, words))))


def forget_all(connection: Connection) -> None:
    """Empty the index."""
    is_file = _is_file(connection)
    emptied = "INSERT INTO report_words (report_words) VALUES ('delete-all')" if is_file else "DELETE FROM report_words"
    connection.execute(text(emptied))


def _find_last(connection: Connection) -> Select[int]:
    """Return the query for the number of the last report that is in the index."""
    number: ColumnClause[int] = column("id" if _is_file(connection) else "number")
    index = table("report_words_docsize" if _is_file(connection) else "report_words", number)
    return select(func.coalesce(func.max(number), 0)).select_from(index)


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"
