"""Requests exactly as given, past what a client would tidy up, and an application's routes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount, Route

from pipeline.review.web.access.guard import COOKIE
from tests.review.web.site import HOST, Browser, Site


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


def ask(
    app: Any,
    method: str,
    path: str,
    query: bytes = b"",
    headers: Iterable[tuple[bytes, bytes]] = (),
    body: Iterable[bytes] = (b"",),
) -> Answer:
    """Send one request; `path` is already decoded, as servers hand it over."""
    return asyncio.run(ask_in_loop(app, method, path, query, list(headers), list(body)))


async def ask_in_loop(
    app: Any,
    method: str,
    path: str,
    query: bytes,
    headers: list[tuple[bytes, bytes]],
    body: list[bytes],
) -> Answer:
    """Do as `ask`, within a loop that runs."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "root_path": "",
        "query_string": query,
        "headers": [(b"host", HOST.encode()), *headers],
        "client": ("127.0.0.1", 40_000),
        "server": ("127.0.0.1", 8000),
    }
    left = list(body)
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(3600)  # a sender that has fallen silent
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next(m for m in sent if m["type"] == "http.response.start")
    parts = (m.get("body", b"") for m in sent if m["type"] == "http.response.body")
    return Answer(
        start["status"],
        {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]},
        b"".join(parts),
    )


def ours(key: str) -> list[tuple[bytes, bytes]]:
    """Return the headers of a signed-in browser on our own page."""
    return [(b"cookie", f"{COOKIE}={key}".encode()), (b"sec-fetch-site", b"same-origin")]


def cookie(browser: Browser) -> str:
    """Return the key that a browser holds."""
    return str(browser.client.cookies[COOKIE])


def filled(here: Site, path: str) -> str:
    """Return a route's path with the first item and page in it."""
    return path.replace("{id:nr}", str(here.item("partner", "polis").id)).replace("{page:nr}", "1")


def starlette(here: Site) -> Starlette:
    """Return the application inside what is wrapped around it."""
    app: Any = here.app
    while not isinstance(app, Starlette):
        app = app.app
    return app


def routes(here: Site, method: str) -> list[str]:
    """Return the paths that answer a method, as the application itself lists them."""
    found = []
    for route in starlette(here).routes:
        if isinstance(route, Mount):
            assert route.path == "/static", "a new mount: who may see it?"
        else:
            assert isinstance(route, Route)
            found += [route.path] if method in (route.methods or ()) else []
    return found
