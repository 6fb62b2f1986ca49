"""The log of decisions: what is appended stays, and each reviewer can take back what is his."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, insert, literal_column, select
from sqlalchemy.exc import IntegrityError

from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.events import (
    DECISIONS,
    BulkResult,
    Conflict,
    NewEvent,
    Nothing,
    Refused,
    Saved,
    Undone,
    check,
    clean,
    event_of,
    head_of,
)
from annotations.decisions.lanes import Lanes, chunks, of_items, record, standing, storable
from annotations.decisions.project import NOTHING
from annotations.decisions.types import Event, Head, Kind, Source, State

WRITERS = "events"  # the lock that whoever appends shares, and whoever renews all items has alone
_event, _lane = schema.event, schema.lane
_GIVEN = tuple(field.name for field in fields(NewEvent))
_NONE: ColumnElement[str] = literal_column(
    "''"
)  # no parameter: only so is the index on groups used


def utc_now() -> datetime:
    """Return the time now."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Return a time as the log writes it: UTC, ISO 8601 to the millisecond, sorting as text."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


class DecisionLog:
    """The events of one database."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def append(self, new: NewEvent, expected: int) -> Saved | Conflict:
        """Append one event if its lane still is where the reviewer saw it.

        `expected` is the lane's seq that was seen; for a comment it does not matter. A token that
        already stands gives its first event. A decision in the wrong lane (the item has since
        become one of double coding, or ceased to be) is a conflict too. Raises KeyError for an
        unknown item and ValueError for an event that contradicts itself.
        """
        result = self.append_bulk([(new, expected)])
        return result.saved[0] if result.saved else result.conflicts[0]

    def append_bulk(
        self,
        news: Sequence[tuple[NewEvent, int]],
        group: str = "",
        *,
        whole: bool = False,
    ) -> BulkResult:
        """Append many events in one transaction, all with the same group if one is named.

        Those whose lane has moved are left out and returned as conflicts; with `whole` a single
        conflict leaves everything out. Raises as `append`.
        """
        try:
            return self._append(news, group, whole)
        except _NotWhole as conflict:
            return BulkResult((), conflict.conflicts)
        except IntegrityError:  # PostgreSQL: the same token at the same moment, on another item
            return self._append(news, group, whole)

    def undo(
        self, reviewer: str, token: str, source: Source, round: str | None = None
    ) -> Undone | Nothing | Refused:
        """Take back the reviewer's latest decision that still stands, a whole group at once.

        With `round` only what was decided in it is looked at. Refused where another has decided
        after it, in the same lane or as adjudicator. Of a group what can be taken back is; only
        where nothing can it is refused.
        """
        with self._database.write() as connection:
            self._database.lock(connection, WRITERS, shared=True)
            self._database.lock(connection, f"undo:{reviewer}")
            if again := _by_token(connection, [token]):
                return Undone(tuple(_whole_undo(connection, again[token])))
            mine = _latest(connection, reviewer, round)
            if not mine:
                return Nothing()
            lanes = Lanes(connection, (event.item for event in mine))
            later = _decided_after(connection, reviewer, mine)
            free = [event for event in mine if event.id not in later]
            if not free:
                by = later[mine[0].id]
                return Refused(by.item, by.reviewer, by.choice)
            rows = _undo_rows(lanes, free, token, source, stamp(self._now()))
            done = record(connection, lanes, rows)
            lanes.refold(of_items(connection, (event.item for event in free)))
            lanes.store()
            return Undone(tuple(done), kept=len(mine) - len(free))

    def events(self, item: int) -> tuple[Event, ...]:
        """Return everything that happened to an item, in the order it happened."""
        if not storable(item):
            return ()
        with self._database.read() as connection:
            query = select(_event).where(_event.c.item == item).order_by(_event.c.id)
            return tuple(map(event_of, connection.execute(query)))

    def recent(self, reviewer: str, n: int = 10) -> tuple[Event, ...]:
        """Return the reviewer's last decisions not taken back, newest first, one for each group."""
        found: list[Event] = []
        query = select(_event).where(_event.c.reviewer == reviewer, standing())
        with self._database.read() as connection:
            while len(found) < n:
                seen = [event.group for event in found if event.group]
                rest = query.where(_event.c.group.not_in(seen)) if seen else query
                if found:
                    rest = rest.where(_event.c.id < found[-1].id)
                row = connection.execute(rest.order_by(_event.c.id.desc()).limit(1)).first()
                if row is None:
                    break
                found.append(event_of(row))
        return tuple(found)

    def head(self, item: int, lane: str = "") -> Head:
        """Return what holds in one lane of an item; its seq is what `append` expects."""
        return self.heads([item], lane).get(item, NOTHING)

    def heads(self, items: Iterable[int], lane: str = "") -> dict[int, Head]:
        """Return what holds in one lane of many items; items without events are left out."""
        with self._database.read() as connection:
            return {
                row.item: head_of(row)
                for some in chunks([item for item in items if storable(item)])
                for row in connection.execute(
                    select(_lane).where(_lane.c.item.in_(some), _lane.c.lane == lane)
                )
            }

    def reveal(self, item: int, document: str, reviewer: str) -> None:
        """Write down that a reviewer saw a document's personal data in clear."""
        row = {"item": item, "document": document, "reviewer": reviewer}
        with self._database.write() as connection:
            connection.execute(insert(schema.revealed).values(at=stamp(self._now()), **row))

    def rebuild(self) -> int:
        """Project every lane and item anew from the events; return how many items were wrong."""
        with self._database.write() as connection:
            self._database.lock(connection, WRITERS)
            ids = connection.scalars(select(schema.item.c.id).order_by(schema.item.c.id)).all()
            return sum(_rebuild(connection, some) for some in chunks(ids))

    def _append(self, news: Sequence[tuple[NewEvent, int]], group: str, whole: bool) -> BulkResult:
        for new, _ in news:
            check(new)
        if news and group:
            check(replace(news[0][0], group=group))
        with self._database.write() as connection:
            self._database.lock(connection, WRITERS, shared=True)
            lanes = Lanes(connection, (new.item for new, _ in news))
            known = _by_token(connection, [new.token for new, _ in news])
            at = stamp(self._now())
            rows: dict[str, dict[str, Any]] = {}
            conflicts: list[Conflict] = []
            seqs: dict[tuple[int, str], int] = {}
            for new, expected in news:
                if new.item not in lanes.double:
                    raise KeyError(new.item)
                if new.token in known or new.token in rows:
                    continue
                place = (new.item, new.lane)
                seq = seqs.get(place, lanes.head(*place).seq)
                if new.kind is not Kind.COMMENT and (seq != expected or _misplaced(new, lanes)):
                    conflicts.append(_conflict(connection, lanes, new, expected))
                    continue
                seqs[place] = seq + 1
                rows[new.token] = _row(new, seq + 1, at, group)
            if whole and conflicts:
                raise _NotWhole(tuple(conflicts))
            added = {e.token: e for e in record(connection, lanes, list(rows.values()))}
            lanes.store()
        saved = [
            Saved(known[token], again=True) if token in known else Saved(added[token])
            for token in (new.token for new, _ in news)
            if token in known or token in added
        ]
        return BulkResult(tuple(saved), tuple(conflicts))


