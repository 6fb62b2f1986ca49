"""Blind double coding: two lanes nobody sees across, disputes, and who settles them."""

from __future__ import annotations

import threading

import pytest

from annotations.decisions.events import Conflict, Refused, Saved, Undone
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Item, Kind, State
from tests.decisions.samples import ROUND, decide, new, proposal, publish, undo


@pytest.fixture
def double(items: Items) -> None:
    publish(items, 3)
    assert items.set_double(1) == 3


def state(items: Items, id: int = 1) -> tuple[State, str]:
    item = items.get(id)
    assert isinstance(item, Item)
    return item.state, item.choice


@pytest.mark.usefixtures("double")
def test_two_who_agree(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    assert state(items) == (State.HALFWAY, "")
    decide(log, 1, "Bo", "nej", lane="Bo")
    assert state(items) == (State.DECIDED, "nej")
    assert [log.head(1, name).choice for name in ("Ada", "Bo")] == ["nej", "nej"]
    assert log.rebuild() == 0


@pytest.mark.usefixtures("double")
def test_the_lanes_count_for_themselves(log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    assert isinstance(log.append(new(1, "Bo", "aktiv", lane="Bo"), 0), Saved)
    assert log.head(1, "Bo").choice == "aktiv"
    assert log.head(1, "Ada").choice == "nej"
    assert log.head(1).seq == 0


@pytest.mark.usefixtures("double")
def test_two_who_differ_and_a_third_who_settles_it(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    decide(log, 1, "Bo", "aktiv", lane="Bo")
    assert state(items) == (State.DISPUTED, "")
    decide(log, 1, "Cecilia", "aktiv")
    assert state(items) == (State.DECIDED, "aktiv")
    assert log.head(1, "Ada").choice == "nej"
    undo(log, "Cecilia")
    assert state(items) == (State.DISPUTED, "")
    assert log.rebuild() == 0


@pytest.mark.usefixtures("double")
def test_the_other_coder_never_stands_in_the_way_of_undo(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    decide(log, 1, "Bo", "aktiv", lane="Bo")
    assert isinstance(undo(log, "Ada"), Undone)
    assert state(items) == (State.HALFWAY, "")


@pytest.mark.usefixtures("double")
def test_after_adjudication_a_coder_cannot_take_back(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    decide(log, 1, "Bo", "aktiv", lane="Bo")
    decide(log, 1, "Cecilia", "aktiv")
    assert undo(log, "Ada") == Refused(1, "Cecilia", "aktiv")
    assert state(items) == (State.DECIDED, "aktiv")


@pytest.mark.usefixtures("double")
def test_nobody_adjudicates_what_two_have_not_decided(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    answer = log.append(new(1, "Bo", "aktiv"), 0)
    assert isinstance(answer, Conflict)
    assert answer.since == ()  # and nothing of what Ada chose
    assert answer.head.seq == 0
    assert state(items) == (State.HALFWAY, "")


def test_a_blind_decision_on_an_item_that_is_not_blind_is_a_conflict(
    items: Items, log: DecisionLog
) -> None:
    publish(items, 1)
    decide(log, 1, "Ada", "nej")
    answer = log.append(new(1, "Bo", "aktiv", lane="Bo"), 0)
    assert isinstance(answer, Conflict)
    assert answer.head.choice == "nej"
    assert [event.reviewer for event in answer.since] == ["Ada"]


@pytest.mark.usefixtures("double")
def test_undecidable_for_one_is_a_dispute(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", lane="Ada", kind=Kind.UNDECIDABLE)
    decide(log, 1, "Bo", "nej", lane="Bo")
    assert state(items) == (State.DISPUTED, "")


@pytest.mark.usefixtures("double")
def test_a_changed_text_reopens_each_lane_that_rests_on_it(items: Items, log: DecisionLog) -> None:
    decide(log, 1, "Ada", "nej", lane="Ada")
    decide(log, 1, "Bo", "nej", lane="Bo")
    decide(log, 2, "Ada", "nej", lane="Ada")
    assert publish(items, [proposal(n, basis=f"n{n}") for n in (1, 2, 3)]).reopened == 2
    assert state(items, 1) == (State.REOPENED, "")
    assert state(items, 2) == (State.REOPENED, "")
    assert state(items, 3) == (State.OPEN, "")
    decide(log, 1, "Bo", "nej", lane="Bo")
    assert state(items, 1) == (State.HALFWAY, "")
    assert log.rebuild() == 0


def test_two_coders_at_the_same_moment(items: Items, log: DecisionLog) -> None:
    """Neither sees the other's lane before both are done; the item must see both."""
    publish(items, 30)
    items.set_double(1)
    start = threading.Barrier(2)

    def code(reviewer: str) -> None:
        for n in range(1, 31):
            start.wait()
            decide(log, n, reviewer, "nej", lane=reviewer)

    threads = [threading.Thread(target=code, args=(who,)) for who in ("Ada", "Bo")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert items.count(Filter(ROUND, States.DECIDED)) == 30
    assert log.rebuild() == 0


def test_a_share_is_marked_and_what_has_events_is_left_alone(
    items: Items, log: DecisionLog
) -> None:
    def doubles() -> set[int]:
        shown = items.page(Filter(ROUND, States.ALL), Order.QUEUE, limit=None)
        return {item.id for item in shown if item.double}

    publish(items, 400)
    decide(log, 1)
    changed = items.set_double(0.25)
    marked = doubles()
    assert changed == len(marked)
    assert 60 < len(marked) < 140
    assert 1 not in marked
    assert items.set_double(0.25) == 0
    assert items.set_double(0.5) > 0
    assert marked <= doubles()
    first = min(marked)
    decide(log, first, "Ada", lane="Ada")
    items.set_double(0)
    assert doubles() == {first}


def test_items_that_come_later_follow_the_share(items: Items) -> None:
    publish(items, 2)
    items.set_double(1)
    publish(items, 5)
    assert all(item.double for n in range(1, 6) if (item := items.get(n)))
