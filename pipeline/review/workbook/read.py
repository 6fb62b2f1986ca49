"""A workbook that comes back: its rows as text, whatever somebody did to the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from pipeline.engine.processes import Limits, run
from pipeline.review.workbook.columns import COMMENT, DECISION, MARK, SEALED, SHEET

LIMITS = Limits(seconds=120, memory_mb=1200)
"""A stray cell in the sheet's last corner makes a grid of 17 billion: the child is stopped."""

MAX_BYTES = 60_000_000
MAX_UNPACKED = 1_500_000_000
_NEEDED = (*SEALED, DECISION, COMMENT, MARK)
_HEADER_WITHIN = 50
_LATEST = "Skriv ut en ny med: samverkan review export."


class WorkbookError(Exception):
    """A workbook that cannot be read at all. The text is Swedish and says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row that somebody may have written in; `number` is the spreadsheet's own, from 1.

    `shown` are the cells that the mark covers, in the order of `columns.SEALED`.
    """

    number: int
    shown: tuple[str, ...]
    decision: str
    comment: str
    mark: str


def read_workbook(path: Path) -> tuple[Row, ...]:
    """Return the rows with a decision, a comment or a mark. Raises WorkbookError.

    The file is opened in a child process, as all that comes from outside.
    """
    outcome = next(iter(run(_read, [path], jobs=1, limits=LIMITS)))
    if outcome.result is None:
        raise WorkbookError(
            "Arbetsboken gick inte att läsa: den är för stor eller skadad. Ligger det något långt "
            f"nedanför eller till höger om listan, så ta bort det. {_LATEST}"
        )
    if isinstance(outcome.result, str):
        raise WorkbookError(outcome.result)
    return outcome.result


def _read(path: Path) -> tuple[Row, ...] | str:
    """Return the rows, or in Swedish why there are none."""
    from python_calamine import CalamineError, CalamineWorkbook

    if why := _refusal(path):
        return why
    try:
        book = CalamineWorkbook.from_path(str(path))
        if SHEET not in book.sheet_names:
            return f"Arbetsboken har inget blad som heter {SHEET}. {_LATEST}"
        grid = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        return f"Arbetsboken är skadad ({error}). Öppna och spara om den, eller: {_LATEST}"
    return _rows(grid)


def _refusal(path: Path) -> str:
    from pipeline.ingest.zipguard import BROKEN

    try:
        if path.stat().st_size > MAX_BYTES:
            return f"Arbetsboken är för stor (högst {MAX_BYTES // 1_000_000} MB)."
        with ZipFile(path) as archive:
            members = archive.infolist()
    except BROKEN:
        return (
            "Filen är ingen arbetsbok i formatet .xlsx. Spara den som Excel-arbetsbok (.xlsx); är "
            "den skyddad med lösenord, ta bort det först."
        )
    names = [member.filename for member in members]
    if any("vbaproject" in name.lower() or name.lower().startswith("xl/macro") for name in names):
        return "Arbetsboken innehåller makron. Spara den som vanlig arbetsbok (.xlsx) utan makron."
    if any(".." in name.split("/") or name.startswith(("/", "\\")) for name in names):
        return f"Arbetsboken är inte säker att öppna: den pekar utanför sig själv. {_LATEST}"
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        return f"Arbetsboken är orimligt hårt packad och öppnas inte. {_LATEST}"
    return ""


def _rows(grid: Sequence[Sequence[object]]) -> tuple[Row, ...] | str:
    top = [[_text(cell) for cell in cells] for cells in grid[:_HEADER_WITHIN]]
    at = next((i for i, names in enumerate(top) if MARK in names or DECISION in names), None)
    if at is None:
        return f"Rubrikraden saknas på bladet {SHEET}. {_LATEST}"
    headings = top[at]
    missing = [name for name in _NEEDED if name not in headings]
    if missing:
        return f"Kolumnen {missing[0]} saknas på bladet {SHEET}. {_LATEST}"
    if twice := [name for name in _NEEDED if headings.count(name) > 1]:
        return f"Kolumnen {twice[0]} står två gånger på bladet {SHEET}. Ta bort den ena."
    sealed = [headings.index(name) for name in SEALED]
    answers = [headings.index(name) for name in (DECISION, COMMENT, MARK)]
    found: list[Row] = []
    for number, cells in enumerate(grid[at + 1 :], start=at + 2):
        written = [_text(cells[i]) if i < len(cells) else "" for i in answers]
        if any(written):
            shown = tuple(_text(cells[i]) if i < len(cells) else "" for i in sealed)
            found.append(Row(number, shown, *written))
    return tuple(found)


def _text(cell: object) -> str:
    """Return a cell as text; a whole number that Excel made of digits gets no decimals."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
