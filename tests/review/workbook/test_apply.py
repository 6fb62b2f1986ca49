from __future__ import annotations

from pathlib import Path

import pytest

from annotations.decisions.database import Database
from annotations.decisions.events import NewEvent
from annotations.decisions.filters import Filter, Order
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source, State
from pipeline.review.labels import Labels
from pipeline.review.workbook.apply import Current, NotAppliedError, carry_out, export
from pipeline.review.workbook.columns import HEADER_ROW
from pipeline.review.workbook.merge import Plan, plan
from pipeline.review.workbook.read import read_workbook
from tests.review.workbook.made_up import CODEBOOK, fill_in, publish


class Desk:
    """A round of thirty items, its workbook, and Ada who fills it in."""

    def __init__(self, folder: Path) -> None:
        self.database = Database(folder / "granskning.sqlite")
        self.items = Items(self.database)
        self.log = DecisionLog(self.database)
        self.path = folder / "granskning.xlsx"
        publish(self.items, 30, "2010")
        assert export(self.database, "2010", CODEBOOK, self.path).rows == 30

    def write(self, *cells: tuple[int, str, str]) -> None:
        """Write (row of the list from 0, decision, comment)."""
        fill_in(self.path, *cells)

    def plan(self) -> Plan:
        current = Current(self.database, "2010")
        secret = self.database.secret()
        rows = read_workbook(self.path)
        return plan(rows, current.items, current.known, Labels(CODEBOOK), secret, "Ada")

    def take_in(self) -> int:
        return carry_out(self.plan(), self.items, self.log, "2010", "Ada")

    def stand(self) -> list[tuple[State, str]]:
        rows = self.items.page(Filter("2010"), Order.QUEUE, limit=None)
        return [(one.state, one.choice) for one in rows]


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path)
    yield made
    made.database.close()


def test_a_workbook_comes_back(desk):
    waiting = desk.items.page(Filter("2010"), Order.QUEUE, limit=None)
    desk.write((0, "Nej", "fel kommun"), (1, "Går ej att avgöra", ""), (2, "", "ring"))
    assert desk.take_in() == 3
    first, second, third = (desk.items.get(one.id) for one in waiting[:3])
    assert (first.state, first.choice, first.reviewer) == (State.DECIDED, "nej", "Ada")
    assert second.state is State.UNDECIDABLE
    assert third.state is State.OPEN
    (event,) = desk.log.events(first.id)
    assert (event.source, event.comment, event.proposal) == (
        Source.WORKBOOK, "fel kommun", first.proposal.choice,
    )  # fmt: skip


def test_the_same_file_twice_changes_nothing(desk):
    desk.write((0, "Nej", ""), (1, "Ja", ""))
    assert desk.take_in() == 2
    before = desk.stand()
    assert desk.plan().changes == () and desk.take_in() == 0
    assert desk.stand() == before


def test_one_undo_takes_the_whole_import_back(desk):
    desk.write(*((row, "Nej", "") for row in range(3)))
    desk.take_in()
    assert len(desk.items.page(Filter("2010"), Order.QUEUE, limit=None)) == 27
    desk.log.undo("Ada", "ett-klick", Source.WEB)
    assert {state for state, _ in desk.stand()} == {State.OPEN}
    assert desk.plan().changes == ()  # What was taken back by hand does not come back by itself.


def test_one_fault_stops_all(desk):
    desk.write((0, "Nej", ""), (1, "Kanske", ""))
    planned = desk.plan()
    assert len(planned.changes) == 1 and [f.row for f in planned.faults] == [HEADER_ROW + 2]
    with pytest.raises(ValueError, match="faults"):
        desk.take_in()
    assert {state for state, _ in desk.stand()} == {State.OPEN}


def test_a_decision_between_plan_and_import_stops_all(desk):
    desk.write((0, "Nej", ""), (1, "Nej", ""))
    planned = desk.plan()
    target = planned.changes[0].item
    other = NewEvent(target.id, Kind.DECIDE, "Bo", Source.WEB, "bos-klick", choice="ja")
    desk.log.append(other, target.seq)
    with pytest.raises(NotAppliedError):
        carry_out(planned, desk.items, desk.log, "2010", "Ada")
    assert desk.items.get(planned.changes[1].item.id).state is State.OPEN


def test_blindly_coded_items_are_left_to_the_page(desk):
    desk.items.set_double(1.0)
    assert export(desk.database, "2010", CODEBOOK, desk.path).rows == 0


def test_nothing_is_missed_when_others_decide_during_an_export(desk, monkeypatch):
    monkeypatch.setattr("pipeline.review.workbook.apply._AT_A_TIME", 10)
    whole = Current.items
    waiting = [one.id for one in desk.items.page(Filter("2010"), Order.QUEUE, limit=None)]

    def slow(current, ids):
        found = whole(current, ids)
        for id in waiting[:10]:  # Bo decides what is already written
            proposal = found[id].proposal if id in found else desk.items.get(id).proposal
            new = NewEvent(id, Kind.DECIDE, "Bo", Source.WEB, f"bo{id}", proposal.choice)
            desk.log.append(new, desk.log.head(id).seq)
        return found

    monkeypatch.setattr(Current, "items", slow)
    assert export(desk.database, "2010", CODEBOOK, desk.path).rows == 30
