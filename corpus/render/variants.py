"""Every kind of file a report can be written as: name, suffix, and what writes it.

A variant either writes a composed sheet itself or turns files of another variant into its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from corpus.render import scan
from corpus.render.docx import write_docx
from corpus.render.docx_ticks import STYLES
from corpus.render.layout import Layout, layout
from corpus.render.mail import attachment_mail, body_mail
from corpus.render.odt import write_odt
from corpus.render.office import convert
from corpus.render.pdf_drawn import MARKS, write_drawn
from corpus.render.pdf_form import write_form
from corpus.render.pdf_turned import turn_pages
from corpus.render.rtf import write_rtf
from corpus.render.sheet import Sheet
from corpus.render.signs import Kind, signs
from corpus.render.text import encode, write_text

Family = Literal["docx", "pdf", "scan", "text", "mail", "odt", "rtf", "doc"]
Write = Callable[[Sheet, Layout], bytes]
Turn = Callable[[Sequence[bytes], Sequence[Layout]], list[bytes]]


@dataclass(frozen=True, slots=True)
class Variant:
    """One kind of file. `write` makes it from a sheet, or `turn` from files of variant `base`.

    `fixed` holds layout switches that this kind cannot vary.
    """

    name: str
    suffix: str
    family: Family
    write: Write | None = None
    base: str = ""
    turn: Turn | None = None
    fixed: tuple[tuple[str, object], ...] = ()

    def layout(self, seed: int) -> Layout:
        """Return the seed's layout as far as this kind of file can follow it."""
        return replace(layout(seed), **dict(self.fixed))  # type: ignore[arg-type]


# LibreOffice prints tracked deletions as live text: what is converted must have none.
_CALM = (("noise", False), ("holder", "plain"))
# A lone x needs a cell of its own.
_CELLS = (("tables", True),)
# A form field holds one whole answer and stands in a place of its own.
_FIELDS = (
    ("tables", True),
    ("option_place", "under"),
    ("header_place", "beside"),
    ("break_inside", False),
    ("hyphens", False),
)


# Text has no pages and no cells.
_RUNNING = (("break_inside", False),)


def _docx() -> list[Variant]:
    found = []
    for style in STYLES:
        fixed = _CELLS if style == "x" else ()
        write = partial(_write_docx, ticks=style)
        found.append(Variant(f"docx_{style}", "docx", "docx", write, fixed=fixed))
        calm = Variant(f"calm_{style}", "docx", "docx", write, fixed=fixed + _CALM)
        found.append(calm)
        turn = partial(_office, source="docx", target="pdf")
        found.append(
            Variant(f"pdf_{style}", "pdf", "pdf", base=calm.name, turn=turn, fixed=calm.fixed)
        )
    doc = partial(_office, source="docx", target="doc")
    for style in ("legacy", "glyph"):
        found.append(
            Variant(f"doc_{style}", "doc", "doc", base=f"calm_{style}", turn=doc, fixed=_CALM)
        )
    return found


def _pdf() -> list[Variant]:
    drawn = [
        Variant(f"pdf_drawn_{mark}", "pdf", "pdf", partial(_write_drawn, mark=mark))
        for mark in MARKS
    ]
    forms = [
        Variant(
            "pdf_form", "pdf", "pdf", partial(write_form, filling="appearances"), fixed=_FIELDS
        ),
        Variant(
            "pdf_form_values", "pdf", "pdf", partial(write_form, filling="values"), fixed=_FIELDS
        ),
        Variant("pdf_form_flat", "pdf", "pdf", partial(write_form, filling="flat"), fixed=_FIELDS),
    ]
    turned = Variant("pdf_turned", "pdf", "pdf", base="pdf_drawn_cross", turn=turn_pages)
    return [*drawn, *forms, turned]


