"""The guard before every request: host, size, origin, session, form token; then the headers."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from python_multipart.multipart import parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.web.access.headers import HEADERS, NO_STORE
from pipeline.review.web.access.reviewer import Reviewer

COOKIE = "samverkan"
OPEN_PATHS = ("/in", "/static/", "/tillganglighet", "/halsa")
"""What is shown without a session: signing in, its looks, the accessibility statement."""
SAFE_METHODS = frozenset({"GET", "HEAD"})
MAX_BODY = 1_000_000
MAX_SIGN_IN = 10_000  # strangers may send this much
BODY_S = 60.0
MAX_URL = 8_000

Finder = Callable[[Request], Reviewer | None]
Enter = Callable[[Request, Reviewer], Response]


@dataclass(frozen=True, slots=True)
class Guard:
    """An ASGI application around another.

    `hosts` are the allowed Host headers, lower case, with port where it is not the scheme's own:
    a page elsewhere that makes its name point here (DNS rebinding) is refused. `find` tells who a
    request comes from; `enter` opens the session of somebody who has none yet but is vouched for.
    Both may ask the database and run in a thread.
    """

    app: ASGIApp
    hosts: Collection[str]
    find: Finder
    enter: Enter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; refuse with plain text what must not reach the application."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            else:  # Nothing here speaks WebSocket.
                await send({"type": "websocket.close", "code": 1008})
            return
        sender = _Sender(send, cached=scope["path"].startswith("/static/"))
        refused = await self._admit(scope, receive)
        if isinstance(refused, Response):
            await refused(scope, receive, sender)
        else:
            await self.app(scope, refused, sender)

    async def _admit(self, scope: Scope, receive: Receive) -> Response | Receive:
        headers = Headers(scope=scope)
        if headers.get("host", "").lower() not in self.hosts or len(headers.getlist("host")) != 1:
            return _no(421, "Sidan svarar inte under det här namnet.")
        if len(scope.get("raw_path", b"")) + len(scope.get("query_string", b"")) > MAX_URL:
            return _no(414, "Adressen är för lång.")
        if scope["method"] not in SAFE_METHODS | {"POST"}:
            return _no(405, "Det går inte att göra så här.")
        open_path = _is_open(scope["path"])
        reviewer = await run_in_threadpool(self.find, Request(scope))
        scope.setdefault("state", {})["reviewer"] = reviewer
        if scope["method"] in SAFE_METHODS:
            if reviewer is None and not open_path:
                return RedirectResponse("/in", 303) if _wants_page(headers) else _signed_out()
            if reviewer is not None and not reviewer.session:
                return await run_in_threadpool(self.enter, Request(scope), reviewer)
            return receive
        if not _same_origin(headers):
            return _no(403, "Anropet kom från en annan webbplats och har inte utförts.")
        if not open_path and (reviewer is None or not reviewer.session):
            return _signed_out()
        if not _plain_text(headers):
            return _no(415, "Det som skickades går inte att läsa.")
        limit = MAX_SIGN_IN if scope["path"] == "/in" else MAX_BODY
        try:
            body = await asyncio.wait_for(_read(headers, receive, limit), BODY_S)
        except TimeoutError:
            return _no(408, "Det tog för lång tid att skicka. Försök igen.")
        if body is None:
            return _no(413, "Det som skickades är för stort.")
        # Where people sign in the origin must do: before there is a session there is no token.
        needs_token = reviewer is not None and scope["path"] != "/in"
        if needs_token and reviewer and not await _token_right(scope, body, reviewer):
            return _no(403, "Sidan är för gammal: hämta den på nytt och gör om. Inget har ändrats.")
        return _replay(body)


class _Sender:
    """Adds the headers to the answer."""

    def __init__(self, send: Send, cached: bool) -> None:
        self._send = send
        self._cached = cached

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            # What is not there is told on a page with the reviewer's name and form token.
            cached = self._cached and message["status"] in (200, 206, 304)
            extra = HEADERS if cached else (*HEADERS, NO_STORE)
            ours = {name for name, _ in extra}
            kept = [(n, v) for n, v in message["headers"] if n.lower() not in ours]
            message = {**message, "headers": [*kept, *extra]}
        await self._send(message)


def _is_open(path: str) -> bool:
    return any(path == p or (p.endswith("/") and path.startswith(p)) for p in OPEN_PATHS)


def _wants_page(headers: Headers) -> bool:
    return "hx-request" not in headers and "image" not in headers.get("sec-fetch-dest", "")


def _same_origin(headers: Headers) -> bool:
    """Say whether a POST comes from our own pages (OWASP: Fetch Metadata, with Origin besides)."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return site is not None
    try:
        return urlsplit(origin).netloc.lower() == headers["host"].lower()
    except ValueError:
        return False


def _plain_text(headers: Headers) -> bool:
    """Say whether a form is unpacked UTF-8: some other codecs take minutes for a megabyte."""
    if headers.get("content-encoding", "identity") != "identity":
        return False
    _, options = parse_options_header(headers.get("content-type"))
    return options.get(b"charset", b"utf-8").lower() in (b"utf-8", b"utf8")


async def _read(headers: Headers, receive: Receive, limit: int) -> bytes | None:
    """Return the whole body, or None where it is larger than `limit` bytes."""
    try:
        if int(headers.get("content-length", "0")) > limit:
            return None
    except ValueError:
        return None
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > limit:
            return None
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


async def _token_right(scope: Scope, body: bytes, reviewer: Reviewer) -> bool:
    request = Request({**scope, "state": {}}, _replay(body))
    try:
        async with request.form(max_files=0, max_fields=100) as form:
            given = form.get("csrf")
    except (HTTPException, MultiPartException):
        return False
    return isinstance(given, str) and hmac.compare_digest(given.encode(), reviewer.csrf.encode())


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _signed_out() -> Response:
    return _no(401, "Du är utloggad. Logga in på nytt; inget har ändrats.")


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(why + "\n", status, headers={"content-language": "sv"})
