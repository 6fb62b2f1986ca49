"""Form fields and typed-on comments in PDF."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.types import TickSign
from tests.ingest.pdf_fixtures import HEIGHT, box, put, read, write

LABELS = ["Kommuner", "Hälso- och sjukvård"]


def form(path: Path, *, appearances: bool) -> Path:
    """A page with two boxes (the second is on), a radio pair and two text fields."""

    def draw(canvas: Canvas) -> None:
        fields = canvas.acroForm
        for row, label in enumerate(LABELS[:2]):
            fields.checkbox(name=f"b{row}", x=60, y=HEIGHT - 122 - 20 * row, size=12, checked=row)
            put(canvas, 80, 120 + 20 * row, label)
        for row, label in enumerate(["Slutredovisning", "Delredovisning"]):
            fields.radio(
                name="r",
                value=f"v{row}",
                x=60,
                y=HEIGHT - 182 - 20 * row,
                size=12,
                selected=row == 0,
            )
            put(canvas, 80, 180 + 20 * row, label)
        put(canvas, 60, 240, "Sökande kommun")
        fields.textfield(name="k", x=170, y=HEIGHT - 244, width=200, height=16, value="Ljusdal")
        put(canvas, 60, 280, "Beskriv målen")
        fields.textfield(
            name="m",
            x=60,
            y=HEIGHT - 400,
            width=400,
            height=110,
            value="Första stycket.\nAndra stycket.",
            fieldFlags="multiline",
        )

    write(path, draw)
    if not appearances:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            for annotation in pdf.pages[0].Annots:
                if "/AP" in annotation:
                    del annotation["/AP"]
            pdf.save(path)
    return path


@pytest.mark.parametrize("appearances", [True, False])
def test_form_fields_stand_where_the_eye_meets_them(tmp_path: Path, appearances: bool) -> None:
    document = read(form(tmp_path / "a.pdf", appearances=appearances))
    assert document.text.splitlines() == [
        "☐ Kommuner",
        "☒ Hälso- och sjukvård",
        "☒ Slutredovisning",
        "☐ Delredovisning",
        "Sökande kommun\tLjusdal",
        "Beskriv målen",
        "Första stycket.",
        "Andra stycket.",
    ]
    assert {tick.sign for tick in document.pages[0].ticks} == {TickSign.WIDGET}


def test_a_value_that_the_page_also_prints_is_not_doubled(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 240, "Sökande kommun")
        put(canvas, 172, 240, "Ljusdal")
        canvas.acroForm.textfield(
            name="k", x=170, y=HEIGHT - 244, width=200, height=16, value="Ljusdal"
        )

    assert read(write(tmp_path / "a.pdf", draw)).text.count("Ljusdal") == 1


def test_text_typed_on_top_of_the_page_is_read(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 60, 120, "Sökande kommun:")
        box(canvas, 60, 161)
        put(canvas, 76, 160, "Kyrkor")

    path = write(tmp_path / "a.pdf", draw)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:

        def comment(contents: str, x: float, top: float, width: float) -> pikepdf.Object:
            return pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.FreeText,
                    Contents=contents,
                    DA="/Helv 10 Tf",
                    Rect=[x, HEIGHT - top - 3, x + width, HEIGHT - top + 11],
                )
            )

        pdf.pages[0].Annots = pikepdf.Array(
            [comment("Åre", 170, 120, 90), comment("x", 59, 160, 9)]
        )
        pdf.save(path)
    assert read(path).text.splitlines() == ["Sökande kommun: Åre", "☒ Kyrkor"]
