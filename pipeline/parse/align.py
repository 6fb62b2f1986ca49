"""The best row of labels through a document: order counts softly, nothing overlaps."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parse.anchors import Candidate
from pipeline.parse.fold import Folded

SAME_AGAIN = 5.0  # the same label twice in a row: almost always an answer that begins like it
RESTATED = 1.5  # a question's second line, the answer standing between the two
BACKWARDS = 3.0  # a question out of order, or the form filled in once more
SHUFFLED = 0.4  # options of one question in another order
HOMELESS = 4.0  # an option whose question was not met just before


def align(words: Folded, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the non-overlapping candidates with the highest total score, in text order.

    Viterbi over candidates; the cost of a step depends on the two labels' places in the form.
    """
    ordered = sorted(candidates, key=lambda c: (c.start, c.end))
    best: list[float] = []
    back: list[int] = []
    for i, here in enumerate(ordered):
        top, source = here.score, -1
        for j in range(i - 1, -1, -1):
            before = ordered[j]
            if before.end > here.label:
                continue
            total = best[j] + here.score - _step(words, before, here)
            if total > top:
                top, source = total, j
        best.append(top)
        back.append(source)
    if not best:
        return ()
    at = max(range(len(best)), key=best.__getitem__)
    path: list[Candidate] = []
    while at >= 0:
        path.append(ordered[at])
        at = back[at]
    return tuple(reversed(path))


def _step(words: Folded, before: Candidate, here: Candidate) -> float:
    """Return what it costs that `here` is the next label after `before`."""
    a, b = before.slot, here.slot
    if a.index == b.index:
        if joined(words, before, here):
            return 0.2
        return (
            SAME_AGAIN if a.role == "option" or not here.own_line or here.length < 14 else RESTATED
        )
    if a.group == b.group:
        if b.index > a.index:
            return 0.0
        return SHUFFLED if b.role in ("option", "header") and a.role == b.role else BACKWARDS
    cost = 0.05 * min(abs(b.group - a.group), 6)
    if b.group < a.group:
        cost += BACKWARDS
    if b.role == "option":
        cost += HOMELESS
    return cost


def joined(words: Folded, before: Candidate, here: Candidate) -> bool:
    """True when a label goes on in the next ("6. Måluppfyllelse" / "Har något mål uppnåtts?")."""
    between = words.word_at(here.label) - words.word_at(before.end)
    if between <= 0 and before.end < here.start and not _whole(words, here):
        return False
    return between <= 0 or (
        here.start < here.label and words.word_at(here.start) <= words.word_at(before.end)
    )


def _whole(words: Folded, label: Candidate) -> bool:
    """True for a label that takes up its line or asks; "Beviljat: 45 000" may be an answer."""
    return label.own_line or words.text[label.end : label.end + 1] == "?"
