"""Coverage in a few simulated rounds: the intervals hold the truth about as often as they claim."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from annotations.codebook import load
from bench.margins import AUDITED, Simulation, coverage
from bench.margins_fast import bounds
from bench.margins_pool import read_pool
from pipeline.tables.intervals import Pool, interval

ROUNDS = 25
LOW, HIGH = 0.91, 0.995  # of 25 rounds; docs/margins.md has the figures of 500


@pytest.fixture(scope="module")
def pool():
    return [judged for judged in read_pool() if judged.split == "calibration"]


@pytest.mark.slow
@pytest.mark.parametrize("reviewed", [False, True])
def test_tables_three_to_five_are_covered(pool, reviewed):
    simulation = Simulation(pool, load(), reviewed=reviewed)
    groups = coverage(simulation.rounds(ROUNDS, audited=AUDITED, seed=11))
    for name in ("alla", "tabell 3", "tabell 5"):
        covered = np.mean([o.covered for o in groups[name]])
        assert LOW <= covered <= HIGH, name
    assert np.mean([o.covered for o in groups["tabell 4"]]) >= 0.85
    by_size = defaultdict(list)
    for outcome in groups["alla"]:
        assert outcome.lower <= outcome.count <= outcome.upper
        by_size[outcome.truth >= 20].append(outcome.upper - outcome.lower)
    assert np.median(by_size[False]) < np.median(by_size[True]) < 20


@pytest.mark.slow
def test_review_and_audits_narrow_the_intervals(pool):
    widths = []
    for reviewed in (False, True):
        simulation = Simulation(pool, load(), reviewed=reviewed)
        told = list(simulation.rounds(5, audited=AUDITED, seed=2))
        widths.append(np.mean([o.upper - o.lower for o in told]))
    assert widths[1] < 0.8 * widths[0]


def test_the_simulation_s_fast_way_gives_the_product_s_intervals():
    draw = np.random.default_rng(3)
    projects, figures = 148, 20
    which = draw.integers(0, 4, (projects, figures))
    values = draw.choice([0.0, 0.001, 0.004, 0.02, 0.1, 0.3], (projects, figures))
    chances = np.stack([np.where(which == p, values, 0.0) for p in range(4)], axis=2)
    factors = draw.uniform(0.5, 2.0, (figures, 4))
    spreads = draw.uniform(0.05, 1.2, (figures, 4))
    counts = draw.integers(0, projects, figures)
    lower, upper = bounds(counts, chances, factors, spreads)
    for f in range(figures):
        pools = [Pool(chances[:, f, p], p < 2, factors[f, p], spreads[f, p]) for p in range(4)]
        found = interval(int(counts[f]), pools)
        assert (found.lower, found.upper) == (lower[f], upper[f])
