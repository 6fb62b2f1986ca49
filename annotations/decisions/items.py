"""The items of a round: published by a run, listed, counted, and how far the review has come."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, case, func, or_, select

from annotations.decisions import publishing, schema
from annotations.decisions.database import Database
from annotations.decisions.filters import QUEUED, Filter, Order, States, conditions, ordering
from annotations.decisions.lanes import standing, storable
from annotations.decisions.log import stamp, utc_now
from annotations.decisions.publishing import Published, StoredDocument, item_of
from annotations.decisions.types import SETTLED, Item, Key, Proposal, State

T = TypeVar("T")
_item, _event = schema.item, schema.event


@dataclass(frozen=True, slots=True)
class Facets:
    """What one may filter by, each with its number of items, the most frequent first."""

    counties: tuple[tuple[str, int], ...]
    categories: tuple[tuple[tuple[str, str], int], ...]  # (variable, category)
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come; `today`, `own` and `pace` are the reviewer's own decisions.

    `own` counts those that stand, `pace` those of the last hour. `settled` and `remaining` count
    items, whoever decided; `disputes` are items that wait for an adjudicator.
    """

    today: int
    own: int
    pace: int
    settled: int
    remaining: int
    disputes: int


class Items:
    """The items of one database."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def publish(
        self,
        round: str,
        proposals: Iterable[Proposal],
        bases: Mapping[str, Collection[str]],
        documents: Iterable[StoredDocument] = (),
        *,
        ranks: Mapping[Key, float] | None = None,
        audits: Collection[Key] = (),
        model: str = "",
        codebook: str = "",
    ) -> Published:
        """Put a run's proposals in place of the round's earlier ones; decisions stand.

        `bases[project]` are the digests a decision may rest on today; one that rests on another is
        reopened. `ranks` gives places in the queue; what is missing there is asked of nobody. All
        in one transaction. Raises ValueError for an item that comes twice.
        """
        with self._database.write() as connection:
            run = publishing.Run(round, model, codebook, stamp(self._now()))
            return publishing.publish(
                self._database, connection, run, proposals, bases, documents, ranks or {}, audits
            )

    def set_double(self, share: float) -> int:
        """Mark this share of the items without events for blind double coding, and no others.

        Items published later follow it too. Returns how many items changed.
        """
        with self._database.write() as connection:
            return publishing.set_double(self._database, connection, share)

    def published(self, round: str) -> tuple[str, str]:
        """Return the model and the codebook of the round's latest run, or ("", "")."""
        return publishing.versions(self._database, round)

    def rounds(self) -> tuple[str, ...]:
        """Return the names of all rounds."""
        with self._database.read() as connection:
            query = select(_item.c.round).distinct().order_by(_item.c.round)
            return tuple(connection.scalars(query))

    def projects(self, round: str) -> frozenset[str]:
        """Return the projects of a round's latest run."""
        with self._database.read() as connection:
            query = select(_item.c.project).where(_item.c.round == round, _item.c.gone.is_(False))
            return frozenset(connection.scalars(query.distinct()))

    def document(self, round: str, name: str) -> StoredDocument | None:
        """Return a document as the run read it, or None."""
        with self._database.read() as connection:
            return publishing.stored(connection, round, name)

    def get(self, id: int) -> Item | None:
        """Return one item, or None; also for numbers no database holds."""
        if not storable(id):
            return None
        with self._database.read() as connection:
            row = connection.execute(select(_item).where(_item.c.id == id)).first()
        return item_of(row) if row is not None else None

    def count(self, filter: Filter) -> int:
        """Return how many items meet the filter."""
        with self._database.read() as connection:
            query = select(func.count()).select_from(_item).where(*conditions(filter))
            return connection.scalar(query) or 0

    def page(
        self, filter: Filter, order: Order, offset: int = 0, limit: int | None = 50
    ) -> tuple[Item, ...]:
        """Return some of the items that meet the filter; all of them with limit None."""
        # Sorted are the ids alone; whole rows are fetched only for those that are shown.
        ids = select(_item.c.id).where(*conditions(filter)).order_by(*ordering(order))
        if limit is not None:
            ids = ids.offset(max(0, min(offset, 2**31))).limit(limit)
        query = select(_item).where(_item.c.id.in_(ids)).order_by(*ordering(order))
        with self._database.read() as connection:
            return tuple(map(item_of, connection.execute(query).all()))

    def ids(self, filter: Filter) -> tuple[int, ...]:
        """Return the ids of all items that meet the filter, in the order of the queue."""
        query = select(_item.c.id).where(*conditions(filter)).order_by(*ordering(Order.QUEUE))
        with self._database.read() as connection:
            return tuple(connection.scalars(query))

    def settled(self, round: str) -> Iterator[Item]:
        """Yield every item that is decided or cannot be, also those the latest run lacks."""
        query = select(_item).where(_item.c.round == round, _item.c.state.in_(SETTLED))
        with self._database.read() as connection:
            rows = connection.execution_options(yield_per=1000).execute(query.order_by(_item.c.id))
            yield from map(item_of, rows)

    def facets(self, round: str, states: States = States.QUEUE) -> Facets:
        """Return what the items of a round can be filtered by."""
        where = conditions(Filter(round, states))
        columns = _item.c
        reasons: Counter[str] = Counter()
        with self._database.read() as connection:

            def counted(*by: str) -> list[tuple[tuple[str, ...], int]]:
                some = [columns[name] for name in by]
                query: Select[Any] = select(*some, func.count()).where(*where).group_by(*some)
                return [(tuple(row[:-1]), row[-1]) for row in connection.execute(query)]

            counties = {by[0]: n for by, n in counted("county") if by[0]}
            categories = {(by[0], by[1]): n for by, n in counted("variable", "category")}
            for by, n in counted("reasons"):
                reasons.update(dict.fromkeys(json.loads(by[0]), n))
        return Facets(_sorted(counties), _sorted(categories), _sorted(reasons))

    def progress(self, round: str, reviewer: str, now: datetime | None = None) -> Progress:
        """Return how far the round has come; today begins at midnight in the time zone of `now`."""
        now = now or self._now()
        midnight = stamp(now.replace(hour=0, minute=0, second=0, microsecond=0))
        hour = stamp(now - timedelta(hours=1))
        mine = (
            select(
                func.count(),
                func.count(case((_event.c.at >= midnight, 1))),
                func.count(case((_event.c.at >= hour, 1))),
            )
            .select_from(_event.join(_item, _item.c.id == _event.c.item))
            .where(_event.c.reviewer == reviewer, _item.c.round == round, standing())
        )
        counts = (
            select(_item.c.state, func.count())
            .where(_item.c.round == round, _item.c.gone.is_(False))
            .where(or_(_item.c.rank.is_not(None), _item.c.state != State.OPEN))
            .group_by(_item.c.state)
        )
        with self._database.read() as connection:
            own = connection.execute(mine).one()
            states = Counter({State(row[0]): row[1] for row in connection.execute(counts)})
        return Progress(
            own=own[0],
            today=own[1],
            pace=own[2],
            settled=states[State.DECIDED] + states[State.UNDECIDABLE],
            remaining=sum(states[state] for state in QUEUED),
            disputes=states[State.DISPUTED],
        )


def _sorted(counts: Mapping[T, int]) -> tuple[tuple[T, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0]))))
