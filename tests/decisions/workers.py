"""What the processes of `test_processes` do; each opens the database for itself."""

from __future__ import annotations

import os
import random
import time

from annotations.decisions.database import Database
from annotations.decisions.events import BulkResult, NewEvent, Saved
from annotations.decisions.filters import Filter
from annotations.decisions.leases import Leases
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source
from tests.decisions.samples import ROUND


def decide_at_random(url: str, reviewer: str, writes: int, items: int) -> list[str]:
    """Decide on random items, again after each conflict; return the tokens acknowledged."""
    database = Database(url)
    log = DecisionLog(database)
    chance = random.Random(reviewer)
    saved = []
    for number in range(writes):
        new = _decision(chance.randint(1, items), reviewer, f"{reviewer}-{number}")
        seen = log.head(new.item).seq
        while not isinstance(answer := log.append(new, seen), Saved):
            seen = answer.head.seq
        saved.append(answer.event.token)
    database.close()
    return saved


def lease(url: str, reviewer: str, wanted: int, start: float) -> list[int]:
    """Ask for one item after the other, from the moment `start` on; return their ids."""
    database = Database(url)
    leases = Leases(database)
    mine: list[int] = []
    time.sleep(max(0.0, start - time.time()))
    for _ in range(wanted):
        item = leases.next(ROUND, reviewer, Filter(ROUND), time.time(), tuple(mine))
        mine += [item.id] if item else []
    database.close()
    return mine


def write_until_killed(url: str, reviewer: str, items: int, acknowledged: int) -> None:
    """Decide, one by one and many at once, and write each token saved into a pipe at once."""
    log = DecisionLog(Database(url))
    number = 0
    while True:
        number += 1
        news = [_decision(1 + number % items, reviewer, f"{reviewer}-{number}")]
        if number % 3 == 0:
            news = [_decision(n, reviewer, f"{reviewer}-{number}-{n}") for n in range(1, items + 1)]
        result = BulkResult((), ())
        while not result.saved:
            seen = log.heads([new.item for new in news])
            pairs = [(new, seen[new.item].seq if new.item in seen else 0) for new in news]
            result = log.append_bulk(pairs, f"{reviewer}-{number}", whole=True)
        lines = "".join(f"{saved.event.token}\n" for saved in result.saved)
        os.write(acknowledged, lines.encode())


def _decision(item: int, reviewer: str, token: str) -> NewEvent:
    return NewEvent(item, Kind.DECIDE, reviewer, Source.WEB, token, choice="nej", basis=f"b{item}")
