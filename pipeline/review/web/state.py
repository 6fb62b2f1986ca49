"""What the server holds: the database and what reads it, the documents, the pictures, the clock."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cache

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
from pipeline.review.web.pictures import Pictures

_FRESH_S = 1.5
_MOST_PEOPLE = 200
_MOST_SKIPPED = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between places. `contact` stands in the accessibility statement."""

    organisation: str = ""
    contact: str = ""


@dataclass(slots=True)
class Skipped:
    """What each reviewer has put off, in memory: a restarted server asks again."""

    _by_name: OrderedDict[str, OrderedDict[int, None]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, reviewer: str, item: int) -> None:
        """Put an item off."""
        with self._lock:
            mine = self._by_name.setdefault(reviewer, OrderedDict())
            self._by_name.move_to_end(reviewer)
            mine[item] = None
            mine.move_to_end(item)
            while len(mine) > _MOST_SKIPPED:
                mine.popitem(last=False)
            while len(self._by_name) > _MOST_PEOPLE:
                self._by_name.popitem(last=False)

    def of(self, reviewer: str) -> tuple[int, ...]:
        """Return what a reviewer has put off."""
        with self._lock:
            return tuple(self._by_name.get(reviewer, ()))

    def clear(self, reviewer: str) -> None:
        """Ask again about everything that was put off."""
        with self._lock:
            self._by_name.pop(reviewer, None)


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
    _kept: dict[object, tuple[float, object]] = field(default_factory=dict)

    def progress(self, reviewer: str) -> Progress:
        """Return how far the round has come, for this reviewer."""
        return self.items.progress(self.round, reviewer, self.clock().astimezone(self.zone))

    def facets(self, states: States) -> Facets:
        """Return what can be filtered by, at most some seconds old."""
        known = self._kept.get(states)
        if known is None or time.monotonic() - known[0] > _FRESH_S:
            known = (time.monotonic(), self.items.facets(self.round, states))
            self._kept[states] = known
        found = known[1]
        assert isinstance(found, Facets)
        return found

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


@cache
def local_zone() -> tzinfo | None:
    """Return Swedish time; this computer's own where the system has no time zones."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo("Europe/Stockholm")
    except ZoneInfoNotFoundError:
        return None
