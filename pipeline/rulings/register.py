"""The whole register of a round: general rulings and the round's own, with their cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.codebook import Codebook
from annotations.decisions.database import Database
from annotations.decisions.register import Register
from annotations.decisions.rulings import Case, Ruling
from pipeline.rulings.general import load_general
from pipeline.tables.types import Finding, Severity


def register(database: Database, round: str, *, cases: bool = True) -> tuple[Ruling, ...]:
    """Return a round's rulings, the general ones first, withdrawn ones among them.

    Without `cases` only those given by hand are there, and the log is not read.
    """
    log = Register(database)
    own, gone = log.read(round)
    general = (replace(r, withdrawn=gone[r.mark]) if r.mark in gone else r for r in load_general())
    rulings = (*general, *own)
    if not cases:
        return rulings
    found = log.cases(round, {ruling.mark for ruling in rulings})
    return tuple(replace(r, cases=(*r.cases, *found.get(r.mark, ()))) for r in rulings)


def standing(rulings: Sequence[Ruling]) -> tuple[Ruling, ...]:
    """Return the rulings that hold."""
    return tuple(ruling for ruling in rulings if ruling.withdrawn is None)


def about(
    rulings: Sequence[Ruling], codebook: Codebook, variable: str, category: str
) -> tuple[Ruling, ...]:
    """Return the rulings that hold for a category, its group or its variable.

    A whole variable (`category` empty) is met by those of all its categories.
    """
    found = codebook.variable(variable)
    wanted = {variable}
    if category:
        group = found.group_of(category) if found.groups else None
        part_of = found.category(category).part_of
        wanted |= {f"{variable}.{id}" for id in (category, group.id if group else "", part_of)}
    return tuple(
        r
        for r in standing(rulings)
        if wanted.intersection(r.applies)
        or (not category and any(ref.startswith(f"{variable}.") for ref in r.applies))
    )


def rest_on_withdrawn(rulings: Sequence[Ruling]) -> Iterator[Finding]:
    """Yield what people have decided by a ruling that was later taken back."""
    for ruling in rulings:
        if ruling.withdrawn is None:
            continue
        instead = f"tolkning {ruling.withdrawn.by}" if ruling.withdrawn.by else "ett nytt beslut"
        for case in ruling.cases:
            if case.item:
                yield Finding(
                    case.project,
                    f"En granskares beslut hänvisar till tolkning {ruling.mark}, som är "
                    "återkallad. Granska på nytt",
                    instead,
                    ruling.mark,
                    Severity.WARNING,
                )


def cases_by_project(ruling: Ruling) -> dict[str, list[Case]]:
    """Return a ruling's cases project by project, in their order."""
    found: dict[str, list[Case]] = {}
    for case in ruling.cases:
        found.setdefault(case.project, []).append(case)
    return found
