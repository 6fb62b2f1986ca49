"""Printed boxes on scans: found in all sizes, ticked or not, and never mistaken for letters."""

from __future__ import annotations

import pytest

pytest.importorskip("cv2", reason="needs the ocr extra")

from pipeline.ingest.scan_boxes import find_squares
from pipeline.ingest.scan_brackets import find_brackets
from pipeline.ingest.scan_grid import find_grid, ink_of
from pipeline.ingest.scan_ink import Square, judge, verdicts
from pipeline.ingest.scan_marks import SURE_CROSS, find_marks
from pipeline.ingest.scan_marks import judge as judge_mark
from pipeline.ingest.scan_prepare import Sheet, prepare
from tests.ingest.scan_fixtures import DPI, HEIGHT, MARKS, WIDTH, Paper


def sheet_of(paper: Paper, skew: float = 0.0) -> Sheet:
    return prepare(paper.scanned(skew), DPI, WIDTH, HEIGHT)


def squares_of(paper: Paper, skew: float = 0.0) -> tuple[Square, ...]:
    sheet = sheet_of(paper, skew)
    return find_squares(sheet, find_grid(sheet).rules)


@pytest.mark.parametrize(
    ("size", "border"), [(7.5, 0.5), (7.5, 2.0), (10, 1.0), (14, 0.5), (18, 2.0)]
)
def test_boxes_of_all_sizes_with_all_marks(size: float, border: float) -> None:
    paper = Paper()
    for i, kind in enumerate(MARKS):
        paper.box(60, 60 + 60 * i, size, border)
        paper.mark(60, 60 + 60 * i, size, kind)
        paper.text(60 + 2 * size, 58 + 60 * i, "Kyrkor och samfund")
    found = [judge(square) for square in squares_of(paper, 0.4)]
    assert [checked for checked, _ in found] == [kind != "empty" for kind in MARKS]
    # A small thick box that a cross fills almost wholly may be left to a person.
    sure = [certainty >= 0.9 for _, certainty in found]
    assert all(sure) or (size < 10 and border == 2.0)


def test_a_faint_or_tiny_mark_is_left_to_a_person() -> None:
    paper = Paper()
    for y in (100, 160):
        paper.box(60, y, 12)
    paper.line([(64, 106), (67, 107)], 0.8)
    certainties = [judge(square)[1] for square in squares_of(paper)]
    assert certainties[0] < 0.9 <= certainties[1]


def test_letters_are_no_boxes() -> None:
    paper = Paper()
    for i, size in enumerate((8, 10, 12, 14, 18, 24)):
        paper.text(50, 50 + 60 * i, "BESKRIV OMRÅDEN DE 80 Bodö od BDO", size)
        paper.text(50, 80 + 60 * i, "D B O E 8 0 H U", size)
    assert squares_of(paper) == ()


def test_cells_of_a_small_grid_are_no_boxes() -> None:
    paper = Paper()
    paper.table(60, 60, [14] * 6, [14] * 5)
    assert squares_of(paper) == ()


@pytest.mark.parametrize(
    ("kind", "is_mark"), [("cross", True), ("small cross", True), ("empty", False), ("slash", None)]
)
def test_a_lone_cross_in_a_cell(kind: str, is_mark: bool | None) -> None:
    paper = Paper()
    paper.table(60, 60, [30, 200], [24, 24])
    paper.mark(68, 65, 12, kind)
    sheet = sheet_of(paper)
    marks = find_marks(sheet, find_grid(sheet), ())
    sure = [m for m in marks if m.cross >= SURE_CROSS]
    assert bool(sure) == bool(is_mark)
    assert bool(marks) == (kind != "empty")


def test_letters_alone_in_a_cell_are_no_crosses() -> None:
    paper = Paper()
    letters = "KMNWRAEHZ48%"
    paper.table(60, 60, [30, 200], [24] * len(letters))
    for i, letter in enumerate(letters):
        paper.text(70, 65 + 24 * i, letter, 12)
    sheet = sheet_of(paper)
    marks = find_marks(sheet, find_grid(sheet), ())
    assert len(marks) == len(letters)
    assert [m.cross >= SURE_CROSS for m in marks] == [False] * len(letters)


def test_typed_brackets() -> None:
    paper = Paper()
    for i, typed in enumerate(("[ ]", "[x]", "[ X ]", "[3]", "( )", "[se bilaga]")):
        paper.text(60, 60 + 30 * i, typed, 12)
        paper.text(100, 60 + 30 * i, "Försäkringskassan", 12)
    sheet = sheet_of(paper)
    found = find_brackets(ink_of(sheet.grey), sheet.scale)
    assert [pair.ticked for pair in sorted(found, key=lambda b: b.top)] == [False, True, True]


def test_a_shape_unlike_the_other_boxes_of_the_page_is_left_to_a_person() -> None:
    boxes = [Square(60, y, 96, y + 36, 30, 0.0, 0.0, 0.0) for y in range(100, 500, 100)]
    cut = Square(60, 600, 96, 644, 30, 0.09, 1.0, 0.0)  # a rule of the table runs through it
    assert [c >= 0.9 for _, c in verdicts([*boxes, cut])] == [True] * 4 + [False]
    assert verdicts([cut]) == [judge(cut)]


@pytest.mark.parametrize(("text", "marks"), [("x", 1), ("X", 1), ("Nej", 0), ("N", 0), ("12", 0)])
def test_a_typed_x_in_a_wide_cell(text: str, marks: int) -> None:
    paper = Paper()
    paper.table(60, 60, [230, 240], [40, 40])
    paper.text(66, 64, text)
    paper.text(296, 64, "Kyrkor och samfund")
    sheet = sheet_of(paper)
    grid = find_grid(sheet)
    found = [m for m in find_marks(sheet, grid, ()) if m.cell.column == 0]
    assert len(found) == marks


def test_a_box_that_touches_the_rule_of_its_row_is_left_to_a_person() -> None:
    paper = Paper()
    paper.table(60, 60, [150, 240], [40, 40])
    paper.box(66, 60.5, 12.5, 0.5)
    paper.text(216, 64, "Kyrkor och samfund")
    sheet = sheet_of(paper)
    grid = find_grid(sheet)
    squares = find_squares(sheet, grid.rules)
    sure = [certainty for _, certainty in map(judge, squares)]
    sure += [v[1] for m in find_marks(sheet, grid, squares) if (v := judge_mark(m, "", False))]
    assert sure and (squares or max(sure) < 0.9)
