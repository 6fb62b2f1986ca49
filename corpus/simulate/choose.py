"""Choosing the written reports that a round is made from: together near the margins.

A code that a report lacks can be added, one too many must be cut out of it, and some (whether the
work goes on, whether it was collaboration) cannot be changed at all: costs in that order.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from corpus.simulate.draw import FAMILY, INTEGRATED, NEVER, PLAN, Margins
from corpus.simulate.library import Source
from corpus.simulate.slots import Slot
from corpus.simulate.words import words

Matrix = npt.NDArray[np.float64]

FIXED = ("status.pagar", "reell_samverkan", "mal_natt", "tillfallig", INTEGRATED, PLAN, NEVER)
_WRONG, _EXCESS, _LACK = 20.0, 8.0, 1.2
_AGAIN = 4.0  # for a report that is used once more in the same round
_TOO_LATE = 3.0  # for every year
_NEXT_DOOR = 40.0  # … and in the same county
_ELSEWHERE, _NO_STRUCTURE, _IMPOSSIBLE = 60.0, 10.0, 500.0
_SWEEPS = 12


@dataclass(frozen=True)
class _Aim:
    """What is counted: a name, the codes of which one must hold (or all), the target, its costs."""

    codes: tuple[str, ...]
    target: int
    over: float
    under: float
    all_of: bool = False


def choose(
    sources: Sequence[Source], slots: Sequence[Slot], margins: Margins, rng: random.Random
) -> list[Source]:
    """Return a source for each slot, chosen by local search from a random beginning."""
    usable = [s for s in sources if _usable(s)] or list(sources)
    aims = _aims(margins)
    has = np.array([[_holds(s, aim) for aim in aims] for s in usable], dtype=float)
    target = np.array([aim.target for aim in aims], dtype=float)
    over = np.array([aim.over for aim in aims])
    under = np.array([aim.under for aim in aims])
    fit = _fit(usable, slots)
    uses = np.zeros(len(usable))
    near = {slot.county: np.zeros(len(usable)) for slot in slots}
    chosen = [-1] * len(slots)
    counts = np.zeros(len(aims))

    def cost_of(slot: int) -> Matrix:
        off = counts + has - target
        margin = np.maximum(off, 0) @ over + np.maximum(-off, 0) @ under
        noise = np.array([rng.random() for _ in usable]) * 0.5
        cost: Matrix = margin + fit[slot] + _AGAIN * uses**2 + noise
        cost += _NEXT_DOOR * near[slots[slot].county]
        return cost

    order = list(range(len(slots)))
    for _ in range(_SWEEPS):
        rng.shuffle(order)
        changed = 0
        for slot in order:
            before = chosen[slot]
            if before >= 0:
                counts -= has[before]
                uses[before] -= 1
                near[slots[slot].county][before] -= 1
            best = int(np.argmin(cost_of(slot)))
            chosen[slot] = best
            counts += has[best]
            uses[best] += 1
            near[slots[slot].county][best] += 1
            changed += best != before
        off = np.abs(counts - target) * (over == _WRONG)
        if changed < len(slots) // 10 and not off.any():
            break
    return [usable[i] for i in chosen]


def traits(source: Source) -> frozenset[str]:
    """Return a source's codes, and `mal_natt` where its goals are wholly or partly reached."""
    reached = source.gold.maluppfyllelse in ("helt", "delvis")
    return source.codes | ({"mal_natt"} if reached else frozenset())


def _usable(source: Source) -> bool:
    whole = source.gold.integrering
    alone = "ej" not in whole or len(whole) == 1
    return source.gold.status != "oklart" and alone and source.start is not None


def _aims(margins: Margins) -> list[_Aim]:
    def single(code: str, target: int) -> _Aim:
        wrong = code in FIXED
        return _Aim((code,), target, _WRONG if wrong else _EXCESS, _WRONG if wrong else _LACK)

    whole = {INTEGRATED: margins.integrated, PLAN: margins.plan, NEVER: margins.never}
    alone = {**margins.rest, **whole}
    aims = [single(code, count) for code, count in alone.items()]
    aims += [single(c, n) for c, n in zip(FAMILY, margins.three, strict=True)]
    aims.append(_Aim(FAMILY, margins.family, _EXCESS, _LACK, all_of=True))
    for group in margins.groups:
        aims += [single(code, count) for code, count in group.parts.items()]
        codes = tuple(c for c in (*group.parts, *group.free, group.own) if c)
        aims.append(_Aim(codes, group.total, _EXCESS, _LACK))
    return aims


def _holds(source: Source, aim: _Aim) -> bool:
    found = traits(source)
    return all(c in found for c in aim.codes) if aim.all_of else any(c in found for c in aim.codes)


def _fit(sources: Sequence[Source], slots: Sequence[Slot]) -> Matrix:
    """Return what each source costs in each slot by itself: slots × sources."""
    kinds = {replace(slot, amount=0) for slot in slots}
    costs = {kind: [_misfit(source, kind) for source in sources] for kind in kinds}
    return np.array([costs[replace(slot, amount=0)] for slot in slots])


def _misfit(source: Source, slot: Slot) -> float:
    told = set(source.gold.struktur) - {"annat"}
    cost = 0.0 if told <= slot.structures else _IMPOSSIBLE
    if slot.structures and not told:
        cost += _NO_STRUCTURE
    if source.of_a_city and slot.county not in words().stader:
        cost += _ELSEWHERE
    # Years in the text move with the first one; told of in the past, they should have passed.
    if source.start and source.end:
        late = slot.year + source.end.year - source.start.year - slot.last_year
        cost += _TOO_LATE * max(late, 0)
    return cost
