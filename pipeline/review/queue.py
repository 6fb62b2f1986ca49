"""Which items a person is asked about, and in which order: what moves the published tables most.

The score is that of selective editing as statistics offices use it (SELEKT of Statistics Sweden;
Norberg, Lindgren & Tongur 2014, UNECE Work Session on Statistical Data Editing, Paris): suspicion
times potential impact, divided by the figure's standard error, summed over the figures.

    score = Σ over other choices a  P(a) · Σ over figures that a changes by one  1 / √max(n, 1)

P(a) adds up to the doubt, 1 minus the proposal's probability; n is the figure as it stands, and √n
the standard error of a count. So one mistake weighs most in a small figure, yet the empty cells of
a county do not drown the national rows, as the plain relative change 1 / n would let them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from annotations.codebook import Codebook
from annotations.decisions.types import NO
from annotations.decisions.types import Key as ItemKey
from annotations.tables import Definitions, TableDefinition
from corpus.types import Role
from pipeline.review.proposals import Asked, items
from pipeline.tables.by_county import county_code, county_names
from pipeline.tables.counting import Case
from pipeline.tables.judge import Criterion, Key, resolve, role_order
from pipeline.tables.row_parts import with_parts
from pipeline.tables.tabulate import cases_of, counted_cases, kinds_of
from pipeline.tables.types import Round

SHARE = 0.05  # of the automatic items; statistics offices verify at least that much, always
UNSCORED = 0.5  # the doubt about what nobody has calibrated
Held = Mapping[Key, Role]


@dataclass(frozen=True, slots=True)
class Queue:
    """Places in the queue by (project, variable, category), smaller first.

    An item that has none waits for nobody. `audits` are the automatic ones among the waiting.
    """

    ranks: Mapping[ItemKey, float]
    audits: frozenset[ItemKey]


@dataclass(frozen=True, slots=True)
class _Figure:
    """One row and column of a table: what it counts, and in which roles (in none of `stronger`)."""

    criterion: Criterion
    roles: frozenset[Role]
    stronger: frozenset[Role]
    by_county: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """A table's figures and, by category, those that the category has a part in."""

    definition: TableDefinition
    figures: tuple[_Figure, ...]
    of: Mapping[Key, tuple[int, ...]]


def queue(
    round: Round,
    codebook: Codebook,
    definitions: Definitions,
    *,
    unscored: Collection[str],
    key: bytes,
    share: float = SHARE,
) -> Queue:
    """Return the queue of a round's machine codings.

    `unscored` names the projects that the learnt coder did not judge; they come first. `share` of
    the automatic items is drawn by a hash with `key`, so that a re-run asks about the same ones,
    and spread evenly over the queue: a place in it tells nothing.
    """
    by_project = {p.id: tuple(items(round.codings.get(p.id, ()), codebook)) for p in round.projects}
    effects = _Effects(round, codebook, definitions)
    waiting: list[tuple[bool, float, ItemKey]] = []
    audits: dict[ItemKey, float] = {}
    for project, own in by_project.items():
        scored = project not in unscored
        for item in own:
            place = (project, item.variable, item.category)
            if not item.automatic:
                score = effects.score(project, item, scored)
                waiting.append((scored, -score, place))
            elif _draw(key, b"stickprov", place) < share:
                audits[place] = _draw(key, b"plats", place)
    # Equals stay project by project, as the round has them.
    waiting.sort(key=lambda w: w[:2])
    ordered = [(float(i), place) for i, (_, _, place) in enumerate(waiting)]
    mixed = sorted([*ordered, *((u * len(ordered) - 0.5, p) for p, u in audits.items())])
    return Queue({place: float(i) for i, (_, place) in enumerate(mixed)}, frozenset(audits))


