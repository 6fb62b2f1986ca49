"""Who is given which item, and for how long nobody else is."""

from __future__ import annotations

import threading

import pytest

from annotations.decisions.database import Database
from annotations.decisions.filters import Filter, States
from annotations.decisions.items import Items
from annotations.decisions.leases import Leases
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Item
from tests.decisions.samples import ROUND, decide, proposal, publish, undo

QUEUE = Filter(ROUND)


@pytest.fixture
def leases(database: Database) -> Leases:
    return Leases(database, seconds=60)


def given(leases: Leases, reviewer: str, now: float = 0, filter: Filter = QUEUE, skip=()):
    item = leases.next(ROUND, reviewer, filter, now, skip)
    return item.id if isinstance(item, Item) else None


def test_each_has_an_item_of_his_own_and_keeps_it(items: Items, leases: Leases) -> None:
    publish(items, 3)
    assert [given(leases, who) for who in ("Ada", "Bo", "Ada", "Bo")] == [1, 2, 1, 2]
    assert given(leases, "Cecilia") == 3
    assert given(leases, "David") is None


def test_the_next_comes_when_one_is_decided(items: Items, log: DecisionLog, leases: Leases) -> None:
    publish(items, 2)
    assert given(leases, "Ada") == 1
    decide(log, 1)
    assert given(leases, "Ada") == 2
    decide(log, 2)
    assert given(leases, "Ada") is None
    undo(log)
    assert given(leases, "Ada") == 2


def test_a_lease_runs_out_and_is_renewed_by_asking(items: Items, leases: Leases) -> None:
    publish(items, 2)
    assert given(leases, "Ada", now=0) == 1
    assert given(leases, "Ada", now=50) == 1
    assert given(leases, "Bo", now=100) == 2
    assert given(leases, "Cecilia", now=109) is None
    assert given(leases, "Cecilia", now=111) == 1
    assert given(leases, "Ada", now=112) is None


def test_skipping_gives_the_next_and_keeps_the_lease(items: Items, leases: Leases) -> None:
    publish(items, 3)
    assert given(leases, "Ada") == 1
    assert given(leases, "Ada", skip=[1]) == 2
    assert given(leases, "Bo") == 3
    leases.release(1, "Ada")
    assert given(leases, "Cecilia") == 1
    assert given(leases, "Ada", skip=[1, 2, 3]) is None


def test_another_filter_gives_another_item_and_frees_the_first(
    items: Items, leases: Leases
) -> None:
    publish(items, [proposal(1), proposal(2, county="Skåne län")])
    assert given(leases, "Ada") == 1
    assert given(leases, "Ada", filter=Filter(ROUND, county="Skåne län")) == 2
    assert given(leases, "Bo") == 1


def test_the_queue_goes_by_rank_and_what_was_reopened_counts(
    items: Items, log: DecisionLog, leases: Leases
) -> None:
    keys = {n: (f"Projekt {n}", "aktor", "kyrka") for n in (1, 2, 3, 4)}
    ranks = {keys[1]: 3.0, keys[2]: 2.0, keys[3]: 1.0}
    publish(items, 4, ranks=ranks)
    assert given(leases, "Ada") == 3
    decide(log, 2)
    publish(items, [proposal(1), proposal(2, basis="ny"), proposal(3), proposal(4)], ranks=ranks)
    assert given(leases, "Bo") == 2
    assert given(leases, "Cecilia") == 1
    assert given(leases, "David") is None  # nobody is asked about 4


def test_a_double_item_goes_to_two_others_and_not_twice_to_one(
    items: Items, log: DecisionLog, leases: Leases
) -> None:
    publish(items, 1)
    items.set_double(1)
    assert given(leases, "Ada") == 1
    assert given(leases, "Bo") == 1
    assert given(leases, "Cecilia") is None
    decide(log, 1, "Ada", lane="Ada")
    assert given(leases, "Ada") is None
    assert given(leases, "Cecilia") is None
    assert given(leases, "Bo") == 1
    assert given(leases, "Cecilia", now=61) == 1  # Bo went home


def test_a_dispute_is_given_to_one_adjudicator(
    items: Items, log: DecisionLog, leases: Leases
) -> None:
    publish(items, 2)
    items.set_double(1)
    decide(log, 2, "Ada", "nej", lane="Ada")
    decide(log, 2, "Bo", "aktiv", lane="Bo")
    disputes = Filter(ROUND, States.DISPUTES)
    assert given(leases, "Cecilia", filter=disputes) == 2
    assert given(leases, "David", filter=disputes) is None
    decide(log, 2, "Cecilia", "nej")
    assert given(leases, "Cecilia", filter=disputes) is None
    assert given(leases, "Cecilia") == 1


def test_an_item_opened_by_hand(items: Items, leases: Leases) -> None:
    publish(items, 2)
    assert leases.take(1, "Ada", 0)
    assert leases.take(1, "Ada", 30)
    assert not leases.take(1, "Bo", 31)
    assert given(leases, "Bo", 31) == 2
    assert leases.take(1, "Bo", 91)
    for id in (99, 0, -1, 2**70):
        with pytest.raises(KeyError):
            leases.take(id, "Ada", 0)
        leases.release(id, "Ada")


def test_ten_at_once_are_given_ten_items(items: Items, leases: Leases) -> None:
    publish(items, 200)
    start = threading.Barrier(10)
    got: dict[str, list[int | None]] = {}

    def ask(reviewer: str) -> None:
        mine: list[int] = []
        start.wait()
        for _ in range(8):
            found = given(leases, reviewer, skip=tuple(mine))
            assert found is not None
            mine.append(found)
        got[reviewer] = list(mine)

    threads = [threading.Thread(target=ask, args=(f"R{n}",)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    every = [item for some in got.values() for item in some]
    assert len(every) == 80
    assert len(set(every)) == 80


def test_nobody_goes_home_while_the_last_items_are_only_looked_at(
    items: Items, leases: Leases
) -> None:
    """Ten ask at once for ten items: nobody is told that nothing is left."""
    publish(items, 10)
    start = threading.Barrier(10)
    got: list[int | None] = []

    def ask(reviewer: str) -> None:
        start.wait()
        got.append(given(leases, reviewer))

    threads = [threading.Thread(target=ask, args=(f"R{n}",)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got, key=str) == sorted(range(1, 11), key=str)
