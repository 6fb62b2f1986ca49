"""Taking back: one's own latest decision, a whole group, as often as one likes."""

from __future__ import annotations

from annotations.decisions.events import Nothing, Refused, Undone
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, Source, State
from tests.decisions.samples import ROUND, decide, new, proposal, publish, undo


def test_undo_without_limit(items: Items, log: DecisionLog) -> None:
    publish(items, 3)
    for n in (1, 2, 3):
        decide(log, n)
    for n in (3, 2, 1):
        answer = undo(log)
        assert isinstance(answer, Undone)
        assert [event.item for event in answer.events] == [n]
        assert log.head(n).state is State.OPEN
    assert isinstance(undo(log), Nothing)
    item = items.get(2)
    assert item is not None
    assert (item.state, item.choice, item.seq, item.reviewer) == (State.OPEN, "", 2, "")
    assert log.rebuild() == 0


def test_an_undo_is_an_event_and_says_what_it_takes_back(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decision = decide(log, 1, model="m", codebook="k")
    undo(log)
    _, event = log.events(1)
    assert (event.kind, event.undoes, event.seq, event.choice) == (Kind.UNDO, decision.id, 2, "")
    assert (event.model, event.codebook) == ("m", "k")


def test_what_was_decided_before_holds_again(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, "Bo", "nej")
    decide(log, 1, "Ada", "aktiv")
    undo(log, "Ada")
    head = log.head(1)
    assert (head.choice, head.reviewer, head.seq) == ("nej", "Bo", 3)


def test_an_undo_is_undone_by_deciding_again(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, choice="nej")
    undo(log)
    decide(log, 1, choice="nej")
    assert log.head(1).choice == "nej"
    assert isinstance(undo(log), Undone)
    assert isinstance(undo(log), Nothing)
    assert [e.kind for e in log.events(1)] == [Kind.DECIDE, Kind.UNDO, Kind.DECIDE, Kind.UNDO]


def test_comments_are_never_taken_back(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1)
    log.append(new(1, kind=Kind.COMMENT, comment="Hm."), 0)
    assert isinstance(undo(log), Undone)
    assert isinstance(undo(log), Nothing)
    assert log.events(1)[1].comment == "Hm."


def test_the_same_click_takes_back_once(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    decide(log, 1)
    decide(log, 2)
    first = log.undo("Ada", "klick", Source.WEB)
    assert log.undo("Ada", "klick", Source.WEB) == first
    assert log.head(1).state is State.DECIDED


def test_refused_when_another_has_decided_since(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    decide(log, 1, "Ada", "aktiv")
    decide(log, 1, "Bo", "nej")
    assert undo(log, "Ada") == Refused(1, "Bo", "nej")
    assert len(log.events(1)) == 2
    undo(log, "Bo")
    assert isinstance(undo(log, "Ada"), Undone)


def test_undo_is_only_for_ones_own(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, "Ada")
    assert isinstance(undo(log, "Bo"), Nothing)


def test_a_group_is_taken_back_at_once(items: Items, log: DecisionLog) -> None:
    publish(items, 1300)
    decide(log, 1300)
    log.append_bulk([(new(n), 0) for n in range(1, 1201)], "g")
    answer = log.undo("Ada", "klick", Source.WEB)
    assert isinstance(answer, Undone)
    assert (len(answer.events), answer.kept) == (1200, 0)
    assert {event.group for event in answer.events} == {"g"}
    assert log.undo("Ada", "klick", Source.WEB) == answer
    assert {log.head(n).state for n in (1, 600, 1200)} == {State.OPEN}
    assert log.rebuild() == 0
    last = undo(log)
    assert isinstance(last, Undone)
    assert [event.item for event in last.events] == [1300]


def test_of_a_group_stands_what_others_have_decided_since(items: Items, log: DecisionLog) -> None:
    publish(items, 4)
    decide(log, 4)
    log.append_bulk([(new(n), 0) for n in (1, 2, 3)], "g")
    decide(log, 2, "Bo", "nej")
    answer = undo(log)
    assert isinstance(answer, Undone)
    assert ([event.item for event in answer.events], answer.kept) == ([1, 3], 1)
    assert log.head(2).choice == "nej"
    last = undo(log)  # the group is done with; before it came item 4
    assert isinstance(last, Undone)
    assert [event.item for event in last.events] == [4]


def test_a_group_of_which_nothing_can_be_taken_back_is_refused(
    items: Items, log: DecisionLog
) -> None:
    publish(items, 2)
    log.append_bulk([(new(n), 0) for n in (1, 2)], "g")
    decide(log, 1, "Bo", "nej")
    decide(log, 2, "Bo", kind=Kind.UNDECIDABLE)
    assert undo(log) == Refused(1, "Bo", "nej")


def test_a_member_taken_back_by_itself_stays_taken_back(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    log.append_bulk([(new(n), 0) for n in (1, 2)], "g")
    decide(log, 1, "Ada", "nej")
    assert isinstance(undo(log), Undone)
    assert log.head(1).choice == "aktiv"
    answer = undo(log)
    assert isinstance(answer, Undone)
    assert len(answer.events) == 2
    assert log.head(1).state is State.OPEN


def test_an_item_twice_in_a_group(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    log.append_bulk([(new(1, choice="nej"), 0), (new(1, choice="aktiv"), 1)], "g")
    answer = undo(log)
    assert isinstance(answer, Undone)
    assert [event.seq for event in answer.events] == [3, 4]
    assert (log.head(1).state, log.head(1).seq) == (State.OPEN, 4)
    assert log.rebuild() == 0


def test_a_decision_on_an_item_that_was_reopened_since(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1)
    publish(items, [proposal(1, basis="ny")])
    assert log.head(1).state is State.REOPENED
    assert isinstance(undo(log), Undone)
    assert log.head(1).state is State.REOPENED
    assert items.progress(ROUND, "Ada").own == 0
