"""Rulings on how what the reports say is to be read: their types, and which decisions cite them.

Pure. A decision cites a ruling by its mark in the comment ("Enligt R3.").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from annotations.decisions.events import DECISIONS
from annotations.decisions.types import Event, Kind, Source

OWN = "R"
"""The letter of rulings made in a review; general ones have those of the coding manual."""
LIMITS = {"question": 500, "text": 2000, "reason": 2000}
MOST_REFERENCES = 20
MOST_PROJECTS = 500
_MARK = re.compile(r"(?<![\w.])[A-ZÅÄÖ][0-9]{1,4}(?!\w)")


class Line(StrEnum):
    """What a line of the register says."""

    STATED = "tolkning"
    WITHDRAWN = "aterkallelse"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took a ruling back, when and why. `by` is the mark of the one in its place, or ""."""

    who: str
    at: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A project a ruling was applied to; by hand, or by a decision on one of its questions.

    `item` is the question's number in the review database, 0 for what was given by hand.
    """

    project: str
    variable: str = ""
    category: str = ""
    who: str = ""
    at: str = ""
    item: int = 0


@dataclass(frozen=True, slots=True)
class Ruling:
    """One ruling. `at` is a day or a moment, ISO 8601.

    `applies` are what it is about: a variable ("partner"), a category or group ("partner.skola"), a
    table ("tabell5") or a row of one ("tabell5.plan"). `general` came with the program; the others
    were made by those who review. Without `note` it is in the register only, not under tables.
    """

    mark: str
    question: str
    text: str
    reason: str
    who: str
    at: str
    applies: tuple[str, ...]
    replaces: str = ""
    withdrawn: Withdrawal | None = None
    cases: tuple[Case, ...] = ()
    general: bool = False
    note: bool = True

    @property
    def projects(self) -> tuple[str, ...]:
        """The projects it was applied to, each once."""
        return tuple(dict.fromkeys(case.project for case in self.cases))


@dataclass(frozen=True, slots=True)
class NewRuling:
    """A ruling before the register has numbered and dated it; the fields are those of `Ruling`."""

    question: str
    text: str
    reason: str
    applies: tuple[str, ...]
    reviewer: str
    source: Source
    token: str
    projects: tuple[str, ...] = ()
    replaces: str = ""


def marks_in(comment: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the known marks that a comment names, each once, in its order."""
    found = (mark[0] for mark in _MARK.finditer(comment))
    return tuple(dict.fromkeys(mark for mark in found if mark in known))


def pieces(comment: str, known: Collection[str]) -> Iterator[tuple[str, bool]]:
    """Yield a comment piece by piece, and whether the piece is a known mark."""
    at = 0
    for found in _MARK.finditer(comment):
        if found[0] in known:
            yield comment[at : found.start()], False
            yield found[0], True
            at = found.end()
    yield comment[at:], False


def cited(events: Iterable[Event], known: Collection[str]) -> dict[str, Event]:
    """Return the marks that what is decided on an item rests on, with the event that names them.

    `events` are all of one item, lane by lane. An adjudication goes before the blind coders.
    """
    by_lane = {lane: list(ones) for lane, ones in groupby(events, key=lambda e: e.lane)}
    shared = by_lane.pop("", [])
    if by_lane and not _decided(shared):
        lanes = [ones for ones in by_lane.values() if _decided(ones)]
    else:
        lanes = [shared]
    return {mark: e for ones in lanes for mark, e in _of_lane(ones, known).items()}


def _of_lane(events: list[Event], known: Collection[str]) -> dict[str, Event]:
    """A decision rests on its own comment and on those made since the decision before it."""
    standing: dict[str, Event] = {}
    remarks: dict[str, Event] = {}
    for event in _not_undone(events):
        found = dict.fromkeys(marks_in(event.comment, known), event)
        if event.kind is Kind.REOPEN:
            standing, remarks = {}, {}
        elif event.kind is Kind.COMMENT:
            remarks |= found
        else:
            standing, remarks = {**remarks, **found}, {}
    return {**standing, **remarks}


def _decided(events: list[Event]) -> bool:
    last = [e for e in _not_undone(events) if e.kind is not Kind.COMMENT][-1:]
    return bool(last) and last[0].kind in DECISIONS


def _not_undone(events: list[Event]) -> Iterator[Event]:
    undone = {event.undoes for event in events if event.kind is Kind.UNDO}
    return (e for e in events if e.kind is not Kind.UNDO and e.id not in undone)
