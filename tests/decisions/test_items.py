"""Lists, filters, counts and progress over a round."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import Any

import pytest

from annotations.decisions.database import Database
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Facets, Items, Progress
from annotations.decisions.log import DecisionLog
from annotations.decisions.types import Kind
from tests.decisions.samples import ROUND, decide, new, proposal, publish, undo

ALL = Filter(ROUND, States.ALL)


def shown(items: Items, filter: Filter, order: Order = Order.QUEUE, offset: int = 0, limit=None):
    return [item.id for item in items.page(filter, order, offset, limit)]


def test_the_orders_and_their_pages(items: Items) -> None:
    probabilities = [0.5, None, 0.1, 0.9, 0.1, None]
    given = [
        proposal(number, probability=probability)
        for number, probability in zip((6, 5, 4, 3, 2, 1), probabilities, strict=True)
    ]
    keys = [p.key for p in given]
    publish(items, given, ranks={keys[5]: 0.5, keys[2]: 1.5, keys[0]: 1.5})
    orders = {
        Order.QUEUE: [6, 1, 3, 2, 4, 5],
        Order.PROBABILITY: [2, 6, 3, 5, 1, 4],
        Order.PROJECT: [6, 5, 4, 3, 2, 1],
    }
    for order, ids in orders.items():
        assert shown(items, ALL, order) == ids
        assert shown(items, ALL, order, 2, 3) == ids[2:5]
        assert shown(items, ALL, order, 4, 50) == ids[4:]
        assert shown(items, ALL, order, 99, 50) == []
    assert shown(items, ALL, Order.QUEUE, 2**80, 5) == []
    assert shown(items, ALL, Order.QUEUE, -3, 1) == [6]
    assert items.ids(ALL) == tuple(orders[Order.QUEUE])


def test_the_groups_of_states(items: Items, log: DecisionLog) -> None:
    given = [proposal(n) for n in range(1, 8)]
    keys = [p.key for p in given]
    ranks = {key: 1.0 for key in keys[:6]}
    publish(items, given, ranks=ranks)
    decide(log, 1)
    decide(log, 2, kind=Kind.UNDECIDABLE)
    decide(log, 7)  # nobody was asked, somebody decided all the same
    groups = {States.QUEUE: [3, 4, 5, 6], States.DECIDED: [1, 2, 7], States.DISPUTES: []}
    for states, ids in {**groups, States.ALL: [1, 2, 3, 4, 5, 6, 7]}.items():
        assert shown(items, Filter(ROUND, states)) == ids
        assert items.count(Filter(ROUND, states)) == len(ids)
    publish(items, [*given[:5], proposal(7, basis="ny")], ranks=ranks)
    assert shown(items, Filter(ROUND)) == [3, 4, 5, 7]  # 6 is gone, 7 asked about again
    assert items.count(Filter("2026")) == 0


@pytest.fixture
def various(items: Items) -> Items:
    publish(
        items,
        [
            proposal(1, county="Skåne län", reasons=("Oense.", "Små tal.")),
            proposal(2, county="Örebro län", municipality="Örebro", automatic=True),
            proposal(3, county="Örebro län", category="skola", quote="Prästen är med"),
            proposal(4, county="Örebro län", variable="mal", category="", reasons=("Små tal.",)),
            proposal(5, quote="100 % av _alla_", reasons=('Ordet "A" saknas.',)),
        ],
    )
    return items


FILTERS: list[tuple[dict[str, Any], list[int]]] = [
    ({}, [1, 2, 3, 4, 5]),
    ({"county": "Örebro län"}, [2, 3, 4]),
    ({"county": "örebro"}, []),
    ({"variable": "aktor"}, [1, 2, 3, 5]),
    ({"variable": "aktor", "category": "skola"}, [3]),
    ({"reason": "Små tal."}, [1, 4]),
    ({"reason": "Små"}, []),
    ({"reason": 'Ordet "A" saknas.'}, [5]),
    ({"reason": "%"}, []),
    ({"automatic": True}, [2]),
    ({"automatic": False}, [1, 3, 4, 5]),
    ({"county": "Örebro län", "reason": "Små tal."}, [4]),
    ({"text": "projekt 3"}, [3]),
    ({"text": "ÖREBRO"}, [2]),
    ({"text": "  örebro "}, [2]),
    ({"text": "PRÄSTEN"}, [3]),
    ({"text": "%"}, [5]),
    ({"text": "_alla"}, [5]),
    ({"text": "' OR 1=1 --"}, []),
]


def test_filters(various: Items) -> None:
    for fields, ids in FILTERS:
        filter = Filter(ROUND, **fields)
        assert shown(various, filter) == ids, fields
        assert various.count(filter) == len(ids), fields


def test_facets_count_what_may_be_chosen(various: Items, log: DecisionLog) -> None:
    decide(log, 2)
    assert various.facets(ROUND) == Facets(
        counties=(("Örebro län", 2), ("Skåne län", 1)),
        categories=((("aktor", "kyrka"), 2), (("aktor", "skola"), 1), (("mal", ""), 1)),
        reasons=(("Små tal.", 2), ("Oense.", 1), ('Ordet "A" saknas.', 1)),
    )
    assert various.facets(ROUND, States.DECIDED).counties == (("Örebro län", 1),)
    assert various.facets("2026") == Facets((), (), ())


def test_progress_of_a_day(items: Items, log: DecisionLog, clock) -> None:
    publish(items, 10)
    items.publish("2026", [proposal(1)], {})
    decide(log, 11)
    decide(log, 1)
    clock.forward(days=1, hours=-8)  # half past midnight in Sweden, still yesterday in UTC
    clock.forward(hours=-0.5)
    decide(log, 2)
    clock.forward(hours=8)
    decide(log, 3)
    log.append(new(4, kind=Kind.COMMENT, comment="Hm."), 0)
    decide(log, 5)
    undo(log)
    decide(log, 6, "Bo")
    sweden = clock.now.astimezone(timezone(timedelta(hours=1)))
    assert items.progress(ROUND, "Ada", sweden) == Progress(
        today=2, own=3, pace=1, settled=4, remaining=6, disputes=0
    )
    assert items.progress(ROUND, "Ada", clock.now).today == 1
    assert items.progress(ROUND, "Cecilia", sweden) == Progress(0, 0, 0, 4, 6, 0)


def test_reading_changes_nothing(items: Items, database: Database) -> None:
    publish(items, 1)
    with database.read() as connection:
        connection.exec_driver_sql("UPDATE item SET choice = 'x'")
    item = items.get(1)
    assert item is not None
    assert item.choice == ""
