"""What `pipeline/tables/margins.yaml` should say, measured on the calibration writers of a pool.

`python -m bench.margins_fit [POOL]` prints role shares and relative variances of error rates.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.margins_pool import POOL, Judged, read_pool
from corpus.types import Coding
from pipeline.tables.margins_assumed import says_counted

COUNTED = ("ja", "aktiv", "inbjuden")
Naming = Callable[[Judged, Coding], tuple[object, ...]]


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures in the order of the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pool", type=Path, nargs="?", default=POOL)
    args = parser.parse_args(argv)
    pool = [j for j in read_pool(args.pool) if j.split == "calibration"]
    for said, (active, planned) in roles(pool).items():
        print(f"{said}: {{active: {active:.3f}, planned: {planned:.3f}}}")
    for level, variance in spread(pool).items():
        print(f"{level}: {variance:.3f}")


def roles(pool: Iterable[Judged]) -> dict[str, tuple[float, float]]:
    """Return by what the machine says the shares `RoleShares` has."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for judged in pool:
        for coding, gold in zip(judged.codings, judged.gold, strict=True):
            if coding.variable == "partner":
                said = (coding.role or "aktiv") if coding.value else "nej"
                counts[said][gold] += 1
                counts[said]["doubt"] += 1 - coding.confidence
    return {
        said: (
            own["aktiv"] / (own["aktiv"] + own["inbjuden"]),
            own["planerad"] / (own["doubt"] if said == "nej" else own["planerad"] + own[""]),
        )
        for said, own in counts.items()
    }


def spread(pool: Sequence[Judged]) -> dict[str, float]:
    """Return the relative variance of error rates among writers, variables and categories."""
    names: dict[str, Naming] = {
        "writer": lambda j, c: (j.writer, says_counted(c)),
        "variable": lambda j, c: (c.variable, says_counted(c)),
        "category": lambda j, c: (c.variable, c.category, says_counted(c)),
    }
    return {level: _excess(pool, name) for level, name in names.items()}


def _excess(pool: Sequence[Judged], name: Naming) -> float:
    """Return how much rates of errors per expected one vary beyond Poisson, relative to 1."""
    expected: dict[tuple[object, ...], float] = defaultdict(float)
    found: dict[tuple[object, ...], float] = defaultdict(float)
    for judged in pool:
        for coding, gold in zip(judged.codings, judged.gold, strict=True):
            key = name(judged, coding)
            expected[key] += 1 - coding.confidence
            found[key] += says_counted(coding) != (gold in COUNTED)
    return _moments(expected, found)


def _moments(
    expected: Mapping[tuple[object, ...], float], found: Mapping[tuple[object, ...], float]
) -> float:
    e = np.array([expected[key] for key in expected])
    o = np.array([found[key] for key in expected])
    return float(((o - e) ** 2 - o).sum() / (e**2).sum())


if __name__ == "__main__":
    main()
