"""The tables as CSV: a row a row, for each count its interval and the share a person decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.tables.contract import write_csv
from pipeline.tables.types import Cell, Column, Finding, Table

FINDINGS = ["var", "vad", "forvantat", "funnet", "allvar"]


def write_tables(tables: tuple[Table, ...], out: Path) -> list[Path]:
    """Write tabeller/tabellN.csv for every table; those of other tables go. Raises WriteError."""
    files = [
        write_csv(out / "tabeller" / f"tabell{t.number}.csv", header(t), _rows(t)) for t in tables
    ]
    for stale in set((out / "tabeller").glob("tabell*.csv")).difference(files):
        if stale.stem.removeprefix("tabell").isdecimal():
            stale.unlink()
    return files


def write_findings(findings: tuple[Finding, ...], out: Path) -> Path:
    """Write avvikelser.csv; a header alone means that everything adds up. Raises WriteError."""
    return write_findings_to(findings, out / "avvikelser.csv")


def write_findings_to(findings: tuple[Finding, ...], path: Path) -> Path:
    """Write findings as CSV to `path`. Raises WriteError."""
    rows = ([f.where, f.what, f.expected, f.found, f.severity.value] for f in findings)
    return write_csv(path, FINDINGS, rows)


def header(table: Table) -> list[str]:
    """Return the column names: `rad,etikett,del_av`, then each column with what belongs to it.

    ```
    antal, antal_nedre, antal_ovre, antal_andel_person     a count
    ar_2009                                                an amount
    ```
    """
    names = ["rad", "etikett", "del_av"]
    for column in table.columns:
        names += [column.id, *(f"{column.id}_{suffix}" for suffix in _suffixes(column))]
    return names + (["anmarkning"] if _remarks(table) else [])


def _suffixes(column: Column) -> tuple[str, ...]:
    return () if column.money else ("nedre", "ovre", "andel_person")


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        values = [row.id, row.label, row.part_of]
        for column, cell in zip(table.columns, row.cells, strict=True):
            values += _money(cell) if column.money else _count(cell)
        yield values + ([row.cells[0].remark] if _remarks(table) else [])


def _remarks(table: Table) -> bool:
    return any(cell.remark for row in table.rows for cell in row.cells)


def _money(cell: Cell) -> list[str]:
    if cell.amount is None:
        return [""]
    return [f"{cell.amount:f}" if cell.amount % 1 else f"{cell.amount:.0f}"]


def _count(cell: Cell) -> list[str]:
    """A count of projects as such is exact: its interval is the count itself."""
    if cell.count is None:
        return ["", "", "", ""]
    lower = cell.interval.lower if cell.interval else cell.count
    upper = cell.interval.upper if cell.interval else cell.count
    share = cell.person_share
    return [str(cell.count), str(lower), str(upper), "" if share is None else f"{share:.4f}"]
