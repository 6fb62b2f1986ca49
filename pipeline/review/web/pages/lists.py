"""The table of all items, filtered, sorted and in pages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from annotations.decisions.filters import Order, States
from annotations.decisions.types import Item
from pipeline.review.web.extract import Extract, quote, veiled
from pipeline.review.web.pages.shared import title_of
from pipeline.review.web.respond import page, reviewer_of, state_of
from pipeline.review.web.selection import PAGE, Selection, selection, states
from pipeline.review.web.state import ReviewState
from pipeline.review.web.words import choice_label, number, percent, state_label, title

_ORDERS = {
    Order.QUEUE: "kö (viktigast först)",
    Order.PROBABILITY: "sannolikhet (osäkrast först)",
    Order.PROJECT: "projekt",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One item in the table, in words."""

    id: int
    title: str
    variable: str
    place: str
    project: str
    proposal: str
    probability: str
    standing: str
    quote: Extract


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is among the pages; addresses are empty where there is nothing to go to."""

    number: int
    count: int
    first: str
    previous: str
    next: str
    last: str


def listing(request: Request) -> Response:
    """Answer /lista with one page of the items that the address asks for."""
    state, chosen = state_of(request), selection(request.query_params)
    filter = chosen.filter(state.round)
    total = state.items.count(filter)
    pages = max(1, -(-total // PAGE))
    chosen = chosen.at(min(chosen.page, pages))
    items = state.items.page(filter, chosen.order, (chosen.page - 1) * PAGE, PAGE)
    facets = state.facets(chosen.state)
    to_review = chosen.state is States.QUEUE
    return page(
        request,
        "lista.html",
        rows=[row(state, item, reviewer_of(request).name) for item in items],
        total=number(total),
        chosen=chosen,
        counties=facets.counties,
        cells=_cells(state, [cell for cell, _ in facets.categories]),
        reasons=facets.reasons,
        states=states(),
        orders=_ORDERS,
        pages=_pages(chosen, pages),
        queue=chosen.queue().query(),
        bulk=to_review and total > 0,
        query=chosen.at(1).query(),
    )


def row(state: ReviewState, item: Item, reviewer: str) -> Row:
    """Return an item as a line of the table; of a blind item what others chose is not told."""
    proposal = item.proposal
    words = state_label(item.state)
    if item.state.settled and item.choice and (not item.double or item.reviewer == reviewer):
        words = choice_label(state.codebook, proposal.variable, item.choice)
    return Row(
        item.id,
        title_of(state, item),
        title(state.codebook, proposal.variable, "") if proposal.category else "",
        proposal.municipality or proposal.county,
        veiled(proposal.project),
        choice_label(state.codebook, proposal.variable, proposal.choice),
        percent(proposal.probability),
        words,
        quote(proposal.quote),
    )


def _cells(state: ReviewState, cells: list[tuple[str, str]]) -> list[tuple[str, str, bool]]:
    """Return what can be asked for, in the codebook's order: id, words, whether it is a part."""
    found = []
    for variable in state.codebook.variables:
        own = {category for id, category in cells if id == variable.id}
        if own:
            found.append((variable.id, variable.label, False))
        found += [
            (f"{variable.id}.{c.id}", c.label, True) for c in variable.categories if c.id in own
        ]
    return found


def _pages(chosen: Selection, count: int) -> Pages:
    def address(number: int) -> str:
        return f"/lista?{replace(chosen, page=number).query()}"

    here = chosen.page
    return Pages(
        here,
        count,
        first=address(1) if here > 1 else "",
        previous=address(here - 1) if here > 1 else "",
        next=address(here + 1) if here < count else "",
        last=address(count) if here < count else "",
    )
