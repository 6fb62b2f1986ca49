"""tabeller/celler.jsonl: every figure of every table on a line of its own, with its projects.

What the workbook and the report lead to by clicking, for programs; `samverkan explain` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from corpus.types import Project
from pipeline.evidence.links import Links
from pipeline.tables.files import replacing
from pipeline.tables.types import Cell, Column, Decider, Row, Support, Table

CELLS = Path("tabeller", "celler.jsonl")


def write_cells(
    tables: tuple[Table, ...], projects: Mapping[str, Project], links: Links, out: Path
) -> Path:
    """Write the file, one cell in memory at a time. Raises WriteError."""
    with replacing(out / CELLS) as beside, beside.open("wb") as file:
        for line in _lines(tables, projects, links):
            file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))
    return out / CELLS


def _lines(
    tables: tuple[Table, ...], projects: Mapping[str, Project], links: Links
) -> Iterator[dict[str, Any]]:
    for table in tables:
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                told = [_support(s, projects[s.project], links) for s in cell.support]
                yield {**_cell(table, row, column, cell), "projekt": told}


def _cell(table: Table, row: Row, column: Column, cell: Cell) -> dict[str, Any]:
    return {
        "tabell": table.id,
        "nummer": table.number,
        "titel": table.title,
        "upplagg": table.layout.value,
        "rad": row.id,
        "etikett": row.label,
        "del_av": row.part_of,
        "kolumn": column.id,
        "rubrik": column.label,
        "raknas": column.counted,
        "antal": cell.count,
        "belopp": None if cell.amount is None else f"{cell.amount:f}",
        "nedre": cell.interval.lower if cell.interval else None,
        "ovre": cell.interval.upper if cell.interval else None,
        "beslutat": {d.value: cell.decided_by(d) for d in Decider} if cell.decided else {},
        "anmarkning": cell.remark,
    }


def _support(support: Support, project: Project, links: Links) -> dict[str, Any]:
    told: dict[str, Any] = {"projekt": support.project}
    if support.amount is not None:
        told["belopp"] = f"{support.amount:f}"
    coding = support.coding
    if coding is not None:
        told |= {"variabel": coding.variable, "kategori": coding.category}
        # kodningar.csv says where words stand, not where a box does.
        if coding.evidence is None and (box := links.place(project, coding)) is not None:
            told["ruta"] = [box.document, box.page, box.start, box.end]
    return told
