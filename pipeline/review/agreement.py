"""How far people agree with each other and with the machine: α, κ and raw agreement, with bounds.

Krippendorff's α after Krippendorff (2004), Content Analysis, ch. 11; Cohen's κ after Cohen (1960).
Intervals are percentile bootstraps over items, seeded. What the random sample of automatic items
says of their errors has the exact (Clopper–Pearson) interval.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotations.agreement import alpha
from annotations.decisions.project import lane_head
from annotations.decisions.types import Event, Head, Item, State
from models.evaluation.bootstrap import at_most, estimate, resampled
from models.evaluation.types import Estimate

UNDECIDABLE = "?"  # what a coder says who cannot tell; agrees only with the same
RESAMPLES = 1000
SEED = 1
Matrices = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """What two coders said of one item."""

    variable: str
    category: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on a category, a variable (`category` "") or everything (`variable` "" too).

    Each figure is None where only one value was ever used: there is nothing to agree on by chance.
    κ takes the coders in a fixed order; where more than two take turns read α.
    """

    variable: str
    category: str
    items: int
    agreed: int
    alpha: Estimate
    kappa: Estimate
    raw: Estimate


@dataclass(frozen=True, slots=True)
class AutomaticError:
    """Errors among the audited automatic items, of a variable or ("") of all; bounds at 95 %."""

    variable: str
    audited: int
    wrong: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share (0–1) of wrong ones; None of nothing."""
        return self.wrong / self.audited if self.audited else None


def agreement(
    pairs: Sequence[Pair], *, seed: int = SEED, resamples: int = RESAMPLES
) -> tuple[Agreement, ...]:
    """Return the agreement of everything, then of each variable followed by its categories."""
    if not pairs:
        return ()
    groups: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups["", ""].append(pair)
        groups[pair.variable, ""].append(pair)
        if pair.category:
            groups[pair.variable, pair.category].append(pair)
    places: dict[str, int] = {}
    for variable, _ in groups:
        places.setdefault(variable, len(places))
    ordered = sorted(groups, key=lambda group: (places[group[0]], group[1] != ""))
    return tuple(_agreement(group, groups[group], seed, resamples) for group in ordered)


def coder_pairs(told: Iterable[tuple[Item, Sequence[Event]]]) -> Iterator[Pair]:
    """Yield what blind coders said of the double coded items; `told` has each item's events.

    Of more than two the first two who decided count. An item that only one has coded gives none.
    """
    for item, events in told:
        if not item.double:
            continue
        lanes: dict[str, list[Event]] = defaultdict(list)
        for event in sorted(events, key=lambda e: e.seq):
            if event.lane:
                lanes[event.lane].append(event)
        heads = {name: lane_head(own) for name, own in lanes.items()}
        settled = [(head.event or 0, name) for name, head in heads.items() if head.state.settled]
        if len(settled) < 2:
            continue
        first, second = sorted(name for _, name in sorted(settled)[:2])
        what = item.proposal
        yield Pair(what.variable, what.category, _said(heads[first]), _said(heads[second]))


def machine_pairs(items: Iterable[Item]) -> Iterator[Pair]:
    """Yield what the latest run proposes (first) and a person decided (second).

    Most of these items were chosen because the machine was in doubt: they say how often people
    change a proposal, not how often the machine is wrong (`automatic_error` does).
    """
    for item in items:
        if item.state is State.DECIDED and not item.gone:
            what = item.proposal
            yield Pair(what.variable, what.category, what.choice, item.choice)


def automatic_error(items: Iterable[Item]) -> tuple[AutomaticError, ...]:
    """Return what the random audits say of the automatic items' errors: of all, then by variable.

    An item that nobody could decide says nothing.
    """
    counts: dict[str, list[int]] = {"": [0, 0]}
    for item in items:
        if item.audit and item.state is State.DECIDED and not item.gone:
            for name in ("", item.proposal.variable):
                count = counts.setdefault(name, [0, 0])
                count[0] += 1
                count[1] += item.choice != item.proposal.choice
    return tuple(_error(name, audited, wrong) for name, (audited, wrong) in counts.items())


def resampled_pairs(said: Sequence[tuple[str, str]], seed: int, resamples: int) -> Matrices:
    """Return how often each pair of values was said: `[1 + resamples, first, second]`."""
    values: Mapping[str, int] = {
        v: i for i, v in enumerate(sorted({v for pair in said for v in pair}))
    }
    counts = np.zeros((len(said), len(values), len(values)), dtype=np.int8)
    for i, (first, second) in enumerate(said):
        counts[i, values[first], values[second]] = 1
    return resampled(counts, seed, resamples)


def alphas(matrices: Matrices) -> Matrices:
    """Return α of each matrix of `resampled_pairs`, nan where only one value was used."""
    both = matrices + matrices.transpose(0, 2, 1)
    values = both.sum(axis=2)
    n = values.sum(axis=1)
    differing = n - np.trace(both, axis1=1, axis2=2)
    by_chance = n**2 - (values**2).sum(axis=1)
    return _one_minus((n - 1) * differing, by_chance)


def _said(head: Head) -> str:
    return UNDECIDABLE if head.state is State.UNDECIDABLE else head.choice


def _error(variable: str, audited: int, wrong: int) -> AutomaticError:
    right = at_most(audited - wrong, audited)
    low = None if right is None else 1 - right
    return AutomaticError(variable, audited, wrong, low, at_most(wrong, audited))


def _agreement(
    group: tuple[str, str], pairs: Sequence[Pair], seed: int, resamples: int
) -> Agreement:
    said = [(pair.first, pair.second) for pair in pairs]
    matrices = resampled_pairs(said, seed, resamples)
    figures = alphas(matrices)
    observed = alpha(said)
    # The package's own figure for what was observed; ours, the same, for the resamples.
    figures[0] = np.nan if observed is None else observed
    return Agreement(
        *group,
        len(said),
        sum(a == b for a, b in said),
        estimate(figures),
        estimate(_kappas(matrices)),
        estimate(_raw(matrices)),
    )


def _kappas(matrices: Matrices) -> Matrices:
    n = matrices.sum(axis=(1, 2))
    differing = n - np.trace(matrices, axis1=1, axis2=2)
    by_chance = n - (matrices.sum(axis=2) * matrices.sum(axis=1)).sum(axis=1) / n
    return _one_minus(differing, by_chance)


def _raw(matrices: Matrices) -> Matrices:
    return np.asarray(np.trace(matrices, axis1=1, axis2=2) / matrices.sum(axis=(1, 2)))


def _one_minus(part: Matrices, whole: Matrices) -> Matrices:
    """Return 1 - part / whole, nan where there is no whole."""
    known = whole > 0
    return np.where(known, 1 - part / np.where(known, whole, 1.0), np.nan)
