"""Arithmetic checks of our own tables: what must add up, and does it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from annotations.codebook import Codebook
from annotations.tables import Definitions, TableDefinition
from pipeline.projects.findings import against_tables, flow_findings
from pipeline.tables.rounds import change_findings, compare
from pipeline.tables.types import Cell, Finding, Layout, Round, Row, Severity, Table
from pipeline.tables.words import some


def check(
    round: Round, tables: tuple[Table, ...], definitions: Definitions, codebook: Codebook
) -> tuple[Finding, ...]:
    """Check sums, parts against groups, partitions, totals between tables, and the codings.

    What earlier stages remarked comes first, what has changed beyond chance last.
    """
    by_id = {d.id: d for d in definitions.tables}
    findings = list(round.remarks)
    for table in tables:
        if table.layout is Layout.BY_COUNTY:
            findings += _sums(table)
        elif table.layout is Layout.BY_CATEGORY:
            findings += _parts(table)
            findings += _roles(table)
            findings += _partitions(table, by_id[table.id])
    findings += _between(tables, by_id)
    findings += _codings(round, codebook)
    if round.flow:
        findings += [*flow_findings(round.flow), *against_tables(round.flow, tables)]
    findings += change_findings(compare(round, tables))
    return tuple(findings)


def contradictions(tables: tuple[Table, ...], definitions: Definitions) -> tuple[Finding, ...]:
    """Return what no reading of the reports can excuse: figures of ours that do not add up.

    Roles and rows that share out a whole count only where a figure is not the number of its own
    projects: one coded as both ongoing and ended is a question for a person, not a miscount.
    """
    by_id = {d.id: d for d in definitions.tables}
    findings: list[Finding] = []
    for table in tables:
        if table.layout is Layout.BY_COUNTY:
            findings += _sums(table)
        elif table.layout is Layout.BY_CATEGORY:
            findings += _parts(table)
            if any(c.count != len(c.support) for row in table.rows for c in row.cells):
                findings += _roles(table)
                findings += _partitions(table, by_id[table.id])
    return (*findings, *_between(tables, by_id))


def _sums(table: Table) -> Iterator[Finding]:
    """Counties against the sum row; for money also years against the sum column."""
    total = next((row for row in table.rows if row.total), None)
    counties = [row for row in table.rows if not row.total]
    for c, column in enumerate(table.columns):
        figures = [value for row in counties if (value := _value(row.cells[c])) is not None]
        found = None if total is None else _value(total.cells[c])
        if found is not None and sum(figures) != found:
            yield _error(
                f"{_name(table)}, {column.label}", "Länen ger inte summan", sum(figures), found
            )
    if not all(column.money for column in table.columns):
        return
    for row in table.rows:
        *years, last = (_value(cell) or Decimal(0) for cell in row.cells)
        if sum(years) != last:
            yield _error(
                f"{_name(table)}, {row.label}", "Åren ger inte radens summa", sum(years), last
            )


def _parts(table: Table) -> Iterator[Finding]:
    """No part may be more than its group."""
    groups = {row.id: row for row in table.rows}
    for row in table.rows:
        group = groups.get(row.part_of)
        if group is None:
            continue
        part, whole = row.cells[0].count or 0, group.cells[0].count or 0
        if part > whole:
            what = f"Delen är fler än gruppen {group.label}"
            yield _error(f"{_name(table)}, {row.label}", what, f"högst {whole}", part)


def _roles(table: Table) -> Iterator[Finding]:
    counted = [c for c, column in enumerate(table.columns) if c and column.counted]
    if not counted:
        return
    for row in table.rows:
        parts = sum(row.cells[c].count or 0 for c in counted)
        if parts != row.cells[0].count:
            what = "Rollerna ger inte antalet projekt"
            yield _error(f"{_name(table)}, {row.label}", what, parts, row.cells[0].count)


def _partitions(table: Table, definition: TableDefinition) -> Iterator[Finding]:
    """Rows that share out a whole; with the projects that stand in none of them, or in several."""
    rows = {row.id: row for row in table.rows}
    for partition in definition.partitions:
        parts = [rows[id] for id in partition.rows]
        whole = rows[partition.whole].cells[0].count if partition.whole else table.base
        total = sum(row.cells[0].count or 0 for row in parts)
        if total != whole:
            twice = some(_in_several(parts))
            what = f"Raderna {_listed(row.label for row in parts)} ger inte helheten"
            yield _error(
                _name(table), what + (f"; i flera rader: {twice}" if twice else ""), whole, total
            )


def _between(tables: tuple[Table, ...], by_id: dict[str, TableDefinition]) -> Iterator[Finding]:
    """The same amount in two tables: grants by county against granted money."""
    sums = {
        t.number: _value(row.cells[-1])
        for t in tables
        if t.layout is Layout.BY_COUNTY and all(c.money for c in t.columns)
        for row in t.rows
        if row.total
    }
    granted = {
        t.number: row.cells[0].amount
        for t in tables
        if t.layout is Layout.MONEY
        for row, defined in zip(t.rows, by_id[t.id].money_rows, strict=True)
        if defined.sum_of == "beviljat_belopp"
    }
    for first, one in sums.items():
        for second, other in granted.items():
            if other is not None and (one or Decimal(0)) != other:
                what = "Beviljade medel skiljer sig mellan tabellerna"
                yield _error(f"Tabell {first} och {second}", what, one, other)


def _codings(round: Round, codebook: Codebook) -> Iterator[Finding]:
    """Every project has every category once; of a `one` variable exactly one category holds."""
    leaves = {(c.variable, c.id) for c in codebook.leaves()}
    exclusive = [v for v in codebook.variables if v.kind == "one"]
    incomplete: list[str] = []
    wrong: dict[str, list[str]] = {v.id: [] for v in exclusive}
    for project in round.projects:
        codings = round.codings.get(project.id, ())
        keys = [(c.variable, c.category) for c in codings]
        if set(keys) != leaves or len(keys) != len(leaves):
            incomplete.append(project.id)
        for variable in exclusive:
            if sum(c.value for c in codings if c.variable == variable.id) != 1:
                wrong[variable.id].append(project.id)
    if incomplete:
        what = f"Projekt vars kodningar inte är en för varje kategori: {some(incomplete)}"
        yield Finding("kodningar.csv", what, "0", str(len(incomplete)), Severity.ERROR)
    for variable in exclusive:
        if projects := wrong[variable.id]:
            what = f"Projekt som inte har precis en kategori av {variable.label}: {some(projects)}"
            yield Finding("kodningar.csv", what, "0", str(len(projects)), Severity.WARNING)


def _in_several(rows: list[Row]) -> list[str]:
    seen: set[str] = set()
    several: dict[str, None] = {}
    for row in rows:
        for project in row.cells[0].projects:
            if project in seen:
                several[project] = None
            seen.add(project)
    return list(several)


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(f"”{label}”" for label in labels)


def _value(cell: Cell) -> Decimal | None:
    if cell.amount is not None:
        return cell.amount
    return None if cell.count is None else Decimal(cell.count)


def _name(table: Table) -> str:
    return f"Tabell {table.number}"


def _error(where: str, what: str, expected: object, found: object) -> Finding:
    return Finding(where, what, str(expected), str(found), Severity.ERROR)
