"""Pages that only tell: help, the accessibility statement, health; and the switch for keys."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from pipeline.review.web.respond import fields, page, reviewer_of


def help_page(request: Request) -> Response:
    """Answer /hjalp with the keys and how the work goes."""
    return page(request, "hjalp.html")


def accessibility(request: Request) -> Response:
    """Answer /tillganglighet, also to those who are not signed in."""
    return page(request, "tillganglighet.html")


def health(request: Request) -> Response:
    """Answer /halsa, for those who watch over the server."""
    return PlainTextResponse("ok\n")


async def switch_keys(request: Request) -> Response:
    """Turn single keys on or off for this session and return to where one was."""
    form = await fields(request)
    sessions, reviewer = request.app.state.access.sessions, reviewer_of(request)
    await run_in_threadpool(sessions.set_keys, reviewer.session, form.get("till") == "pa")
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        came = urlsplit("")
    # Only a path of our own: a foreign address must not be what a form leads to.
    back = came.path if came.netloc == request.url.netloc else "/"
    query = f"?{came.query}" if came.query and back != "/" else ""
    return RedirectResponse("/" + back.lstrip("/\\") + query, 303)
