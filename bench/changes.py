"""How often the interval of a change between two rounds holds the true change.

`python -m bench.changes [POOL] [--rounds 250]` prints a Markdown table. Each pair of rounds is
drawn as those of `bench.margins`, the two from different reports of the pool.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from annotations.codebook import load
from bench.margins import AUDITED, SIZES, Outcome, Simulation
from bench.margins_pool import POOL, read_pool
from pipeline.tables.rounds_change import Measured, counted, difference


def changes(
    now: Sequence[Outcome], then: Sequence[Outcome]
) -> Iterator[tuple[Outcome, Measured, int]]:
    """Yield each figure with its change and the true change; planned ones are left out."""
    for a, b in zip(now, then, strict=True):
        if a.figure.column != "planerad":
            found = difference(
                Measured(a.count, a.lower, a.upper), Measured(b.count, b.lower, b.upper)
            )
            yield a, counted(found), a.truth - b.truth


def main(argv: Sequence[str] | None = None) -> None:
    """Print the coverage of changes of every scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path, nargs="?", default=POOL)
    parser.add_argument("--rounds", type=int, default=250)
    args = parser.parse_args(argv)
    pool = [judged for judged in read_pool(args.pool) if judged.split == "calibration"]
    print("| | ogranskat | stickprov | granskat | båda |\n| --- | ---: | ---: | ---: | ---: |")
    told: dict[str, list[str]] = defaultdict(list)
    for reviewed in (False, True):
        halves = [Simulation(pool[i::2], load(), reviewed=reviewed) for i in (0, 1)]
        for audited in (0.0, AUDITED):
            for name, held in _coverage(halves, audited, args.rounds).items():
                told[name].append(f"{np.mean(held):.1%}")
    for name, cells in told.items():
        print(f"| {name} | {' | '.join(cells)} |")


def _coverage(halves: Sequence[Simulation], audited: float, rounds: int) -> dict[str, list[bool]]:
    figures = len(halves[0].figures)
    now, then = (list(h.rounds(rounds, audited=audited, seed=i)) for i, h in enumerate(halves, 1))
    held: dict[str, list[bool]] = {name: [] for name in ("Tabell 3–5", "tabell 3", "roller")}
    for name in ("tabell 4", "tabell 5", *("antal {}–{}".format(*size) for size in SIZES)):
        held[name] = []
    for start in range(0, len(now), figures):
        stretch = slice(start, start + figures)
        for outcome, change, true in changes(now[stretch], then[stretch]):
            covered = change.lower <= true <= change.upper
            figure = outcome.figure
            size = next((a, b) for a, b in SIZES if a <= outcome.truth <= b)
            place = "roller" if figure.column else f"tabell {figure.table}"
            for name in ("Tabell 3–5", place, "antal {}–{}".format(*size)):
                held[name].append(covered)
    return held


if __name__ == "__main__":
    main()
