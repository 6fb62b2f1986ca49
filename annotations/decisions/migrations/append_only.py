"""Triggers that refuse to change or remove a line of the log, on both engines."""

from __future__ import annotations

from sqlalchemy import Connection

TABLES = ("event", "revealed", "ruling")


def recreate_triggers(connection: Connection) -> None:
    """Make the triggers, in place of any that are there.

    `env.py` calls it after every upgrade: Alembic's batch mode remakes a table on SQLite and drops
    its triggers without a word.
    """
    statements = _sqlite() if connection.dialect.name == "sqlite" else _postgres()
    for statement in statements:
        connection.exec_driver_sql(statement)


def _sqlite() -> list[str]:
    return [
        statement
        for table in TABLES
        for what in ("UPDATE", "DELETE")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{what.lower()}",
            f"CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
        )
    ]


def _postgres() -> list[str]:
    refuse = (
        "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only'; END $$"
    )
    return [
        refuse,
        *(
            statement
            for table in TABLES
            for name, what, each in (
                ("change", "UPDATE OR DELETE", "ROW"),
                ("truncate", "TRUNCATE", "STATEMENT"),
            )
            for statement in (
                f"DROP TRIGGER IF EXISTS {table}_no_{name} ON {table}",
                f"CREATE TRIGGER {table}_no_{name} BEFORE {what} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION append_only()",
            )
        ),
    ]
