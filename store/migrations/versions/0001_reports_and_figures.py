"""Reports, figures, their evidence, and the revision number."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the four tables, and the one row of the revision number."""
    _create_reports()
    _create_figures()
    _create_evidence()
    revisions = op.create_table(
        "revision",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.CheckConstraint("id = 1", name="ck_revision_one_row"),
    )
    op.bulk_insert(revisions, [{"id": 1, "number": 0}])


def downgrade() -> None:
    """Remove the four tables."""
    for table in ("revision", "evidence", "figures", "reports"):
        op.drop_table(table)


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("published", sa.Date),
        sa.Column("publisher", sa.String),
        sa.Column("title", sa.String),
        sa.Column("url", sa.String),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("paraphrased", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
    )


def _create_figures() -> None:
    op.create_table(
        "figures",
        sa.Column("id", sa.String, nullable=False),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("metric", sa.String, nullable=False),
        sa.Column("value", sa.BigInteger),
        sa.Column("low", sa.BigInteger),
        sa.Column("high", sa.BigInteger),
        sa.Column("qualifier", sa.String, nullable=False),
        sa.Column("unit", sa.String, nullable=False),
        sa.Column("group", sa.String),
        sa.Column("group_text", sa.String),
        sa.Column("source", sa.String),
        sa.Column("source_text", sa.String),
        sa.Column("via", sa.String),
        sa.Column("publisher", sa.String),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("basis", sa.String, nullable=False),
        sa.Column("place", sa.String),
        sa.Column("place_text", sa.String),
        sa.Column("admin1", sa.String),
        sa.Column("country", sa.String),
        sa.Column("latitude", sa.Float),
        sa.Column("longitude", sa.Float),
        sa.Column("start", sa.Date),
        sa.Column("end", sa.Date),
        sa.Column("precision", sa.String),
        sa.Column("published", sa.Date),
        sa.Column("part_of", sa.String),
        sa.Column("share", sa.Float),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("span_start", sa.Integer, nullable=False),
        sa.Column("span_end", sa.Integer, nullable=False),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("confidence", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_figures"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_figures_report", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["part_of"], ["figures.id"], name="fk_figures_part_of", deferrable=True, initially="DEFERRED"
        ),
    )
    op.create_index("ix_figures_report", "figures", ["report"])
    op.create_index("ix_figures_part_of", "figures", ["part_of"])


def _create_evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("figure", sa.String, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("why", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("figure", "position", name="pk_evidence"),
        sa.ForeignKeyConstraint(["figure"], ["figures.id"], name="fk_evidence_figure", ondelete="CASCADE"),
    )
