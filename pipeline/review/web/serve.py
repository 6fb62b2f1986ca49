"""Start the review page: database, access, application, server; and say where it is."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotations.codebook import load as load_codebook
from annotations.decisions.database import Database
from pipeline.review.web.access.access import Access, allowed_hosts
from pipeline.review.web.access.people import Brake, People
from pipeline.review.web.access.reviewer import Role
from pipeline.review.web.access.sessions import Sessions
from pipeline.review.web.access.ways import (
    Link,
    ListenError,
    Passwords,
    Proxy,
    Way,
    refuse_to_listen,
)
from pipeline.review.web.app import create_app
from pipeline.review.web.respond import compile_templates
from pipeline.review.web.state import Settings, review_state


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve. `port` 0 takes a free one. `proxy_header` goes with `proxy_from`.

    `reviewer` is who comes in by the link.
    """

    reviewer: str
    host: str = "127.0.0.1"
    port: int = 8017
    names: Sequence[str] = ()
    users: bool = False
    proxy_header: str = ""
    proxy_from: str = ""
    secure: bool = False
    settings: Settings = field(default_factory=Settings)


def serve(database: Database, round: str, how: Serving, say: Callable[[str, str], None]) -> None:
    """Serve until stopped. `say` is told what to show: a line, and the link or "".

    Raises ListenError for an address that must not or cannot be listened on.
    """
    import uvicorn

    sessions = Sessions(database, time.time)
    way = _way(database, sessions, how)
    refuse_to_listen(how.host, way)
    listening = _listen(how.host, how.port)
    port = int(listening.getsockname()[1])
    access = Access(way, sessions, allowed_hosts(how.host, port, how.names), how.secure)
    state = review_state(database, round, load_codebook(), settings=how.settings)
    compile_templates()
    config = uvicorn.Config(
        create_app(state, access),
        log_level="warning",
        access_log=False,  # Addresses and names are nobody's business.
        server_header=False,
        proxy_headers=False,  # Who asks is what the socket says.
        timeout_keep_alive=30,
        timeout_graceful_shutdown=5,
        lifespan="on",
        limit_concurrency=200,
    )
    shown = "127.0.0.1" if how.host in ("0.0.0.0", "::") else how.host
    base = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    if isinstance(way, Link):
        say("Öppna länken (den fungerar en gång):", f"{base}/in?nyckel={way.token}")
    else:
        say("Granskningssidan är igång:", f"{base}/")
    say("Avsluta med Ctrl+C. Alla beslut är sparade i samma stund som sidan säger det.", "")
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        state.close()
        listening.close()


def _way(database: Database, sessions: Sessions, how: Serving) -> Way:
    people = People(database)
    if how.proxy_header:

        def role_of(name: str) -> Role | None:
            return next((p.role for p in people.all() if p.name == name and p.active), None)

        return Proxy(sessions, how.proxy_header, how.proxy_from, role_of)
    if how.users:
        if not any(person.active for person in people.all()):
            raise ListenError("There are no users yet. Add one: samverkan review users add NAME")
        return Passwords(sessions, people, Brake(time.monotonic))
    return Link(sessions, how.reviewer)


def _listen(host: str, port: int) -> Any:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio does not switch Nagle's wait off: 40 ms for every other answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise ListenError(
            f"Cannot listen on {host} port {port} ({error.strerror}). Choose another with --port."
        ) from error
    return listening
