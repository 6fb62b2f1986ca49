"""Gold and codes in few words: what is named holds, all else does not."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from annotations.codebook import load
from models.evaluation import CodedCell, Codings, GoldReport

CODEBOOK = load()
LEAVES = tuple((c.variable, c.id) for c in CODEBOOK.leaves())
COLUMNS = (
    *("projekt", "dokument", "variabel", "kategori", "varde", "roll", "konfidens", "status"),
    *("kalla", "skal", "sida", "start", "slut", "citat"),
)


def cell(code: str) -> tuple[str, str]:
    variable, category = code.split(".")
    return variable, category


def gold(id: str, values: Mapping[str, str], quotes: Mapping[str, str] | None = None) -> GoldReport:
    """`gold("a", {"partner.polis": "aktiv", "malgrupp.barn": "ja"})`."""
    held = dict.fromkeys(LEAVES, "") | {cell(code): value for code, value in values.items()}
    return GoldReport(id, held, {cell(code): quote for code, quote in (quotes or {}).items()})


def coded(
    values: Mapping[str, str],
    *,
    review: tuple[str, ...] = (),
    confidence: Mapping[str, float] | None = None,
) -> dict[tuple[str, str], CodedCell]:
    """One project's cells, all of them there, automatic and without confidence if not told."""
    cells = {leaf: CodedCell("") for leaf in LEAVES}
    for code, value in values.items():
        cells[cell(code)] = replace(cells[cell(code)], value=value)
    for code in review:
        cells[cell(code)] = replace(cells[cell(code)], status="granska")
    for code, chance in (confidence or {}).items():
        cells[cell(code)] = replace(cells[cell(code)], confidence=chance)
    return cells


def golds(*reports: GoldReport) -> dict[str, GoldReport]:
    return {report.id: report for report in reports}


def codings(**projects: Mapping[tuple[str, str], CodedCell]) -> Codings:
    return Codings(projects)


def gold_line(id: str, **codes: object) -> str:
    """A line as the rounds have them, with the codes that are told."""
    gold = {
        "struktur": [],
        "partner": {},
        "malgrupp": [],
        "maluppfyllelse": "oklart",
        "integrering": [],
        "utbildning": False,
        "reell_samverkan": False,
        "status": "oklart",
        **codes,
    }
    report = {"id": id, "lan": "Gotland", "kommun": "Gotland", "blankett": "fri", "text": "-"}
    return json.dumps({**report, "svar": None, "kryss": None, "gold": gold})


def write_table(
    path: Path, projects: Mapping[str, Mapping[tuple[str, str], CodedCell]], **fields: str
) -> Path:
    """Write kodningar.csv; `fields` overwrite those of every row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for project, cells in projects.items():
            for (variable, category), c in cells.items():
                row = {
                    "projekt": project,
                    "dokument": c.document,
                    "variabel": variable,
                    "kategori": category,
                    "varde": "1" if c.value else "0",
                    "roll": c.value if c.value not in ("", "ja") else "",
                    "konfidens": "" if c.confidence is None else str(c.confidence),
                    "status": c.status,
                    "kalla": c.origin,
                    "start": "" if c.start is None else str(c.start),
                    "slut": "" if c.end is None else str(c.end),
                    "citat": c.quote,
                }
                rows.writerow(row | fields)
    return path
