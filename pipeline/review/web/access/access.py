"""Access as one thing: the guard around the application, and the pages for signing in and out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from pipeline.review.web.access.guard import COOKIE, Guard
from pipeline.review.web.access.reviewer import Reviewer
from pipeline.review.web.access.sessions import LONGEST_S, Sessions
from pipeline.review.web.access.ways import Link, Passwords, Proxy, Way

_SPENT = (
    "Länken har redan använts eller är fel. Starta om programmet för en ny länk; "
    "alla beslut är sparade."
)
_WRONG = "Namnet eller lösenordet är fel."
_MANY = "För många försök. Vänta {seconds} sekunder och försök igen."


@dataclass(frozen=True, slots=True)
class Access:
    """How people get in to one server.

    `hosts` are the names it answers to, with port. `secure` marks the cookie for https only.
    """

    way: Way
    sessions: Sessions
    hosts: frozenset[str]
    secure: bool = False

    def middleware(self, app: ASGIApp) -> ASGIApp:
        """Return `app` behind the guard; `request.state.reviewer` then says who asks."""
        return Guard(app, self.hosts, self._find, self._enter_by_proxy)

    def routes(self) -> list[BaseRoute]:
        """Return the pages /in and /ut."""
        return [
            Route("/in", self._in, methods=["GET", "POST"]),
            Route("/ut", self._out, methods=["POST"]),
        ]

    def _find(self, request: Request) -> Reviewer | None:
        return self.way.find(request, request.cookies.get(COOKIE))

    def _enter_by_proxy(self, request: Request, reviewer: Reviewer) -> Response:
        assert isinstance(self.way, Proxy)
        target = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        # One leading slash only: two would name another host.
        return self._with_cookie("/" + target.lstrip("/\\"), self.way.open(reviewer))

    async def _in(self, request: Request) -> Response:
        if isinstance(self.way, Link):
            return await self._by_link(request, self.way)
        if isinstance(self.way, Passwords):
            return await self._by_password(request, self.way)
        return _page("Du kommer in genom er egen inloggning, men den säger inte vem du är.", 403)

    async def _by_link(self, request: Request, way: Link) -> Response:
        token = request.query_params.get("nyckel", "")
        if not token and request.state.reviewer is not None:
            return RedirectResponse("/", 303)
        if not token:
            return _page("Öppna länken som programmet visar i terminalen.", 401)
        cookie = await run_in_threadpool(way.use, token) if request.method == "GET" else None
        return self._with_cookie("/", cookie) if cookie else _page(_SPENT, 403)

    async def _by_password(self, request: Request, way: Passwords) -> Response:
        if request.method == "GET":
            return _page("", 200, form=True)
        async with request.form(max_files=0, max_fields=10) as form:
            name, password = str(form.get("namn", "")), str(form.get("losenord", ""))
        address = request.client.host if request.client else ""
        entered = await way.enter_in_turn(name, password, address)
        if isinstance(entered, str):
            if request.state.reviewer is not None:
                await run_in_threadpool(self.sessions.close, request.state.reviewer.session)
            return self._with_cookie("/", entered)
        if entered is None:
            return _page(_WRONG, 401, form=True, name=name)
        response = _page(_MANY.format(seconds=round(entered) + 1), 429, form=True, name=name)
        response.headers["retry-after"] = str(round(entered) + 1)
        return response

    async def _out(self, request: Request) -> Response:
        if request.state.reviewer is not None:
            await run_in_threadpool(self.sessions.close, request.state.reviewer.session)
        response = _page("Du är utloggad. Alla beslut är sparade.", 200)
        response.delete_cookie(COOKIE, path="/", secure=self.secure, httponly=True, samesite="lax")
        return response

    def _with_cookie(self, target: str, cookie: str) -> Response:
        response = RedirectResponse(target, 303)
        # Lax, not strict: the link may be opened from a letter, and posts are guarded besides.
        response.set_cookie(
            COOKIE,
            cookie,
            max_age=int(LONGEST_S),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )
        return response


def allowed_hosts(host: str, port: int, names: Collection[str] = ()) -> frozenset[str]:
    """Return the Host headers to answer to: this computer's names, `host`, and `names`.

    `names` may hold a port of their own; without one both the plain name and the one with `port`
    are meant, as behind a proxy.
    """
    found = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    if host not in ("0.0.0.0", "::", ""):
        found.add(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    for name in names:
        found |= {name} if ":" in name else {name, f"{name}:{port}"}
    return frozenset(one.lower() for one in found)


def _page(message: str, status: int, *, form: bool = False, name: str = "") -> Response:
    page = _template().render(message=message, form=form, name=name[:64], failed=status >= 400)
    return HTMLResponse(page, status)


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader

    folder = Path(__file__).with_name("templates")
    return Environment(loader=FileSystemLoader(folder), autoescape=True).get_template("in.html")
