"""Accepting the proposals of everything in a selection: count and samples first, then one group."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from annotations.decisions import schema
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import States, conditions
from annotations.decisions.types import Kind, Source
from pipeline.review.web.pages.lists import row
from pipeline.review.web.pages.sent import comment_of, new_token, token_of
from pipeline.review.web.respond import fields, page, reviewer_of, state_of
from pipeline.review.web.selection import Selection, selection
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import number

_SAMPLES = 5
_AT_ONCE = 5000  # decisions in one transaction; more would hold the database and the memory long
_EVERYTHING = "allt som ska granskas"
_CHANGED = "Urvalet har ändrats sedan du såg det. Inget är sparat: se efter igen."


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What is needed of an item to accept it; whole items would be too many in memory."""

    id: int
    seq: int
    choice: str
    probability: float | None
    basis: str


async def bulk(request: Request) -> Response:
    """Show what would be accepted (GET), or accept it (POST) if it still is what was shown."""
    if request.method != "POST":
        return await run_in_threadpool(_ask, request, selection(request.query_params), "")
    return await run_in_threadpool(_accept, request, await fields(request))


def _ask(request: Request, chosen: Selection, warning: str) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    chosen = replace(chosen, state=States.QUEUE)
    filter = chosen.filter(state.round)
    found = _candidates(state, chosen)
    drawn = sorted(one.id for one in random.sample(found, min(_SAMPLES, len(found))))
    samples = [item for id in drawn if (item := state.items.get(id)) is not None]
    return page(
        request,
        "godkann.html",
        409 if warning else 200,
        count=number(len(found)),
        number=len(found),
        samples=[row(state, item, reviewer.name) for item in samples],
        words=chosen.words(state.codebook) or _EVERYTHING,
        left_out=state.items.count(filter) - len(found),
        digest=_digest(found),
        query=chosen.query(),
        token=new_token(),
        message=warning,
        warning=bool(warning),
    )


def _accept(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    chosen, token = selection(form.get("urval", "")), token_of(form)
    chosen = replace(chosen, state=States.QUEUE)
    saved, missed = _already(state, token), 0
    if not saved:
        found = _candidates(state, chosen)
        if not found or _digest(found) != form.get("bild", ""):
            return _ask(request, chosen, _CHANGED)
        model, codebook = state.items.published(state.round)
        common = NewEvent(
            item=0,
            kind=Kind.DECIDE,
            reviewer=reviewer.name,
            source=Source.WEB,
            token=token,
            comment=comment_of(form),
            codebook=codebook,
            model=model,
        )
        for first in range(0, len(found), _AT_ONCE):
            some = enumerate(found[first : first + _AT_ONCE], first)
            news = [(_event(common, one, at), one.seq) for at, one in some]
            result = state.log.append_bulk(news, token)
            saved, missed = saved + len(result.saved), missed + len(result.conflicts)
        state.tally.changed()
    return page(
        request,
        "godkanda.html",
        saved=number(saved),
        missed=missed,
        words=chosen.words(state.codebook) or _EVERYTHING,
        query=chosen.query(),
        token=new_token(),
        message=f"Sparat: {number(saved)} beslut.",
    )


def _event(common: NewEvent, one: _Candidate, at: int) -> NewEvent:
    """Return the decision about one item; the first bears the click's own token."""
    token = common.token
    return replace(
        common,
        item=one.id,
        token=hashlib.sha256(f"{token}:{one.id}".encode()).hexdigest() if at else token,
        choice=one.choice,
        proposal=one.choice,
        probability=one.probability,
        basis=one.basis,
    )


def _candidates(state: ReviewState, chosen: Selection) -> Sequence[_Candidate]:
    """Return what may be accepted together: not what is coded blind by two."""
    item = schema.item.c
    columns = (item.id, item.seq, item.proposal, item.probability, item.basis)
    where = (*conditions(chosen.filter(state.round)), item.double.is_(False))
    with state.database.read() as db:
        rows = db.execute(select(*columns).where(*where).order_by(item.id))
        return [_Candidate(*row) for row in rows]


def _already(state: ReviewState, token: str) -> int:
    """Return how many decisions this very click has made: a form may be sent twice."""
    event = schema.event.c
    # Undoing copies the group; without the kind the second click would count twice.
    query = select(func.count()).where(event.group == token, event.kind == Kind.DECIDE)
    with state.database.read() as db:
        return db.scalar(query) or 0


def _digest(found: Sequence[_Candidate]) -> str:
    """Return a digest of which items, where they stood and what is proposed, as they were shown."""
    digest = hashlib.sha256()
    for one in found:
        digest.update(f"{one.id}:{one.seq}:{one.choice};".encode())
    return digest.hexdigest()