class _Effects:
    """What a change of one item would do to the tables of a round as it stands."""

    def __init__(self, round: Round, codebook: Codebook, definitions: Definitions) -> None:
        self._tables = [t for d in definitions.tables if (t := _table(d, codebook)).figures]
        self._first_counted = role_order(codebook).counted[0]
        names = county_names(definitions.counties)
        self._county = {p.id: county_code(p.header, names) for p in round.projects}
        cases = cases_of(round)
        self._held = {case.project.id: _held(case) for case in cases}
        kinds = kinds_of(round.documents)
        self._stands: list[dict[str, list[bool]]] = []
        self._counts: list[dict[tuple[int, str], int]] = []
        for table in self._tables:
            stands = {
                case.project.id: [_holds(self._held[case.project.id], f) for f in table.figures]
                for case in counted_cases(cases, table.definition, kinds)
            }
            self._stands.append(stands)
            self._counts.append(self._count(table, stands))

    def score(self, project: str, item: Asked, scored: bool) -> float:
        """Return the expected change of all figures, each in its own standard errors."""
        doubt = 1.0 - item.leading.confidence if scored else UNSCORED
        return sum(
            share * self._effect(project, item, changed)
            for share, changed in self._others(item, doubt)
            if share
        )

    def _others(self, item: Asked, doubt: float) -> Iterator[tuple[float, Held]]:
        """Yield the other choices with their probability, as what would hold of the variable."""
        if len(item.codings) == 1 and item.category:
            key = (item.variable, item.category)
            # A planned partner is not counted: what is in doubt is whether it is.
            yield doubt, {key: self._first_counted} if item.choice in (NO, Role.PLANERAD) else {}
            return
        rivals = [c for c in item.codings if c is not item.leading]
        chances = [max(0.0, c.confidence if c.value else 1.0 - c.confidence) for c in rivals]
        whole = sum(chances)
        for rival, chance in zip(rivals, chances, strict=True):
            share = chance / whole if whole else 1 / len(rivals)
            yield doubt * share, {(rival.variable, rival.category): Role.AKTIV}

    def _effect(self, project: str, item: Asked, instead: Held) -> float:
        keys = [(c.variable, c.category) for c in item.codings]
        before = self._held[project]
        after = {key: role for key, role in before.items() if key not in keys} | dict(instead)
        total = 0.0
        for table, stands, counts in zip(self._tables, self._stands, self._counts, strict=True):
            if project not in stands:
                continue
            now = stands[project]
            touched = {i for key in keys for i in table.of.get(key, ())}
            for i in sorted(touched):
                figure = table.figures[i]
                if _holds(after, figure) != now[i]:
                    total += 1 / sqrt(max(counts[i, ""], 1))
                    if figure.by_county:
                        total += 1 / sqrt(max(counts[i, self._county[project]], 1))
        return total

    def _count(
        self, table: _Table, stands: Mapping[str, Sequence[bool]]
    ) -> dict[tuple[int, str], int]:
        counts: dict[tuple[int, str], int] = defaultdict(int)
        for project, figures in stands.items():
            for i, holds in enumerate(figures):
                counts[i, ""] += holds
                if table.figures[i].by_county:
                    counts[i, self._county[project]] += holds
        return counts


def _table(definition: TableDefinition, codebook: Codebook) -> _Table:
    figures = tuple(_figures(definition, codebook))
    of: dict[Key, list[int]] = defaultdict(list)
    for i, figure in enumerate(figures):
        for key in dict.fromkeys(key for clause in figure.criterion.clauses for key in clause):
            of[key].append(i)
    return _Table(definition, figures, {key: tuple(numbers) for key, numbers in of.items()})


def _figures(definition: TableDefinition, codebook: Codebook) -> Iterator[_Figure]:
    order = role_order(codebook)
    if definition.kind == "counties":
        for county_column in definition.county_columns:
            if county_column.shows == "condition":
                criterion = resolve(county_column.counts, codebook)
                yield _Figure(criterion, frozenset(order.counted), frozenset(), True)
    for row in (r for defined in definition.rows for r in with_parts(defined, codebook)):
        criterion = resolve(row.counts, codebook)
        for column in definition.columns:
            roles = column.roles or order.counted
            if all(role in order.counted for role in roles):
                stronger = frozenset(order.stronger(roles))
                yield _Figure(criterion, frozenset(roles), stronger, False)


def _held(case: Case) -> dict[Key, Role]:
    """Return what holds, with its role; what has none counts as active (see tables.judge)."""
    return {key: c.role or Role.AKTIV for key, c in case.codings.items() if c.value}


def _holds(held: Held, figure: _Figure) -> bool:
    """Tell what `tables.judge.judge` tells, without its probabilities: a round asks very often."""
    return figure.criterion.negated != all(_any(held, c, figure) for c in figure.criterion.clauses)


def _any(held: Held, clause: Iterable[Key], figure: _Figure) -> bool:
    roles = [role for key in clause if (role := held.get(key)) is not None]
    return not figure.stronger.intersection(roles) and not figure.roles.isdisjoint(roles)


def _draw(key: bytes, purpose: bytes, item: ItemKey) -> float:
    """Return a number in 0–1 that is the item's own: the same in every run with the same key."""
    keyed = hashlib.blake2b(digest_size=8, key=key[:64], person=purpose)
    keyed.update("\0".join(item).encode("utf-8", "surrogatepass"))
    return int.from_bytes(keyed.digest()) / 2**64
