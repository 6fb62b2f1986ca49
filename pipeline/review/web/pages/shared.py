"""What several pages do: fetch an item's card, what holds for it, and the reviewer's progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from annotations.decisions.filters import Order
from annotations.decisions.rulings import Ruling, pieces
from annotations.decisions.schema import revealed
from annotations.decisions.types import Event, Head, Item, Kind, State
from pipeline.review.web.access.reviewer import Reviewer
from pipeline.review.web.card import Card, Line, Shown, card, deciding_lane
from pipeline.review.web.extract import veiled
from pipeline.review.web.memory import Recent
from pipeline.review.web.respond import by_htmx, page, reviewer_of, state_of
from pipeline.review.web.selection import Selection
from pipeline.review.web.source import Source as Beside
from pipeline.review.web.source import covers, first_page, source
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import (
    choice_label,
    clock_time,
    event_label,
    number,
    state_label,
    title,
)
from pipeline.rulings.register import register

_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Done:
    """One of the reviewer's last decisions, in words."""

    item: int
    title: str
    label: str
    place: str
    at: str


def item_or_404(state: ReviewState, id: int) -> Item:
    """Return an item of the round the server shows. Raises HTTPException 404."""
    item = state.items.get(id)
    if item is None or item.round != state.round:
        raise HTTPException(404)
    return item


def head_of(state: ReviewState, item: Item, lane: str) -> Head:
    """Return what holds in one lane of an item."""
    if lane:
        return state.log.head(item.id, lane)
    return Head(item.state, item.choice, item.seq, item.reviewer, item.at)


def show(request: Request, item: Item, chosen: Selection, **given: Any) -> Response:
    """Answer with an item's card; `given` are fields of `Shown`, and of the template.

    Raises HTTPException 404 where the codebook no longer knows what the item asks.
    """
    state, reviewer = state_of(request), reviewer_of(request)
    template = {name: given.pop(name) for name in ("message", "warning", "status") if name in given}
    conflict = given.pop("against", None)
    made, beside = view(request, state, reviewer, item, chosen, **given)
    return page(
        request,
        "kort_del.html" if by_htmx(request) else "kort.html",
        card=made,
        source=beside,
        state=around(state, reviewer, chosen),
        conflict=conflict,
        **template,
    )


def view(
    request: Request,
    state: ReviewState,
    reviewer: Reviewer,
    item: Item,
    chosen: Selection,
    **given: Any,
) -> tuple[Card, Beside]:
    """Return both sides of an item's card. Raises HTTPException 404 as `show`."""
    lane = deciding_lane(item, reviewer.name)
    head = head_of(state, item, lane)
    # In blind double coding nobody sees what another has done.
    events = [e for e in state.log.events(item.id) if not lane or e.lane == lane]
    opened = state.documents.open(item.proposal.document)
    rulings = register(state.database, state.round, cases=False)
    shown = Shown(
        head=given.pop("head", head),
        urval=chosen.queue().query(),
        standing=standing(state, item, head),
        history=history(state, item, events, rulings),
        rulings=rulings,
        **given,
    )
    try:
        made = card(item, opened, state.codebook, state.forms, shown)
    except KeyError as error:
        raise HTTPException(404) from error
    query = request.query_params
    sida = query.get("sida", "")
    wanted = int(sida) if sida.isdecimal() and len(sida) < 6 else None
    return made, source(item, opened, query.get("vy", ""), wanted, shown.clear)


def standing(state: ReviewState, item: Item, head: Head) -> str:
    """Return in words what holds for a reviewer, "" while nothing does."""
    if head.state is State.OPEN:
        return ""
    if not head.state.settled:
        reasons = [e.comment for e in state.log.events(item.id) if e.kind is Kind.REOPEN]
        return f"Öppnad igen. {reasons[-1]}" if reasons else state_label(head.state)
    what = choice_label(state.codebook, item.proposal.variable, head.choice)
    what = what if head.state is State.DECIDED else state_label(head.state)
    at = clock_time(head.at, state.clock(), state.zone)
    return f"Beslutat: {what} ({head.reviewer}, {at})"


def history(
    state: ReviewState, item: Item, events: Sequence[Event], rulings: Sequence[Ruling]
) -> tuple[Line, ...]:
    """Return an item's events in words, oldest first."""
    now, variable = state.clock(), item.proposal.variable
    marks = {ruling.mark for ruling in rulings}
    return tuple(
        Line(
            clock_time(e.at, now, state.zone),
            e.reviewer,
            event_label(state.codebook, variable, e),
            tuple(pieces(e.comment, marks)),
        )
        for e in events
    )


def around(state: ReviewState, reviewer: Reviewer, chosen: Selection) -> dict[str, Any]:
    """Return what stands above a card: progress, pace, what remains and the last decisions."""
    progress, last = state.tally.of(reviewer.name)
    minutes = progress.remaining * 60 // progress.pace if progress.pace >= 20 else 0
    hours = f"cirka {number(round(minutes / 60))} tim" if minutes >= 90 else f"cirka {minutes} min"
    return {
        "done_today": number(progress.today),
        "pace": number(progress.pace),
        "remaining": number(progress.remaining),
        "time_left": hours if minutes else "",
        "done": progress.settled,
        "total": max(progress.settled + progress.remaining, 1),
        "filter_words": chosen.words(state.codebook),
        "recent": recent(state, last),
    }


def recent(state: ReviewState, known: Recent) -> list[Done]:
    """Return a reviewer's last decisions in words, newest first."""
    now = state.clock()
    return [
        Done(
            item.id,
            title_of(state, item),
            event_label(state.codebook, item.proposal.variable, event),
            item.proposal.municipality or veiled(item.proposal.project),
            clock_time(event.at, now, state.zone),
        )
        for event, item in known
    ]


def title_of(state: ReviewState, item: Item) -> str:
    """Return what an item is about, in words."""
    return title(state.codebook, item.proposal.variable, item.proposal.category)


def draw_ahead(state: ReviewState, item: Item | None) -> None:
    """Have the first picture of an item drawn before it is asked for."""
    opened = state.documents.open(item.proposal.document) if item else None
    found = first_page(item, opened) if item and opened else None
    if opened and found:
        painted = covers(opened, found)
        if painted is not None:
            state.pictures.ahead(opened, found.number, painted)


def draw_next_ahead(state: ReviewState, current: Item, chosen: Selection) -> None:
    """Have the pictures drawn of what probably comes after an item."""
    for item in state.items.page(chosen.queue().filter(state.round), Order.QUEUE, 0, _AHEAD):
        if item.id != current.id:
            draw_ahead(state, item)


def has_seen(state: ReviewState, item: Item, reviewer: str) -> bool:
    """Whether it has been written down that a reviewer saw an item's personal data."""
    mine = exists().where(
        revealed.c.item == item.id,
        revealed.c.reviewer == reviewer,
        # A later run may rest the item on another document, which nobody has been seen to open.
        revealed.c.document == item.proposal.document,
    )
    with state.database.read() as db:
        return bool(db.scalar(select(mine)))
