"""The places that a round's projects are put into: county, year, structures, money."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.simulate.preset import CountyRow, Preset

_LEAST = 20_000  # kronor; nobody applies for less


@dataclass(frozen=True, slots=True)
class Slot:
    """One project to be: its county, first year, structures (without `annat`), granted kronor.

    `last_year` is the round's. `structures` is empty for a project that is something else;
    `started` is False for one that never began; `begins` is the year in which it will after all.
    """

    county: str
    year: int
    last_year: int
    structures: frozenset[str]
    amount: int
    started: bool = True
    begins: int = 0


def slots(preset: Preset, rng: random.Random) -> list[Slot]:
    """Return a slot for every granted project, county by county; all county margins hold."""
    return [slot for county in preset.lan for slot in _county(county, preset, rng)]


def _county(county: CountyRow, preset: Preset, rng: random.Random) -> Iterator[Slot]:
    n, last = county.started, preset.period.last_day.year
    structures = _structures(county, rng)
    old = min(county.forra, n)
    years = [rng.choice((preset.period.forsta, preset.period.nya - 1)) for _ in range(old)]
    years += [preset.period.nya] * (n - old)
    rng.shuffle(years)
    amounts = shares(county.beviljat, n, rng)
    for year, kinds, amount in zip(years, structures, amounts, strict=True):
        yield Slot(county.namn, year, last, kinds, amount)
    middle = max(county.beviljat // max(n, 1) // 1000 * 1000, _LEAST)
    for _ in range(county.ej_startade):
        yield Slot(county.namn, preset.period.nya, last, frozenset(), middle, False, county.startar)


def _structures(county: CountyRow, rng: random.Random) -> list[frozenset[str]]:
    """Return each project's structures: as few projects as possible with more than one.

    New structures fill from one end, existing ones from the other, so that they overlap only
    where they must; evaluations go to projects without a structure first, then to existing ones.
    """
    told = county.started - county.bara_annat
    kinds: list[set[str]] = [set() for _ in range(county.started)]
    for i in range(county.ny):
        kinds[i].add("ny")
    reach = told - county.utvardering if county.ny + county.befintlig < told else told
    for i in range(county.befintlig):
        kinds[(reach - 1 - i) % told].add("befintlig")
    bare = [i for i in range(told) if not kinds[i]]
    rest = sorted((i for i in range(told) if kinds[i]), key=lambda i: "ny" in kinds[i])
    for i in (bare + rest)[: county.utvardering]:
        kinds[i].add("utvardering")
    rng.shuffle(kinds)
    return [frozenset(k) for k in kinds]


def shares(total: int, n: int, rng: random.Random) -> list[int]:
    """Share an amount between n projects, unevenly, in whole thousands but for one."""
    if n == 0:
        return []
    weights = [rng.lognormvariate(0, 0.6) for _ in range(n)]
    least = min(_LEAST, total // n)
    spread = total - least * n
    parts = [least + int(spread * w / sum(weights)) for w in weights]
    parts = [max(p // 1000 * 1000, min(p, 1000)) for p in parts]
    parts[max(range(n), key=parts.__getitem__)] += total - sum(parts)
    return parts
