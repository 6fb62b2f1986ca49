"""A form definition flattened into the row of labels that may stand in a filled-in copy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from annotations.forms import Form
from pipeline.parse.fold import squeeze


@dataclass(frozen=True, slots=True)
class Slot:
    """One label of the form. `index` is its place in printed order, `group` its question's.

    `target` is the id under which words after the label are answers (for a header its field).
    `bare`: an option that takes no words of its own.
    """

    index: int
    group: int
    role: Literal["title", "header", "question", "section", "option"]
    id: str
    target: str
    numbers: frozenset[str] = frozenset()
    keys: tuple[str, ...] = ()
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """One squeezed wording of a slot; a weak one counts only as a line of its own."""

    text: str
    slot: Slot
    weak: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All slots and phrases of a form, and the squeezed instructions that are never an answer."""

    form: Form
    slots: tuple[Slot, ...]
    phrases: tuple[Phrase, ...]
    instructions: tuple[str, ...]
    own_instructions: dict[str, tuple[str, ...]]


@cache
def layout(form: Form) -> Layout:
    """Flatten a form: titles, header labels, then each question followed by its options."""
    slots: list[Slot] = []
    phrases: list[Phrase] = []
    own: dict[str, tuple[str, ...]] = {}

    def add(slot: Slot, anchors: tuple[str, ...], weak: tuple[str, ...] = ()) -> None:
        slots.append(slot)
        seen: set[str] = set()
        for text, is_weak in [*((a, False) for a in anchors), *((w, True) for w in weak)]:
            key = squeeze(text)
            if key and key not in seen:
                seen.add(key)
                phrases.append(Phrase(key, slot, is_weak))

    if form.titles:
        add(Slot(0, 0, "title", "titel_blankett", ""), form.titles)
    for field in form.header:
        add(Slot(len(slots), 0, "header", field.field, field.field), field.anchors)
    for group, q in enumerate(form.questions, start=1):
        target = q.text or ("" if q.kind == "section" else q.id)
        role: Literal["section", "question"] = "section" if q.kind == "section" else "question"
        numbers = frozenset(n.replace(" ", "") for n in q.numbers)
        add(Slot(len(slots), group, role, q.id, target, numbers, q.keys), q.anchors, q.weak)
        own[q.id] = tuple(sorted((squeeze(t) for t in q.instructions), key=len, reverse=True))
        for option in q.options:
            add(
                Slot(
                    len(slots),
                    group,
                    "option",
                    option.id,
                    option.text or target,
                    keys=option.keys,
                    bare=not option.text,
                ),
                option.anchors,
            )
    general = tuple(sorted({squeeze(t) for t in form.instructions}, key=len, reverse=True))
    return Layout(form, tuple(slots), tuple(phrases), general, own)
