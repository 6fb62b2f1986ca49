"""The projection inside one transaction: heads of lanes and items, read, locked and written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from annotations.decisions import schema
from annotations.decisions.events import DECISIONS, event_of, head_of
from annotations.decisions.project import NOTHING, advance, item_state, lane_head
from annotations.decisions.types import Event, Head, Kind, State

T = TypeVar("T")
CHUNK = 500
_HEAD = ("state", "choice", "seq", "reviewer", "at")
_shown = attrgetter(*_HEAD)
_event, _item, _lane = schema.event, schema.item, schema.lane


class Lanes:
    """The heads of some items, locked until the transaction ends; changes wait for `store`.

    Items are locked in the order of their ids, so two transactions never wait for each other.
    """

    def __init__(self, connection: Connection, items: Iterable[int]) -> None:
        self._connection = connection
        self.double: dict[int, bool] = {}
        self._heads: dict[int, dict[str, Head]] = defaultdict(dict)
        self._stored: dict[int, Head] = {}
        self._known: set[tuple[int, str]] = set()
        self._dirty: dict[tuple[int, str], None] = {}
        for some in chunks(sorted(filter(storable, set(items)))):
            self._load(some)

    def head(self, item: int, lane: str) -> Head:
        """Return what holds in one lane; an open head where nothing has happened."""
        return self._heads[item].get(lane, NOTHING) if item in self._heads else NOTHING

    def blind(self, item: int) -> dict[str, Head]:
        """Return the heads of an item's blind coders."""
        return {lane: head for lane, head in self._heads[item].items() if lane}

    def put(self, item: int, lane: str, head: Head) -> None:
        """Change a head; a lane without a single event is gone."""
        if head == self.head(item, lane):
            return
        self._dirty[item, lane] = None
        if head == NOTHING:
            del self._heads[item][lane]
        else:
            self._heads[item][lane] = head

    def refold(self, events: Iterable[Event]) -> None:
        """Project lanes anew from all their events, in the order of item, lane and seq."""
        for (item, lane), some in groupby(events, key=lambda e: (e.item, e.lane)):
            self.put(item, lane, lane_head(some))

    def drop_all_but(self, lanes: Collection[tuple[int, str]]) -> None:
        """Forget every lane that has no event."""
        for item, lane in self._known.difference(lanes):
            self.put(item, lane, NOTHING)

    def store(self) -> int:
        """Write changed heads and what follows from them for the items; return how many items."""
        rows = [
            {"b_item": item, "b_lane": lane, "event": head.event, **_columns(head)}
            for item, lane in self._dirty
            if (head := self.head(item, lane)) != NOTHING
        ]
        new = [row for row in rows if (row["b_item"], row["b_lane"]) not in self._known]
        old = [row for row in rows if (row["b_item"], row["b_lane"]) in self._known]
        dead = [
            {"b_item": item, "b_lane": lane}
            for item, lane in self._dirty
            if self.head(item, lane) == NOTHING
        ]
        here = (_lane.c.item == bindparam("b_item")) & (_lane.c.lane == bindparam("b_lane"))
        if new:
            names = [{**row, "item": row.pop("b_item"), "lane": row.pop("b_lane")} for row in new]
            self._connection.execute(insert(_lane), names)
        if old:
            self._connection.execute(update(_lane).where(here), old)
        if dead:
            self._connection.execute(delete(_lane).where(here), dead)
        self._known |= set(self._dirty)
        self._dirty.clear()
        return self._store_items()

    def _load(self, items: Sequence[int]) -> None:
        query = select(*_item.c["id", "double", *_HEAD]).where(_item.c.id.in_(items))
        for row in self._connection.execute(query.order_by(_item.c.id).with_for_update()).all():
            self.double[row.id] = row.double
            self._heads[row.id] = {}
            self._stored[row.id] = Head(State(row.state), row.choice, row.seq, row.reviewer, row.at)
        for row in self._connection.execute(select(_lane).where(_lane.c.item.in_(items))):
            self._heads[row.item][row.lane] = head_of(row)
            self._known.add((row.item, row.lane))

    def _store_items(self) -> int:
        changed = []
        for item, stored in self._stored.items():
            head = item_state(self.double[item], self.head(item, ""), self.blind(item))
            if _shown(head) != _shown(stored):
                changed.append({"b_id": item, **_columns(head)})
                self._stored[item] = head
        if changed:
            self._connection.execute(update(_item).where(_item.c.id == bindparam("b_id")), changed)
        return len(changed)


def record(connection: Connection, lanes: Lanes, rows: list[dict[str, Any]]) -> list[Event]:
    """Insert events, whose `seq` the caller has set, and project those that are no UNDO."""
    if not rows:
        return []
    ids = _insert(connection, rows)
    events = [Event(id=id, **row) for id, row in zip(ids, rows, strict=True)]
    for event in events:
        if event.kind is not Kind.UNDO:
            lanes.put(event.item, event.lane, advance(lanes.head(event.item, event.lane), event))
    return events


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> Sequence[int]:
    """Insert events and return their ids, in the order of the rows."""
    if connection.dialect.name == "sqlite":
        # SQLAlchemy would insert them one by one to be sure of the order. Nobody else writes now,
        # and this is the number that SQLite itself would give.
        first = (connection.scalar(select(func.max(_event.c.id))) or 0) + 1
        ids = range(first, first + len(rows))
        numbered = [{**row, "id": id} for id, row in zip(ids, rows, strict=True)]
        connection.execute(insert(_event), numbered)
        return ids
    ordered = insert(_event).returning(_event.c.id, sort_by_parameter_order=True)
    return connection.execute(ordered, rows).scalars().all()


def of_items(connection: Connection, items: Iterable[int]) -> Iterator[Event]:
    """Yield all events of some items, in the order of item, lane and seq."""
    for some in chunks(sorted(set(items))):
        query = select(_event).where(_event.c.item.in_(some))
        rows = connection.execute(query.order_by(_event.c.item, _event.c.lane, _event.c.seq))
        yield from map(event_of, rows)


def standing() -> ColumnElement[bool]:
    """Return the condition that an event is a decision nobody has taken back."""
    undo = _event.alias("undo")
    return _event.c.kind.in_(DECISIONS) & ~exists().where(undo.c.undoes == _event.c.id)


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """Yield values a few at a time: a statement holds only so many parameters."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def storable(id: int) -> bool:
    """Return whether a number may be an id: a browser may send any."""
    return 0 < id < 2**63


def _columns(head: Head) -> dict[str, Any]:
    return dict(zip(_HEAD, _shown(head), strict=True))
