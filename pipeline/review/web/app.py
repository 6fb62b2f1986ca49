"""The review page as an ASGI application: which address is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from pipeline.review.web.access.access import Access
from pipeline.review.web.faults import Faults
from pipeline.review.web.pages import (
    agreement,
    bulk,
    decide,
    disputes,
    lists,
    picture,
    plain,
    queue,
    rulings,
)
from pipeline.review.web.respond import on_crash, on_http_error
from pipeline.review.web.state import ReviewState

STATIC = Path(__file__).with_name("static")
_THREADS = 6
"""Requests worked on at a time: each holds a database connection, which has megabytes of cache."""


class _Id(Convertor[int]):
    """A number that a database can hold; longer ones are no address of ours."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("nr", _Id())


def create_app(state: ReviewState, access: Access) -> ASGIApp:
    """Return the review page behind its guard."""
    app = Starlette(
        routes=[
            Route("/", queue.start),
            Route("/post/{id:nr}", queue.one),
            Route("/post/{id:nr}", decide.decide, methods=["POST"]),
            Route("/post/{id:nr}/underlag", queue.beside),
            Route("/post/{id:nr}/hoppa", decide.skip, methods=["POST"]),
            Route("/post/{id:nr}/visa", decide.reveal, methods=["POST"]),
            Route("/angra", decide.undo, methods=["POST"]),
            Route("/bild/{id:nr}/{page:nr}", picture.picture),
            Route("/lista", lists.listing),
            Route("/lista/godkann", bulk.bulk, methods=["GET", "POST"]),
            Route("/tvister", disputes.disputes),
            Route("/tvister/{id:nr}", disputes.dispute),
            Route("/tvister/{id:nr}", disputes.adjudicate, methods=["POST"]),
            Route("/tolkningar", rulings.listing),
            Route("/tolkningar", rulings.add, methods=["POST"]),
            Route("/tolkningar/aterkalla", rulings.withdraw, methods=["POST"]),
            Route("/tangenter", plain.switch_keys, methods=["POST"]),
            Route("/overens", agreement.agreement),
            Route("/hjalp", plain.help_page),
            Route("/tillganglighet", plain.accessibility),
            Route("/halsa", plain.health),
            Mount("/static", StaticFiles(directory=STATIC)),
            *access.routes(),
        ],
        lifespan=_few_threads,
        exception_handlers={HTTPException: on_http_error, Exception: on_crash},
    )
    app.state.review = state
    app.state.access = access
    return Faults(access.middleware(app))


@asynccontextmanager
async def _few_threads(app: Starlette) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = _THREADS
    yield
