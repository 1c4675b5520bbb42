"""Full-text search over reports and over the quotes of figures: the same answers from both kinds of database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import regex
from sqlalchemy import ColumnElement, Connection, select

from store.connections import Store, reading
from store.tables import FIGURES, REPORTS
from store.texts import find_words, fold_words
from store.words import match_words

_PART = regex.compile(r'"(?P<phrase>[^"]*+)"?|(?P<words>[^"]++)')
_ROWS = 100
_AROUND = 120
"""Characters that an excerpt shows on either side of what was found."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A report that was found, or a figure in it: an excerpt with the place [start, end) of the first word in the text.

    ``figure`` is None where the report itself was looked for.
    """

    report: str
    figure: str | None
    title: str | None
    publisher: str | None
    published: date | None
    excerpt: str
    span: tuple[int, int]


def search_reports(store: Store, query: str, *, limit: int = 50) -> list[Hit]:
    """Return the reports that hold all words of the query, the newest first; words in double quotes stand together.

    Case, accents and punctuation do not count; titles are searched too. Older versions are left out.
    """
    phrases = split_query(query)
    columns = (REPORTS.c.id, REPORTS.c.title, REPORTS.c.publisher, REPORTS.c.published, REPORTS.c.text)
    hits: list[Hit] = []
    if not phrases:
        return hits
    with reading(store) as connection:
        found = select(*columns).where(_match(connection, phrases), REPORTS.c.superseded.is_(None))
        order = (REPORTS.c.published.desc().nulls_last(), REPORTS.c.number.desc())
        with connection.execution_options(yield_per=_ROWS).execute(found.order_by(*order)) as rows:
            for row in rows:
                if len(hits) == limit:
                    break
                if _holds(f"{row.title or ''} {row.text}", phrases):
                    start, end = _find_first(row.text, phrases)
                    excerpt = row.text[max(0, start - _AROUND) : end + _AROUND]
                    hits.append(Hit(row.id, None, row.title, row.publisher, row.published, excerpt, (start, end)))
    return hits


def search_quotes(store: Store, query: str, *, limit: int = 50) -> list[Hit]:
    """Return the figures whose quote holds all words of the query, those of the newest reports first."""
    phrases = split_query(query)
    columns = (REPORTS.c.title, REPORTS.c.publisher, REPORTS.c.published, *FIGURES.c)
    hits: list[Hit] = []
    if not phrases:
        return hits
    with reading(store) as connection:
        found = select(*columns).join_from(FIGURES, REPORTS, FIGURES.c.report == REPORTS.c.id)
        found = found.where(_match(connection, phrases), REPORTS.c.superseded.is_(None))
        order = (REPORTS.c.published.desc().nulls_last(), REPORTS.c.number.desc(), FIGURES.c.span_start)
        with connection.execution_options(yield_per=_ROWS).execute(found.order_by(*order)) as rows:
            for row in rows.mappings():
                if len(hits) == limit:
                    break
                if _holds(row["quote"], phrases):
                    report, span = row["report"], (row["span_start"], row["span_end"])
                    about = (row["title"], row[REPORTS.c.publisher], row[REPORTS.c.published])
                    hits.append(Hit(report, row["id"], *about, row["quote"], span))
    return hits


def split_query(query: str) -> list[list[str]]:
    """Return the phrases of a query, each as its folded words; a word outside quotes is a phrase by itself.

    >>> split_query('Idlib "nine people"')
    [['idlib'], ['nine', 'people']]
    """
    phrases: list[list[str]] = []
    for m in _PART.finditer(query):
        words = fold_words(m["phrase"] or m["words"] or "")
        phrases.extend([words] if m["phrase"] and words else [[word] for word in words])
    return phrases


def _match(connection: Connection, phrases: Sequence[Sequence[str]]) -> ColumnElement[bool]:
    return match_words(connection, sorted({word for phrase in phrases for word in phrase}))


def _holds(words: str, phrases: Sequence[Sequence[str]]) -> bool:
    folded = fold_words(words)
    known = set(folded)
    line = f" {' '.join(folded)} "
    return all(known.issuperset(phrase) for phrase in phrases) and all(
        f" {' '.join(phrase)} " in line for phrase in phrases
    )


def _find_first(words: str, phrases: Sequence[Sequence[str]]) -> tuple[int, int]:
    wanted = {phrase[0] for phrase in phrases}
    return next(_find_wanted(words, wanted), (0, 0))


def _find_wanted(words: str, wanted: set[str]) -> Iterator[tuple[int, int]]:
    for start, end in find_words(words):
        if wanted.intersection(fold_words(words[start:end])):
            yield start, end
