"""One decision: saving it, putting it off, taking it back, and showing what is hidden."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from annotations.decisions.events import Conflict, Nothing, Refused
from annotations.decisions.types import Item, Kind
from annotations.decisions.types import Source as Way
from pipeline.review.web.pages.queue import onward, to
from pipeline.review.web.pages.sent import (
    decision,
    refuse_anothers,
    remark_of,
    save_comment,
    seq_of,
    token_of,
)
from pipeline.review.web.pages.shared import item_or_404, show, title_of
from pipeline.review.web.respond import by_htmx, fields, reviewer_of, state_of
from pipeline.review.web.selection import Selection, selection
from pipeline.review.web.words import UNDECIDABLE, choice_label, clock_time, event_label

_COMMENT = "kommentar"


@dataclass(frozen=True, slots=True)
class Clash:
    """Somebody was faster: what they chose and what this reviewer chose, in words."""

    theirs: str
    theirs_by: str
    theirs_at: str
    theirs_comment: str
    mine: str


async def decide(request: Request) -> Response:
    """Save a decision or a comment and answer with the next item."""
    return await run_in_threadpool(_decide, request, await fields(request))


async def skip(request: Request) -> Response:
    """Put an item off and answer with the next."""
    return await run_in_threadpool(_skip, request, await fields(request))


async def reveal(request: Request) -> Response:
    """Show an item's personal data, and write down that it was shown."""
    return await run_in_threadpool(_reveal, request, await fields(request))


async def undo(request: Request) -> Response:
    """Take back the reviewer's latest decision and show the item again."""
    return await run_in_threadpool(_undo, request, await fields(request))


def _decide(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    chosen = selection(form.get("urval", ""))
    if form.get("val") == _COMMENT:
        saved = save_comment(state, item, reviewer, form)
        message = "Kommentaren är sparad." if saved else "Kommentaren är tom."
        return to(request, item, chosen, message)
    result = state.log.append(decision(state, item, reviewer, form), seq_of(form))
    if isinstance(result, Conflict):
        return _conflict(request, item, chosen, result)
    refuse_anothers(result, item, reviewer)
    if not result.again:
        state.tally.decided(reviewer.name, item, result.event)
    label = event_label(state.codebook, item.proposal.variable, result.event)
    return onward(request, chosen, f"Sparat: {title_of(state, item)} – {label}.", result)


def _conflict(request: Request, item: Item, chosen: Selection, result: Conflict) -> Response:
    state = state_of(request)
    now = item_or_404(state, item.id)
    deciding = (e for e in reversed(result.since) if e.kind is not Kind.COMMENT)
    theirs = next(deciding, result.since[-1] if result.since else None)
    variable = item.proposal.variable
    clash = Clash(
        theirs=event_label(state.codebook, variable, theirs) if theirs else "Frågan har ändrats",
        theirs_by=theirs.reviewer if theirs else "en ny körning",
        theirs_at=clock_time(theirs.at, state.clock(), state.zone) if theirs else "nyss",
        theirs_comment=theirs.comment if theirs else "",
        mine=choice_label(state.codebook, variable, result.new.choice or UNDECIDABLE),
    )
    return show(
        request,
        now,
        chosen,
        address=f"/post/{item.id}",
        against=clash,
        conflict=True,
        comment=result.new.comment,
        message="Någon hann före. Ditt svar är inte sparat: välj igen.",
        warning=True,
        status=409,
    )


def _skip(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    commented = save_comment(state, item, reviewer, form)
    state.skipped.add(reviewer.name, item.id)
    state.leases.release(item.id, reviewer.name)
    kept = " Kommentaren är sparad." if commented else ""
    done = item.state.settled or form.get("behall") == "1"
    return onward(
        request,
        selection(form.get("urval", "")),
        f"{'Behållet' if done else 'Överhoppat'}: {title_of(state, item)}.{kept}",
    )


def _reveal(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    item = item_or_404(state, request.path_params["id"])
    state.log.reveal(item.id, item.proposal.document, reviewer.name)
    return show(
        request,
        item,
        selection(form.get("urval", "")),
        address=f"/post/{item.id}",
        clear=True,
        comment=remark_of(state, form),
        message="Personuppgifterna visas. Det är antecknat.",
    )


def _undo(request: Request, form: dict[str, str]) -> Response:
    state, reviewer = state_of(request), reviewer_of(request)
    chosen, current = selection(form.get("urval", "")), form.get("post", "")
    if current.isdecimal() and len(current) < 19:  # A comment that was begun is not thrown away.
        save_comment(state, item_or_404(state, int(current)), reviewer, form)
    result = state.log.undo(reviewer.name, token_of(form) + "z", Way.WEB, state.round)
    state.tally.changed()
    if isinstance(result, Nothing):
        return onward(request, chosen, "Det finns inget att ångra.")
    if isinstance(result, Refused):
        item = item_or_404(state, result.item)
        theirs = choice_label(state.codebook, item.proposal.variable, result.choice or UNDECIDABLE)
        message = f"Det går inte att ångra: {result.by} har beslutat efter dig ({theirs})."
        return to(request, item, chosen, message, warning=True)
    if len(result.events) > 1 or result.events[0].group:
        kept = f" {result.kept} står kvar, för andra har beslutat efter dig." if result.kept else ""
        return onward(request, chosen, f"Ångrat: {len(result.events)} beslut.{kept}")
    event = result.events[0]
    item = item_or_404(state, event.item)
    if item.double and not event.lane:  # What was taken back is an adjudication.
        there = f"/tvister/{item.id}"
        return Response(headers={"hx-redirect": there}) if by_htmx(request) else _see(there)
    undone = next((e for e in state.log.events(item.id) if e.id == event.undoes), event)
    what = event_label(state.codebook, item.proposal.variable, undone)
    return to(request, item, chosen, f"Ångrat: {title_of(state, item)} – {what}. Välj igen.")


def _see(address: str) -> Response:
    return RedirectResponse(address, 303)
