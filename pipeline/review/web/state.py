"""What the server holds: the database and what reads it, the documents, the pictures, the clock."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache

from sqlalchemy import event

from annotations.codebook import Codebook
from annotations.decisions.database import Database
from annotations.decisions.filters import States
from annotations.decisions.items import Facets, Items, Progress
from annotations.decisions.leases import Leases
from annotations.decisions.log import DecisionLog, utc_now
from annotations.forms import Form, load_forms
from pipeline.review.masking import mask
from pipeline.review.web.agreeing import Agreeing
from pipeline.review.web.documents import Documents, Hide
from pipeline.review.web.memory import RECENT, Kept, Recent, Skipped, Tally
from pipeline.review.web.pictures import Pictures

_CACHE_KB = 2000


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between places. `contact` stands in the accessibility statement."""

    organisation: str = ""
    contact: str = ""


@dataclass(slots=True)
class ReviewState:
    """Everything a page needs; made once for each server. `zone` is the reviewers' time zone."""

    database: Database
    round: str
    codebook: Codebook
    documents: Documents
    pictures: Pictures
    clock: Callable[[], datetime]
    settings: Settings
    forms: Sequence[Form]
    log: DecisionLog
    items: Items
    leases: Leases
    agreeing: Agreeing
    zone: tzinfo | None = None
    skipped: Skipped = field(default_factory=Skipped)
    tally: Tally = field(init=False)
    _facets: Kept[Facets] = field(init=False)

    def __post_init__(self) -> None:
        """Begin to count; nothing is counted before it is asked for."""
        self.tally = Tally(self._progress, self._recent)
        self._facets = Kept(lambda states: self.items.facets(self.round, States(states)))

    def facets(self, states: States) -> Facets:
        """Return what can be filtered by, at most some seconds old."""
        return self._facets.get(states.value)

    def _progress(self, reviewer: str) -> Progress:
        return self.items.progress(self.round, reviewer, self.clock().astimezone(self.zone))

    def _recent(self, reviewer: str) -> Recent:
        events = self.log.recent(reviewer, RECENT)
        found = ((event, self.items.get(event.item)) for event in events)
        return tuple((e, i) for e, i in found if i is not None and i.round == self.round)

    def close(self) -> None:
        """Stop what runs beside the server."""
        self.pictures.close()


def review_state(
    database: Database,
    round: str,
    codebook: Codebook,
    *,
    clock: Callable[[], datetime] = utc_now,
    settings: Settings | None = None,
    hide: Hide = mask,
    lease_seconds: float = 600,
) -> ReviewState:
    """Put a server's state together; `hide` finds personal data."""
    _keep_caches_small(database)
    return ReviewState(
        database=database,
        round=round,
        codebook=codebook,
        documents=Documents(database, round, hide),
        pictures=Pictures(),
        clock=clock,
        settings=settings or Settings(),
        forms=load_forms(),
        log=DecisionLog(database, clock),
        items=Items(database, clock),
        leases=Leases(database, lease_seconds),
        agreeing=Agreeing(database.url.render_as_string(hide_password=False), round),
        zone=local_zone(),
    )


def _keep_caches_small(database: Database) -> None:
    """Let each connection keep less: a server has several, and the system caches the file."""
    if not database.sqlite:
        return

    def shrink(connection: sqlite3.Connection, _: object) -> None:
        connection.execute(f"PRAGMA cache_size=-{_CACHE_KB}")

    event.listen(database.engine, "connect", shrink)
    database.engine.dispose()


@cache
def local_zone() -> tzinfo | None:
    """Return Swedish time; this computer's own where the system has no time zones."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        return None
