"""The log of reports that were deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_FROZEN = "the log of deletions only grows"


def upgrade() -> None:
    """Make the table; the database itself refuses to change or remove a row of it."""
    op.create_table(
        "deletions",
        sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("report", sa.String, nullable=False),
        sa.Column("digest", sa.String),
        sa.Column("publisher", sa.String),
        sa.Column("published", sa.Date),
        sa.Column("figures", sa.Integer, nullable=False),
        sa.Column("reviews", sa.Integer, nullable=False),
        sa.Column("last_review", sa.Integer, nullable=False),
        sa.Column("who", sa.String, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("at", sa.String, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deletions"),
    )
    op.create_index("ix_deletions_digest", "deletions", ["digest"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER deletions_refuse_{event.lower()} BEFORE {event} ON deletions "
                f"BEGIN SELECT RAISE(ABORT, '{_FROZEN}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_deletion_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_FROZEN}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER deletions_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON deletions "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_deletion_change()"
        )


def downgrade() -> None:
    """Remove what this migration made; who deleted what is lost."""
    op.drop_table("deletions")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_deletion_change")
