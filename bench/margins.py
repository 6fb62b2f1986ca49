"""How often the intervals of Tables 3–5 hold the truth, over simulated rounds.

`python -m bench.margins [POOL] [--rounds 500] [--split calibration|test]` prints Markdown tables;
the pool is what `bench.margins_pool` wrote. A round is 148 different reports, drawn with
weights so that the truth has the published margins; the machine's codings come along.
`--writers N` draws N of the writers for each round first: then mistakes come in clusters.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from annotations.codebook import Codebook, load
from annotations.tables import load_tables
from bench.margins_fast import bounds
from bench.margins_pool import POOL, Judged, read_pool
from bench.margins_weights import weights
from corpus.types import Coding, Origin, Role, Status
from pipeline.review.proposals import items
from pipeline.tables.judge import Criterion, Key, RoleOrder, resolve, role_order
from pipeline.tables.margins import margins
from pipeline.tables.row_parts import with_parts
from pipeline.tables.types import Audit
from pipeline.tables.verdicts import Panel, Verdicts, judge_all

PROJECTS, AUDITED = 148, 0.05
MOST = 0.7  # of the reports in one round, else all rounds are the same
SIZES = ((0, 0), (1, 4), (5, 19), (20, 59), (60, PROJECTS))
POOLS = ((True, True), (True, False), (False, True), (False, False))  # missing, automatic


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of a table: what it counts. `column` is "" for the number of projects."""

    table: int
    row: str
    column: str
    criterion: Criterion
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One interval of one round, beside the count and the truth."""

    figure: Figure
    count: int
    truth: int
    lower: int
    upper: int

    @property
    def covered(self) -> bool:
        """Whether the interval holds the truth."""
        return self.lower <= self.truth <= self.upper


class Simulation:
    """Reports with verdicts of the machine and of the truth on every figure."""

    def __init__(self, pool: Sequence[Judged], codebook: Codebook, *, reviewed: bool) -> None:
        self._order = role_order(codebook)
        self.figures = tuple(figures(codebook, self._order))
        self._touched: dict[Key, list[int]] = defaultdict(list)
        for f, figure in enumerate(self.figures):
            for key in dict.fromkeys(k for clause in figure.criterion.clauses for k in clause):
                self._touched[key].append(f)
        self._gold = [_gold(judged) for judged in pool]
        self._automatic: list[list[tuple[Key, ...]]] = []
        self._codings: list[Mapping[Key, Coding]] = []
        for judged, gold in zip(pool, self._gold, strict=True):
            asked = list(items(judged.codings, codebook))
            groups = [tuple((c.variable, c.category) for c in i.codings) for i in asked]
            doubtful = {k for i, g in zip(asked, groups, strict=True) if not i.automatic for k in g}
            self._automatic.append([g for i, g in zip(asked, groups, strict=True) if i.automatic])
            codings = {(c.variable, c.category): c for c in judged.codings}
            decided = doubtful if reviewed else set()
            self._codings.append({k: gold[k] if k in decided else c for k, c in codings.items()})
        told = self._judged(self._codings)
        self._holds = np.stack([v.holds for v in told], axis=1)
        self._chances = np.stack([_chances(v) for v in told], axis=1)
        self.truth = np.stack([v.holds for v in self._judged(self._gold)], axis=1)
        self._writers = np.array([judged.writer for judged in pool])
        self._weights = weights(self.truth, [(f.row, f.column) for f in self.figures])

    def rounds(
        self, number: int, *, audited: float, writers: int = 0, seed: int = 1
    ) -> Iterator[Outcome]:
        """Yield every figure of every round."""
        draw = np.random.default_rng(seed)
        names = np.unique(self._writers)
        for _ in range(number):
            chances = self._weights
            if writers:
                chosen = draw.choice(names, writers, replace=False)
                chances = np.where(np.isin(self._writers, chosen), chances, 0.0)
            size = min(PROJECTS, int(MOST * np.count_nonzero(chances)))
            drawn = draw.choice(len(chances), size, replace=False, p=chances / chances.sum())
            yield from self._round(drawn, audited, draw)

    def _round(
        self, drawn: npt.NDArray[np.int64], audited: float, draw: np.random.Generator
    ) -> Iterator[Outcome]:
        codings, audits = [], []
        holds, errors = self._holds[drawn], self._chances[drawn]
        for i, r in enumerate(drawn):
            own, gold = self._codings[r], self._gold[r]
            groups = self._automatic[r]
            chosen = np.flatnonzero(draw.random(len(groups)) < audited) if audited else ()
            keys = [key for g in chosen for key in groups[g]]
            if keys:
                audits += [Audit(own[key], gold[key]) for key in keys]
                own = {**own, **{key: gold[key] for key in keys}}
                panel = Panel([own])
                for f in {f for key in keys for f in self._touched[key]}:
                    verdict = self._verdicts(panel, self.figures[f])
                    holds[i, f], errors[i, f] = verdict.holds[0], _chances(verdict)[0]
            codings.append(own)
        known = margins(codings, audits)
        truths = self.truth[drawn].sum(axis=0)
        rates = [
            [known.rate(f.criterion, f.roles, missing, automatic) for missing, automatic in POOLS]
            for f in self.figures
        ]
        factors = np.array([[rate.mean for rate in own] for own in rates])
        spreads = np.sqrt(np.log1p([[rate.variance for rate in own] for own in rates]))
        counts = holds.sum(axis=0)
        lower, upper = bounds(counts, errors, factors, spreads)
        for f, figure in enumerate(self.figures):
            yield Outcome(figure, int(counts[f]), int(truths[f]), int(lower[f]), int(upper[f]))

    def _judged(self, codings: Sequence[Mapping[Key, Coding]]) -> list[Verdicts]:
        panel = Panel(codings)
        return [self._verdicts(panel, figure) for figure in self.figures]

    def _verdicts(self, panel: Panel, figure: Figure) -> Verdicts:
        return judge_all(panel, figure.criterion, figure.roles, self._order)


def _chances(verdicts: Verdicts) -> npt.NDArray[np.float64]:
    """Return each project's chance of an error in each of POOLS ([project, pool])."""
    holds, automatic = verdicts.holds, verdicts.by.automatic
    doubts = np.where(holds, 1.0 - verdicts.probability, verdicts.probability)
    return np.stack(
        [
            np.where((holds != missing) & (automatic == machine), doubts, 0.0)
            for missing, machine in POOLS
        ],
        axis=1,
    )


