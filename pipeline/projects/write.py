"""projektflode.csv and sammanslagning.csv."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipeline.projects.links import COLUMNS as JOINS
from pipeline.projects.links import NAME as JOINS_NAME
from pipeline.projects.types import Pair, ProjectFlow, ProjectRow, Step
from pipeline.projects.words import load_words
from pipeline.tables.contract import write_csv

NAME = "projektflode.csv"
FLOW = [
    "projekt", "lan", "kommun", "titel", "rad_i_listan",
    *(name for step in Step for name in (step, f"{step}_underlag", f"{step}_dokument")),
    "skal", "skal_text", "beviljat_belopp", "delredovisning", "slutredovisning",
    "mottagen", "sista_dag", "forsenad", "ersatta", "dubbletter",
]  # fmt: skip


def write_flow(flow: ProjectFlow | None, out: Path) -> list[Path]:
    """Write both files, sammanslagning.csv with the decisions it was given. Raises WriteError."""
    if flow is None:
        return []
    return [
        write_csv(out / NAME, FLOW, map(_row, flow.rows)),
        write_csv(out / JOINS_NAME, JOINS, map(_pair, flow.pairs)),
    ]


def _row(row: ProjectRow) -> list[str]:
    return [
        row.project,
        row.lan,
        row.kommun,
        row.titel,
        "" if row.row is None else str(row.row),
        *_steps(row),
        row.reason,
        load_words().reason(row.reason).label if row.reason else "",
        "" if row.amount is None else f"{row.amount:f}" if row.amount % 1 else f"{row.amount:.0f}",
        ";".join(row.interim),
        ";".join(row.final),
        _day(row.received),
        _day(row.due),
        "" if row.late is None else "ja" if row.late else "nej",
        ";".join(row.replaced),
        ";".join(row.copies),
    ]


def _steps(row: ProjectRow) -> Iterator[str]:
    for standing in row.standings:
        yield from (standing.answer.value, standing.evidence, standing.document)


def _pair(pair: Pair) -> list[str]:
    return [
        pair.kind.value,
        pair.a[0],
        str(pair.a[1]),
        pair.b[0],
        str(pair.b[1]),
        *pair.projects,
        pair.town,
        f"{pair.points:.2f}",
        ", ".join(pair.reasons),
        pair.proposal,
        pair.decision or pair.unclear,
        pair.remark,
        *pair.content,
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
