"""Agreement, counted in a child process: the server itself never loads the libraries for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.engine.processes import Limits, run

_LIMITS = Limits(seconds=120, memory_mb=1500)
_FRESH_S = 60.0

Figure = tuple[float, float | None, float | None] | None
"""A value with the ends of its interval; None where there was nothing to count."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """Agreement on everything, a variable or a category, in plain numbers."""

    variable: str
    category: str
    items: int
    agreed: int
    alpha: Figure
    kappa: Figure
    raw: Figure


@dataclass(frozen=True, slots=True)
class Audited:
    """What the random audits say of the automatic cells of a variable, or ("") of all."""

    variable: str
    audited: int
    wrong: int
    low: float | None
    high: float | None

    @property
    def share(self) -> Figure:
        """The share of wrong ones with its interval."""
        return self.wrong / self.audited, self.low, self.high


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page of agreement shows."""

    people: tuple[Agreed, ...] = ()
    machine: tuple[Agreed, ...] = ()
    audits: tuple[Audited, ...] = ()


class Agreeing:
    """Counts on demand, and again only when a minute has passed."""

    def __init__(self, url: str, round: str) -> None:
        self._order = (url, round)
        self._lock = threading.Lock()
        self._made = 0.0
        self._report: Report | None = None

    def report(self) -> Report | None:
        """Return the figures, or None where they could not be counted."""
        with self._lock:
            if self._report is None or time.monotonic() - self._made > _FRESH_S:
                outcome = next(iter(run(count, [self._order], jobs=1, limits=_LIMITS)))
                self._report, self._made = outcome.result, time.monotonic()
            return self._report


def count(order: tuple[str, str]) -> Report:
    """Count the agreement in a round of a database; `order` is its address and the round."""
    from annotations.decisions.database import Database
    from annotations.decisions.filters import Filter, Order, States
    from annotations.decisions.items import Items
    from annotations.decisions.log import DecisionLog
    from annotations.decisions.types import State
    from pipeline.review.agreement import (
        agreement,
        automatic_error,
        coder_pairs,
        machine_pairs,
    )

    url, round = order
    database = Database(url, upgrade=False)
    items, log = Items(database), DecisionLog(database)
    settled = [item for item in items.settled(round) if not item.gone]
    disputed = items.page(Filter(round, States.DISPUTES), Order.QUEUE, 0, None)
    double = [item for item in (*settled, *disputed) if item.double]
    decided = [item for item in settled if item.state is State.DECIDED]
    people = agreement(tuple(coder_pairs((item, log.events(item.id)) for item in double)))
    return Report(
        _plain(people),
        _plain(agreement(tuple(machine_pairs(decided)))),
        tuple(
            Audited(e.variable, int(e.audited), int(e.wrong), _number(e.low), _number(e.high))
            for e in automatic_error(decided)
            if e.audited
        ),
    )


def _plain(found: Iterable[object]) -> tuple[Agreed, ...]:
    """Return agreement without numbers of a library that the server would have to load."""
    from pipeline.review.agreement import Agreement

    plain = []
    for one in found:
        assert isinstance(one, Agreement)
        figures = [_figure(e.value, e.low, e.high) for e in (one.alpha, one.kappa, one.raw)]
        plain.append(Agreed(one.variable, one.category, int(one.items), int(one.agreed), *figures))
    return tuple(plain)


def _figure(value: float | None, low: float | None, high: float | None) -> Figure:
    return None if value is None else (float(value), _number(low), _number(high))


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def few(rows: Sequence[Agreed]) -> bool:
    """Whether so few items were compared that the figures say next to nothing."""
    return bool(rows) and rows[0].items < 30
