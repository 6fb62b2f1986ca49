"""Appending: compare-and-swap, one event a token, many at once."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from annotations.decisions.events import COMMENT_LIMIT, Conflict, Saved
from annotations.decisions.items import Items
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind, State
from tests.decisions.samples import decide, new, publish, undo


def test_a_decision_stands_in_the_log_and_in_the_item(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    event = new(1, choice="nej", comment="Prästen har slutat.", model="m1", codebook="k1")
    saved = log.append(event, 0)
    assert isinstance(saved, Saved)
    assert not saved.again
    (found,) = log.events(1)
    assert found == saved.event
    assert (found.seq, found.choice, found.comment) == (1, "nej", "Prästen har slutat.")
    assert (found.model, found.codebook, found.at) == ("m1", "k1", "2026-03-02T08:00:00.002+00:00")
    item = items.get(1)
    assert item is not None
    assert (item.state, item.choice, item.seq) == (State.DECIDED, "nej", 1)
    assert (item.reviewer, item.at) == ("Ada", found.at)
    assert items.get(2) is not None
    assert log.events(2) == ()
    assert log.rebuild() == 0


def test_who_saw_an_older_head_gets_what_has_happened_since(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1, "Ada", "nej")
    answer = log.append(new(1, "Bo", "aktiv", comment="Sidan 3."), 0)
    assert isinstance(answer, Conflict)
    assert (answer.head.choice, answer.head.seq) == ("nej", 1)
    assert [event.reviewer for event in answer.since] == ["Ada"]
    assert answer.new.comment == "Sidan 3."
    assert len(log.events(1)) == 1
    assert isinstance(log.append(new(1, "Bo", "aktiv"), answer.head.seq), Saved)


def test_a_sequence_from_the_future_is_a_conflict(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    assert isinstance(log.append(new(1), 7), Conflict)


def test_the_same_token_is_the_same_event(items: Items, log: DecisionLog) -> None:
    publish(items, 2)
    event = new(1)
    first, second = log.append(event, 0), log.append(event, 0)
    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (second.event, second.again) == (first.event, True)
    assert log.append(replace(event, item=2), 0) == second
    assert len(log.events(1)) == 1
    assert log.events(2) == ()


def test_a_comment_is_written_whatever_was_seen(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    decide(log, 1)
    for expected in (0, 1, 99):
        comment = new(1, "Bo", kind=Kind.COMMENT, comment="Fråga länet.")
        assert isinstance(log.append(comment, expected), Saved)
    head = log.head(1)
    assert (head.state, head.choice, head.seq, head.reviewer) == (State.DECIDED, "aktiv", 4, "Ada")


CONTRADICTIONS: list[dict[str, Any]] = [
    {"choice": ""},
    {"kind": Kind.UNDO},
    {"lane": "Bo"},
    {"reviewer": ""},
    {"token": ""},
    {"token": "x" * 65},
    {"reviewer": "å" * 65},
    {"comment": "x" * (COMMENT_LIMIT + 1)},
]


def test_what_contradicts_itself_is_refused(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    for fields in CONTRADICTIONS:
        with pytest.raises(ValueError, match=r".+"):
            log.append(replace(new(1), **fields), 0)
    assert log.events(1) == ()


def test_a_number_that_is_no_items_is_refused(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    for item in (99, 0, -1, 2**63, 2**200, -(2**70)):
        assert items.get(item) is None
        assert log.events(item) == ()
        assert log.head(item).seq == 0
        with pytest.raises(KeyError):
            log.append(new(item), 0)


def test_text_that_no_database_takes_is_mended(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    assert decide(log, 1, comment="a\0b\ud800c").comment == "ab?c"
    assert log.events(1)[0].comment == "ab?c"


def test_bulk_saves_what_it_can_in_one_group(items: Items, log: DecisionLog) -> None:
    publish(items, 1200)
    decide(log, 7, "Bo", "nej")
    result = log.append_bulk([(new(n), 0) for n in range(1, 1201)], "g1")
    assert len(result.saved) == 1199
    assert [conflict.new.item for conflict in result.conflicts] == [7]
    assert {saved.event.group for saved in result.saved} == {"g1"}
    assert [saved.event.item for saved in result.saved[:8]] == [1, 2, 3, 4, 5, 6, 8, 9]
    assert log.rebuild() == 0


def test_bulk_as_a_whole_saves_all_or_nothing(items: Items, log: DecisionLog) -> None:
    publish(items, 3)
    decide(log, 2, "Bo", "nej")
    result = log.append_bulk([(new(n), 0) for n in (1, 2, 3)], whole=True)
    assert result.saved == ()
    assert [conflict.new.item for conflict in result.conflicts] == [2]
    assert log.events(1) == ()


def test_bulk_twice_is_bulk_once(items: Items, log: DecisionLog) -> None:
    publish(items, 3)
    news = [(new(n), 0) for n in (1, 2, 3)]
    first = log.append_bulk(news, "g")
    second = log.append_bulk(news, "g")
    assert [s.event for s in first.saved] == [s.event for s in second.saved]
    assert all(s.again for s in second.saved)
    assert second.conflicts == ()


def test_the_same_item_twice_in_one_bulk_is_two_events(items: Items, log: DecisionLog) -> None:
    publish(items, 1)
    result = log.append_bulk([(new(1, choice="nej"), 0), (new(1, choice="aktiv"), 1)])
    assert [saved.event.seq for saved in result.saved] == [1, 2]
    assert log.head(1).choice == "aktiv"


def test_recent_shows_a_group_once_and_nothing_taken_back(items: Items, log: DecisionLog) -> None:
    publish(items, 30)
    for n in range(1, 13):
        decide(log, n)
    decide(log, 20, "Bo")
    log.append_bulk([(new(n), 0) for n in range(13, 19)], "g")
    decide(log, 19)
    undo(log)
    found = log.recent("Ada")
    assert [event.item for event in found] == [18, 12, 11, 10, 9, 8, 7, 6, 5, 4]
    assert [event.item for event in log.recent("Bo")] == [20]
    assert log.recent("Cecilia") == ()


def test_forty_clicks_at_once_on_one_item_become_one_decision(
    items: Items, log: DecisionLog
) -> None:
    publish(items, 1)
    answers: list[object] = []
    start = threading.Barrier(8)

    def click() -> None:
        start.wait()
        answers.extend(log.append(new(1), 0) for _ in range(5))

    threads = [threading.Thread(target=click) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(answer, Saved) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == 39
    assert len(log.events(1)) == 1


def test_rebuild_mends_a_projection_that_is_wrong(items: Items, log: DecisionLog, database) -> None:
    publish(items, 3)
    decide(log, 1)
    decide(log, 2, choice="nej")
    undo(log)
    before = [items.get(n) for n in (1, 2, 3)]
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE item SET state = 'beslutad', choice = 'x', seq = 9")
        connection.exec_driver_sql("DELETE FROM lane WHERE item = 1")
        connection.exec_driver_sql(
            "INSERT INTO lane SELECT 3, '', 1, 'beslutad', 'nej', 'Bo', '', NULL"
        )
    assert log.rebuild() == 3
    assert [items.get(n) for n in (1, 2, 3)] == before
    assert log.head(3).seq == 0
    assert log.rebuild() == 0


def test_the_log_says_who_saw_personal_data(items: Items, log: DecisionLog, database) -> None:
    publish(items, 1)
    log.reveal(1, "rapport.pdf", "Ada")
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT item, document, reviewer FROM revealed")
        assert [tuple(row) for row in rows] == [(1, "rapport.pdf", "Ada")]
