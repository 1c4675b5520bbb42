"""The tables of the database, as SQLAlchemy sees them; the migrations make them.

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
)

HEAD = "0001"
"""The newest migration: a database that carries it needs no upgrade."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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
)

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
    Index(None, "part_of"),
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

REVISION = Table(
    "revision",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", name="one_row"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)
"""One row: how many changes were committed."""
