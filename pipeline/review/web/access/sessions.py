"""Sessions on the server: the browser holds a random key, the database only its digest."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable

from sqlalchemy import delete, insert, or_, select, update

from annotations.decisions.database import Database
from annotations.decisions.schema import session as table
from pipeline.review.web.access.reviewer import Reviewer, Role

IDLE_S = 8 * 3600.0
"""A session unused for a working day ends."""
LONGEST_S = 12 * 3600.0
"""A session ends after this long, used or not."""
_TOUCH_S = 60.0  # How often use is written down: a write for each request would be too many.


class Sessions:
    """The sessions of one review database. `clock` gives seconds since the epoch."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def open(self, name: str, role: Role) -> str:
        """Begin a session and return the cookie's value. Old sessions are swept away first.

        The key is always new, so a key that somebody planted in the browser is worth nothing.
        """
        key = secrets.token_urlsafe(32)
        now = self._clock()
        with self._database.write() as db:
            db.execute(
                delete(table).where(
                    or_(table.c.used < now - IDLE_S, table.c.made < now - LONGEST_S)
                )
            )
            db.execute(
                insert(table).values(
                    id=_digest(key),
                    person=name,
                    role=role.value,
                    csrf=secrets.token_urlsafe(32),
                    made=now,
                    used=now,
                    keys=True,
                )
            )
        return key

    def find(self, key: str) -> Reviewer | None:
        """Return who a cookie's value belongs to; None for unknown, idle and too old sessions."""
        id = _digest(key)
        with self._database.read() as db:
            row = db.execute(select(table).where(table.c.id == id)).one_or_none()
        now = self._clock()
        if row is None or now - row.used > IDLE_S or now - row.made > LONGEST_S:
            return None
        if now - row.used > _TOUCH_S:
            with self._database.write() as db:
                db.execute(update(table).where(table.c.id == id).values(used=now))
        return Reviewer(row.person, Role(row.role), id, row.csrf, row.keys)

    def set_keys(self, id: str, on: bool) -> None:
        """Remember whether single letters are commands in this session."""
        with self._database.write() as db:
            db.execute(update(table).where(table.c.id == id).values(keys=on))

    def close(self, id: str) -> None:
        """End one session."""
        with self._database.write() as db:
            db.execute(delete(table).where(table.c.id == id))

    def close_all(self, name: str) -> None:
        """End every session of one person: after a new password, role or a locked account."""
        with self._database.write() as db:
            db.execute(delete(table).where(table.c.person == name))


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
