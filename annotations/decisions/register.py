"""The register of rulings in the review database: lines are added, none is changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from annotations.decisions import schema
from annotations.decisions.database import Database
from annotations.decisions.events import clean
from annotations.decisions.lanes import of_items
from annotations.decisions.log import stamp, utc_now
from annotations.decisions.rulings import (
    LIMITS,
    MOST_PROJECTS,
    MOST_REFERENCES,
    OWN,
    Case,
    Line,
    NewRuling,
    Ruling,
    Withdrawal,
    cited,
)
from annotations.decisions.types import SETTLED, Source

_ruling, _item, _event = schema.ruling, schema.item, schema.event
_LOCK = "rulings"


class RulingError(Exception):
    """A ruling that cannot be added or taken back; the message is Swedish and says why."""


class Register:
    """The rulings of one database."""

    def __init__(self, database: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self._now = now

    def add(self, round: str, new: NewRuling, general: Collection[str] = ()) -> str:
        """Add a ruling and return its mark; what it replaces is taken back in the same moment.

        `general` are the marks that came with the program. A token that already stands gives its
        first ruling. Raises RulingError.
        """
        _check(new)
        with self._database.write() as connection:
            self._database.lock(connection, _LOCK)
            if known := _by_token(connection, new.token):
                return known
            if new.replaces:
                _refuse_gone(connection, round, new.replaces, general)
            mark = f"{OWN}{_count(connection) + 1}"
            row = self._row(round, mark, Line.STATED, new.reason, new.reviewer, new.source)
            row |= {
                "question": clean(new.question),
                "text": clean(new.text),
                "applies": json.dumps(new.applies, ensure_ascii=False),
                "projects": json.dumps([clean(p) for p in new.projects], ensure_ascii=False),
                "replaces": new.replaces,
                "token": new.token,
            }
            connection.execute(insert(_ruling), row)
            if new.replaces:
                why = f"Ersatt av {mark}."
                gone = self._row(round, new.replaces, Line.WITHDRAWN, why, new.reviewer, new.source)
                connection.execute(insert(_ruling), {**gone, "token": f"{new.token[:62]}-e"})
        return mark

    def withdraw(
        self,
        round: str,
        mark: str,
        reason: str,
        reviewer: str,
        source: Source,
        token: str,
        general: Collection[str] = (),
    ) -> None:
        """Take a ruling back for a round; it stays in the register with who, when and why.

        Raises RulingError for one that nobody knows or that is taken back already.
        """
        if not reason.strip() or len(reason) > LIMITS["reason"]:
            raise RulingError(f"Skriv varför, med högst {LIMITS['reason']} tecken.")
        with self._database.write() as connection:
            self._database.lock(connection, _LOCK)
            if _by_token(connection, token):
                return
            _refuse_gone(connection, round, mark, general)
            row = self._row(round, mark, Line.WITHDRAWN, reason, reviewer, source)
            connection.execute(insert(_ruling), {**row, "token": token})

    def read(self, round: str) -> tuple[tuple[Ruling, ...], Mapping[str, Withdrawal]]:
        """Return the rulings made in a round, the oldest first, and what was taken back, by mark.

        Cases are those given by hand; what was taken back are also general rulings.
        """
        with self._database.read() as connection:
            query = select(_ruling).where(_ruling.c.round == round).order_by(_ruling.c.id)
            found = list(connection.execute(query))
        gone = _withdrawals(found)
        own = tuple(
            Ruling(
                mark=row.mark,
                question=row.question,
                text=row.text,
                reason=row.reason,
                who=row.reviewer,
                at=row.at,
                applies=tuple(json.loads(row.applies)),
                replaces=row.replaces,
                withdrawn=gone.get(row.mark),
                cases=tuple(Case(project) for project in json.loads(row.projects)),
            )
            for row in found
            if row.kind == Line.STATED
        )
        return own, gone

    def rulings(self, round: str) -> tuple[Ruling, ...]:
        """Return the rulings made in a round, as `read` has them."""
        return self.read(round)[0]

    def withdrawals(self, round: str) -> Mapping[str, Withdrawal]:
        """Return what was taken back in a round, as `read` has it."""
        return self.read(round)[1]

    def cases(self, round: str, known: Collection[str]) -> dict[str, tuple[Case, ...]]:
        """Return the settled questions of a round whose decisions cite a ruling, by its mark."""
        settled = (_item.c.round == round) & _item.c.state.in_(SETTLED) & _item.c.gone.is_(False)
        commented = select(_event.c.item).where(_event.c.comment != "").distinct()
        columns = _item.c
        query = select(columns.id, columns.project, columns.variable, columns.category)
        found: dict[str, list[Case]] = defaultdict(list)
        with self._database.read() as connection:
            rows = connection.execute(query.where(settled, _item.c.id.in_(commented)))
            items = {row.id: row for row in rows}
            for id, events in groupby(of_items(connection, items), key=lambda e: e.item):
                for mark, event in cited(events, known).items():
                    _, project, variable, category = items[id]
                    case = Case(project, variable, category, event.reviewer, event.at, id)
                    found[mark].append(case)
        return {mark: tuple(sorted(cases, key=_place)) for mark, cases in found.items()}

    def _row(
        self, round: str, mark: str, kind: Line, reason: str, reviewer: str, source: Source
    ) -> dict[str, Any]:
        return {
            "round": round,
            "mark": mark,
            "kind": kind.value,
            "question": "",
            "text": "",
            "reason": clean(reason),
            "applies": "[]",
            "projects": "[]",
            "replaces": "",
            "reviewer": clean(reviewer)[:64],
            "at": stamp(self._now()),
            "source": source.value,
        }


def _place(case: Case) -> tuple[str, str, str]:
    return case.project, case.variable, case.category


def _check(new: NewRuling) -> None:
    for name, limit in LIMITS.items():
        said = getattr(new, name).strip()
        if not said or len(said) > limit:
            raise RulingError(
                f"Fråga, tolkning och skäl ska alla fyllas i, {_WORDS[name]} med högst "
                f"{limit} tecken."
            )
    if not new.applies or len(new.applies) > MOST_REFERENCES:
        raise RulingError(f"Säg vad tolkningen gäller: ett till {MOST_REFERENCES} ställen.")
    if len(new.projects) > MOST_PROJECTS:
        raise RulingError(f"Högst {MOST_PROJECTS} projekt kan anges för hand.")
    if not new.reviewer or not 1 <= len(new.token) <= 64:
        raise ValueError("a ruling has a reviewer and a token")


_WORDS = {"question": "frågan", "text": "tolkningen", "reason": "skälet"}


def _refuse_gone(connection: Connection, round: str, mark: str, general: Collection[str]) -> None:
    """Raise RulingError for a mark that the round does not have, or has no longer."""
    where = (_ruling.c.round == round) & (_ruling.c.mark == mark)
    kinds = set(connection.scalars(select(_ruling.c.kind).where(where)))
    if Line.STATED not in kinds and mark not in general:
        raise RulingError(f"Det finns ingen tolkning {mark[:16]} i omgången.")
    if Line.WITHDRAWN in kinds:
        raise RulingError(f"Tolkningen {mark} är redan återkallad.")


def _count(connection: Connection) -> int:
    """Return how many rulings the whole database has: a mark means one thing in all rounds."""
    query = select(func.count()).where(_ruling.c.kind == Line.STATED.value)
    return connection.scalar(query) or 0


def _by_token(connection: Connection, token: str) -> str:
    return connection.scalar(select(_ruling.c.mark).where(_ruling.c.token == token)) or ""


def _withdrawals(lines: Iterable[Row[Any]]) -> dict[str, Withdrawal]:
    lines = list(lines)
    instead = {row.replaces: row.mark for row in lines if row.kind == Line.STATED and row.replaces}
    return {
        row.mark: Withdrawal(row.reviewer, row.at, row.reason, instead.get(row.mark, ""))
        for row in lines
        if row.kind == Line.WITHDRAWN
    }
