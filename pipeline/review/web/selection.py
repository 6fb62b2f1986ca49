"""What a reviewer has chosen to see, as the query of an address and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from annotations.codebook import Codebook
from annotations.decisions.filters import Filter, Order, States
from pipeline.review.web.words import title

PAGE = 50
_LONGEST = 200
_STATES = {
    States.QUEUE: "att granska",
    States.DECIDED: "beslutade",
    States.DISPUTES: "tvister",
    States.ALL: "alla",
}


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter with its order and page. `cell` is a variable, or `variable.category`."""

    county: str = ""
    cell: str = ""
    reason: str = ""
    text: str = ""
    state: States = States.QUEUE
    order: Order = Order.QUEUE
    page: int = 1

    @property
    def filters(self) -> bool:
        """Whether anything but the state is chosen."""
        return bool(self.county or self.cell or self.reason or self.text)

    def filter(self, round: str) -> Filter:
        """Return the filter that the database understands."""
        variable, _, category = self.cell.partition(".")
        return Filter(
            round=round,
            states=self.state,
            county=self.county,
            variable=variable,
            category=category,
            reason=self.reason,
            text=self.text,
        )

    def queue(self) -> Selection:
        """Return the same choice of what is still to be decided, from its beginning."""
        return replace(self, state=States.QUEUE, order=Order.QUEUE, page=1)

    def at(self, page: int) -> Selection:
        """Return the same selection on another page."""
        return replace(self, page=page)

    def query(self) -> str:
        """Return the selection as a query, without what is as usual."""
        given = {
            "lan": self.county,
            "fraga": self.cell,
            "skal": self.reason,
            "sok": self.text,
            "lage": "" if self.state is States.QUEUE else self.state.value,
            "ordning": "" if self.order is Order.QUEUE else self.order.value,
            "sida": "" if self.page == 1 else str(self.page),
        }
        return urlencode({name: value for name, value in given.items() if value})

    def words(self, codebook: Codebook) -> str:
        """Return the filter in words."""
        variable, _, category = self.cell.partition(".")
        cell = title(codebook, variable, category) if variable else ""
        quoted = f"”{self.text}”" if self.text else ""
        return ", ".join(part for part in (self.county, cell, self.reason, quoted) if part)


def selection(query: Mapping[str, str] | str) -> Selection:
    """Read a selection from a query; what cannot be is as usual."""
    if isinstance(query, str):
        query = dict(parse_qsl(query[:2000]))
    query = {name: value.replace("\0", "") for name, value in query.items()}  # PostgreSQL has none
    page = query.get("sida", "")
    state, order = query.get("lage", ""), query.get("ordning", "")
    return Selection(
        county=query.get("lan", "")[:_LONGEST],
        cell=query.get("fraga", "")[:_LONGEST],
        reason=query.get("skal", "")[:1000],
        text=query.get("sok", "").strip()[:_LONGEST],
        state=States(state) if state in list(States) else States.QUEUE,
        order=Order(order) if order in list(Order) else Order.QUEUE,
        page=int(page) if page.isdecimal() and len(page) < 7 and int(page) else 1,
    )


def states() -> Mapping[States, str]:
    """Return the states that can be filtered on, in words."""
    return _STATES
