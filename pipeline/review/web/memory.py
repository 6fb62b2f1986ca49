"""What the server remembers for a moment, so that it need not count anew for every card."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from annotations.decisions.items import Progress
from annotations.decisions.types import Event, Item

_MOST_PEOPLE = 200
_MOST_SKIPPED = 500
_PROGRESS_S = 10.0
_REFRESH_S = 20.0
V = TypeVar("V")
RECENT = 10
"""How many of a reviewer's last decisions are at hand."""
Recent = tuple[tuple[Event, Item], ...]


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
class Tally:
    """Each reviewer's progress and last decisions, read anew every few seconds.

    In between they are kept up with what the reviewer does himself.
    """

    count: Callable[[str], Progress]
    recall: Callable[[str], Recent]
    _known: OrderedDict[str, tuple[float, Progress, Recent]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, reviewer: str) -> tuple[Progress, Recent]:
        """Return a reviewer's progress and last decisions."""
        with self._lock:
            known = self._known.get(reviewer)
        if known is not None and time.monotonic() - known[0] < _PROGRESS_S:
            return known[1:]
        progress, recent = self.count(reviewer), self.recall(reviewer)
        with self._lock:
            self._known[reviewer] = (time.monotonic(), progress, recent)
            while len(self._known) > _MOST_PEOPLE:
                self._known.popitem(last=False)
        return progress, recent

    def decided(self, reviewer: str, before: Item, event: Event) -> None:
        """Count one more decision; `before` is its item as it was."""
        with self._lock:
            known = self._known.get(reviewer)
            if known is None:
                return
            at, old, recent = known
            # Of two blind coders only the second settles an item, and only if they agree.
            settles = not before.double and not before.state.settled
            new = replace(
                old,
                today=old.today + 1,
                own=old.own + 1,
                pace=old.pace + 1,
                settled=old.settled + settles,
                remaining=max(old.remaining - settles, 0),
            )
            self._known[reviewer] = (at, new, ((event, before), *recent)[:RECENT])

    def changed(self) -> None:
        """Count anew: much has happened at once."""
        with self._lock:
            self._known.clear()


@dataclass(slots=True)
class Kept(Generic[V]):
    """Values that may be some seconds old: an old one is returned while a new one is made."""

    make: Callable[[str], V]
    _values: dict[str, tuple[float, V]] = field(default_factory=dict)
    _making: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, name: str) -> V:
        """Return the value of a name; only the first time is it waited for."""
        with self._lock:
            known = self._values.get(name)
            old = known is not None and time.monotonic() - known[0] > _REFRESH_S
            again = old and name not in self._making
            if again:
                self._making.add(name)
        if known is None:
            return self._renew(name)
        if again:
            threading.Thread(target=self._renew, args=(name,), daemon=True).start()
        return known[1]

    def _renew(self, name: str) -> V:
        try:
            made = self.make(name)
            with self._lock:
                self._values[name] = (time.monotonic(), made)
            return made
        finally:
            with self._lock:
                self._making.discard(name)
