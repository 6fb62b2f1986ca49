"""What goes into the log and what comes out of it, and how rows become these types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from annotations.decisions.types import Event, Head, Kind, Source, State

DECISIONS = (Kind.DECIDE, Kind.UNDECIDABLE)
_LIMITS = {"reviewer": 64, "token": 64, "lane": 64, "group": 64, "choice": 64, "basis": 64}
COMMENT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event before the log has numbered and dated it; the fields are those of `Event`."""

    item: int
    kind: Kind
    reviewer: str
    source: Source
    token: str
    choice: str = ""
    comment: str = ""
    lane: str = ""
    group: str = ""
    proposal: str = ""
    probability: float | None = None
    codebook: str = ""
    model: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """The event stands in the log. `again`: it already did, the same token came once more."""

    event: Event
    again: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was written: the lane has moved since the reviewer saw it.

    `head` is what holds in the lane now and `since` what happened there after what was seen.
    """

    new: NewEvent
    head: Head
    since: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of each event of one bulk action, each list in the order they were given."""

    saved: tuple[Saved, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """Taken back: one UNDO event for each decision.

    `kept` counts decisions of the same group that stand, since others have decided after them.
    """

    events: tuple[Event, ...]
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Nothing:
    """There was nothing to take back."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not taken back: `by` has since decided `choice` on the same item."""

    item: int
    by: str
    choice: str


def check(new: NewEvent) -> None:
    """Raise ValueError for an event the log cannot hold, or that contradicts itself."""
    if new.kind is Kind.UNDO:
        raise ValueError("an event is taken back with DecisionLog.undo")
    if bool(new.choice) != (new.kind is Kind.DECIDE):
        raise ValueError("a decision has a choice, and nothing else has")
    if new.lane not in ("", new.reviewer):
        raise ValueError("nobody writes in another reviewer's lane")
    if not new.reviewer or not new.token:
        raise ValueError("an event has a reviewer and a token")
    long = [name for name, limit in _LIMITS.items() if len(getattr(new, name)) > limit]
    if long or len(new.comment) > COMMENT_LIMIT:
        raise ValueError(f"too long: {', '.join(long) or 'comment'}")


def clean(text: str) -> str:
    """Return text that both engines can hold: no NUL and no half of a surrogate pair."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def event_of(row: Row[Any]) -> Event:
    """Return the event of a row of the table `event`."""
    values = dict(row._mapping)
    values["kind"] = Kind(values["kind"])
    values["source"] = Source(values["source"])
    return Event(**values)


def head_of(row: Row[Any]) -> Head:
    """Return the head of a row of the table `lane`."""
    return Head(State(row.state), row.choice, row.seq, row.reviewer, row.at, row.event)
