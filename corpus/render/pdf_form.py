"""AcroForm PDF written with pikepdf: filled with or without appearances, or flattened."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.render.layout import Layout
from corpus.render.pdf_flow import FIELD_SIZE, write_pages
from corpus.render.pdf_text import break_lines
from corpus.render.sheet import Box, Para, Run, Sheet

Filling = Literal["appearances", "values", "flat"]


@dataclass(frozen=True, slots=True)
class _Widget:
    """A field's place (left, bottom, right, top) and value: a bool for a box, else text."""

    page: int
    rect: tuple[float, ...]
    value: bool | str


def write_form(sheet: Sheet, layout: Layout, filling: Filling) -> bytes:
    """Return a filled-in form.

    `appearances`: fields with pictures of their values, as a PDF program saves them. `values`: /V
    and /AS only, the viewer draws (NeedAppearances). `flat`: the pictures are page content and no
    field is left.
    """
    pen = _FormPen()
    base = write_pages(sheet, pen, layout.hyphens)
    with pikepdf.open(io.BytesIO(base)) as pdf:
        builder = _Builder(pdf, filling, sheet.size)
        for number, widget in enumerate(pen.widgets, start=1):
            builder.add(number, widget)
        builder.finish()
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


class _FormPen:
    """Notes down where fields go; draws nothing."""

    fields = True

    def __init__(self) -> None:
        self.widgets: list[_Widget] = []

    def box(self, canvas: Canvas, box: Box, page: int, x: float, y: float, size: float) -> None:
        self.widgets.append(_Widget(page, (x, y, x + size, y + size), box.checked))

    def field(self, page: int, rect: tuple[float, ...], question: str, text: str) -> None:
        self.widgets.append(_Widget(page, rect, text))


class _Builder:
    """Adds widgets to a PDF one by one, then the form dictionary."""

    def __init__(self, pdf: pikepdf.Pdf, filling: Filling, size: float) -> None:
        self.pdf, self.filling, self.size = pdf, filling, min(size, FIELD_SIZE)
        self.fields: list[pikepdf.Object] = []
        helvetica = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name.Helvetica,
            Encoding=Name.WinAnsiEncoding,
        )
        dingbats = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
        self.fonts = Dictionary(Helv=pdf.make_indirect(helvetica), ZaDb=pdf.make_indirect(dingbats))

    def add(self, number: int, widget: _Widget) -> None:
        picture = self._picture(widget)
        if self.filling == "flat":
            self._merge(number, widget, picture)
            return
        page = self.pdf.pages[widget.page]
        field = Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, Rect=Array(_round(widget.rect)), F=4, P=page.obj
        )
        if isinstance(widget.value, str):
            self._text_field(field, number, widget.value, picture)
        else:
            self._check_box(field, number, widget, picture)
        field = self.pdf.make_indirect(field)
        self.fields.append(field)
        if Name.Annots not in page.obj:
            page.obj.Annots = Array([])
        page.obj.Annots.append(field)

    def finish(self) -> None:
        if self.filling == "flat":
            return
        form = Dictionary(
            Fields=Array(self.fields), DR=Dictionary(Font=self.fonts), DA=String("/Helv 0 Tf 0 g")
        )
        if self.filling == "values":
            form.NeedAppearances = True
        self.pdf.Root.AcroForm = form

    def _text_field(
        self, field: Dictionary, number: int, text: str, picture: pikepdf.Object
    ) -> None:
        field.FT, field.T = Name.Tx, String(f"Text{number}")
        field.Ff = 1 << 12  # multi-line
        field.V = String(text.replace("\n", "\r"))
        field.DA = String(f"/Helv {self.size:g} Tf 0 g")
        field.MK = Dictionary()
        if self.filling == "appearances":
            field.AP = Dictionary(N=picture)

    def _check_box(
        self, field: Dictionary, number: int, widget: _Widget, picture: pikepdf.Object
    ) -> None:
        # Programs name the state "on" differently; Acrobat writes Yes in English and Ja in Swedish.
        on = (Name.Yes, Name.Ja, Name.On)[number % 3]
        state = on if widget.value else Name.Off
        field.FT, field.T, field.V, field.AS = Name.Btn, String(f"Kryssruta{number}"), state, state
        field.DA = String("/ZaDb 0 Tf 0 g")
        field.MK = Dictionary(CA=String("8"), BC=Array([0]))
        if self.filling == "appearances":
            other = self._picture(_Widget(widget.page, widget.rect, not widget.value))
            pictures = (picture, other) if widget.value else (other, picture)
            field.AP = Dictionary(N=Dictionary({str(on): pictures[0], "/Off": pictures[1]}))

    def _picture(self, widget: _Widget) -> pikepdf.Object:
        """Return the appearance stream of a widget, its lower left corner at the origin."""
        wide, high = widget.rect[2] - widget.rect[0], widget.rect[3] - widget.rect[1]
        if isinstance(widget.value, str):
            content = self._text_content(widget.value, wide, high)
        else:
            content = f"0.7 w 0.35 0.35 {wide - 0.7:.2f} {high - 0.7:.2f} re S".encode()
            if widget.value:
                start = f"{wide * 0.12:.2f} {high * 0.16:.2f} Td"
                content += f"\nq BT /ZaDb {high:.2f} Tf {start} (8) Tj ET Q".encode()
        stream = self.pdf.make_stream(content)
        stream.Type, stream.Subtype, stream.FormType = Name.XObject, Name.Form, 1
        stream.BBox = Array([0, 0, round(wide, 2), round(high, 2)])
        stream.Resources = Dictionary(Font=self.fonts)
        return stream

    def _text_content(self, text: str, wide: float, high: float) -> bytes:
        size = self.size
        lines = _wrap(text, wide - 4, size)
        while len(lines) * size * 1.16 > high and size > 5:
            size -= 0.5
            lines = _wrap(text, wide - 4, size)
        steps = [b"/Tx BMC q BT 0 g"]
        steps.append(f"/Helv {size:g} Tf {size * 1.16:.2f} TL 2 {high - size - 1:.2f} Td".encode())
        for line in lines:
            raw = line.encode("cp1252", "replace")
            for char in (b"\\", b"(", b")"):
                raw = raw.replace(char, b"\\" + char)
            steps.append(b"(" + raw + b") Tj T*")
        return b"\n".join([*steps, b"ET Q EMC"])

    def _merge(self, number: int, widget: _Widget, picture: pikepdf.Object) -> None:
        page = self.pdf.pages[widget.page]
        name = page.add_resource(picture, Name.XObject, Name(f"/Fm{number}"))
        x, y = _round(widget.rect)[:2]
        page.contents_add(f"q 1 0 0 1 {x} {y} cm {name} Do Q".encode())


def _wrap(text: str, width: float, size: float) -> list[str]:
    """Break text into Helvetica lines."""

    def measure(part: str, bold: bool, points: float) -> float:
        return float(pdfmetrics.stringWidth(part, "Helvetica", points))

    lines = []
    for paragraph in text.split("\n"):
        for line in break_lines(Para((Run(paragraph),)), width, size, measure, hyphens=False):
            lines.append(" ".join(piece.text for piece in line.pieces))
    return lines


def _round(rect: tuple[float, ...]) -> list[float]:
    return [round(value, 2) for value in rect]
