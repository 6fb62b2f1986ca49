"""From events to heads: what holds in one lane, and what holds for an item with several. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annotations.decisions.types import Event, Head, Kind, State

NOTHING = Head(State.OPEN, "", 0)
_STATES = {
    Kind.DECIDE: State.DECIDED,
    Kind.UNDECIDABLE: State.UNDECIDABLE,
    Kind.REOPEN: State.REOPENED,
}


def lane_head(events: Iterable[Event]) -> Head:
    """Return what holds after one lane's events, given in the order of `seq`.

    What was taken back counts as never done; the events before it hold again.
    """
    events = tuple(events)
    undone = {event.undoes for event in events if event.kind is Kind.UNDO}
    head = NOTHING
    for event in events:
        standing = event.id not in undone
        head = advance(head, event) if standing else replace(head, seq=event.seq)
    return head


def advance(head: Head, event: Event) -> Head:
    """Return the head after one more event that nobody has taken back.

    A comment changes nothing but `seq`; so does an undo, whose effect only `lane_head` can tell.
    """
    state = _STATES.get(event.kind)
    if state is None:
        return replace(head, seq=event.seq)
    return Head(state, event.choice, event.seq, event.reviewer, event.at, event.id)


def item_state(double: bool, shared: Head | None, lanes: Mapping[str, Head]) -> Head:
    """Return what holds for an item: `shared` is its lane "", `lanes` those of blind coders.

    A settled shared lane of a `double` item is an adjudication and goes before the coders. `seq` is
    always that of the shared lane.
    """
    shared = shared or NOTHING
    if not double or shared.state.settled:
        return shared
    settled = [head for head in lanes.values() if head.state.settled]
    if not settled:
        again = shared.state is State.REOPENED or any(
            head.state is State.REOPENED for head in lanes.values()
        )
        return Head(State.REOPENED if again else State.OPEN, "", shared.seq)
    if len(settled) == 1:
        return Head(State.HALFWAY, "", shared.seq)
    if len({(head.state, head.choice) for head in settled}) > 1:
        return Head(State.DISPUTED, "", shared.seq)
    return replace(max(settled, key=lambda head: head.event or 0), seq=shared.seq)
