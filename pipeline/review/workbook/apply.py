"""The workbook and the database: what goes out, and a plan that is carried out whole or not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlalchemy import select

from annotations.codebook import Codebook
from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter
from annotations.decisions.items import Items
from annotations.decisions.lanes import chunks
from annotations.decisions.log import DecisionLog
from annotations.decisions.publishing import item_of
from annotations.decisions.types import Item, Source
from pipeline.review.labels import Labels
from pipeline.review.workbook.aside import put_aside, remember
from pipeline.review.workbook.merge import Plan
from pipeline.review.workbook.write import Written, write_workbook
from pipeline.tables.types import TickPicture

_AT_A_TIME = 2000


class NotAppliedError(Exception):
    """Somebody decided between the plan and its carrying out; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Current:
    """The items of one round as they stand."""

    database: Database
    round: str

    def items(self, ids: Collection[int]) -> Mapping[int, Item]:
        """Return the round's items among these ids."""
        found: dict[int, Item] = {}
        with self.database.read() as connection:
            for some in chunks(sorted(id for id in ids if id < 2**63)):
                query = select(schema.item).where(
                    schema.item.c.id.in_(some), schema.item.c.round == self.round
                )
                found |= {row.id: item_of(row) for row in connection.execute(query).all()}
        return found

    def known(self, tokens: Collection[str]) -> set[str]:
        """Return those of the tokens that the log already has."""
        column = schema.event.c.token
        found: set[str] = set()
        with self.database.read() as connection:
            for some in chunks(sorted(tokens)):
                found |= set(connection.scalars(select(column).where(column.in_(some))))
        return found


def export(
    database: Database,
    round: str,
    codebook: Codebook,
    path: Path,
    *,
    filter: Filter | None = None,
    ticks: Sequence[TickPicture] = (),
    made: date | None = None,
) -> Written:
    """Write the workbook of what waits for a person, or of what meets `filter`, to `path`.

    Items of blind double coding are left to the page. A workbook there that somebody has written
    in is put aside. Raises WriteError.
    """
    aside = put_aside(database, path)
    written = write_workbook(
        _waiting(database, filter or Filter(round)),
        Labels(codebook),
        database.secret(),
        path,
        title=f"Granskning – {round}" if round else "Granskning",
        made=made or date.today(),
        ticks=ticks,
    )
    remember(database, path)
    return replace(written, aside=aside)


def _waiting(database: Database, filter: Filter) -> Iterator[Item]:
    """Yield the items in the order of the queue, as it was at the first of them.

    By their ids: counted off, page by page, some would be missed when others are decided meanwhile.
    """
    current = Current(database, filter.round)
    for some in chunks(Items(database).ids(filter), _AT_A_TIME):
        found = current.items(some)
        yield from (found[id] for id in some if id in found and not found[id].double)


def carry_out(plan: Plan, items: Items, log: DecisionLog, round: str, reviewer: str) -> int:
    """Append the plan's events as one group, all or none; return how many.

    Raises NotAppliedError where somebody decided meanwhile, ValueError for a plan with faults.
    """
    if plan.faults:
        raise ValueError("a plan with faults is not carried out")
    if not plan.changes:
        return 0
    model, codebook = items.published(round)
    news = [
        (
            NewEvent(
                item=change.item.id,
                kind=change.kind,
                reviewer=reviewer,
                source=Source.WORKBOOK,
                token=change.token,
                choice=change.choice,
                comment=change.comment,
                proposal=change.item.proposal.choice,
                probability=change.item.proposal.probability,
                codebook=codebook,
                model=model,
                basis=change.item.proposal.basis,
            ),
            change.item.seq,
        )
        for change in plan.changes
    ]
    # The whole import is one group, so that one undo takes all of it back.
    result = log.append_bulk(news, plan.changes[0].token, whole=True)
    if result.conflicts:
        raise NotAppliedError("Någon beslutade under tiden. Inget lästes in; kör igen.")
    return len(result.saved)
