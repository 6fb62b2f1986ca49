"""Which card comes next: from the queue, opened by hand, or gone back to."""

from __future__ import annotations

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from annotations.decisions.events import Saved
from annotations.decisions.filters import Filter
from annotations.decisions.types import Event, Item
from pipeline.review.web.card import known
from pipeline.review.web.pages.sent import new_token
from pipeline.review.web.pages.shared import (
    around,
    draw_next_ahead,
    has_seen,
    item_or_404,
    show,
    title_of,
    view,
)
from pipeline.review.web.respond import by_htmx, page, reviewer_of, state_of
from pipeline.review.web.selection import Selection, selection
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import event_label


def start(request: Request) -> Response:
    """Answer / with the next item of the queue."""
    return _next(request, selection(request.query_params), _told(request))


def one(request: Request) -> Response:
    """Answer /post/ID with that item, whatever its state."""
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    chosen = selection(request.query_params)
    free = state.leases.take(item.id, reviewer.name, state.clock().timestamp())
    return show(
        request,
        item,
        chosen,
        address=_address(item, chosen),
        message=_told(request) if free else "En annan granskare har också den här framme.",
        warning=not free,
    )


def beside(request: Request) -> Response:
    """Answer with the right-hand side of a card alone."""
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    clear = request.query_params.get("klar") == "1" and has_seen(state, item, reviewer.name)
    _, found = view(request, state, reviewer, item, Selection(), clear=clear)
    return page(request, "_underlag.html", source=found)


def onward(
    request: Request, chosen: Selection, message: str, saved: Saved | None = None
) -> Response:
    """Go on to the next item; without JavaScript by an address that tells what was done."""
    if by_htmx(request):
        return _next(request, chosen, message)
    told = f"sparat={saved.event.id}" if saved else ""
    query = "&".join(filter(None, (chosen.queue().query(), told)))
    return RedirectResponse(f"/?{query}" if query else "/", 303)


def to(
    request: Request, item: Item, chosen: Selection, message: str, warning: bool = False
) -> Response:
    """Go to a certain item and say what was done."""
    state, reviewer = state_of(request), reviewer_of(request)
    if state.items.get(item.id) is not None:
        state.leases.take(item.id, reviewer.name, state.clock().timestamp())
    fresh = item_or_404(state, item.id)
    address = _address(item, chosen)
    return show(request, fresh, chosen, address=address, message=message, warning=warning)


def _next(request: Request, chosen: Selection, message: str) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    wanted = chosen.queue().filter(state.round)
    skipped = state.skipped.of(reviewer.name)
    item = _leased(state, reviewer.name, wanted, skipped)
    if item is None and skipped:
        state.skipped.clear(reviewer.name)
        item = _leased(state, reviewer.name, wanted, ())
        if item is not None:
            message = f"{message} Nu kommer de du hoppade över.".strip()
    query = chosen.queue().query()
    address = f"/?{query}" if query else "/"
    if item is None:
        return page(
            request,
            "klart_del.html" if by_htmx(request) else "klart.html",
            state=around(state, reviewer, chosen),
            filtered=chosen.filters,
            token=new_token(),
            address=address,
            message=message,
        )
    if message:
        message = f"{message} Nästa: {title_of(state, item)}."
    response = show(request, item, chosen, address=address, message=message)
    response.background = BackgroundTask(draw_next_ahead, state, item, chosen)
    return response


def _address(item: Item, chosen: Selection) -> str:
    """Return where an item is opened by hand, and the selection to go on in afterwards."""
    query = chosen.queue().query()
    return f"/post/{item.id}?{query}" if query else f"/post/{item.id}"


def _leased(
    state: ReviewState, reviewer: str, wanted: Filter, skipped: tuple[int, ...]
) -> Item | None:
    """Return the next item that can be shown: a newer run may ask what our codebook lacks."""
    now = state.clock().timestamp()
    while True:
        item = state.leases.next(state.round, reviewer, wanted, now, skipped)
        if item is None or known(state.codebook, item.proposal):
            return item
        state.leases.release(item.id, reviewer)
        skipped = (*skipped, item.id)


def _told(request: Request) -> str:
    """Return what the reviewer did last, where the address says which event it was."""
    state, reviewer = state_of(request), reviewer_of(request)
    id = request.query_params.get("sparat", "")
    if not id.isdecimal():
        return ""
    found: tuple[Event, ...] = state.log.recent(reviewer.name, 1)
    item = state.items.get(found[0].item) if found and str(found[0].id) == id else None
    if item is None:
        return ""
    what = event_label(state.codebook, item.proposal.variable, found[0])
    return f"Sparat: {title_of(state, item)} – {what}."
