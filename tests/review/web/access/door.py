"""A small application behind the real guard: it says who came in and counts what it was told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from annotations.decisions.database import Database
from pipeline.review.web.access.access import Access, allowed_hosts
from pipeline.review.web.access.people import Brake, People
from pipeline.review.web.access.reviewer import Role
from pipeline.review.web.access.sessions import Sessions
from pipeline.review.web.access.ways import Link, Passwords, Proxy, Way

HOST = "127.0.0.1:8000"
OURS = {"sec-fetch-site": "same-origin", "origin": f"http://{HOST}"}
PASSWORD = "en lång vårkväll i juni"


@dataclass
class Door:
    """One server with a clock that tests can move."""

    database: Database
    now: float = 1_800_000_000.0
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.database, lambda: self.now)
        self.people = People(self.database)

    def link(self, role: Role = Role.COORDINATOR) -> Link:
        return Link(self.sessions, "Ada", role)

    def passwords(self) -> Passwords:
        return Passwords(self.sessions, self.people, Brake(lambda: self.now))

    def proxy(self, trusted: str = "testclient") -> Proxy:
        known = {p.name: p.role for p in self.people.all() if p.active}
        return Proxy(self.sessions, "X-Remote-User", trusted, known.get)

    def client(self, way: Way, *, address: str = "127.0.0.1", secure: bool = False) -> TestClient:
        access = Access(way, self.sessions, allowed_hosts("127.0.0.1", 8000), secure)
        routes = [
            *access.routes(),
            Route("/", self._who),
            Route("/sag", self._say, methods=["POST"]),
            Route("/fil/{name:path}", self._who),
        ]
        app = access.middleware(Starlette(routes=routes))
        return TestClient(
            app, base_url=f"http://{HOST}", follow_redirects=False, client=(address, 40_000)
        )

    def inside(self, role: Role = Role.COORDINATOR) -> tuple[TestClient, dict[str, str]]:
        """Return a client that came in by the link, and the form fields its posts need."""
        way = self.link(role)
        client = self.client(way)
        assert client.get("/in", params={"nyckel": way.token}).status_code == 303
        return client, {"csrf": client.get("/").json()["csrf"]}

    async def _who(self, request: Request) -> Response:
        reviewer = request.state.reviewer
        return JSONResponse({"name": reviewer.name, "role": reviewer.role, "csrf": reviewer.csrf})

    async def _say(self, request: Request) -> Response:
        async with request.form() as form:
            self.said.append(str(form.get("ord", "")))
        return JSONResponse({"said": len(self.said)})


def door(folder: Path) -> Door:
    """Return a server on a new database."""
    return Door(Database(folder / "granskning.sqlite"))
