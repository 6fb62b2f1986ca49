"""Drawing the projects' codes: every margin exactly, the projects' wishes as far as that allows.

A wish is how well a code suits a project (its text has it: high). Whoever wishes most gets the
code; a random part keeps ties and near-ties apart.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.simulate.preset import Preset

Wishes = Sequence[Mapping[str, float]]

# What a project that has taken on one more code than its text had loses for the next: the new
# codes then spread over the projects.
_BURDEN = 0.5
_OWN = 3.0  # a wish from here on means that the text has the code


@dataclass(frozen=True, slots=True)
class Group:
    """`total` projects have the group, `parts` of them these; others have one of `free` or `own`.

    `own` is the group's code itself, which every member gets; empty for groups that are none.
    """

    total: int
    parts: Mapping[str, int]
    free: tuple[str, ...] = ()
    own: str = ""


@dataclass(frozen=True, slots=True)
class Margins:
    """How many projects have each code. `family` projects have all three of FAMILY, no others do.

    `rest` codes are independent; `integrated`, `plan` may overlap, `never` stands alone.
    """

    groups: tuple[Group, ...]
    family: int
    three: tuple[int, int, int]
    rest: Mapping[str, int]
    integrated: int
    plan: int
    never: int


FAMILY = ("malgrupp.kvinnor", "malgrupp.barn", "malgrupp.utovare")
INTEGRATED, PLAN, NEVER = "integrering.integrerad", "integrering.plan", "integrering.ej"


def margins(preset: Preset) -> Margins:
    """Return a preset's margins in codes (`partner.polis`, `malgrupp.barn`, `utbildning`)."""

    def named(variable: str, parts: Mapping[str, int]) -> dict[str, int]:
        return {f"{variable}.{part}": count for part, count in parts.items()}

    groups = [
        Group(g.antal, named("partner", g.delar), tuple(f"partner.{f}" for f in g.fria))
        for g in preset.partner
    ]
    exposed = preset.sarskilt_utsatta
    groups.append(
        Group(exposed.antal, named("malgrupp", exposed.delar), own="malgrupp.sarskilt_utsatta")
    )
    aims = named("malgrupp", preset.malgrupp)
    rest = {code: count for code, count in aims.items() if code not in FAMILY}
    rest |= {
        "mal_natt": preset.mal_natt,
        "reell_samverkan": preset.reell_samverkan,
        "utbildning": preset.utbildning,
        "status.pagar": preset.pagar,
        "tillfallig": preset.tillfallig,
        "lansstyrelsen_aktiv": preset.lansstyrelsen_aktiv,
    }
    kvinnor, barn, utovare = (aims[code] for code in FAMILY)
    whole = preset.integrering
    return Margins(
        tuple(groups),
        preset.familjeperspektiv,
        (kvinnor, barn, utovare),
        rest,
        whole.integrerad,
        whole.plan,
        whole.ej,
    )


def draw(margins: Margins, wishes: Wishes, rng: random.Random) -> list[set[str]]:
    """Return the codes of as many projects as there are wishes, all margins held exactly.

    Raises ValueError where the margins contradict each other or the number of projects.
    """
    drawing = _Drawing(wishes, rng)
    everyone = range(len(wishes))
    for code, count in margins.rest.items():
        drawing.give(code, count, everyone)
    _integration(drawing, margins, everyone)
    _family(drawing, margins, everyone)
    for group in margins.groups:
        _group(drawing, group, everyone)
    return drawing.codes


def _integration(drawing: _Drawing, margins: Margins, everyone: Iterable[int]) -> None:
    never = drawing.give(NEVER, margins.never, everyone, against=(INTEGRATED, PLAN))
    others = [p for p in everyone if p not in never]
    drawing.give(INTEGRATED, margins.integrated, others)
    drawing.give(PLAN, margins.plan, others)


