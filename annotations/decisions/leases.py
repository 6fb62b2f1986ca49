"""Who has which item before him, so that nobody else is given it meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.filters import QUEUED, Filter, States, narrowing
from annotations.decisions.lanes import storable
from annotations.decisions.log import WRITERS
from annotations.decisions.publishing import item_of
from annotations.decisions.types import SETTLED, Item, State

_item, _lane, _lease = schema.item, schema.lane, schema.lease


class Leases:
    """Leases that run out by themselves after `seconds`. All times are seconds since the epoch."""

    def __init__(self, database: Database, seconds: float = 600) -> None:
        self._database = database
        self._seconds = seconds

    def next(
        self,
        round: str,
        reviewer: str,
        filter: Filter,
        now: float,
        skip: Collection[int] = (),
    ) -> Item | None:
        """Return the reviewer's item to decide now and lease it to him, or None for nothing left.

        It is the one he already has, else the first in the queue that nobody else has. An item for
        double coding goes to two reviewers, any other to one. With the filter's states DISPUTES it
        is an item to adjudicate. His leases on other items end, but for those in `skip`.
        """
        filter = replace(filter, round=round)
        with self._database.write() as connection:
            self._database.lock(connection, WRITERS, shared=True)
            self._database.lock(connection, f"lease:{reviewer}")
            found = self._held(connection, reviewer, filter, now, skip)
            # A row that another locks may yet be free when he is done: then wait for him.
            for waits in (False, True):
                found = found or _first(connection, reviewer, filter, now, skip, waits)
            mine = _lease.c.reviewer == reviewer
            kept = [*skip, found.id] if found else list(skip)
            connection.execute(delete(_lease).where(mine, _lease.c.item.not_in(kept)))
            if found is None:
                return None
            self._put(connection, found.id, reviewer, now)
            return item_of(found)

    def take(self, item: int, reviewer: str, now: float) -> bool:
        """Lease an item opened by hand; False where others have it and no more may.

        Raises KeyError for an item that is not there.
        """
        with self._database.write() as connection:
            self._database.lock(connection, WRITERS, shared=True)
            self._database.lock(connection, f"lease:{reviewer}")
            here = _item.c.id == item
            row = None
            if storable(item):
                row = connection.execute(select(_item.c.id).where(here).with_for_update()).first()
            if row is None:
                raise KeyError(item)
            if not connection.scalar(select(_free(reviewer, now)).select_from(_item).where(here)):
                return False
            self._put(connection, item, reviewer, now)
            return True

    def release(self, item: int, reviewer: str) -> None:
        """End a reviewer's lease; nothing happens where there is none."""
        if storable(item):
            with self._database.write() as connection:
                here = (_lease.c.item == item) & (_lease.c.reviewer == reviewer)
                connection.execute(delete(_lease).where(here))

    def _held(
        self,
        connection: Connection,
        reviewer: str,
        filter: Filter,
        now: float,
        skip: Collection[int],
    ) -> Row[Any] | None:
        mine = (_lease.c.reviewer == reviewer) & (_lease.c.until > now)
        held = connection.scalars(select(_lease.c.item).where(mine)).all()
        if not held:
            return None
        for state in _wanted_states(filter):
            query = _wanted(reviewer, filter, state, skip).where(_item.c.id.in_(held))
            if row := connection.execute(query.limit(1)).first():
                return row
        return None

    def _put(self, connection: Connection, item: int, reviewer: str, now: float) -> None:
        here = (_lease.c.item == item) & (_lease.c.reviewer == reviewer)
        connection.execute(delete(_lease).where(here))
        until = now + self._seconds
        connection.execute(insert(_lease).values(item=item, reviewer=reviewer, until=until))


def _first(
    connection: Connection,
    reviewer: str,
    filter: Filter,
    now: float,
    skip: Collection[int],
    waits: bool,
) -> Row[Any] | None:
    """Return and lock the first item that is free; one query a state, for the index's sake."""
    found = []
    for state in _wanted_states(filter):
        query = _wanted(reviewer, filter, state, skip).where(_free(reviewer, now))
        row = _locked(connection, query, waits)
        if row is not None and waits:
            return row
        found += [row] if row is not None else []
    return min(found, key=lambda row: (row.rank is not None, row.rank, row.id), default=None)


def _locked(connection: Connection, query: Select[Any], waits: bool) -> Row[Any] | None:
    """Return the first row of a query and lock it.

    PostgreSQL chooses the row as things stood before it was locked: who held the lock until now may
    have leased the item. Locked, it is looked at once more.
    """
    while True:
        locking = query.limit(1).with_for_update(skip_locked=not waits)
        row = connection.execute(locking).first()
        if row is None:
            return None
        still = connection.execute(query.where(_item.c.id == row.id)).first()
        if still is not None:
            return still


def _wanted_states(filter: Filter) -> tuple[State, ...]:
    return (State.DISPUTED,) if filter.states is States.DISPUTES else QUEUED


def _wanted(reviewer: str, filter: Filter, state: State, skip: Collection[int]) -> Select[Any]:
    """Return the query of items in one state that still want this reviewer, first in queue first.

    Both engines stop at the first row they find: the index gives them in this order.
    """
    query = select(_item).where(*narrowing(filter), _item.c.state == state)
    if state is State.OPEN:
        query = query.where(_item.c.rank.is_not(None))
    if state is not State.DISPUTED:
        done = exists().where(
            _lane.c.item == _item.c.id, _lane.c.lane == reviewer, _lane.c.state.in_(SETTLED)
        )
        query = query.where(or_(_item.c.double.is_(False), ~done))
    if skip:
        query = query.where(_item.c.id.not_in(skip))
    # What was reopened may have no rank and comes first; PostgreSQL would put it last.
    rank = _item.c.rank.nulls_first() if state is not State.OPEN else _item.c.rank
    return query.order_by(rank, _item.c.id)


def _free(reviewer: str, now: float) -> ColumnElement[bool]:
    """Return the condition that an item has room for one more reviewer."""
    has_decided = exists().where(
        _lane.c.item == _lease.c.item,
        _lane.c.lane == _lease.c.reviewer,
        _lane.c.state.in_(SETTLED),
    )
    leased = (
        select(func.count())
        .select_from(_lease)
        .where(_lease.c.item == _item.c.id, _lease.c.until > now, _lease.c.reviewer != reviewer)
        .where(~has_decided)
        .correlate(_item)
        .scalar_subquery()
    )
    two = _item.c.double & _item.c.state.in_((State.OPEN, State.REOPENED))
    return leased < case((two, 2), else_=1)
