"""The ways of signing in: a link used once, names with passwords, or a proxy that vouches."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request

from pipeline.review.web.access.people import Brake, People
from pipeline.review.web.access.reviewer import Reviewer, Role
from pipeline.review.web.access.sessions import Sessions


class ListenError(Exception):
    """An address that must not be listened on like this; the message says what to do."""


class Way(Protocol):
    """How people get in: `find` who a request comes from, from the cookie or otherwise."""

    def find(self, request: Request, cookie: str | None) -> Reviewer | None:
        """Return who a request comes from, or None."""


@dataclass(slots=True)
class Link:
    """The default: whoever sits at this computer and has the link that the terminal shows.

    The link works once; the session it opens is what counts afterwards.
    """

    sessions: Sessions
    name: str
    role: Role = Role.COORDINATOR
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def token(self) -> str:
        """The secret of the link, empty once it is used."""
        return self._token

    def use(self, token: str) -> str | None:
        """Open a session for a right token and return its cookie; every other time None."""
        with self._lock:
            if not self._token or not hmac.compare_digest(token.encode(), self._token.encode()):
                return None
            self._token = ""
        return self.sessions.open(self.name, self.role)

    def find(self, request: Request, cookie: str | None) -> Reviewer | None:
        """Return the owner of the session."""
        return self.sessions.find(cookie) if cookie else None


@dataclass(frozen=True, slots=True)
class Passwords:
    """People with names and passwords (`samverkan review users add`)."""

    sessions: Sessions
    people: People
    brake: Brake
    _turn: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))

    async def enter_in_turn(self, name: str, password: str, address: str) -> str | float | None:
        """Do as `enter`, one person at a time.

        Each look at a password takes 64 MB, and many guesses at once would all pass the brake.
        """
        return await run_sync(self.enter, name, password, address, limiter=self._turn)

    def enter(self, name: str, password: str, address: str) -> str | float | None:
        """Return a new session's cookie, the seconds to wait, or None for a wrong password."""
        keys = (f"namn:{name[:64]}", f"adress:{address}")
        wait = self.brake.wait(*keys)
        if wait:
            return wait
        role = self.people.check(name, password[:1000])
        if role is None:
            self.brake.failed(*keys)
            return None
        self.brake.succeeded(*keys)
        return self.sessions.open(name, role)

    def find(self, request: Request, cookie: str | None) -> Reviewer | None:
        """Return the owner of the session."""
        return self.sessions.find(cookie) if cookie else None


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that has signed people in says who they are in a header; only it is believed.

    `header` holds the name, `trusted` is the proxy's address. `role_of` gives the role of a name,
    None for people who may not come in.
    """

    sessions: Sessions
    header: str
    trusted: str
    role_of: Callable[[str], Role | None]

    def find(self, request: Request, cookie: str | None) -> Reviewer | None:
        """Return who the proxy says, with the session of the cookie where it is that person's."""
        names = request.headers.getlist(self.header)
        if (
            request.client is None
            or len(names) != 1
            or not _same(request.client.host, self.trusted)
        ):
            return None
        name = names[0].strip()[:64]
        role = self.role_of(name) if name else None
        if role is None:
            return None
        found = self.sessions.find(cookie) if cookie else None
        if found is not None and (found.name, found.role) == (name, role):
            return found
        return Reviewer(name, role, "", "")

    def open(self, reviewer: Reviewer) -> str:
        """Open a session for somebody the proxy vouches for; return its cookie."""
        return self.sessions.open(reviewer.name, reviewer.role)


def refuse_to_listen(host: str, way: Way) -> None:
    """Raise ListenError where an address beyond this computer would be open to everybody."""
    if is_loopback(host) or not isinstance(way, Link):
        return
    raise ListenError(
        f"--host {host} can be reached from other computers. Add --users (names and passwords) or "
        "--proxy-auth HEADER --proxy-from ADDRESS, or leave --host out to stay on this computer."
    )


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _same(one: str, other: str) -> bool:
    try:
        return ipaddress.ip_address(one) == ipaddress.ip_address(other)
    except ValueError:
        return False
