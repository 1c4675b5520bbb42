"""Versions and copies of reports, reviews of figures, and the words that are searched."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_FROZEN = "the log of reviews only grows"


def upgrade() -> None:
    """Make the tables; what is derived from texts is filled in afterwards (``store.derivations``)."""
    _widen_reports()
    _create_twins()
    _create_reviews()
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE report_words USING fts5(words, content='')")
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER reviews_refuse_{event.lower()} BEFORE {event} ON reviews "
                f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END"
            )
    else:
        op.execute("CREATE TABLE report_words (number bigint PRIMARY KEY, words tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_report_words ON report_words USING gin (words)")
        op.execute(
            "CREATE FUNCTION refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_FROZEN}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER reviews_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON reviews "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_review_change()"
        )


def downgrade() -> None:
    """Remove what this migration made; reviews are lost."""
    op.execute("DROP TABLE report_words")
    for table in ("reviews", "twins", "bands"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_review_change")
    with op.batch_alter_table("reports") as reports:
        for column in ("copy_of", "superseded", "known", "first_version", "address", "digest", "given", "number"):
            reports.drop_column(column)


def _widen_reports() -> None:
    # Added one by one: a table made anew would lose its references for a moment, and take long where it is large.
    op.add_column("reports", sa.Column("number", sa.BigInteger, nullable=False, server_default="0"))
    op.add_column("reports", sa.Column("given", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("reports", sa.Column("digest", sa.String))
    op.add_column("reports", sa.Column("address", sa.String))
    op.add_column("reports", sa.Column("first_version", sa.String))
    op.add_column("reports", sa.Column("known", sa.Date))
    op.add_column("reports", sa.Column("superseded", sa.Date))
    _add_copy_of()
    op.execute(
        "UPDATE reports SET number = ranks.place FROM (SELECT id, row_number() OVER "
        "(ORDER BY published NULLS FIRST, id) AS place FROM reports) AS ranks WHERE ranks.id = reports.id"
    )
    op.create_index("ix_reports_number", "reports", ["number"], unique=True)
    for column in ("digest", "address", "first_version", "copy_of"):
        op.create_index(f"ix_reports_{column}", "reports", [column])


def _add_copy_of() -> None:
    if op.get_bind().dialect.name == "sqlite":
        # SQLite adds a reference only together with its column.
        op.execute(
            "ALTER TABLE reports ADD COLUMN copy_of VARCHAR CONSTRAINT fk_reports_copy_of REFERENCES reports (id)"
        )
    else:
        op.add_column("reports", sa.Column("copy_of", sa.String))
        op.create_foreign_key("fk_reports_copy_of", "reports", "reports", ["copy_of"], ["id"])


def _create_twins() -> None:
    op.create_table(
        "twins",
        sa.Column("figure", sa.String, nullable=False),
        sa.Column("original", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("figure", name="pk_twins"),
        sa.ForeignKeyConstraint(["figure"], ["figures.id"], name="fk_twins_figure", ondelete="CASCADE"),
    )
    op.create_index("ix_twins_original", "twins", ["original"])
    op.create_table(
        "bands",
        sa.Column("key", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("day", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("key", "day", "number", name="pk_bands"),
        sqlite_with_rowid=False,
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("figure", sa.String, nullable=False),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("verdict", sa.String, nullable=False),
        sa.Column("field", sa.String),
        sa.Column("old", sa.String),
        sa.Column("new", sa.String),
        sa.Column("reading", sa.Text, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_reviews_report"),
    )
    op.create_index("ix_reviews_report", "reviews", ["report"])
    op.create_index("ix_reviews_figure", "reviews", ["figure"])
