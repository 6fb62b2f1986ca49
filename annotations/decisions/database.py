"""The review database, one SQLite file or a PostgreSQL server, opened, upgraded and locked."""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
    update,
)
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, StatementError

from annotations.decisions import schema
from annotations.decisions.migrations import upgrade as migrate
from annotations.decisions.migrations.upgrade import VersionError

SECRET = "hemlighet"
_BUSY_SECONDS = 30
_PRAGMAS = (
    "busy_timeout=30000",
    "synchronous=FULL",  # what was acknowledged survives a power cut
    "foreign_keys=ON",
    "secure_delete=ON",
    "recursive_triggers=ON",  # or INSERT OR REPLACE would delete past the triggers
    "cache_size=-16000",
)


class DecisionsError(Exception):
    """The review database cannot be used; the message is Swedish and says what to do."""


class Database:
    """Connections to one review database. Safe to share between threads.

    `url` is a file's path, or an SQLAlchemy URL of SQLite or PostgreSQL. Without `upgrade` a
    database older than the program is refused instead of brought up to date. Raises DecisionsError.
    """

    def __init__(self, url: str | Path, *, upgrade: bool = True) -> None:
        self.url = _address(url)
        self.sqlite = self.url.get_backend_name() == "sqlite"
        self._writing = threading.Lock()
        self.engine = _engine(self.url)
        try:
            self._open(upgrade)
        except BaseException:
            self.engine.dispose()
            raise

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that sees one moment; what it writes is dropped."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Yield a connection in a transaction that may write; committed at the end, or nothing.

        On SQLite all writers wait for each other from the first statement on, those of one process
        without asking the file. Never write() inside write().
        """
        if not self.sqlite:
            with self.engine.begin() as connection:
                yield connection
            return
        if not self._writing.acquire(timeout=2 * _BUSY_SECONDS):
            raise DecisionsError("Databasen är upptagen. Försök igen om en stund.")
        try:
            with self.engine.execution_options(immediate=True).begin() as connection:
                yield connection
        finally:
            self._writing.release()

    def lock(self, connection: Connection, name: str, *, shared: bool = False) -> None:
        """Wait for the lock `name` and hold it until the transaction ends.

        Only PostgreSQL needs it: on SQLite a transaction that writes is alone.
        """
        if not self.sqlite:
            number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
            take = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
            connection.execute(select(take(number)))

    def setting(self, name: str) -> str | None:
        """Return a setting's value, or None where it was never set."""
        with self.read() as connection:
            return setting(connection, name)

    def set_setting(self, name: str, value: str) -> None:
        """Store a setting in place of what it was."""
        with self.write() as connection:
            put_setting(connection, name, value)

    def secret(self) -> str:
        """Return the random secret made with this database: 32 bytes as hex digits."""
        found = self.setting(SECRET)
        assert found is not None  # made when the database was opened
        return found

    def close(self) -> None:
        """Close every connection; on SQLite what stood beside the file goes into it."""
        if self.sqlite:
            connection = self.engine.raw_connection()  # outside any transaction
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        self.engine.dispose()

    def _open(self, upgrade: bool) -> None:
        try:
            with self.read() as connection:
                stand = migrate.stand(connection)
            if stand is migrate.Stand.OLDER and not upgrade:
                raise DecisionsError(
                    "Granskningsdatabasen är gjord med en äldre version av programmet. "
                    "Starta granskningen en gång, så uppdateras den."
                )
            if stand is migrate.Stand.OLDER:
                self._upgrade()
            if self.setting(SECRET) is None:
                with self.write() as connection:
                    self.lock(connection, SECRET)
                    if setting(connection, SECRET) is None:
                        put_setting(connection, SECRET, secrets.token_hex(32))
        except VersionError as error:
            raise DecisionsError(
                "Granskningsdatabasen är gjord med en nyare version av programmet "
                f"({error}). Uppdatera programmet och försök igen; inget har ändrats."
            ) from error
        except DBAPIError as error:
            where = self.url.database if self.sqlite else self.url.host
            raise DecisionsError(
                f"Granskningsdatabasen {where} går inte att öppna: {error.orig}"
            ) from error

    def _upgrade(self) -> None:
        if not self.sqlite:
            with self.write() as connection:
                self.lock(connection, "migrations")
                migrate.upgrade(connection)
            return
        # A table that others refer to can only be remade with foreign keys off, and that can only
        # be switched outside a transaction: hence a connection of its own.
        engine = _engine(self.url, foreign_keys=False).execution_options(immediate=True)
        try:
            with engine.begin() as connection:
                migrate.upgrade(connection)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if broken is not None:
                    raise DecisionsError("Granskningsdatabasen gick inte att uppdatera.")
        finally:
            engine.dispose()


def setting(connection: Connection, name: str) -> str | None:
    """Return a setting's value inside a transaction, or None."""
    table = schema.setting
    return connection.scalar(select(table.c.value).where(table.c.name == name))


def put_setting(connection: Connection, name: str, value: str) -> None:
    """Store a setting inside a transaction."""
    table = schema.setting
    changed = connection.execute(update(table).where(table.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(insert(table).values(name=name, value=value))


def _address(url: str | Path) -> URL:
    if isinstance(url, Path) or "://" not in url:
        return URL.create("sqlite", database=str(Path(url).absolute()))
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise DecisionsError("Databasens adress går inte att tolka.") from error
    backend = address.get_backend_name()
    if backend in ("postgresql", "postgres"):
        return address.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return address.set(drivername="sqlite")
    raise DecisionsError(
        "Databasen ska vara en fil eller en adress som börjar med sqlite:/// eller postgresql://."
    )


def _engine(url: URL, *, foreign_keys: bool = True) -> Engine:
    sqlite = url.get_backend_name() == "sqlite"
    try:
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=not sqlite)
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise DecisionsError(
            "PostgreSQL kräver ett tillägg: pip install 'samverkan[postgres]'."
        ) from error
    event.listen(engine, "handle_error", _hide_values)
    if sqlite:
        assert url.database is not None
        _private_file(Path(url.database))

        def prepare(connection: sqlite3.Connection, _: object) -> None:
            connection.isolation_level = None  # the driver begins nothing: `_begin` does
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if not foreign_keys:
                connection.execute("PRAGMA foreign_keys=OFF")
            _wal(connection)

        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _wal(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging; whoever opens it first, as the switch waits for none.

    Raises sqlite3.OperationalError where the file stays locked.
    """
    until = time.monotonic() + _BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _private_file(path: Path) -> None:
    """Make an empty file that only its owner reads; SQLite gives its side files the same mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise DecisionsError(
            f"Granskningsdatabasen {path} går inte att skapa: {error.strerror}."
        ) from error


def _begin(connection: Connection) -> None:
    # A deferred transaction that turns to writing fails at once, whatever the timeout, when
    # another has written since it began to read.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _hide_values(context: ExceptionContext) -> None:
    """Cut PostgreSQL's DETAIL lines off errors: they quote the row, comment and all."""
    diagnosis: Any = getattr(context.original_exception, "diag", None)
    primary = getattr(diagnosis, "message_primary", None)
    if primary:
        context.original_exception.args = (primary,)
        if isinstance(context.sqlalchemy_exception, StatementError):
            kind = type(context.original_exception).__name__
            context.sqlalchemy_exception.args = (f"({kind}) {primary}",)
