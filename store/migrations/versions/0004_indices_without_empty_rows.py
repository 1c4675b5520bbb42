"""Indices of columns that are mostly empty hold the rows that are not: the others cost each new report a page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = (("reports", "address"), ("reports", "first_version"), ("reports", "copy_of"), ("figures", "part_of"))


def upgrade() -> None:
    """Make the indices again, without the rows that have nothing in the column."""
    for table, column in _COLUMNS:
        filled = sa.text(f"{column} IS NOT NULL")
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=filled, postgresql_where=filled)


def downgrade() -> None:
    """Make the indices again, of all rows."""
    for table, column in _COLUMNS:
        op.drop_index(f"ix_{table}_{column}", table)
        op.create_index(f"ix_{table}_{column}", table, [column])
