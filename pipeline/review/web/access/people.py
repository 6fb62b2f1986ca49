"""People with passwords: argon2id, roles, and a brake on guessing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from annotations.decisions.database import Database
from annotations.decisions.schema import person as table
from pipeline.review.web.access.reviewer import Role

SHORTEST_PASSWORD = 12
FREE_TRIES = 5
LONGEST_WAIT_S = 900.0
_NAME = re.compile(r"[\w .@-]{1,64}")


class PersonError(Exception):
    """A person that cannot be added or changed; the message is Swedish and says why."""


@dataclass(frozen=True, slots=True)
class Person:
    """One row of the list of people."""

    name: str
    role: Role
    active: bool


class People:
    """Those who may sign in with a password."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, password: str, role: Role) -> None:
        """Add a person. Raises PersonError for a bad name or password, or a name in use."""
        if not _NAME.fullmatch(name) or name != name.strip():
            raise PersonError("Namnet ska ha 1–64 bokstäver, siffror, mellanslag eller . @ - _")
        hashed = _hashed(password)
        try:
            with self._database.write() as db:
                db.execute(
                    insert(table).values(name=name, password=hashed, role=role.value, active=True)
                )
        except IntegrityError as error:
            raise PersonError(f"{name} finns redan.") from error

    def change(
        self,
        name: str,
        *,
        password: str | None = None,
        role: Role | None = None,
        active: bool | None = None,
    ) -> None:
        """Change what is given. Raises PersonError for an unknown name or a bad password."""
        values: dict[str, str | bool] = {}
        if password is not None:
            values["password"] = _hashed(password)
        if role is not None:
            values["role"] = role.value
        if active is not None:
            values["active"] = active
        with self._database.write() as db:
            if not db.execute(update(table).where(table.c.name == name).values(values)).rowcount:
                raise PersonError(f"{name} finns inte.")

    def all(self) -> tuple[Person, ...]:
        """Return everybody by name."""
        with self._database.read() as db:
            rows = db.execute(select(table).order_by(table.c.name)).all()
        return tuple(Person(row.name, Role(row.role), row.active) for row in rows)

    def check(self, name: str, password: str) -> Role | None:
        """Return the role of a person whose password is right, else None.

        An unknown name takes as long as a wrong password: names cannot be fished for.
        """
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._database.read() as db:
            # A name that nobody can have is no name to look for: PostgreSQL cannot hold a NUL.
            sought = name if _NAME.fullmatch(name) else ""
            row = db.execute(select(table).where(table.c.name == sought)).one_or_none()
        known = row is not None and row.active
        try:
            PasswordHasher().verify(row.password if row and known else _decoy(), password)
        except (VerificationError, InvalidHashError):
            return None
        return Role(row.role) if row and known else None


@dataclass(slots=True)
class Brake:
    """Slows guessing down: after `FREE_TRIES` failures each further one doubles the wait.

    `clock` gives seconds. Failures are counted by key (a name, an address) in memory and forgotten
    after `LONGEST_WAIT_S` of quiet.
    """

    clock: Callable[[], float]
    _failures: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, *keys: str) -> float:
        """Return the seconds until the next try is allowed for all of `keys`; 0 for now."""
        now = self.clock()
        with self._lock:
            return max((self._left(key, now) for key in keys), default=0.0)

    def failed(self, *keys: str) -> None:
        """Count one failure for each key."""
        now = self.clock()
        with self._lock:
            self._failures = {
                k: v for k, v in self._failures.items() if now - v[1] < LONGEST_WAIT_S
            }
            for key in keys:
                self._failures[key] = (self._failures.get(key, (0, now))[0] + 1, now)

    def succeeded(self, *keys: str) -> None:
        """Forget the failures of each key."""
        with self._lock:
            for key in keys:
                self._failures.pop(key, None)

    def _left(self, key: str, now: float) -> float:
        count, last = self._failures.get(key, (0, now))
        if count < FREE_TRIES:
            return 0.0
        wait = min(2.0 ** min(count - FREE_TRIES + 1, 20), LONGEST_WAIT_S)
        return max(last + wait - now, 0.0)


def _hashed(password: str) -> str:
    from argon2 import PasswordHasher

    if len(password) < SHORTEST_PASSWORD:
        raise PersonError(f"Lösenordet ska ha minst {SHORTEST_PASSWORD} tecken.")
    if len(password) > 1000:
        raise PersonError("Lösenordet är för långt.")
    return PasswordHasher().hash(password)


@cache
def _decoy() -> str:
    """Return the hash of a password that nobody has."""
    import secrets

    from argon2 import PasswordHasher

    return PasswordHasher().hash(secrets.token_urlsafe(32))
