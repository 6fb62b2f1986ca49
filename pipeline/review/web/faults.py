"""Faults of the server: told in its log by kind and place, never by a word of anybody's text."""

from __future__ import annotations

import errno
import logging
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.review.web.access.headers import HEADERS, NO_STORE

_LOG = logging.getLogger("samverkan.review")
_FRAMES = 6
_SAID = "Något gick fel i programmet. Inget av det du har sparat är borta. Försök igen.\n"


@dataclass(frozen=True, slots=True)
class Faults:
    """An ASGI application around all others. What it catches no server logs with its message.

    A message may quote what somebody wrote: a comment, a search, a line of a document.
    """

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; where nothing has been answered when it fails, say so."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            _LOG.error("%s", told(error))
            if not begun:
                response = PlainTextResponse(_SAID, 500, {"content-language": "sv"})
                response.raw_headers += [*HEADERS, NO_STORE]
                await response(scope, receive, send)


def told(error: BaseException) -> str:
    """Return what failed and where, its causes included: kinds, files and lines only."""
    return "; from ".join(f"{_kind(one)} at {_place(one)}" for one in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _kind(error: BaseException) -> str:
    code = error.errno if isinstance(error, OSError) else None
    name = f" {errno.errorcode.get(code, code)}" if code else ""
    return type(error).__name__ + name


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    return " > ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames) or "?"
