"""What a path holds: a published report, or the results of a run."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from pipeline.check.check import check_report
from pipeline.check.grids import value
from pipeline.check.report import read_report
from pipeline.check.sums import sums
from pipeline.check.types import Grid, Row, shown
from pipeline.check.words import Words, load_words
from pipeline.errors import ReadError
from pipeline.tables.types import Finding, Severity

_BESIDE = ("nedre", "ovre", "andel_person")
_REPORTS = ("rapport.html", "rapport.docx")


class NoResultsError(Exception):
    """A folder in which no run has written its tables."""


def check_path(path: Path) -> tuple[Finding, ...]:
    """Return the contradictions of a report, or of a folder that `samverkan run` wrote.

    Raises ReadError for a report that cannot be read, NoResultsError for another folder.
    """
    words = load_words()
    if not path.is_dir():
        return check_report(read_report(path, words), words)
    tables = sorted((path / "tabeller").glob("tabell*.csv"), key=_number)
    if not tables:
        raise NoResultsError(
            f"{path} holds no results (no tabeller/tabell*.csv). Name a report, or the folder "
            "that `samverkan run --out` wrote."
        )
    findings: list[Finding] = []
    for table in tables:
        findings += _table(table, words)
    for name in _REPORTS:
        if (path / name).exists():
            findings += (_in(name, f) for f in _written(path / name, words))
    return tuple(dict.fromkeys(findings))


def _written(path: Path, words: Words) -> tuple[Finding, ...]:
    """Check our own report; one of thousands of projects is too large, and its tables are CSV."""
    try:
        return check_report(read_report(path, words), words)
    except ReadError as error:
        if error.code != "for_stor":
            raise
        return ()


def _table(path: Path, words: Words) -> Iterator[Finding]:
    """Check one table of ours by its own columns: `del_av`, the sum row, intervals, roles."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        return
    name = f"tabeller/{path.name}"
    columns = [
        c
        for c in rows[0]
        if c not in ("rad", "etikett", "del_av", "anmarkning")
        and not c.endswith(tuple(f"_{suffix}" for suffix in _BESIDE))
    ]
    yield from (_in(name, f) for f in sums(_grid(path, rows, columns), words))
    figures = {row["rad"]: {c: value(row[c]).number for c in columns} for row in rows}
    labels = {row["rad"]: row["etikett"] for row in rows}
    for row in rows:
        for c in columns:
            figure = figures[row["rad"]][c]
            where = f"{name}, raden {labels[row['rad']]}, kolumnen {c}"
            if figure is None:
                continue
            # A part may be invited where the group as such is active: only the count compares.
            whole = figures.get(row["del_av"], {}).get(c) if c == columns[0] else None
            if whole is not None and figure > whole:
                what = f"Delen är fler än gruppen {labels[row['del_av']]}"
                yield Finding(where, what, f"högst {shown(whole)}", shown(figure), Severity.ERROR)
            lower, upper = (value(row.get(f"{c}_{s}") or "").number for s in _BESIDE[:2])
            if lower is not None and upper is not None and not lower <= figure <= upper:
                span = f"{shown(lower)}–{shown(upper)}"
                what = "Antalet ligger utanför sitt intervall"
                yield Finding(where, what, span, shown(figure), Severity.ERROR)


def _grid(path: Path, rows: list[dict[str, str]], columns: list[str]) -> Grid:
    """Return one of our tables as any other: the last row sums, and so does a column "summa"."""
    return Grid(
        _number(path)[0],
        "",
        tuple(columns),
        tuple(
            Row(row["etikett"], tuple(value(row[c]) for c in columns))
            for row in rows
            if not row["del_av"]
        ),
    )


def _in(name: str, finding: Finding) -> Finding:
    return Finding(
        f"{name}: {finding.where}",
        finding.what,
        finding.expected,
        finding.found,
        finding.severity,
    )


def _number(path: Path) -> tuple[int, str]:
    digits = "".join(c for c in path.stem if c.isdigit())
    return int(digits or 0), path.stem
