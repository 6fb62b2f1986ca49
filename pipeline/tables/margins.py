"""From verdicts on projects to the possible errors behind a count, and so to its interval.

Docs: docs/margins.md. What a person decided is certain; automatic cells err at the rate that the
audit sample shows, those that wait for a person as their probabilities say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import log1p, sqrt

import numpy as np

from corpus.types import Coding, Role, Status
from pipeline.tables.intervals import Pool, interval
from pipeline.tables.judge import Criterion, Key, decider
from pipeline.tables.margins_assumed import COUNTED, load_assumed, says_counted
from pipeline.tables.margins_audit import Rate, Rates, rates
from pipeline.tables.types import Audit, Decider, Interval
from pipeline.tables.verdicts import Verdicts


@dataclass(frozen=True)
class Margins:
    """What a round knows of its own errors.

    `doubts` is the number of errors that the probabilities let expect among the automatic cells of
    a category, by what the machine says of them.
    """

    rates: Rates
    doubts: Mapping[tuple[Key, bool], float]

    def interval(self, criterion: Criterion, roles: Sequence[Role], verdicts: Verdicts) -> Interval:
        """Return the 95 % interval of how many projects truly fulfil a criterion."""
        count = int(verdicts.holds.sum())
        return interval(count, self.pools(criterion, roles, verdicts))

    def pools(self, criterion: Criterion, roles: Sequence[Role], verdicts: Verdicts) -> list[Pool]:
        """Return the errors that verdicts may hold, automatic ones and others apart."""
        holds, probability = verdicts.holds, verdicts.probability
        doubts = np.where(holds, 1.0 - probability, probability)
        found = []
        for missing, automatic in product((True, False), repeat=2):
            here = (holds != missing) & (verdicts.by.automatic == automatic) & (doubts > 0.0)
            if here.any():
                rate = self.rate(criterion, roles, missing, automatic)
                spread = sqrt(log1p(rate.variance))
                found.append(Pool(doubts[here], missing, rate.mean, spread))
        return found

    def rate(
        self, criterion: Criterion, roles: Sequence[Role], missing: bool, automatic: bool
    ) -> Rate:
        """Return the rate of a row's errors: that of its categories, weighed by their doubts."""
        # Whether a partner is active or invited is not what confidence and audits are about.
        keys = tuple(dict.fromkeys(key for clause in criterion.clauses for key in clause))
        if not automatic or not COUNTED.issubset(roles):
            return self.rates.unaudited(keys[0][0])
        says = missing if criterion.negated else not missing
        weights = [self.doubts.get((key, says), 0.0) for key in keys]
        whole = sum(weights)
        if whole <= 0.0:
            return self.rates.unaudited(keys[0][0])
        mean = variance = 0.0
        for key, weight in zip(keys, weights, strict=True):
            rate = self.rates.of(*key, says)
            mean += weight / whole * rate.mean
            variance += weight / whole * rate.variance
        return Rate(mean, variance)


def margins(codings: Iterable[Mapping[Key, Coding]], audits: Iterable[Audit]) -> Margins:
    """Return what projects' codings and the audit sample say of the errors behind every count."""
    doubts: dict[tuple[Key, bool], float] = defaultdict(float)
    for own in codings:
        for key, coding in own.items():
            if coding.status is Status.AUTO and decider(coding) is not Decider.PERSON:
                doubts[key, says_counted(coding)] += 1.0 - coding.confidence
    return Margins(rates(audits, load_assumed().spread), doubts)