def figures(codebook: Codebook, order: RoleOrder) -> Iterator[Figure]:
    """Yield the cells of Tables 3–5."""
    for table in load_tables().tables:
        if table.kind == "categories":
            for row in (r for defined in table.rows for r in with_parts(defined, codebook)):
                criterion = resolve(row.counts, codebook)
                for column in table.columns:
                    name = column.id if column.roles else ""
                    roles = column.roles or order.counted
                    yield Figure(table.number, row.id, name, criterion, roles)


def coverage(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    """Return the outcomes by table and by size of the true count; planned ones are left out."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        figure = outcome.figure
        if figure.column == "planerad":
            groups["planerade"].append(outcome)
            continue
        groups["alla"].append(outcome)
        groups[f"tabell {figure.table}" + (" roller" if figure.column else "")].append(outcome)
        size = next((a, b) for a, b in SIZES if a <= outcome.truth <= b)
        groups["antal {}–{}".format(*size)].append(outcome)
    return groups


def _gold(judged: Judged) -> dict[Key, Coding]:
    return {
        (c.variable, c.category): replace(
            c,
            value=bool(gold),
            role=Role(gold) if gold not in ("", "ja") else None,
            confidence=1.0,
            status=Status.REVIEWED,
            origin=Origin.REVIEWER,
        )
        for c, gold in zip(judged.codings, judged.gold, strict=True)
    }


def _line(name: str, outcomes: Sequence[Outcome]) -> str:
    covered = np.array([o.covered for o in outcomes])
    widths = np.array([o.upper - o.lower for o in outcomes])
    below = np.mean([o.truth < o.lower for o in outcomes])
    above = np.mean([o.truth > o.upper for o in outcomes])
    return (
        f"| {name} | {covered.mean():.1%} | {below:.1%} | {above:.1%} | {np.median(widths):.0f} "
        f"| {widths.mean():.1f} |"
    )


def main(argv: Sequence[str] | None = None) -> None:
    """Print coverage of every scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path, nargs="?", default=POOL)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--split", default="calibration", choices=("calibration", "test"))
    parser.add_argument("--writers", type=int, default=0)
    args = parser.parse_args(argv)
    pool = [judged for judged in read_pool(args.pool) if judged.split == args.split]
    for reviewed in (False, True):
        simulation = Simulation(pool, load(), reviewed=reviewed)
        for audited in (0.0, AUDITED):
            told = simulation.rounds(args.rounds, audited=audited, writers=args.writers)
            groups = coverage(told)
            print(f"\nTveksamma {'granskade' if reviewed else 'ogranskade'}, ", end="")
            print(f"stickprov {audited:.0%}, {args.rounds} omgångar\n")
            print("| | täckning | sanningen under | över | medianbredd | medelbredd |")
            print("| --- | ---: | ---: | ---: | ---: | ---: |")
            for name in sorted(groups):
                print(_line(name, groups[name]), flush=True)


if __name__ == "__main__":
    main()
