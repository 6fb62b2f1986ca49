"""Tables whose rows are categories and groups of the codebook, with their parts and roles."""

from __future__ import annotations

from dataclasses import replace

from annotations.codebook import Codebook
from annotations.tables import CategoryRow, TableDefinition
from pipeline.tables.counting import Case, Facts, count, deciders, notes, panel, title
from pipeline.tables.judge import RoleOrder, resolve, role_order
from pipeline.tables.margins import Margins
from pipeline.tables.row_parts import with_parts
from pipeline.tables.types import Cell, Column, Layout, Row, Table
from pipeline.tables.verdicts import Panel, judge_all


def by_category(
    definition: TableDefinition,
    codebook: Codebook,
    cases: tuple[Case, ...],
    facts: Facts,
    margins: Margins,
) -> Table:
    """Count each row's projects, once in each column's roles."""
    order, coded = role_order(codebook), panel(cases)
    columns = tuple(
        Column(c.id, c.label, counted=all(role in order.counted for role in c.roles))
        for c in definition.columns
    )
    rows = tuple(
        _row(definition, row, columns, codebook, cases, coded, order, margins)
        for defined in definition.rows
        for row in with_parts(defined, codebook)
    )
    return Table(
        definition.id,
        definition.number,
        title(definition, facts),
        definition.row_heading,
        Layout.BY_CATEGORY,
        columns,
        rows,
        len(cases),
        notes(definition, facts),
    )


def _row(
    definition: TableDefinition,
    row: CategoryRow,
    columns: tuple[Column, ...],
    codebook: Codebook,
    cases: tuple[Case, ...],
    coded: Panel,
    order: RoleOrder,
    margins: Margins,
) -> Row:
    criterion = resolve(row.counts, codebook)
    cells = tuple(
        count(cases, judge_all(coded, criterion, roles, order), criterion, roles, margins)
        for roles in (c.roles or order.counted for c in definition.columns)
    )
    if len(cells) > 1:
        cells = (_as_by_role(cells, columns), *cells[1:])
    label = row.label or _label(row.counts.any_of[0], codebook)
    return Row(row.id, label, cells, row.part_of)


def _as_by_role(cells: tuple[Cell, ...], columns: tuple[Column, ...]) -> Cell:
    """Return the whole with each project's coding as the column of its role has it.

    A group may hold a surer part in a weaker role; the figure and its list then tell the same.
    """
    by_role = zip(cells[1:], columns[1:], strict=True)
    shown = {s.project: s for cell, column in by_role if column.counted for s in cell.support}
    support = tuple(shown.get(s.project, s) for s in cells[0].support)
    return replace(cells[0], support=support, decided=deciders(support))


def _label(ref: str, codebook: Codebook) -> str:
    """A group's label goes before a category's with the same id: the row stands for the group."""
    variable_id, _, id = ref.partition(".")
    variable = codebook.variable(variable_id)
    labels = {c.id: c.label for c in variable.categories}
    labels |= {derived.id: derived.label for derived in variable.derived}
    labels |= {group.id: group.label for group in variable.groups}
    return labels[id]