class _NotWhole(Exception):
    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        super().__init__(len(conflicts))
        self.conflicts = conflicts


def _row(new: NewEvent, seq: int, at: str, group: str) -> dict[str, Any]:
    row = {name: getattr(new, name) for name in _GIVEN}
    row |= {"seq": seq, "at": at, "undoes": None, "comment": clean(new.comment)}
    return {**row, "group": group} if group else row


def _misplaced(new: NewEvent, lanes: Lanes) -> bool:
    """Return whether a decision is in a lane that the item does not have, or not yet."""
    if new.kind not in DECISIONS or bool(new.lane) == lanes.double[new.item]:
        return False
    if new.lane:
        return True
    decided = sum(head.state.settled for head in lanes.blind(new.item).values())
    return decided < 2 and lanes.head(new.item, "").state is State.OPEN


def _conflict(connection: Connection, lanes: Lanes, new: NewEvent, expected: int) -> Conflict:
    lane = new.lane
    if _misplaced(new, lanes):
        lane, expected = (new.reviewer if lanes.double[new.item] else ""), 0
    seen = max(0, min(expected, 2**31 - 1))
    here = (_event.c.item == new.item) & (_event.c.lane == lane) & (_event.c.seq > seen)
    rows = connection.execute(select(_event).where(here).order_by(_event.c.seq))
    return Conflict(new, lanes.head(new.item, lane), tuple(map(event_of, rows)))


