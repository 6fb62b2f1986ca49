"""Items that two blind coders answered differently: side by side without names, then decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from annotations.decisions.events import Conflict
from annotations.decisions.filters import Order, States
from annotations.decisions.types import Event, Head, Item, State
from pipeline.review.web.access.reviewer import Act, Reviewer
from pipeline.review.web.pages.lists import row
from pipeline.review.web.pages.sent import decision, refuse_anothers, seq_of
from pipeline.review.web.pages.shared import around, head_of, item_or_404, title_of, view
from pipeline.review.web.respond import by_htmx, fields, page, reviewer_of, state_of
from pipeline.review.web.selection import PAGE, Selection, selection
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import UNDECIDABLE, choice_label, event_label, number

_SHARED = ""


@dataclass(frozen=True, slots=True)
class Side:
    """What one blind coder chose, without a name."""

    label: str
    comments: tuple[str, ...]


def disputes(request: Request) -> Response:
    """Answer /tvister with the items that wait for an adjudicator."""
    state, reviewer = state_of(request), _adjudicator(request)
    chosen = replace(selection(request.query_params), state=States.DISPUTES)
    filter = chosen.filter(state.round)
    items = state.items.page(filter, Order.QUEUE, 0, PAGE)
    rows = [row(state, item, reviewer.name) for item in items]
    return page(request, "tvister.html", rows=rows, total=number(state.items.count(filter)))


def dispute(request: Request) -> Response:
    """Answer /tvister/ID with both choices side by side."""
    return _show(request, item_or_404(state_of(request), request.path_params["id"]), "")


async def adjudicate(request: Request) -> Response:
    """Save an adjudicator's decision and go on to the next dispute."""
    return await run_in_threadpool(_adjudicate, request, await fields(request))


def _adjudicate(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), _adjudicator(request)
    item = item_or_404(state, request.path_params["id"])
    new = replace(decision(state, item, reviewer, form), lane=_SHARED)
    result = state.log.append(new, seq_of(form))
    if isinstance(result, Conflict):
        warning = "Någon hann avgöra tvisten före dig. Ditt svar är inte sparat."
        return _show(request, item, warning, comment=new.comment, status=409)
    refuse_anothers(result, item, reviewer)
    label = event_label(state.codebook, item.proposal.variable, result.event)
    told = f"Avgjort: {title_of(state, item)} – {label}."
    state.tally.changed()
    now = state.clock().timestamp()
    filter = Selection(state=States.DISPUTES).filter(state.round)
    following = state.leases.next(state.round, reviewer.name, filter, now)
    if not by_htmx(request):
        return RedirectResponse(f"/tvister/{following.id}" if following else "/tvister", 303)
    if following:
        return _show(request, following, f"{told} Nästa: {title_of(state, following)}.")
    return page(request, "tvister_del.html", rows=[], total="0", message=told)


def _show(
    request: Request, item: Item, message: str, *, comment: str = "", status: int = 200
) -> Response:
    state, reviewer = state_of(request), _adjudicator(request)
    item = item_or_404(state, item.id)
    events = state.log.events(item.id)
    sides = _sides(state, item, events)
    if not item.double or len(sides) < 2:
        raise HTTPException(404)
    # An adjudicator decides in the lane that all share, and owns no choice there yet.
    adjudicated = head_of(state, replace(item, double=False), _SHARED)
    head = adjudicated if adjudicated.state.settled else Head(State.OPEN, "", item.seq)
    made, beside = view(
        request, state, reviewer, item, Selection(), head=head, conflict=True, comment=comment
    )
    made = replace(made, history=(), standing="", keep="", address=f"/tvister/{item.id}")
    return page(
        request,
        "tvist_del.html" if by_htmx(request) else "tvist.html",
        status,
        card=made,
        source=beside,
        sides=sides,
        own=any(e.reviewer == reviewer.name and e.lane for e in events),
        settled=adjudicated.state.settled,
        state=around(state, reviewer, Selection()),
        message=message,
        warning=status == 409,
    )


def _sides(state: ReviewState, item: Item, events: Sequence[Event]) -> list[Side]:
    """Return the blind coders' choices in an order that tells nothing about who is who."""
    lanes = sorted(
        {e.lane for e in events if e.lane},
        key=lambda lane: hashlib.sha256(f"{item.id}:{lane}".encode()).digest(),
    )
    found = []
    for lane in lanes:
        head = state.log.head(item.id, lane)
        if head.state.settled:
            choice = head.choice if head.state is State.DECIDED else UNDECIDABLE
            label = choice_label(state.codebook, item.proposal.variable, choice)
            comments = tuple(e.comment for e in events if e.lane == lane and e.comment)
            found.append(Side(label, comments))
    return found


def _adjudicator(request: Request) -> Reviewer:
    """Return who asks. Raises HTTPException 403 for those who may not adjudicate."""
    reviewer = reviewer_of(request)
    if not reviewer.may(Act.ADJUDICATE):
        raise HTTPException(403)
    return reviewer
