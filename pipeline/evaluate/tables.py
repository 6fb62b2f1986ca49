"""The tables of gold beside those of the results: each count, its interval, whether it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook
from annotations.gold import Cell
from annotations.tables import load_tables
from corpus.types import Coding, Header, Origin, Project, Role, Status
from models.evaluation import CodedCell, Codings, GoldReport
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Layout, Round, Table

_ROLES = frozenset(role.value for role in Role)
_ORIGINS = frozenset(origin.value for origin in Origin)


@dataclass(frozen=True, slots=True)
class TableCell:
    """One count: gold's, ours, and the ends of our interval (None without confidences).

    `column` is empty for the number of projects. `counted` is False for planned partners.
    """

    table: int
    title: str
    row: str
    label: str
    part: bool
    column: str
    counted: bool
    gold: int
    coded: int
    lower: int | None
    upper: int | None

    @property
    def inside(self) -> bool | None:
        """Whether the interval holds gold's count; None without interval."""
        if self.lower is None or self.upper is None:
            return None
        return self.lower <= self.gold <= self.upper


@dataclass(frozen=True, slots=True)
class TableSum:
    """What a table's counts come to (planned partners left out).

    `error` is the sum of the differences as a share of gold's sum, None where gold has nothing;
    `inside` of `intervals` hold gold's count.
    """

    table: int
    title: str
    cells: int
    error: float | None
    inside: int
    intervals: int


def table_cells(
    gold: Mapping[str, GoldReport], codings: Codings, codebook: Codebook
) -> tuple[TableCell, ...]:
    """Count the projects that gold knows twice: by gold, and by the codes of the results.

    A project that the results lack is in gold's counts only, as it would be in a publication.
    """
    true = {id: _true(report.values) for id, report in gold.items()}
    ours = {id: _ours(cells) for id, cells in codings.projects.items() if id in gold}
    told = all(cell.confidence is not None for id in ours for cell in codings.projects[id].values())
    tables = zip(_tables(true, codebook), _tables(ours, codebook), strict=True)
    return tuple(cell for pair in tables for cell in _cells(*pair, told))


def table_sums(cells: Sequence[TableCell]) -> tuple[TableSum, ...]:
    """Sum up table by table."""
    sums = []
    for number, title in dict.fromkeys((c.table, c.title) for c in cells):
        own = [c for c in cells if c.table == number and c.counted]
        whole = sum(c.gold for c in own)
        apart = sum(abs(c.gold - c.coded) for c in own)
        told = [c.inside for c in own if c.inside is not None]
        error = apart / whole if whole else None
        sums.append(TableSum(number, title, len(own), error, sum(told), len(told)))
    return tuple(sums)


def _tables(codings: Mapping[str, tuple[Coding, ...]], codebook: Codebook) -> list[Table]:
    """Tables of projects of which nothing but the codes is known: those by category."""
    projects = tuple(Project(id, Header(), (), "") for id in codings)
    tables = tabulate(Round("", (), projects, codings, {}), load_tables(), codebook)
    return [table for table in tables if table.layout is Layout.BY_CATEGORY]


def _cells(gold: Table, ours: Table, told: bool) -> Iterator[TableCell]:
    for true, row in zip(gold.rows, ours.rows, strict=True):
        for c, (column, cell) in enumerate(zip(ours.columns, row.cells, strict=True)):
            interval = cell.interval if told else None
            yield TableCell(
                gold.number,
                # The heading's number of projects is that of this evaluation.
                gold.title,
                row.id,
                row.label,
                bool(row.part_of),
                column.label if c else "",
                column.counted,
                true.cells[c].count or 0,
                cell.count or 0,
                interval.lower if interval else None,
                interval.upper if interval else None,
            )


def _true(values: Mapping[Cell, str]) -> tuple[Coding, ...]:
    return tuple(
        Coding(*cell, bool(value), _role(value), 1.0, Status.REVIEWED, Origin.REVIEWER)
        for cell, value in values.items()
    )


def _ours(cells: Mapping[Cell, CodedCell]) -> tuple[Coding, ...]:
    return tuple(
        Coding(
            *cell,
            bool(coded.value),
            _role(coded.value),
            1.0 if coded.confidence is None else coded.confidence,
            Status(coded.status),
            _origin(coded),
        )
        for cell, coded in cells.items()
    )


def _origin(coded: CodedCell) -> Origin:
    """Return who decided; others' results may say nothing, or what we have no name for."""
    if coded.origin in _ORIGINS:
        return Origin(coded.origin)
    return Origin.REVIEWER if coded.status == Status.REVIEWED else Origin.MODEL


def _role(value: str) -> Role | None:
    return Role(value) if value in _ROLES else None
