"""kodningar.csv read back: the codes of the projects that gold knows, strict about every id."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from pathlib import Path

from annotations.codebook import Codebook
from annotations.gold import Cell
from models.evaluation.types import YES, CodedCell, Codings, EvaluationError

NEEDED = ("projekt", "variabel", "kategori", "varde", "roll", "konfidens", "status")
STATUSES = ("auto", "granska", "granskad")
_MOST_FAULTS = 20


def read_codings(path: Path, codebook: Codebook, wanted: Collection[str]) -> Codings:
    """Return the codes of the `wanted` projects. Raises EvaluationError: what @ file:line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(csv.DictReader(file), path.name, codebook, wanted)
    except FileNotFoundError as error:
        raise EvaluationError(
            [f"there is no {path.name} in {path.parent}; give the --out folder of a run"]
        ) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvaluationError([f"cannot be read ({error}) @ {path.name}"]) from error


def _read(
    rows: csv.DictReader[str], name: str, codebook: Codebook, wanted: Collection[str]
) -> Codings:
    if missing := [c for c in NEEDED if c not in (rows.fieldnames or ())]:
        raise EvaluationError([f"lacks the column {column} @ {name}:1" for column in missing])
    roles: Mapping[Cell, tuple[str, ...]] = {
        (v.id, c.id): tuple(r.id.value for r in v.roles)
        for v in codebook.variables
        for c in v.categories
    }
    found: dict[str, dict[Cell, CodedCell]] = {}
    others: dict[str, None] = {}
    faults: list[str] = []
    for row in rows:
        project, cell = row["projekt"], (row["variabel"], row["kategori"])
        if project not in wanted:
            others[project] = None
            continue
        place = f"{name}:{rows.line_num}"
        try:
            coded = _cell(row, roles[cell])
        except KeyError:
            faults.append(f"the codebook has no {'.'.join(map(str, cell))} @ {place}")
            continue
        except (TypeError, ValueError) as error:
            faults.append(f"{error} @ {place}")
            continue
        if cell in found.setdefault(project, {}):
            faults.append(f"{project} has {'.'.join(cell)} twice @ {place}")
        found[project][cell] = coded
    if faults:
        more = len(faults) - _MOST_FAULTS
        raise EvaluationError(faults[:_MOST_FAULTS] + ([f"and {more} more"] if more > 0 else []))
    return Codings(found, tuple(others))


def _cell(row: Mapping[str, str], roles: tuple[str, ...]) -> CodedCell:
    """Return one row as a cell. Raises ValueError saying which field is wrong."""
    value, role = row["varde"], row["roll"]
    status, confidence = row["status"] or "auto", row["konfidens"]
    if value not in ("0", "1"):
        raise ValueError(f"varde must be 0 or 1, not {value!r}")
    if role and role not in roles:
        raise ValueError(f"roll must be empty or one of {', '.join(roles) or 'none'}, not {role!r}")
    if status not in STATUSES:
        raise ValueError(f"status must be one of {', '.join(STATUSES)}, not {status!r}")
    return CodedCell(
        value=(role or YES) if value == "1" else "",
        status=status,
        confidence=_confidence(confidence),
        origin=row.get("kalla") or "",
        reasons=row.get("skal") or "",
        document=row.get("dokument") or "",
        page=row.get("sida") or "",
        start=_offset(row.get("start")),
        end=_offset(row.get("slut")),
        quote=row.get("citat") or "",
    )


def _confidence(text: str) -> float | None:
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"konfidens must lie between 0 and 1, not {text!r}")
    return value


def _offset(text: str | None) -> int | None:
    if not text:
        return None
    if not text.isdecimal():
        raise ValueError(f"start and slut must be whole numbers, not {text!r}")
    return int(text)
