"""What Alembic runs for each command: the migrations, over the connection that ``store.upgrades`` hands in.

That connection's transaction is the caller's, so that an upgrade is done whole or not at all.
"""

from alembic import context

from store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
context.run_migrations()
