"""A document against the form definitions: which form it is, its copies, and what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotations.forms import Form
from corpus.types import Document, DocumentKind
from pipeline.parse.align import align
from pipeline.parse.anchors import Candidate, candidates
from pipeline.parse.fill import Filled, fill
from pipeline.parse.fold import Folded
from pipeline.parse.slots import Layout, layout

ENOUGH = 5.0  # how much of the form's own wording a text needs to be called that form
AGAIN = 3  # questions that must come once more before a form counts as filled in twice
_PROJECT_LINE = re.compile(
    r"^[\s#*]*(?:projekt|insats)\s*(?:nr\.?\s*)?\d\b[^\n]{0,100}$", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read as one form: `likeness` weighs how much of its wording was met."""

    form: Form
    likeness: float
    copies: tuple[Filled, ...]


def read_form(document: Document, words: Folded, forms: Sequence[Form]) -> Reading | None:
    """Read the document as the form it resembles most, or None where it is no filled-in form."""
    best: tuple[float, float, Layout, tuple[Candidate, ...]] | None = None
    for form in forms:
        shape = layout(form)
        path = align(words, candidates(document, words, shape))
        worth = likeness(path)
        total = sum(c.score for c in path)
        if worth >= ENOUGH and (best is None or total > best[1]):
            best = (worth, total, shape, path)
    if best is None:
        return None
    worth, _, shape, path = best
    parts = [_once(part) for part in _copies(path)]
    starts = [0, *(_begin(document.text, parts[i - 1], part) for i, part in enumerate(parts) if i)]
    ends = [*starts[1:], len(document.text)]
    copies = tuple(
        fill(document, words, shape, part, a, b)
        for part, a, b in zip(parts, starts, ends, strict=True)
    )
    return Reading(shape.form, worth, copies)


def kind_of(form: Form, copy: Filled) -> tuple[DocumentKind, str]:
    """Return the kind of a copy and why: the form's own, unless a ticked box says another."""
    ticked = {(c.question, c.option) for c in copy.choices if c.checked}
    said = [
        option
        for question in form.questions
        for option in question.options
        if option.kind is not None and (question.id, option.id) in ticked
    ]
    if len({o.kind for o in said}) == 1 and said[0].kind is not None:
        return said[
            0
        ].kind, f"Blanketten ”{form.name}” känns igen; rutan ”{said[0].label}” är ikryssad."
    return form.kind, f"Blanketten ”{form.name}” känns igen på sina frågor."


def likeness(path: Sequence[Candidate]) -> float:
    """Return how much of the form's own wording the path holds; each label counts once."""
    seen: dict[int, float] = {}
    options: dict[int, int] = {}
    for label in path:
        role = label.slot.role
        if role == "header" or label.slot.index in seen:
            worth = 0.25 if role == "header" else 0.0
        elif role == "option":
            options[label.slot.group] = options.get(label.slot.group, 0) + 1
            worth = 0.7 if options[label.slot.group] <= 4 else 0.0
        elif label.weak:
            worth = 0.25
        else:
            worth = 2.0 if label.length >= 24 else 1.0
        seen[label.slot.index] = max(seen.get(label.slot.index, 0.0), worth + 0.3 * label.numbered)
    return sum(seen.values())


def _copies(path: Sequence[Candidate]) -> list[list[Candidate]]:
    """Cut the path where the form starts once more."""
    parts: list[list[Candidate]] = [[]]
    seen: set[int] = set()
    for i, label in enumerate(path):
        before = path[i - 1].slot.group if i else -1
        if i and label.slot.group < before and _repeats(path[i:], seen) >= AGAIN:
            parts.append([])
            seen = set()
        parts[-1].append(label)
        if label.slot.role in ("question", "option"):
            seen.add(label.slot.index)
    return parts


def _repeats(rest: Sequence[Candidate], seen: set[int]) -> int:
    """Return how many questions of the next run through the form were already met."""
    again: set[int] = set()
    last = -1
    for label in rest:
        if label.slot.group < last - 1:
            break
        last = max(last, label.slot.group)
        if label.slot.role == "question" and label.slot.index in seen and not label.weak:
            again.add(label.slot.index)
    return len(again)


def _once(part: Sequence[Candidate]) -> list[Candidate]:
    """Keep each label once: of two, the better one, unless one goes on in the other."""
    kept: list[Candidate] = []
    for label in part:
        twin = next((i for i, k in enumerate(kept) if k.slot.index == label.slot.index), None)
        goes_on = kept and kept[-1].slot is label.slot and label.slot.role != "option"
        if twin is None or goes_on:
            kept.append(label)
        elif label.slot.role == "option":
            if label.score > kept[twin].score and not (label.guessed and not kept[twin].guessed):
                kept.pop(twin)
                kept.append(label)
            elif label.boxed and kept[twin].boxed and not label.weak:
                kept.append(label)
        elif label.slot.role != "header" and label.score > kept[twin].score:
            kept.pop(twin)
            kept.append(label)
    return kept


def _begin(text: str, before: Sequence[Candidate], part: Sequence[Candidate]) -> int:
    """Return where a copy begins: at its first label, or at the line "Projekt 2 …" above it."""
    start = part[0].start
    above = [
        m.start() for m in _PROJECT_LINE.finditer(text, before[-1].end if before else 0, start)
    ]
    return above[-1] if above else start
