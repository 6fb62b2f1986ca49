"""Judging all projects at once: which count, how probable is that, and which coding decides it.

Arrays have an element a project, in the order of the panel's cases.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus.types import Coding, Role, Status
from pipeline.tables.judge import Criterion, Key, RoleOrder, Verdict, decider
from pipeline.tables.margins_assumed import chance_in_roles
from pipeline.tables.types import Decider

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Objects = npt.NDArray[Any]
_ROLES: tuple[Role | None, ...] = (None, *Role)
_ROLE_AT = {role: i for i, role in enumerate(_ROLES)}


@dataclass(frozen=True, slots=True)
class Deciding:
    """A coding a project (None where it has none), and what tells how sure it is.

    `automatic` is also what has no coding.
    """

    codings: Objects
    confidence: Floats
    person: Flags
    automatic: Flags


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Whether each project counts, the probability (0–1) that it should, the deciding coding."""

    holds: Flags
    probability: Floats
    by: Deciding

    def part(self, start: int, stop: int) -> Verdicts:
        """Return the verdicts on some neighbouring projects."""
        at, by = slice(start, stop), self.by
        deciding = Deciding(by.codings[at], by.confidence[at], by.person[at], by.automatic[at])
        return Verdicts(self.holds[at], self.probability[at], deciding)


@dataclass(frozen=True, slots=True)
class _Column:
    """One category's codings; `said` is what the machine says: value and role as one number."""

    there: Flags
    said: npt.NDArray[np.int8]
    by: Deciding


class Panel:
    """The codings of projects, category by category. Each is looked up once, when asked for."""

    def __init__(self, cases: Sequence[Mapping[Key, Coding]]) -> None:
        self._cases = cases
        self._columns: dict[Key, _Column] = {}

    def column(self, key: Key) -> _Column:
        """Return the codings of one category."""
        if key not in self._columns:
            self._columns[key] = _column([case.get(key) for case in self._cases])
        return self._columns[key]


def judge_all(
    panel: Panel, criterion: Criterion, roles: tuple[Role, ...], order: RoleOrder
) -> Verdicts:
    """Judge every project. Only categories held in one of `roles` count.

    Where a clause has several parts a project has its strongest role among them, so that
    "aktiv" and "inbjuden" never both hold for the same group.
    """
    verdicts = [_any(panel, clause, criterion, roles, order) for clause in criterion.clauses]
    verdict = verdicts[0] if len(verdicts) == 1 else _all(verdicts)
    if criterion.negated:
        verdict = Verdicts(~verdict.holds, 1.0 - verdict.probability, verdict.by)
    if criterion.also is None:
        return verdict
    # What must hold besides is asked of the project as a whole, not of the roles of a column.
    return _all([verdict, judge_all(panel, criterion.also, order.counted, order)])


def judge(
    codings: Mapping[Key, Coding], criterion: Criterion, roles: tuple[Role, ...], order: RoleOrder
) -> Verdict:
    """Judge one project as `judge_all` does."""
    found = judge_all(Panel([codings]), criterion, roles, order)
    return Verdict(bool(found.holds[0]), float(found.probability[0]), found.by.codings[0])


def _column(codings: Sequence[Coding | None]) -> _Column:
    there = [c for c in codings if c is not None]
    where = np.array([c is not None for c in codings], dtype=bool)
    said = np.zeros(len(codings), dtype=np.int8)
    said[where] = [len(_ROLES) * c.value + _ROLE_AT[c.role] for c in there]
    confidence = np.zeros(len(codings))
    confidence[where] = [c.confidence for c in there]
    person, automatic = np.zeros(len(codings), dtype=bool), np.ones(len(codings), dtype=bool)
    person[where] = [decider(c) is Decider.PERSON for c in there]
    automatic[where] = [c.status is Status.AUTO for c in there]
    held = np.empty(len(codings), dtype=object)
    held[:] = codings
    return _Column(where, said, Deciding(held, confidence, person, automatic))


def _leaf(column: _Column, roles: tuple[Role, ...]) -> tuple[Flags, Floats]:
    """Return whether a category holds in one of `roles`, and how probable that is."""
    holds = np.zeros(len(column.said), dtype=bool)
    probability = np.zeros(len(column.said))
    for said in np.unique(column.said[column.there]):
        value, role = bool(said >= len(_ROLES)), _ROLES[said % len(_ROLES)]
        here = column.there & (column.said == said)
        # A partner without a role is a tick without text: the domain says it takes part actively.
        holds[here] = value and (role or Role.AKTIV) in roles
        sure = np.clip(column.by.confidence[here], 0.0, 1.0)
        probability[here] = chance_in_roles(sure, value, role, roles)
    probability[column.by.person] = holds[column.by.person]
    return holds, probability


def _any(
    panel: Panel,
    clause: tuple[Key, ...],
    criterion: Criterion,
    roles: tuple[Role, ...],
    order: RoleOrder,
) -> Verdicts:
    columns = [panel.column(key) for key in clause]
    leaves = [_leaf(column, roles) for column in columns]
    if len(columns) == 1:
        return Verdicts(*leaves[0], columns[0].by)
    there, holding = np.stack([c.there for c in columns]), np.stack([h for h, _ in leaves])
    probability = _union([p for _, p in leaves], criterion)
    holds: Flags = np.asarray(holding.any(axis=0))
    alone = there.sum(axis=0) == 1
    if stronger := order.stronger(roles):
        outranked = [_leaf(column, stronger) for column in columns]
        probability = probability * (1.0 - _union([p for _, p in outranked], criterion))
        holds &= alone | ~np.any([h for h, _ in outranked], axis=0)
    # What is coded alone is no group: nothing in it can outrank it.
    probability[alone] = np.max([p for _, p in leaves], axis=0)[alone]
    by = _chosen([c.by for c in columns], np.where(holds, holding, there), holds)
    return Verdicts(holds, probability, by)


def _all(verdicts: list[Verdicts]) -> Verdicts:
    holding = np.stack([v.holds for v in verdicts])
    holds: Flags = np.asarray(holding.all(axis=0))
    probability = verdicts[0].probability
    for other in verdicts[1:]:
        probability = probability * other.probability
    none = np.zeros_like(holds)
    return Verdicts(holds, probability, _chosen([v.by for v in verdicts], ~holding | holds, none))


def _union(probabilities: list[Floats], criterion: Criterion) -> Floats:
    """The probability that at least one holds: independent parts, unless the criterion says more.

    A category and its parts rest on the same words: together they are as sure as the surest.
    """
    if criterion.nested and not criterion.exclusive:
        return np.asarray(np.max(probabilities, axis=0))
    total = probabilities[0] if criterion.exclusive else 1.0 - probabilities[0]
    for other in probabilities[1:]:
        total = total + other if criterion.exclusive else total * (1.0 - other)
    return np.minimum(1.0, total) if criterion.exclusive else 1.0 - total


def _chosen(by: list[Deciding], among: Flags, surest: Flags) -> Deciding:
    """Return each project's surest coding `among` ([which, project]) some, or its least sure one.

    A person is surer than any confidence; of equals the first.
    """
    person, confidence = np.stack([b.person for b in by]), np.stack([b.confidence for b in by])
    wanted = among & (person == surest)
    wanted = np.where(wanted.any(axis=0), wanted, among)
    ranked = np.where(wanted, np.where(surest, -confidence, confidence), np.inf)
    which, every = ranked.argmin(axis=0), np.arange(ranked.shape[1])
    return Deciding(
        np.stack([b.codings for b in by])[which, every],
        confidence[which, every],
        person[which, every],
        np.stack([b.automatic for b in by])[which, every],
    )
