"""What a review has cost and shown, from its items and events."""

from __future__ import annotations

import pytest

from annotations.decisions.types import Event, Item, Kind, Proposal, Source, State
from pipeline.review.effort import at_work, of


def item(id: int, state: State = State.DECIDED, choice: str = "ja", **more: bool) -> Item:
    proposal = Proposal(f"P{id}", "malgrupp", "barn", "ja", 0.9, True, "regel")
    audit, double = more.get("audit", False), more.get("double", False)
    return Item(id, "R", proposal, 1.0, audit, double, False, state, choice, 1, "Ada")


def event(
    id: int,
    item: int,
    who: str,
    at: str,
    *,
    kind: Kind = Kind.DECIDE,
    choice: str = "ja",
    lane: str = "",
    seq: int = 1,
    source: Source = Source.WEB,
    undoes: int | None = None,
) -> Event:
    at = f"2026-02-01T{at}+00:00"
    return Event(id, item, lane, seq, kind, choice, "", who, at, source, str(id), undoes=undoes)


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ([], 0),
        ([5], 0),  # one moment says nothing of how long it took
        ([0, 10, 30], 45),  # 10 + 20, and 15 for the first
        ([0, 10, 1000, 1010], 40),  # a pause is no work; the first after it costs as others do
        ([0, 1000], 0),
    ],
)
def test_time_at_work(times, seconds):
    assert at_work(times) == seconds


def test_an_undone_decision_is_nobodys_work():
    events = [
        event(1, 1, "Ada", "10:00:00.000"),
        event(2, 1, "Bo", "10:00:10.000"),
        event(3, 1, "Bo", "10:00:20.000", kind=Kind.UNDO, choice="", undoes=2, seq=2),
    ]
    found = of([item(1)], events, asked=5, drawn=2)
    assert (found.asked, found.decided, found.people, found.timed) == (5, 1, 1, 1)
    assert str(found.first) == str(found.last) == "2026-02-01"


def test_decisions_from_a_workbook_have_no_time():
    events = [
        event(n, n, "Ada", f"10:00:0{n}.000", source=Source.WORKBOOK if n > 2 else Source.WEB)
        for n in range(1, 5)
    ]
    found = of([item(n) for n in range(1, 5)], events, asked=4, drawn=0)
    assert (found.timed, found.seconds, found.people) == (2, 2.0, 1)


def test_changed_and_undecidable():
    items = [
        item(1),
        item(2, choice="nej"),
        item(3, State.UNDECIDABLE, ""),
        item(4, State.DISPUTED),
    ]
    found = of(items, [], asked=9, drawn=0)
    assert (found.decided, found.changed, found.undecidable, found.disputed) == (2, 1, 1, 1)


def test_the_audit_sample_counts_only_its_own_items():
    items = [item(1, audit=True), item(2, choice="nej", audit=True), item(3, choice="nej")]
    whole = of(items, [], asked=3, drawn=7).audited[0]
    assert (whole.variable, whole.audited, whole.wrong) == ("", 2, 1)
    assert 0 < whole.low < 0.5 < whole.high < 1


def test_blind_coders_are_compared_by_their_own_lanes():
    said = {1: ("ja", "ja"), 2: ("nej", "nej"), 3: ("ja", "nej"), 4: ("nej", "nej")}
    items = [item(n, State.DISPUTED if n == 3 else State.DECIDED, double=True) for n in said]
    events = [
        event(10 * n + i, n, who, f"10:0{n}:0{i}.000", lane=who, choice=choice)
        for n, choices in said.items()
        for i, (who, choice) in enumerate(zip(("Ada", "Bo"), choices, strict=True))
    ]
    whole = of(items, events, asked=4, drawn=0).agreement[0]
    assert (whole.variable, whole.items, whole.agreed) == ("", 4, 3)
    assert whole.alpha is not None and 0 < whole.alpha.value < 1
