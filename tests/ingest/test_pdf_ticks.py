"""Ticks in PDF: drawn, typed, set in symbol fonts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.types import TickSign
from tests.ingest.pdf_fixtures import HEIGHT, box, grid, put, read, signs, write

LABELS = ["Kommuner", "Hälso- och sjukvård", "Kyrkor och samfund"]
Mark = Callable[[Canvas, float, float], None]
"""Puts ink into the box whose lower left corner is x, top (10 points wide)."""


def crossing(canvas: Canvas, x: float, top: float) -> None:
    canvas.line(x + 1, HEIGHT - top + 1, x + 9, HEIGHT - top + 9)
    canvas.line(x + 1, HEIGHT - top + 9, x + 9, HEIGHT - top + 1)


def check_path(canvas: Canvas, x: float, top: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x + 2, HEIGHT - top + 5)
    path.lineTo(x + 4, HEIGHT - top + 2)
    path.lineTo(x + 11, HEIGHT - top + 12)
    canvas.drawPath(path)


def pen(canvas: Canvas, x: float, top: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x, HEIGHT - top)
    path.curveTo(x + 3, HEIGHT - top + 9, x + 5, HEIGHT - top + 1, x + 9, HEIGHT - top + 8)
    canvas.drawPath(path)


def letter(canvas: Canvas, x: float, top: float) -> None:
    put(canvas, x + 2, top - 1.5, "X", size=9)


def dingbat(canvas: Canvas, x: float, top: float) -> None:
    put(canvas, x + 1, top - 1.5, "✔", "ZapfDingbats", 10)


def solid(canvas: Canvas, x: float, top: float) -> None:
    canvas.rect(x + 2, HEIGHT - top + 2, 6, 6, stroke=0, fill=1)


def four_lines(canvas: Canvas, x: float, top: float) -> None:
    y = HEIGHT - top
    for line in ((x, y, x + 10, y), (x, y + 10, x + 10, y + 10), (x, y, x, y + 10)):
        canvas.line(*line)
    canvas.line(x + 10, y, x + 10, y + 10)


def circle(canvas: Canvas, x: float, top: float) -> None:
    canvas.circle(x + 5, HEIGHT - top + 5, 5)


def rounded(canvas: Canvas, x: float, top: float) -> None:
    canvas.roundRect(x, HEIGHT - top, 10, 10, 2)


def frame_of_two(canvas: Canvas, x: float, top: float) -> None:
    canvas.rect(x, HEIGHT - top, 10, 10)
    canvas.rect(x + 1, HEIGHT - top + 1, 8, 8)


@pytest.mark.parametrize("mark", [crossing, check_path, pen, letter, dingbat, solid])
@pytest.mark.parametrize("outline", [box, four_lines, rounded, frame_of_two])
def test_ink_in_a_drawn_box_ticks_it(tmp_path: Path, mark: Mark, outline: Mark) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            top = 120 + 20 * row
            outline(canvas, 60, top)
            put(canvas, 76, top - 1, label)
        mark(canvas, 60, 140)

    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text.splitlines() == [f"☐ {LABELS[0]}", f"☒ {LABELS[1]}", f"☐ {LABELS[2]}"]
    (page,) = document.pages
    assert [tick.sign for tick in page.ticks] == [TickSign.DRAWN] * 3
    assert page.ticks[1].box is not None
    assert abs(page.ticks[1].box.x0 - 60) < 1


@pytest.mark.parametrize("mark", [solid, crossing])
def test_radio_circles_are_boxes(tmp_path: Path, mark: Mark) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            circle(canvas, 60, 120 + 20 * row)
            put(canvas, 76, 119 + 20 * row, label)
        mark(canvas, 60, 120)

    assert [checked for checked, _ in signs(read(write(tmp_path / "a.pdf", draw)))] == [
        True,
        False,
        False,
    ]


def test_a_box_after_its_label(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            put(canvas, 60, 120 + 20 * row, label)
            box(canvas, 300, 121 + 20 * row)
        crossing(canvas, 300, 161)

    assert read(write(tmp_path / "a.pdf", draw)).text.splitlines() == [
        "Kommuner\t☐",
        "Hälso- och sjukvård\t☐",
        "Kyrkor och samfund\t☒",
    ]


def test_boxes_side_by_side_stand_before_their_labels(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 120, "Är projektet avslutat?")
        for x, label in ((220, "Ja"), (300, "Nej")):
            box(canvas, x, 121)
            put(canvas, x + 15, 120, label)
        crossing(canvas, 300, 121)

    assert signs(read(write(tmp_path / "a.pdf", draw))) == [(False, "Ja"), (True, "Nej")]


def test_boxes_in_cells_of_a_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 85, 300, 500], [100, 130, 160])
        for row, label in enumerate(LABELS[:2]):
            box(canvas, 67, 120 + 30 * row)
            put(canvas, 90, 119 + 30 * row, label)
            put(canvas, 305, 119 + 30 * row, "Ange vilka")
        crossing(canvas, 67, 150)

    document = read(write(tmp_path / "a.pdf", draw))
    assert signs(document) == [(False, "Kommuner"), (True, "Hälso- och sjukvård")]
    cells = [line.cell and (line.cell.row, line.cell.column) for line in document.pages[0].lines]
    assert cells == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("sign", "checked", "kind"),
    [
        ("[x]", True, TickSign.BRACKET),
        ("[ ]", False, TickSign.BRACKET),
        ("(X)", True, TickSign.BRACKET),
        ("( )", False, TickSign.BRACKET),
    ],
)
def test_typed_brackets(tmp_path: Path, sign: str, checked: bool, kind: TickSign) -> None:
    document = read(write(tmp_path / "a.pdf", lambda c: put(c, 60, 100, f"{sign} Kommuner")))
    (tick,) = document.pages[0].ticks
    assert (tick.checked, tick.sign) == (checked, kind)
    assert document.text[tick.start : tick.end] == sign


@pytest.mark.parametrize("typed", ["x", "X"])
def test_a_lone_x_in_a_cell(tmp_path: Path, typed: str) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 85, 400], [100, 130, 160])
        put(canvas, 69, 119, typed)
        put(canvas, 90, 119, LABELS[0])
        put(canvas, 90, 149, LABELS[1])

    document = read(write(tmp_path / "a.pdf", draw))
    assert signs(document) == [(True, LABELS[0])]
    assert document.pages[0].ticks[0].sign is TickSign.TYPED_X


def test_zapf_dingbats_alone(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 100, "❏", "ZapfDingbats")
        put(canvas, 80, 100, LABELS[0])
        put(canvas, 60, 120, "✔", "ZapfDingbats")
        put(canvas, 80, 120, LABELS[1])

    assert [checked for checked, _ in signs(read(write(tmp_path / "a.pdf", draw)))] == [False, True]


def picture(canvas: Canvas, x: float, top: float, *, checked: bool, outline: bool = True) -> None:
    image = Image.new("L", (40, 40), 255)
    pen = ImageDraw.Draw(image)
    if outline:
        pen.rectangle((1, 1, 38, 38), outline=0, width=3)
    if checked:
        pen.line((8, 8, 32, 32), fill=0, width=4)
        pen.line((8, 32, 32, 8), fill=0, width=4)
    canvas.drawImage(ImageReader(image), x, HEIGHT - top, 10, 10)


def test_small_pictures_of_boxes(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            picture(canvas, 60, 121 + 20 * row, checked=row == 2)
            put(canvas, 76, 120 + 20 * row, label)

    ticks = signs(read(write(tmp_path / "a.pdf", draw)))
    assert ticks == [(False, LABELS[0]), (False, LABELS[1]), (True, LABELS[2])]


def test_a_picture_of_a_mark_in_a_drawn_box(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            box(canvas, 60, 121 + 20 * row)
            put(canvas, 76, 120 + 20 * row, label)
        picture(canvas, 60, 141, checked=True, outline=False)

    assert [on for on, _ in signs(read(write(tmp_path / "a.pdf", draw)))] == [False, True, False]


def browser_box(canvas: Canvas, x: float, top: float, *, checked: bool) -> None:
    """A box as browsers print it: rounded, filled with blue and a white mark when it is on."""
    blue = (0.0, 0.46, 1.0)
    if checked:
        canvas.setFillColorRGB(*blue)
        canvas.roundRect(x, HEIGHT - top, 10, 10, 2, stroke=0, fill=1)
        canvas.setStrokeColorRGB(1, 1, 1)
        check_path(canvas, x, top)
    else:
        canvas.setStrokeColorRGB(0.46, 0.46, 0.46)
        canvas.roundRect(x, HEIGHT - top, 10, 10, 2, stroke=1, fill=0)
    canvas.setStrokeColorRGB(0, 0, 0)
    canvas.setFillColorRGB(0, 0, 0)


@pytest.mark.parametrize("on", [(True, False, True), (True, True, True), (False, False, False)])
def test_boxes_as_browsers_print_them(tmp_path: Path, on: tuple[bool, ...]) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            browser_box(canvas, 60, 121 + 20 * row, checked=on[row])
            put(canvas, 76, 120 + 20 * row, label)

    assert tuple(checked for checked, _ in signs(read(write(tmp_path / "a.pdf", draw)))) == on


# --- what looks like a tick and is none -----------------------------------------------------


def test_filled_squares_as_list_marks_are_no_ticks(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, label in enumerate(LABELS):
            canvas.rect(60, HEIGHT - 120 - 20 * row, 6, 6, stroke=0, fill=1)
            put(canvas, 76, 120 + 20 * row, label)

    assert signs(read(write(tmp_path / "a.pdf", draw))) == []


def test_coloured_keys_of_a_chart_are_no_ticks(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for row, colour in enumerate([(0.2, 0.4, 0.9), (0.9, 0.5, 0.1)]):
            canvas.setFillColorRGB(*colour)
            canvas.rect(60, HEIGHT - 120 - 20 * row, 8, 8, stroke=0, fill=1)
            canvas.setFillColorRGB(0, 0, 0)
            put(canvas, 76, 119 + 20 * row, LABELS[row])

    assert signs(read(write(tmp_path / "a.pdf", draw))) == []


def test_icons_are_no_boxes(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        picture(canvas, 60, 121, checked=True, outline=False)
        put(canvas, 76, 120, "kvinnofrid@kommunen.example")

    assert signs(read(write(tmp_path / "a.pdf", draw))) == []


def test_a_square_around_a_number_is_no_box(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        box(canvas, 60, 122, side=14)
        put(canvas, 64, 119, "7")
        put(canvas, 80, 119, "Integrera i ordinarie verksamhet")

    document = read(write(tmp_path / "a.pdf", draw))
    assert signs(document) == []
    assert "7 Integrera" in document.text


def test_small_cells_of_a_table_are_no_boxes(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, [60, 72, 300], [100, 112, 124])
        put(canvas, 80, 110, LABELS[0])
        put(canvas, 80, 122, LABELS[1])

    assert signs(read(write(tmp_path / "a.pdf", draw))) == []
