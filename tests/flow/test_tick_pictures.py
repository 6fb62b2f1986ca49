"""A tick that a scan left in doubt comes to the reviewer with its picture."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from PIL import Image, ImageDraw

from annotations.codebook import load as load_codebook
from corpus.types import (
    Box,
    Choice,
    Document,
    DocumentKind,
    Page,
    Reading,
    Submission,
    Tick,
    TickSign,
)
from pipeline.engine.processes import Limits
from pipeline.inbox import Source
from pipeline.review.labels import Labels
from pipeline.review.workbook.write import write_workbook
from pipeline.tick_pictures import tick_pictures

BOX = Box(72, 144, 84, 156)


class OneDocument:
    """A library of one scanned page."""

    def __init__(self, path, certainty):
        tick = Tick(0, 1, True, TickSign.SCANNED, certainty, BOX)
        page = Page(1, 0, 20, 595, 842, Reading.OCR, (), (tick,))
        self.sources = {"skannad.png": Source("skannad.png", path, "abc")}
        self._document = Document("skannad.png", "abc", "png", "☒ Kyrkor och samfund", (page,))

    def document(self, name):
        assert name == "skannad.png"
        return self._document


def scanned(tmp_path, certainty):
    image = Image.new("L", (1654, 2339), 255)
    draw = ImageDraw.Draw(image)
    scale = 200 / 72
    draw.rectangle([v * scale for v in (72, 144, 84, 156)], outline=0, width=3)
    path = tmp_path / "skannad.png"
    image.save(path, dpi=(200, 200))
    choice = Choice("aktor", "kyrka_samfund", True, 0, 1, TickSign.SCANNED, certainty)
    submission = Submission(
        "skannad.png",
        1,
        DocumentKind.BLANKETT_SLUT,
        1.0,
        "",
        form="redovisning_slut",
        choices=(choice,),
    )
    return {"skannad.png": (submission,)}, OneDocument(path, certainty)


@pytest.mark.parametrize(("certainty", "listed"), [(0.5, 1), (0.89, 1), (0.9, 0), (1.0, 0)])
def test_only_doubtful_ticks_are_listed(tmp_path, certainty, listed):
    submissions, library = scanned(tmp_path, certainty)
    found = tick_pictures(submissions, library, 1, Limits())
    assert len(found) == listed


def test_the_picture_shows_the_box_and_lies_in_the_workbook(tmp_path):
    submissions, library = scanned(tmp_path, 0.6)
    (tick,) = tick_pictures(submissions, library, 1, Limits())
    picture = Image.open(io.BytesIO(tick.picture)).convert("L")
    assert any(picture.histogram()[:80])
    assert picture.width > 3 * picture.height
    assert tick.checked and "yrk" in tick.label

    path = tmp_path / "granskning.xlsx"
    labels = Labels(load_codebook())
    write_workbook((), labels, "k", path, title="Prov", made=date(2026, 1, 1), ticks=(tick,))
    sheet: Any = openpyxl.load_workbook(path)["Osäkra kryss"]
    assert [c.value for c in sheet[5]][:4] == ["skannad.png", "1", tick.label, "Ikryssad"]
    assert len(sheet._images) == 1


def test_a_picture_that_cannot_be_cut_loses_no_tick(tmp_path):
    submissions, library = scanned(tmp_path, 0.6)
    library.sources["skannad.png"].path.write_bytes(b"\x89PNG\r\n\x1a\nskadad")
    (tick,) = tick_pictures(submissions, library, 1, Limits())
    assert tick.picture == b""
