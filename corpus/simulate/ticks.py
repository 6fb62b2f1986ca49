"""Ticking a project's form: as its codes say, here and there carelessly where the text mends it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import get_args

from corpus.records import BOXES, Structure, Ticks
from corpus.simulate.library import COUNTED
from corpus.simulate.weave import Woven, carried

_AREAS, _GROUPS, _STRUCTURES = BOXES["omrade"], BOXES["aktor"], get_args(Structure)


def tick(
    woven: Woven, codes: Iterable[str], groups: Mapping[str, str], rate: float, rng: random.Random
) -> Ticks:
    """Return the boxes of a form. `groups` gives each partner's group (`partner.polis`).

    With probability `rate` a box is left empty though the text names it, or ticked though the text
    only says that somebody was asked, was mentioned or is coming. A box that alone carries a code
    is always right.
    """
    held, texts = set(codes), woven.fields.values()
    said = carried(texts)
    alone = {_box(c, groups) for c in woven.ticked}
    true = {_box(c, groups) for c in held} - {None}
    named = {
        groups[m.code] for p in texts for m in p.marks if m.context and m.context not in COUNTED
    }
    boxes: set[tuple[str, str]] = set()
    for box in [("aktor", g) for g in _GROUPS] + [
        *(("omrade", a) for a in _AREAS),
        *(("struktur", s) for s in _STRUCTURES),
    ]:
        ticked = box in true
        if box not in alone and rng.random() < rate:
            excused = box in {_box(c, groups) for c in said} if ticked else box[1] in named
            ticked = ticked != excused
        if ticked:
            boxes.add(box)
    kind = "del" if woven.source.blankett == "del" else "slut"
    return Ticks(
        redovisning=kind,  # type: ignore[arg-type]
        struktur=tuple(s for s in _STRUCTURES if ("struktur", s) in boxes),
        aktor=tuple(g for g in _GROUPS if ("aktor", g) in boxes),  # type: ignore[misc]
        omrade=tuple(a for a in _AREAS if ("omrade", a) in boxes),  # type: ignore[misc]
        integrering=_integration(held, said, rate, rng),  # type: ignore[arg-type]
    )


def _box(code: str, groups: Mapping[str, str]) -> tuple[str, str] | None:
    variable, _, name = code.partition(".")
    if variable == "partner":
        return "aktor", groups[code]
    if variable == "malgrupp":
        return "omrade", name if name in _AREAS else "sarskilt_utsatta"
    return ("struktur", name) if variable == "struktur" else None


def _integration(
    held: set[str], said: set[str], rate: float, rng: random.Random
) -> tuple[str, ...]:
    """Return the integration boxes; "is to be" and "has been" are what people mix up."""
    boxes = []
    if "integrering.integrerad" in held:
        boxes.append("har_integrerats")
    if "integrering.plan" in held:
        boxes.append(rng.choice(("ska_integreras", "konkret_plan")))
    if "integrering.ej" in held:
        boxes.append("ej_relevant")
    if len(boxes) == 1 and rng.random() < rate and any(c.startswith("integrering.") for c in said):
        return {
            "ska_integreras": ("har_integrerats",),
            "konkret_plan": ("har_integrerats",),
            "har_integrerats": ("ska_integreras",),
        }.get(boxes[0], ())
    return tuple(boxes)
