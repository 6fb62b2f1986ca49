"""Fitting the coder by writer: no step has seen the writer whose report it speaks about."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from annotations.codebook import Codebook
from models.calibration import Calibration, calibrate, threshold
from models.case import Example
from models.coder import COUNTED, SILENT, YES, Coder
from models.fitting import fit_coder, in_folds

Say = Callable[[str], None]


@dataclass(frozen=True)
class Trained:
    """The coder, and for each writer it was calibrated on the coder that has not seen that writer.

    They share calibration and threshold; the latter are for measuring alone.
    """

    coder: Coder
    unseen: Mapping[str, Coder]


def train(
    examples: Sequence[Example],
    held_out: Sequence[Example],
    codebook: Codebook,
    say: Say,
    jobs: int = 1,
) -> Trained:
    """Fit on all, and calibrate on `held_out`, whose writers must be others.

    The rules were written from `examples`, so what a model is worth shows on `held_out` alone: each
    of its writers is scored by a coder that has not seen that writer (cross-fitting in folds by
    writer). The coder returned is fitted on all of them. `jobs` steps are fitted at a time.
    Deterministic: the same examples in the same order give the same coder.
    Raises ValueError where a writer is in both.
    """
    if both := {e.writer for e in examples} & {e.writer for e in held_out}:
        raise ValueError(f"writers in training and calibration: {sorted(both)}")
    spoken = Spoken()
    unseen: dict[str, Coder] = {}
    folds: list[set[str]] = in_folds([e.writer for e in held_out])
    coders = fit_without([*folds, set()], [*examples, *held_out], codebook, jobs)
    say(f"fitting {len(folds)} parts for calibration and the coder itself, {jobs} at a time")
    for done, writers in enumerate(folds, start=1):
        coder = next(coders)
        spoken.hear(coder, [e for e in held_out if e.writer in writers], codebook)
        unseen |= dict.fromkeys(writers, coder)
        say(f"calibration: part {done} of {len(folds)}")
    coder = calibrated(next(coders), spoken)
    say("the coder itself")
    return Trained(coder, {w: calibrated(one, spoken) for w, one in unseen.items()})


def fit_without(
    left_out: Sequence[Collection[str]],
    examples: Sequence[Example],
    codebook: Codebook,
    jobs: int = 1,
) -> Iterator[Coder]:
    """Yield for each set of writers a coder fitted on the examples of all others, in order.

    `jobs` are fitted at a time, each in a process of its own; the coders are the same.
    """
    if jobs == 1:
        yield from (fit_coder(_others(examples, writers), codebook) for writers in left_out)
        return
    # Spawned: a forked process may hang in threads that scikit-learn started before.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, _keep, (tuple(examples), codebook)) as pool:
        yield from pool.map(_fit_without, left_out)


def _others(examples: Sequence[Example], writers: Collection[str]) -> list[Example]:
    return [e for e in examples if e.writer not in writers]


_kept: dict[str, Any] = {}  # in a process that fits: what its parent sent once


def _keep(examples: Sequence[Example], codebook: Codebook) -> None:
    _kept.update(examples=examples, codebook=codebook)


def _fit_without(writers: Collection[str]) -> Coder:
    return fit_coder(_others(_kept["examples"], writers), _kept["codebook"])


class Heard(NamedTuple):
    """One cell a coder spoke about: its score, whether the value was right, whose report."""

    score: float
    right: bool
    writer: str


@dataclass
class Spoken:
    """What coders said, by variable, of cells they had not learnt from.

    `silent` are the cells they had no say on: what the rules decided there, at the score SILENT.
    """

    cells: dict[str, list[Heard]] = field(default_factory=lambda: defaultdict(list))
    silent: dict[str, list[Heard]] = field(default_factory=lambda: defaultdict(list))

    def hear(self, coder: Coder, examples: Sequence[Example], codebook: Codebook) -> None:
        """Add what `coder` says of `examples`."""
        for e in examples:
            opinions = coder.opinions(e.case, e.codings, codebook)
            for c in e.codings:
                gold = counts(e.gold[c.variable, c.category])
                opinion = opinions.get((c.variable, c.category))
                if opinion is None:
                    self.silent[c.variable].append(Heard(SILENT, c.value == gold, e.writer))
                else:
                    right = counts(opinion.value) == gold
                    self.cells[c.variable].append(Heard(opinion.score, right, e.writer))


def calibrated(coder: Coder, spoken: Spoken) -> Coder:
    """Return the coder with probabilities by variable and the threshold that keeps the promise."""
    calibrations, quiet = _fit_all(spoken.cells), _fit_all(spoken.silent)
    sure = [
        (by[variable].probability(cell.score), cell)
        for by, heard in ((calibrations, spoken.cells), (quiet, spoken.silent))
        for variable, cells in heard.items()
        for cell in cells
    ]
    limit = threshold(
        [p for p, _ in sure], [cell.right for _, cell in sure], [cell.writer for _, cell in sure]
    )
    return replace(coder, calibrations=calibrations, silent=quiet, threshold=limit)


def _fit_all(heard: Mapping[str, Sequence[Heard]]) -> dict[str, Calibration]:
    return {
        variable: calibrate([c.score for c in cells], [c.right for c in cells])
        for variable, cells in heard.items()
    }


def counts(value: str) -> bool:
    """Whether the tables count a value: a yes, or a partner that is aktiv or inbjuden."""
    return value == YES or value in COUNTED