def _by_token(connection: Connection, tokens: Sequence[str]) -> dict[str, Event]:
    return {
        row.token: event_of(row)
        for some in chunks(tokens)
        for row in connection.execute(select(_event).where(_event.c.token.in_(some))).all()
    }


def _latest(connection: Connection, reviewer: str, round: str | None) -> list[Event]:
    """Return the decisions that the next undo is about; none where nothing is left."""
    undo = _event.alias("group_undo")
    gone = exists().where(
        undo.c.group == _event.c.group,
        undo.c.group != _NONE,
        undo.c.kind == Kind.UNDO,
        undo.c.reviewer == reviewer,
    )
    query = select(_event).where(_event.c.reviewer == reviewer, standing())
    if round is not None:
        item = schema.item.c
        query = query.where(exists().where(item.id == _event.c.item, item.round == round))
    last = connection.execute(query.where(~gone).order_by(_event.c.id.desc()).limit(1)).first()
    if last is None:
        return []
    if not last.group:
        return [event_of(last)]
    group = query.where(_event.c.group == last.group, _event.c.group != _NONE)
    return [event_of(row) for row in connection.execute(group.order_by(_event.c.id))]


def _whole_undo(connection: Connection, first: Event) -> Iterator[Event]:
    """Yield what one undo wrote, given its first event."""
    if not first.group:
        yield first
        return
    query = select(_event).where(_event.c.group == first.group, _event.c.group != _NONE)
    query = query.where(_event.c.kind == Kind.UNDO, _event.c.reviewer == first.reviewer)
    yield from map(event_of, connection.execute(query.order_by(_event.c.id)))


def _decided_after(
    connection: Connection, reviewer: str, mine: Sequence[Event]
) -> dict[int, Event]:
    """Return, by the id of my decision, one that somebody else has made after it."""
    since = min(event.id for event in mine)
    others: dict[int, list[Event]] = {}
    for some in chunks(sorted({event.item for event in mine})):
        query = select(_event).where(_event.c.item.in_(some), _event.c.id > since, standing())
        for row in connection.execute(query.where(_event.c.reviewer != reviewer)):
            others.setdefault(row.item, []).append(event_of(row))
    return {
        event.id: other
        for event in mine
        for other in others.get(event.item, ())
        if other.id > event.id and other.lane in (event.lane, "")
    }


def _undo_rows(
    lanes: Lanes, decisions: Sequence[Event], token: str, source: Source, at: str
) -> list[dict[str, Any]]:
    rows = []
    seqs: dict[tuple[int, str], int] = {}
    for number, event in enumerate(decisions):
        place = (event.item, event.lane)
        seqs[place] = seqs.get(place, lanes.head(*place).seq) + 1
        row = {name: getattr(event, name) for name in _GIVEN}
        row |= {"kind": Kind.UNDO, "choice": "", "comment": "", "undoes": event.id, "at": at}
        # The first event bears the click's own token, by which the click is known again.
        own = hashlib.sha256(f"{token}:{number}".encode()).hexdigest() if number else token
        rows.append({**row, "seq": seqs[place], "source": source, "token": own})
    return rows


def _rebuild(connection: Connection, items: Sequence[int]) -> int:
    lanes = Lanes(connection, items)
    events = list(of_items(connection, items))
    lanes.drop_all_but({(event.item, event.lane) for event in events})
    lanes.refold(events)
    return lanes.store()
