"""The tables of the database, as SQLAlchemy sees them; the migrations make them.

The words that are searched stand in ``report_words``, which each kind of database makes in its own way.
``figures`` holds the figure record, a column a field, the span as two integers; a test keeps both in step.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)

HEAD = "0004"
"""The newest migration: a database that carries it needs no upgrade."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def index_filled(column: str) -> Index:
    """Return an index of the rows that have something in a column, where most have nothing."""
    filled = text(f"{column} IS NOT NULL")
    return Index(None, column, sqlite_where=filled, postgresql_where=filled)


REPORTS = Table(
    "reports",
    METADATA,
    Column("id", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("published", Date),
    Column("publisher", String),
    Column("title", String),
    Column("url", String),
    Column("language", String, nullable=False),
    Column("paraphrased", Boolean, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("given", Boolean, nullable=False, server_default=false()),
    Column("digest", String),
    Column("address", String),
    Column("first_version", String),
    Column("known", Date),
    Column("superseded", Date),
    Column("copy_of", ForeignKey("reports.id")),
    Index(None, "number", unique=True),
    Index(None, "digest"),
    index_filled("address"),
    index_filled("first_version"),
    index_filled("copy_of"),
)
"""Behind the record: ``number``, the order of arrival; ``given``, whether the figures came with the report and were
not read in it; ``digest`` of the content; ``address`` and ``first_version``, which versions of one report share;
``known`` and ``superseded``, the days from and until which this version was the newest; ``copy_of``, the
report whose text it is.
"""

FIGURES = Table(
    "figures",
    METADATA,
    Column("id", String, primary_key=True),
    Column("report", ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("metric", String, nullable=False),
    Column("value", BigInteger),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("qualifier", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("group", String),
    Column("group_text", String),
    Column("source", String),
    Column("source_text", String),
    Column("via", String),
    Column("publisher", String),
    Column("status", String, nullable=False),
    Column("basis", String, nullable=False),
    Column("place", String),
    Column("place_text", String),
    Column("admin1", String),
    Column("country", String),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("start", Date),
    Column("end", Date),
    Column("precision", String),
    Column("published", Date),
    # A part may be written before its whole: the check waits for the end of the transaction.
    Column("part_of", ForeignKey("figures.id", deferrable=True, initially="DEFERRED")),
    Column("share", Float),
    Column("quote", Text, nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("rule", String, nullable=False),
    Column("confidence", Float),
    Index(None, "report"),
    index_filled("part_of"),
)

EVIDENCE = Table(
    "evidence",
    METADATA,
    Column("figure", ForeignKey("figures.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("field", String, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("why", Text, nullable=False),
)

TWINS = Table(
    "twins",
    METADATA,
    Column("figure", ForeignKey("figures.id", ondelete="CASCADE"), primary_key=True),
    Column("original", String, nullable=False),
    Index(None, "original"),
)
"""Figures of a copy, each with the figure of the original text that it repeats."""

BANDS = Table(
    "bands",
    METADATA,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Pieces of the signatures of texts: two reports that share a key may be copies; ``day`` 0 is an unknown one."""

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("number", Integer, primary_key=True),
    Column("figure", String, nullable=False),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("verdict", String, nullable=False),
    Column("field", String),
    Column("old", String),
    Column("new", String),
    Column("reading", Text, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String, nullable=False),
    Index(None, "report"),
    Index(None, "figure"),
)
"""An append-only log: the database itself refuses to change or remove a row. ``reading`` is the figure as it was
read when it was reviewed, as JSON; ``at`` is a moment in UTC, in ISO 8601.
"""

DELETIONS = Table(
    "deletions",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("report", String, nullable=False),
    Column("digest", String),
    Column("publisher", String),
    Column("published", Date),
    Column("figures", Integer, nullable=False),
    Column("reviews", Integer, nullable=False),
    Column("last_review", Integer, nullable=False),
    Column("who", String, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", String, nullable=False),
    Index(None, "digest"),
)
"""An append-only log of reports that were deleted, without their words. ``figures`` and ``reviews`` count what went
with a report; ``last_review`` is the last line of the log of reviews at that moment: its number is not given again.
"""

REVISION = Table(
    "revision",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)
"""One row: how many changes were committed."""
