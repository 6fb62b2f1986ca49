"""The cases of rulings: the projects that each was applied to, with a way to the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from annotations.codebook import Codebook
from annotations.decisions.rulings import Case, Ruling
from corpus.types import Coding, Project
from pipeline.evidence.links import Links, links
from pipeline.report.blocks import Block, Grid
from pipeline.rulings.words import about_words
from pipeline.tables.numbers import whole
from pipeline.tables.types import Round

_MOST = 300
_BY_HAND = "angivet för hand"
_HEADINGS = ("Not", "Märke", "Projekt", "Fråga")


def cases_grid(round: Round, numbers: Mapping[str, str], codebook: Codebook) -> tuple[Block, ...]:
    """Return a table of cases, one a row, each project linked to where its words stand.

    Which reviewer applied it is the log's business, not the report's.

    `numbers` are those of the notes, by the rulings' marks. Without cases nothing.
    """
    found = [(r, case) for r in _in_order(round.rulings, numbers) for case in r.cases]
    if not found:
        return ()
    shown = found[:_MOST]
    rows = tuple(_row(r, case, numbers, codebook) for r, case in shown)
    projects = {project.id: project for project in round.projects}
    to = links(round)
    addresses = tuple(
        (row, 2, address)
        for row, (_, case) in enumerate(shown)
        if (address := _address(case, projects.get(case.project), round, to))
    )
    left = len(found) - len(shown)
    notes = (f"{whole(left)} fall till; alla projekt står i tolkningar.csv.",) if left else ()
    caption = "Projekt som tolkningarna har tillämpats på"
    return (Grid("tolkningsfall", caption, _HEADINGS, rows, notes=notes, links=addresses),)


def _in_order(rulings: tuple[Ruling, ...], numbers: Mapping[str, str]) -> Iterator[Ruling]:
    yield from sorted(rulings, key=lambda r: int(numbers.get(r.mark, 10_000)))


def _row(
    ruling: Ruling, case: Case, numbers: Mapping[str, str], codebook: Codebook
) -> tuple[str, ...]:
    ref = f"{case.variable}.{case.category}" if case.category else case.variable
    asked = about_words((ref,), codebook) if ref else _BY_HAND
    return numbers.get(ruling.mark, "–"), ruling.mark, case.project, asked


def _address(case: Case, project: Project | None, round: Round, to: Links) -> str:
    return to.of(project, _coding(case, round.codings.get(case.project, ()))) if project else ""


def _coding(case: Case, codings: tuple[Coding, ...]) -> Coding | None:
    """Return the coding a case decided; of a whole variable the category that holds."""
    own = [c for c in codings if c.variable == case.variable]
    if case.category:
        return next((c for c in own if c.category == case.category), None)
    return next((c for c in own if c.value), None)
