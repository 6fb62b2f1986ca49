"""The workspace: one SQLite file that remembers what was read, by content.

A run asks here before it reads anything, so that an unchanged file is never read twice and a
stopped run goes on where it stopped. Each document is saved in one transaction of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "samverkan.sqlite"
SCHEMA_VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (
    key TEXT NOT NULL,
    reader TEXT NOT NULL,
    document BLOB,
    error_code TEXT NOT NULL DEFAULT '',
    error_reason TEXT NOT NULL DEFAULT '',
    error_advice TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (key, reader)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS analysis (
    key TEXT NOT NULL,
    reader TEXT NOT NULL,
    rules TEXT NOT NULL,
    analysis BLOB NOT NULL,
    PRIMARY KEY (key, reader, rules)
) STRICT, WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class StoredReading:
    """What reading one file gave: an encoded Document, or why there is none."""

    document: bytes | None
    error_code: str = ""
    error_reason: str = ""
    error_advice: str = ""


class WorkspaceError(Exception):
    """The workspace cannot be used; the message says which file and what to do."""


class Store:
    """Readings and analyses by content hash. One writer at a time; other processes may read.

    `key` names a content; `reader` and `rules` name the version of what made the entry: another
    version never sees it.
    """

    def __init__(self, folder: Path) -> None:
        """Open or create the workspace in `folder`. Raises WorkspaceError."""
        self.path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA secure_delete = ON")
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version > SCHEMA_VERSION:
                raise WorkspaceError(
                    f"{self.path} was made by a newer version of samverkan; update the program."
                )
            self._db.executescript(_SCHEMA)
            self._db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except (sqlite3.Error, OSError) as error:
            raise WorkspaceError(
                f"The workspace {self.path} cannot be opened ({error}). "
                "Move it away or choose another with --workspace."
            ) from error

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the store cannot be used afterwards."""
        self._db.close()

    def reading(self, key: str, reader: str) -> StoredReading | None:
        """Return what reading this content gave with this reader version, if it was done."""
        row = self._db.execute(
            "SELECT document, error_code, error_reason, error_advice FROM reading"
            " WHERE key = ? AND reader = ?",
            (key, reader),
        ).fetchone()
        return StoredReading(*row) if row else None

    def analysis(self, key: str, reader: str, rules: str) -> bytes | None:
        """Return the encoded analysis of this content under these rules, if it was done."""
        row = self._db.execute(
            "SELECT analysis FROM analysis WHERE key = ? AND reader = ? AND rules = ?",
            (key, reader, rules),
        ).fetchone()
        return row[0] if row else None

    def save(
        self,
        key: str,
        reader: str,
        reading: StoredReading,
        rules: str = "",
        analysis: bytes | None = None,
    ) -> None:
        """Save what became of one document, in one transaction."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    reader,
                    reading.document,
                    reading.error_code,
                    reading.error_reason,
                    reading.error_advice,
                ),
            )
            if analysis is not None:
                db.execute(
                    "INSERT OR REPLACE INTO analysis VALUES (?, ?, ?, ?)",
                    (key, reader, rules, analysis),
                )

    def forget_other_versions(self, reader: str, rules: str) -> int:
        """Delete what older program or rule versions left behind; return the number of rows."""
        with self._transaction() as db:
            gone = db.execute("DELETE FROM reading WHERE reader <> ?", (reader,)).rowcount
            gone += db.execute(
                "DELETE FROM analysis WHERE reader <> ? OR rules <> ?", (reader, rules)
            ).rowcount
        if gone:
            # Deleted text stays in the write-ahead log until it is emptied.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        # IMMEDIATE: a deferred transaction that later writes fails under WAL whatever the timeout.
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._db
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
