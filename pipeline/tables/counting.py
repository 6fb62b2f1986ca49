"""What every kind of table shares: a project with its codings, counting, and filled-in notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotations.tables import TableDefinition
from corpus.types import Coding, Project, Role
from pipeline.tables.judge import Criterion, Key, decider
from pipeline.tables.margins import Margins
from pipeline.tables.numbers import whole
from pipeline.tables.types import Cell, Decider, Support
from pipeline.tables.verdicts import Panel, Verdicts

Facts = Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Case:
    """A project and its codings by (variable, category)."""

    project: Project
    codings: Mapping[Key, Coding]


def panel(cases: Iterable[Case]) -> Panel:
    """Return the codings of projects, to judge and count them all at once."""
    return Panel([case.codings for case in cases])


def count(
    cases: Sequence[Case],
    verdicts: Verdicts,
    criterion: Criterion,
    roles: tuple[Role, ...],
    margins: Margins,
) -> Cell:
    """Count the projects that fulfil a criterion, with interval and deciders."""
    held = zip(cases, verdicts.holds, verdicts.by.codings, strict=True)
    support = tuple(Support(case.project.id, coding) for case, holds, coding in held if holds)
    interval = margins.interval(criterion, roles, verdicts)
    return Cell(count=len(support), interval=interval, support=support, decided=deciders(support))


def deciders(support: Iterable[Support]) -> tuple[tuple[Decider, int], ...]:
    """Return how many projects each kind of decider put behind a figure."""
    found = Counter(decider(s.coding) for s in support if s.coding is not None)
    return tuple((d, found[d]) for d in Decider if d in found)


def count_projects(cases: Iterable[Case]) -> Cell:
    """Count projects as such: nothing about them is coded, so there is no interval."""
    support = tuple(Support(case.project.id) for case in cases)
    return Cell(count=len(support), support=support)


def title(definition: TableDefinition, facts: Facts) -> str:
    """Return the title with its figures filled in."""
    return definition.title.format_map(_swedish(facts))


def notes(definition: TableDefinition, facts: Facts) -> tuple[str, ...]:
    """Return the notes whose condition holds, with their figures filled in."""
    swedish = _swedish(facts)
    return tuple(
        n.text.format_map(swedish) for n in definition.notes if not n.when or facts[n.when]
    )


def _swedish(facts: Facts) -> dict[str, str]:
    return {key: value if isinstance(value, str) else whole(value) for key, value in facts.items()}
