"""From events to heads, as tables of what happened and what holds then."""

from __future__ import annotations

import pytest

from annotations.decisions.project import advance, item_state, lane_head
from annotations.decisions.types import Event, Head, Kind, Source, State


def happened(*steps: str) -> list[Event]:
    """Turn "aktiv", "?", "-2" (takes back event 2), "öppna" and "..." (a comment) into events."""
    events = []
    for number, step in enumerate(steps, 1):
        kind = {"?": Kind.UNDECIDABLE, "öppna": Kind.REOPEN, "...": Kind.COMMENT}.get(step)
        kind = kind or (Kind.UNDO if step[0] == "-" else Kind.DECIDE)
        events.append(
            Event(
                id=number,
                item=1,
                lane="",
                seq=number,
                kind=kind,
                choice=step if kind is Kind.DECIDE else "",
                comment="",
                reviewer="Ada",
                at=f"2026-03-02T08:00:0{number}",
                source=Source.WEB,
                token=str(number),
                undoes=int(step[1:]) if kind is Kind.UNDO else None,
            )
        )
    return events


@pytest.mark.parametrize(
    ("steps", "state", "choice", "event"),
    [
        ([], State.OPEN, "", None),
        (["aktiv"], State.DECIDED, "aktiv", 1),
        (["aktiv", "nej"], State.DECIDED, "nej", 2),
        (["?"], State.UNDECIDABLE, "", 1),
        (["aktiv", "..."], State.DECIDED, "aktiv", 1),
        (["..."], State.OPEN, "", None),
        (["aktiv", "-1"], State.OPEN, "", None),
        (["aktiv", "nej", "-2"], State.DECIDED, "aktiv", 1),
        (["aktiv", "nej", "-1"], State.DECIDED, "nej", 2),
        (["aktiv", "nej", "-2", "-1"], State.OPEN, "", None),
        (["aktiv", "-1", "aktiv"], State.DECIDED, "aktiv", 3),
        (["aktiv", "öppna"], State.REOPENED, "", 2),
        (["aktiv", "öppna", "nej"], State.DECIDED, "nej", 3),
        (["aktiv", "öppna", "nej", "-3"], State.REOPENED, "", 2),
        (["aktiv", "öppna", "-1"], State.REOPENED, "", 2),
    ],
)
def test_lane_head(steps: list[str], state: State, choice: str, event: int | None) -> None:
    head = lane_head(happened(*steps))
    assert (head.state, head.choice, head.event, head.seq) == (state, choice, event, len(steps))


def test_one_step_at_a_time_gives_the_same_while_nothing_is_taken_back() -> None:
    events = happened("aktiv", "...", "öppna", "?", "nej")
    head = lane_head([])
    for n, event in enumerate(events, 1):
        head = advance(head, event)
        assert head == lane_head(events[:n])


def decided(choice: str, event: int = 1) -> Head:
    return Head(State.DECIDED, choice, 1, "någon", "2026", event)


OPEN, REOPENED = Head(State.OPEN, "", 2), Head(State.REOPENED, "", 2)
UNDECIDABLE = Head(State.UNDECIDABLE, "", 1, "någon", "2026", 1)


@pytest.mark.parametrize(
    ("double", "shared", "lanes", "state", "choice"),
    [
        (False, None, {}, State.OPEN, ""),
        (False, decided("nej"), {}, State.DECIDED, "nej"),
        (False, decided("nej"), {"Ada": decided("aktiv")}, State.DECIDED, "nej"),
        (True, None, {}, State.OPEN, ""),
        (True, OPEN, {"Ada": OPEN}, State.OPEN, ""),
        (True, None, {"Ada": decided("aktiv")}, State.HALFWAY, ""),
        (True, None, {"Ada": decided("nej"), "Bo": decided("nej", 2)}, State.DECIDED, "nej"),
        (True, None, {"Ada": decided("nej"), "Bo": decided("aktiv", 2)}, State.DISPUTED, ""),
        (True, None, {"Ada": UNDECIDABLE, "Bo": UNDECIDABLE}, State.UNDECIDABLE, ""),
        (True, None, {"Ada": UNDECIDABLE, "Bo": decided("nej")}, State.DISPUTED, ""),
        (
            True,
            decided("nej"),
            {"Ada": decided("nej"), "Bo": decided("aktiv", 2)},
            State.DECIDED,
            "nej",
        ),
        (True, REOPENED, {"Ada": REOPENED, "Bo": REOPENED}, State.REOPENED, ""),
        (True, None, {"Ada": REOPENED, "Bo": decided("nej")}, State.HALFWAY, ""),
    ],
)
def test_item_state(
    double: bool, shared: Head | None, lanes: dict[str, Head], state: State, choice: str
) -> None:
    head = item_state(double, shared, lanes)
    assert (head.state, head.choice) == (state, choice)
    assert head.seq == (shared.seq if shared else 0)
