"""The flow as figures: how many projects came to each step, in all and by county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.projects.types import Answer, ProjectFlow, ProjectRow, Step
from pipeline.projects.words import load_words


@dataclass(frozen=True, slots=True)
class Counts:
    """Projects at each step.

    granted = started + not_started + unknown; started = reported + not_reported;
    reported = ended + ongoing + unclear.
    """

    granted: int
    started: int
    not_started: int
    unknown: int
    reported: int
    not_reported: int
    ended: int
    ongoing: int
    unclear: int


def count(rows: Iterable[ProjectRow]) -> Counts:
    """Count the granted among the rows."""
    granted = [r for r in rows if r.holds(Step.GRANTED)]
    started = [r for r in granted if r.holds(Step.STARTED)]
    reported = [r for r in started if r.holds(Step.REPORTED)]
    return Counts(
        granted=len(granted),
        started=len(started),
        not_started=_answering(granted, Step.STARTED, Answer.NO),
        unknown=_answering(granted, Step.STARTED, Answer.UNKNOWN),
        reported=len(reported),
        not_reported=_answering(started, Step.REPORTED, Answer.NO)
        + _answering(started, Step.REPORTED, Answer.UNKNOWN),
        ended=_answering(reported, Step.ENDED, Answer.YES),
        ongoing=_answering(reported, Step.ENDED, Answer.NO),
        unclear=_answering(reported, Step.ENDED, Answer.UNKNOWN),
    )


def by_county(flow: ProjectFlow) -> tuple[tuple[str, Counts], ...]:
    """Return each county's counts, in the order of SCB's codes; the unknown county last."""
    places = {r.lanskod: r.lan for r in flow.rows}
    ordered = sorted(places, key=lambda code: (not code, code))
    return tuple(
        (places[code] or "Okänt län", count(r for r in flow.rows if r.lanskod == code))
        for code in ordered
    )


def reasons(flow: ProjectFlow) -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Return (reason, number, projects) for those granted that have not ended, in the list's order.

    What is not granted as far as we know stands there too, with the first step's reasons.
    """
    order = [r.id for r in load_words().reasons]
    counted = Counter(r.reason for r in flow.rows if r.reason)
    return tuple(
        (id, counted[id], tuple(r.project for r in flow.rows if r.reason == id))
        for id in order
        if counted[id]
    )


def _answering(rows: Sequence[ProjectRow], step: Step, answer: Answer) -> int:
    return sum(r.at(step).answer is answer for r in rows)
