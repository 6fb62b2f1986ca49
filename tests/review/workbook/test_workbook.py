from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.review.labels import UNDECIDABLE, Labels
from pipeline.review.workbook.columns import COLUMNS, COMMENT, DECISION, HEADER_ROW, MARK, SHEET
from pipeline.review.workbook.marks import verify
from pipeline.review.workbook.read import WorkbookError, read_workbook
from pipeline.review.workbook.write import write_workbook
from tests.review.workbook.made_up import CODEBOOK, item

LABELS = Labels(CODEBOOK)
AT = {name: column for column, name in enumerate(COLUMNS, start=1)}


def opened(path: Path) -> Any:
    """The workbook as openpyxl sees it; its types are too wide to be of use here."""
    return openpyxl.load_workbook(path)


def items_of(path: Path) -> list[int]:
    marks = [verify("k", row.mark, row.shown) for row in read_workbook(path)]
    return [mark.item for mark in marks if mark]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "granskning.xlsx"
    items = (item(n) for n in range(60))
    written = write_workbook(
        items, LABELS, "k", path, title="Granskning – 2010", made=date(2026, 1, 2)
    )
    assert (written.rows, written.left_out) == (60, 0)
    return path


def test_what_is_written_is_read_back(book):
    rows = read_workbook(book)
    assert [row.number for row in rows] == [HEADER_ROW + 1 + n for n in range(60)]
    assert items_of(book) == [n + 1 for n in range(60)]
    assert {(row.decision, row.comment) for row in rows} == {("", "")}


def test_only_decisions_and_comments_are_open(book):
    sheet = opened(book)[SHEET]
    assert sheet.protection.sheet
    row = sheet[HEADER_ROW + 1]
    assert {name for name in AT if not row[AT[name] - 1].protection.locked} == {DECISION, COMMENT}
    assert sheet.freeze_panes and sheet.auto_filter.ref
    hidden = {
        name
        for name, at in AT.items()
        for column in sheet.column_dimensions.values()
        if column.hidden and column.min <= at <= column.max
    }
    assert hidden == {MARK, "Svarslista"}


def test_each_row_offers_its_own_choices(book):
    workbook = opened(book)
    sheet = workbook[SHEET]
    (validation,) = sheet.data_validations.dataValidation
    assert validation.type == "list" and validation.formula1 == f"INDIRECT($P{HEADER_ROW + 1})"
    for n in range(60):
        cells = sheet[HEADER_ROW + 1 + n]
        assert cells[AT[DECISION] - 1].coordinate in validation
        where = workbook.defined_names[cells[AT["Svarslista"] - 1].value].attr_text
        name, area = where.split("!")
        offered = [cell.value for (cell,) in workbook[name][area.replace("$", "")]]
        variable = item(n).proposal.variable
        assert offered == [*LABELS.choices(variable).values(), UNDECIDABLE]


def test_text_that_looks_like_a_formula_stays_text(book):
    sheet = opened(book)[SHEET]
    kinds = {cell.data_type for cell in sheet[HEADER_ROW + 2]}
    assert sheet.cell(HEADER_ROW + 2, AT["Citat"]).value.startswith("=1+1") and "f" not in kinds


@pytest.mark.calc
@pytest.mark.slow
def test_marks_survive_libreoffice(book, tmp_path):
    import subprocess

    out = tmp_path / "om"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "xlsx", "--outdir", str(out), str(book)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert items_of(out / book.name) == [n + 1 for n in range(60)]


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _corner(path: Path) -> Path:
    """A workbook with one cell in the last corner of its sheet."""
    workbook: Any = openpyxl.Workbook()
    workbook.active.title = SHEET
    workbook.active["A1"] = 1
    workbook.active["XFD1048576"] = 1
    workbook.save(path)
    return path


HOSTILE = {
    "not a workbook": (lambda p: p.write_bytes(b"hello") and p, "ingen arbetsbok"),
    "empty": (lambda p: p.write_bytes(b"") is not None and p, "ingen arbetsbok"),
    "old Excel": (lambda p: p.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600)) and p, "ingen arbetsb"),
    "macros": (lambda p: _zip(p, {"xl/vbaProject.bin": b"x"}), "makron"),
    "climbing": (lambda p: _zip(p, {"../x": b"x"}), "utanför sig själv"),
    "absolute": (lambda p: _zip(p, {"/etc/x": b"x"}), "utanför sig själv"),
    "no parts": (lambda p: _zip(p, {"a.txt": b"x"}), "skadad"),
    "stray cell": (_corner, "för stor eller skadad"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_bad_files_are_refused_plainly(case, tmp_path):
    make, why = HOSTILE[case]
    with pytest.raises(WorkbookError, match=why):
        read_workbook(make(tmp_path / "bok.xlsx"))


def test_a_bomb_is_refused_unread(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(16):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", bytes(100_000_000))
    with pytest.raises(WorkbookError, match="orimligt hårt packad"):
        read_workbook(path)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda w: setattr(w[SHEET], "title", "Annat"), "inget blad som heter Granska"),
        (lambda w: w[SHEET].delete_cols(AT[MARK]), "Kolumnen Märke saknas"),
        (lambda w: w[SHEET].delete_cols(AT["Citat"]), "Kolumnen Citat saknas"),
        (lambda w: w[SHEET].delete_rows(HEADER_ROW), "Rubrikraden saknas"),
        (lambda w: w[SHEET].__setitem__("P4", DECISION), "står två gånger"),
    ],
)
def test_a_sheet_without_its_columns_is_refused(book, change, why):
    workbook = opened(book)
    change(workbook)
    workbook.save(book)
    with pytest.raises(WorkbookError, match=why):
        read_workbook(book)
