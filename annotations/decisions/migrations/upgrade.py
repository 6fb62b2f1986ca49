"""Where a database stands among the migrations, and bringing it up to date. No ini file."""

from __future__ import annotations

from enum import Enum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

FOLDER = Path(__file__).parent


class Stand(Enum):
    """Whether a database has all the steps the program knows."""

    OLDER = "older"
    CURRENT = "current"


class VersionError(Exception):
    """The database has a step that the program does not know."""


def stand(connection: Connection, folder: Path = FOLDER) -> Stand:
    """Return whether steps are missing. Raises VersionError for a database newer than these."""
    steps, head = _steps(folder)
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return Stand.OLDER
    if found not in steps:
        raise VersionError(found)
    return Stand.CURRENT if found == head else Stand.OLDER


def upgrade(connection: Connection, folder: Path = FOLDER) -> None:
    """Take every step that is missing, inside the connection's transaction.

    Raises VersionError.
    """
    if stand(connection, folder) is Stand.CURRENT:
        return  # another process was first
    config = _config(folder)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config(folder: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    return config


@cache
def _steps(folder: Path) -> tuple[frozenset[str], str | None]:
    scripts = ScriptDirectory.from_config(_config(folder))
    return frozenset(s.revision for s in scripts.walk_revisions()), scripts.get_current_head()
