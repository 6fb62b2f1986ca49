"""Where boxes of PDF pages stand: at the right margin, over their labels, close to frames."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.ingest.pdf_fixtures import HEIGHT, box, put, read, signs, write

LABELS = ["Kommuner", "Kyrkor och samfund", "Andra"]


def cross(canvas: Canvas, x: float, top: float) -> None:
    canvas.line(x + 1, HEIGHT - top + 1, x + 9, HEIGHT - top + 9)
    canvas.line(x + 1, HEIGHT - top + 9, x + 9, HEIGHT - top + 1)


def test_a_column_of_boxes_at_the_margin_belongs_to_labels_far_left(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i, label in enumerate(LABELS):
            put(canvas, 60, 100 + 20 * i, label)
            box(canvas, 520, 100 + 20 * i)
        cross(canvas, 520, 120)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == "Kommuner\t☐\nKyrkor och samfund\t☒\nAndra\t☐\n"


def test_a_single_square_far_from_any_word_is_an_ornament(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 100, "Kommuner")
        box(canvas, 520, 100)

    assert signs(read(write(tmp_path / "a.pdf", draw))) == []


def test_a_box_right_of_a_wrapped_label_does_not_cut_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i in range(3):
            put(canvas, 60, 100 + 40 * i, f"Alltid {i} som har varit med i arbetet under hela")
            put(canvas, 60, 114 + 40 * i, "tiden och gärna fortsätter")
            box(canvas, 400, 100 + 40 * i)
        cross(canvas, 400, 180)

    document = read(write(tmp_path / "a.pdf", draw))
    assert document.text.split("\n")[:3] == [
        f"{sign} Alltid {i} som har varit med i arbetet under hela tiden och gärna fortsätter"
        for i, sign in enumerate("☐☐☒")
    ]


def test_a_box_at_the_end_of_a_wrapped_label_stays_there(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i, label in enumerate(LABELS):
            put(canvas, 60, 100 + 40 * i, f"{label} som har varit med i arbetet under hela")
            put(canvas, 60, 114 + 40 * i, "tiden och gärna fortsätter")
            box(canvas, 400, 114 + 40 * i)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text.count("fortsätter\t☐\n") == 3


def test_boxes_on_lines_of_their_own_over_their_labels(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for i, label in enumerate(LABELS):
            box(canvas, 60, 100 + 30 * i)
            put(canvas, 60, 113 + 30 * i, label)
        cross(canvas, 60, 160)

    assert signs(read(write(tmp_path / "a.pdf", draw))) == [
        (False, "Kommuner"),
        (False, "Kyrkor och samfund"),
        (True, "Andra"),
    ]


def test_signs_of_a_column_are_read_row_by_row(tmp_path: Path) -> None:
    labels = ["stöd till kvinnor", "hedersvåld", "skyddat boende"]

    def draw(canvas: Canvas) -> None:
        for i, label in enumerate(labels):
            put(canvas, 60, 100 + 20 * i, label)
            box(canvas, 300, 100 + 20 * i)

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == "".join(f"{label}\t☐\n" for label in labels)


def test_a_box_of_lines_close_above_a_frame_is_no_part_of_it(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        y = HEIGHT - 100
        for line in (
            (60, y, 70, y),
            (60, y + 10, 70, y + 10),
            (60, y, 60, y + 10),
            (70, y, 70, y + 10),
        ):
            canvas.line(*line)
        cross(canvas, 60, 100)
        put(canvas, 76, 99, "Frågan är inte relevant")
        canvas.rect(60, y - 42.8, 400, 40)
        put(canvas, 66, 118, "Det var en kurs.")

    text = read(write(tmp_path / "a.pdf", draw)).text
    assert text == "☒ Frågan är inte relevant\nDet var en kurs.\n"
