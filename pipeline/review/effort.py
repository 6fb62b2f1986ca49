"""The review of a round in figures, from the log: questions, people, hours, agreement, audits.

Time at work is reckoned from the moments at which each person decided something on the page. What
lies between two of them is work unless it is longer than PAUSE_S; after a pause the first decision
is taken to have cost what that person's decisions usually do (the median).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from statistics import median

from sqlalchemy import case, func, or_, select

from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.events import DECISIONS, event_of
from annotations.decisions.publishing import item_of
from annotations.decisions.types import Event, Item, Kind, Source, State
from pipeline.review.agreement import Pair, agreement, automatic_error, coder_pairs
from pipeline.tables.effort import Agreed, AuditedShare, Bounded, Effort

PAUSE_S = 300.0
_item, _event = schema.item, schema.event


def effort(database: Database, round: str) -> Effort:
    """Return what the review of a round has come to. Reads the database, writes nothing."""
    here = (_item.c.round == round) & _item.c.gone.is_(False)
    asked = here & or_(_item.c.rank.is_not(None), _item.c.state != State.OPEN)
    counted = select(func.count(), func.count(case((_item.c.audit, 1)))).where(asked)
    # Only what somebody has touched is fetched: of a large round most of it waits.
    touched = select(_item).where(asked, _item.c.state != State.OPEN).order_by(_item.c.id)
    told = select(_event).join(_item, _item.c.id == _event.c.item).where(here)
    with database.read() as connection:
        number, drawn = connection.execute(counted).one()
        items = tuple(map(item_of, connection.execute(touched)))
        events = tuple(map(event_of, connection.execute(told.order_by(_event.c.id))))
    return of(items, events, asked=number, drawn=drawn)


def of(items: Sequence[Item], events: Sequence[Event], *, asked: int, drawn: int) -> Effort:
    """Return the figures of the items that somebody has touched and of all their events.

    `asked` and `drawn` count all questions, and those of the audit sample.
    """
    undone = {e.undoes for e in events if e.kind is Kind.UNDO}
    standing = [e for e in events if e.kind in DECISIONS and e.id not in undone]
    states = [item.state for item in items]
    decided = [item for item in items if item.state is State.DECIDED]
    days = sorted(_day(e.at) for e in standing)
    timed = [e for e in standing if e.source is Source.WEB]
    own: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        own[event.item].append(event)
    pairs = coder_pairs((item, own[item.id]) for item in items if item.double)
    return Effort(
        asked=asked,
        decided=len(decided),
        undecidable=states.count(State.UNDECIDABLE),
        disputed=states.count(State.DISPUTED),
        changed=sum(item.choice != item.proposal.choice for item in decided),
        people=len({e.reviewer for e in standing}),
        seconds=sum(map(at_work, _times(timed))),
        timed=len(timed),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        drawn=drawn,
        audited=tuple(
            AuditedShare(e.variable, e.audited, e.wrong, e.low, e.high)
            for e in automatic_error(decided)
            if e.low is not None and e.high is not None
        ),
        agreement=_agreed(pairs),
    )


def at_work(times: Sequence[float]) -> float:
    """Return the seconds one person worked, from the times (s) of what was decided, in order."""
    gaps = [later - earlier for earlier, later in pairwise(times)]
    worked = [gap for gap in gaps if gap <= PAUSE_S]
    if not worked:
        return 0.0
    starts = 1 + len(gaps) - len(worked)
    return sum(worked) + starts * median(worked)


def _times(events: Iterable[Event]) -> list[list[float]]:
    """Return each person's times; what was decided in one act counts once."""
    found: dict[str, set[float]] = defaultdict(set)
    for event in events:
        found[event.reviewer].add(datetime.fromisoformat(event.at).timestamp())
    return [sorted(times) for times in found.values()]


def _day(at: str) -> date:
    return datetime.fromisoformat(at).date()


def _agreed(pairs: Iterable[Pair]) -> tuple[Agreed, ...]:
    # By variable: a category alone is too small for its interval to say anything.
    whole = [Pair(pair.variable, "", pair.first, pair.second) for pair in pairs]
    return tuple(
        Agreed(
            one.variable,
            one.items,
            one.agreed,
            None
            if one.alpha.value is None
            else Bounded(float(one.alpha.value), one.alpha.low, one.alpha.high),
        )
        for one in agreement(whole)
    )
