"""Form fields and typed-on comments of a page as words at their places; nothing is flattened."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from corpus.types import Box, TickSign
from pipeline.ingest.pdf_boxes import align, tick_word
from pipeline.ingest.pdf_frame import Frame
from pipeline.ingest.pdf_shapes import Shapes
from pipeline.ingest.pdf_words import Word

HIDDEN = 0x02 | 0x20  # Hidden, NoView
LINE = 13.0
"""Height in points given to each line of a field's value."""

TEXT_FIELDS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
BOX_FIELDS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
DRAWN_ON = (
    pdfium.FPDF_ANNOT_INK,
    pdfium.FPDF_ANNOT_STAMP,
    pdfium.FPDF_ANNOT_POLYLINE,
    pdfium.FPDF_ANNOT_LINE,
)


def place_annotations(
    page: Any, form: Any, frame: Frame, shapes: Shapes, words: list[Word]
) -> list[Word]:
    """Return the words with those of filled fields, boxes and typed-on comments.

    `form` is pdfium's form environment (`/V` is read before anything is drawn) or None. What the
    page draws under a field's box, and page text that repeats a field's value, is left out; strokes
    of a pen are added to `shapes`.
    """
    kept, added, ticks = list(words), [], []
    for annotation, kind in _annotations(page):
        box = _rectangle(annotation, frame)
        if kind in DRAWN_ON:
            shapes.strokes.append(box)
        elif kind == pdfium.FPDF_ANNOT_FREETEXT:
            added += _value_words(_string(annotation, b"Contents"), box)
        elif kind == pdfium.FPDF_ANNOT_WIDGET and form:
            field = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
            if field in BOX_FIELDS:
                checked = _checked(form, annotation)
                shapes.squares = [s for s in shapes.squares if not _touch(s.box, box)]
                kept = [w for w in kept if len(w.text) > 1 or not _within(w, box)]
                ticks.append(tick_word(box, checked, TickSign.WIDGET, 1.0))
            elif field in TEXT_FIELDS:
                value = _field_value(form, annotation)
                under = "".join(w.text for w in kept if _within(w, box))
                if _plain(value) != _plain(under) or not under:
                    added += _value_words(value, box)
    for value_word in added:
        if not value_word.ends:
            align(value_word, words)
    for tick in ticks:
        align(tick, kept + added)
    return kept + added + ticks


def _annotations(page: Any) -> Iterator[tuple[Any, int]]:
    for i in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        if not annotation:
            continue
        try:
            if not pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN:
                yield annotation, pdfium.FPDFAnnot_GetSubtype(annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _rectangle(annotation: Any, frame: Frame) -> Box:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, rect)
    return frame.box(rect.left, rect.bottom, rect.right, rect.top)


def _checked(form: Any, annotation: Any) -> bool:
    """Tell whether a box is on; one without appearances has its state only as `/AS` or `/V`."""
    if pdfium.FPDFAnnot_IsChecked(form, annotation):
        return True
    state = _string(annotation, b"AS") or ""
    return state not in ("", "Off")


def _field_value(form: Any, annotation: Any) -> str:
    size = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _string(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", "replace")


def _value_words(value: str, box: Box) -> list[Word]:
    """Return one word for each line of a field's value, from the top of the field downwards."""
    lines = [line for line in re.split(r"[\r\n]+", value) if line.strip()]
    if not lines:
        return []
    tall = box.bottom - box.top
    height = min(tall / len(lines), LINE)
    # One line stands in the middle of a low field, at the top of a high one.
    top = box.top + max(0.0, (tall - height) / 2) if tall < 2 * LINE else box.top
    words = []
    for line in lines:
        bottom = top + height
        base = bottom - 0.25 * height
        words.append(Word(line.strip(), box.x0, top, box.x1, bottom, base, ends=len(lines) > 1))
        top = bottom
    return words


def _plain(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _within(word: Word, box: Box) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _touch(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