def _family(drawing: _Drawing, margins: Margins, everyone: Iterable[int]) -> None:
    """Give the three codes to the families, then what is left of each so that no other has all."""
    kvinnor, barn, utovare = FAMILY
    family = drawing.best(FAMILY, margins.family, everyone)
    for code in FAMILY:
        drawing.give(code, len(family), sorted(family))
    others = [p for p in everyone if p not in family]
    women, children, men = (total - len(family) for total in margins.three)
    with_men = drawing.give(utovare, men, others)
    # Women and men both: at most so many that the children still find room beside them.
    both = min(len(others) - children, len(with_men))
    drawing.give(kvinnor, women, others, few=(sorted(with_men), both))
    free = [p for p in others if not {kvinnor, utovare} <= drawing.codes[p]]
    drawing.give(barn, children, free)


def _group(drawing: _Drawing, group: Group, everyone: Iterable[int]) -> None:
    members = drawing.best(
        (*group.parts, *group.free, group.own), group.total, everyone, any_of=True
    )
    for p in members if group.own else ():
        drawing.codes[p].add(group.own)
    without = set(members)
    needed = not (group.free or group.own)
    for code, count in sorted(group.parts.items(), key=lambda item: item[1]):
        chosen = drawing.give(code, count, sorted(members), first=without if needed else ())
        without -= chosen
    if group.free:
        for p in sorted(without):
            drawing.codes[p].add(drawing.favourite(p, group.free))


class _Drawing:
    """The codes given so far, and who wishes what."""

    def __init__(self, wishes: Wishes, rng: random.Random) -> None:
        self.codes: list[set[str]] = [set() for _ in wishes]
        self._wishes = wishes
        self._rng = rng
        self._taken_on = [0] * len(wishes)

    def give(
        self,
        code: str,
        count: int,
        among: Iterable[int],
        *,
        against: tuple[str, ...] = (),
        few: tuple[Sequence[int], int] | None = None,
        first: Iterable[int] = (),
    ) -> set[int]:
        """Give `code` to the `count` projects of `among` that wish it most.

        Wishes for `against` speak against; of the projects in `few` at most so many get it; those
        in `first` go before all others.
        """
        before = set(first)
        scores = {
            p: self._score(p, code)
            - max((self._wishes[p].get(c, 0.0) for c in against), default=0.0)
            + (1000.0 if p in before else 0.0)
            for p in among
        }
        ranked = sorted(scores, key=scores.__getitem__, reverse=True)
        if few is not None:
            limited, room = set(few[0]), few[1]
            allowed = [p for p in ranked if p in limited][:room]
            ranked = [p for p in ranked if p not in limited or p in allowed]
        if count < 0 or count > len(ranked):
            raise ValueError(f"{code}: {count} of {len(ranked)} projects")
        chosen = set(ranked[:count])
        for p in chosen:
            self.codes[p].add(code)
            self._taken_on[p] += self._wishes[p].get(code, 0.0) < _OWN
        return chosen

    def best(
        self, codes: Iterable[str], count: int, among: Iterable[int], *, any_of: bool = False
    ) -> set[int]:
        """Return the `count` projects whose wishes for `codes` are greatest (the sum, or any)."""
        together = max if any_of else sum
        known = [c for c in codes if c]
        scores = {p: together([self._score(p, c) for c in known]) for p in among}
        if not 0 <= count <= len(scores):
            raise ValueError(f"{', '.join(known)}: {count} of {len(scores)} projects")
        return set(sorted(scores, key=scores.__getitem__, reverse=True)[:count])

    def favourite(self, project: int, codes: Sequence[str]) -> str:
        """Return the code that a project wishes most."""
        scores = {c: self._score(project, c) for c in codes}
        return max(codes, key=scores.__getitem__)

    def _score(self, project: int, code: str) -> float:
        noise = -math.log(-math.log(self._rng.random() or 0.5)) * 0.5
        return self._wishes[project].get(code, 0.0) + noise - _BURDEN * self._taken_on[project]
