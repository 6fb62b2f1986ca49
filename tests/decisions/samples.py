"""Items and decisions for the tests of this room."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from annotations.decisions.events import NewEvent, Saved
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.publishing import Published
from annotations.decisions.types import Event, Kind, Proposal, Source

ROUND = "2025"
_tokens = count(1)


class Clock:
    """A clock that only moves when told, but never shows the same moment twice."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


def proposal(number: int, **fields: Any) -> Proposal:
    """Return a proposal for project `number`, whose text's digest is `b<number>`."""
    values: dict[str, Any] = {
        "project": f"Projekt {number}",
        "variable": "aktor",
        "category": "kyrka",
        "choice": "aktiv",
        "probability": 0.5,
        "automatic": False,
        "origin": "modell",
        "basis": f"b{number}",
    }
    return Proposal(**{**values, **fields})


def publish(
    items: Items,
    proposals: int | Iterable[Proposal],
    bases: Mapping[str, Collection[str]] | None = None,
    **more: Any,
) -> Published:
    """Publish proposals, all ranked in their order unless ranks are named."""
    if isinstance(proposals, int):
        proposals = [proposal(n) for n in range(1, proposals + 1)]
    proposals = list(proposals)
    if bases is None:
        bases = {
            p.project: {q.basis for q in proposals if q.project == p.project} for p in proposals
        }
    ranks = {p.key: float(n) for n, p in enumerate(proposals)}
    return items.publish(ROUND, proposals, bases, **{"ranks": ranks, **more})


def new(item: int, reviewer: str = "Ada", choice: str = "aktiv", **fields: Any) -> NewEvent:
    """Return a decision, or with `kind` some other event, with a token of its own."""
    kind = fields.pop("kind", Kind.DECIDE)
    values = {
        "item": item,
        "kind": kind,
        "reviewer": reviewer,
        "source": Source.WEB,
        "token": f"t{next(_tokens)}",
        "choice": choice if kind is Kind.DECIDE else "",
        "basis": f"b{item}",
    }
    return NewEvent(**{**values, **fields})


def decide(
    log: DecisionLog, item: int, reviewer: str = "Ada", choice: str = "aktiv", **fields: Any
) -> Event:
    """Append a decision on top of what stands and return it."""
    event = new(item, reviewer, choice, **fields)
    saved = log.append(event, log.head(item, event.lane).seq)
    assert isinstance(saved, Saved), saved
    return saved.event


def undo(log: DecisionLog, reviewer: str = "Ada"):
    """Press undo once."""
    return log.undo(reviewer, f"t{next(_tokens)}", Source.WEB)
