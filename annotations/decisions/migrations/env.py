"""What Alembic runs: the missing steps on the connection it was handed, then the triggers."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from annotations.decisions import schema
from annotations.decisions.migrations.append_only import recreate_triggers

connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=schema.metadata,
    render_as_batch=True,
    transactional_ddl=True,  # SQLite too: the transaction is our own
)
with context.begin_transaction():
    context.run_migrations()
    recreate_triggers(connection)