def _scans() -> list[Variant]:
    """Scans of printed ticks (LibreOffice's glyphs) and of crosses made with a pen."""
    kinds: tuple[tuple[str, str, str, scan.Grade, scan.Container], ...] = (
        ("scan_clean", "pdf", "calm_pen", "clean", scan.image_pdf),
        ("scan_mid", "pdf", "calm_pen", "mid", scan.image_pdf),
        ("scan_bad", "pdf", "calm_pen", "bad", scan.image_pdf),
        ("scan_printed", "pdf", "pdf_glyph", "mid", scan.image_pdf),
        ("scan_tiff", "tif", "calm_pen", "clean", scan.tiff),
        ("scan_jpg", "jpg", "calm_pen", "mid", scan.jpeg),
        ("scan_png", "png", "pdf_glyph", "clean", scan.png),
    )
    pen = Variant(
        "calm_pen",
        "pdf",
        "pdf",
        partial(_write_drawn, mark="pen"),
        fixed=(*_CALM, ("hyphens", False)),
    )
    return [pen] + [
        Variant(
            name,
            suffix,
            "scan",
            base=base,
            turn=partial(_scan, grade=grade, container=kind),
            fixed=_CALM,
        )
        for name, suffix, base, grade, kind in kinds
    ]


def _text() -> list[Variant]:
    kinds: tuple[tuple[str, Kind, str, int], ...] = (
        ("txt_utf8", "bracket", "utf-8", 0),
        ("txt_glyph", "glyph", "utf-8", 78),
        ("txt_latin1", "round", "latin-1", 72),
        ("txt_cp1252", "bracket", "cp1252", 0),
        ("txt_pasted", "pasted", "utf-8", 0),
    )
    plain = [
        Variant(
            name,
            "txt",
            "text",
            partial(_write_text, kind=kind, encoding=encoding, width=width),
            fixed=_RUNNING + _CELLS if kind == "pasted" else _RUNNING,
        )
        for name, kind, encoding, width in kinds
    ]
    mails = [
        Variant("eml_body", "eml", "mail", _write_mail, fixed=_RUNNING),
        Variant("eml_docx", "eml", "mail", base="docx_control", turn=_attach_docx),
        Variant("eml_pdf", "eml", "mail", base="pdf_glyph", turn=_attach_pdf, fixed=_CALM),
    ]
    return plain + mails


def _write_text(sheet: Sheet, layout: Layout, kind: Kind, encoding: str, width: int) -> bytes:
    return encode(write_text(sheet, signs(kind, layout), width), encoding)


def _write_mail(sheet: Sheet, layout: Layout) -> bytes:
    typed = signs("round" if layout.seed % 2 else "bracket", layout)
    return body_mail("Redovisning kvinnofrid", write_text(sheet, typed, 76))


def _attach_docx(files: Sequence[bytes], layouts: Sequence[Layout]) -> list[bytes]:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    name = "Redovisningsblankett lokal samverkan.docx"
    return [attachment_mail("VB: Redovisning", name, data, kind) for data in files]


def _attach_pdf(files: Sequence[bytes], layouts: Sequence[Layout]) -> list[bytes]:
    name = "Återrapportering.pdf"
    return [attachment_mail("Redovisning", name, data, "application/pdf") for data in files]


def _write_docx(sheet: Sheet, layout: Layout, ticks: str) -> bytes:
    return write_docx(sheet, layout, ticks)


def _write_drawn(sheet: Sheet, layout: Layout, mark: str) -> bytes:
    return write_drawn(sheet, layout, mark)


def _office(
    files: Sequence[bytes], layouts: Sequence[Layout], source: str, target: str
) -> list[bytes]:
    return convert(files, source, target)


def _scan(
    files: Sequence[bytes], layouts: Sequence[Layout], grade: scan.Grade, container: scan.Container
) -> list[bytes]:
    return [
        scan.scan(data, grade, container, lay.seed)
        for data, lay in zip(files, layouts, strict=True)
    ]


def _others() -> list[Variant]:
    calm = Variant("odt_glyph", "odt", "odt", write_odt, fixed=_CALM)
    return [calm, Variant("rtf_fields", "rtf", "rtf", write_rtf, fixed=_CALM)]


_ALL = {v.name: v for v in (*_docx(), *_pdf(), *_scans(), *_text(), *_others())}
# What others ask for by name; the calm ones are only steps on the way.
VARIANTS = {name: v for name, v in _ALL.items() if not name.startswith("calm_")}


def variant(name: str) -> Variant:
    """Return a variant by name. Raises KeyError with the known names."""
    if name not in _ALL:
        raise KeyError(f"unknown variant {name!r}; known: {', '.join(VARIANTS)}")
    return _ALL[name]
