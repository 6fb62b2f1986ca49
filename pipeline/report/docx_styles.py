"""The styles of the Word report."""

from __future__ import annotations

from pipeline.report.docx_xml import Element, el, val, xml

FONT = "Calibri"
INK, LINE, SHADE = "1F2933", "9AA5B1", "E9EDF1"
LANGUAGE = "sv-SE"
BULLETS, STEPS = 1, 2  # the abstract lists of numbering.xml
TABLE_SIZE, SMALL_SIZE = 9, 7.5  # points; the small one is for tables with many columns
_HEADINGS = {1: (17, 360, 120), 2: (13.5, 280, 80), 3: (11.5, 200, 60)}


def styles() -> bytes:
    """Return styles.xml: Word's own style names, so that its panes and tables find them."""
    return xml(
        el(
            "w:styles",
            el(
                "w:docDefaults",
                el("w:rPrDefault", el("w:rPr", _fonts(), *_size(10.5), _language())),
                el("w:pPrDefault", el("w:pPr", _spacing(0, 120, 269))),
            ),
            _style("Normal", "Normal", default=True),
            *(_heading(level) for level in _HEADINGS),
            _style("Title", "Title", para=[_spacing(1200, 120)], text=_text(28, bold=True)),
            _style("Subtitle", "Subtitle", para=[_spacing(0, 120)], text=_text(14)),
            _style("Date", "Date", para=[_spacing(0, 600)], text=_text(10.5)),
            _style(
                "TOCHeading",
                "TOC Heading",
                para=[el("w:keepNext"), _spacing(360, 120)],
                text=_text(17, bold=True),
            ),
            *(
                _style(f"TOC{n}", f"toc {n}", para=[*_toc_tab(), _spacing(before, 40), _left(left)])
                for n, before, left in ((1, 80, 0), (2, 0, 284), (3, 0, 567))
            ),
            _style(
                "Caption",
                "caption",
                para=[el("w:keepNext"), el("w:keepLines"), _spacing(240, 80)],
                text=_text(10, bold=True),
            ),
            _style("Figure", "Figur", para=[el("w:keepNext"), _spacing(200, 40, 240)]),
            _style("TableText", "Tabelltext", para=[_spacing(20, 20, 240)], text=_text(TABLE_SIZE)),
            _style(
                "TableTextSmall",
                "Tabelltext liten",
                para=[_spacing(20, 20, 240)],
                text=_text(SMALL_SIZE),
            ),
            _style("TableNote", "Tabellnot", para=_note(), text=_text(8.5)),
            _style("ListBullet", "List Bullet", para=_listed(BULLETS)),
            _style("ListNumber", "List Number", para=_listed(STEPS)),
            _style("Footer", "footer", para=[_spacing(0, 0, 240)], text=_text(8.5)),
            _style(
                "DefaultParagraphFont", "Default Paragraph Font", kind="character", default=True
            ),
            _style(
                "NoteMark",
                "Notmarkering",
                kind="character",
                text=[val("w:vertAlign", "superscript")],
            ),
            _table_normal(),
            _report_table(),
        )
    )


def _heading(level: int) -> Element:
    size, before, after = _HEADINGS[level]
    para = [
        el("w:keepNext"),
        el("w:keepLines"),
        el("w:suppressAutoHyphens"),
        _spacing(before, after, 240),
        val("w:outlineLvl", level - 1),
    ]
    return _style(f"Heading{level}", f"heading {level}", para=para, text=_text(size, bold=True))


def _style(
    identity: str,
    name: str,
    *,
    kind: str = "paragraph",
    default: bool = False,
    para: list[Element] | None = None,
    text: list[Element] | None = None,
) -> Element:
    """Return a style; paragraphs other than Normal build on it and are followed by it."""
    own = kind == "paragraph" and not default
    latent = identity in ("Normal", "Title", "Subtitle", "Caption") or identity[:7] == "Heading"
    return el(
        "w:style",
        {"w:type": kind, "w:styleId": identity}
        | ({"w:default": "1"} if default else {})
        | ({} if name in _BUILT_IN or name[:4] in ("head", "toc ") else {"w:customStyle": "1"}),
        val("w:name", name),
        val("w:basedOn", "Normal") if own else None,
        val("w:next", "Normal") if own and not identity.startswith("List") else None,
        val("w:uiPriority", 99) if kind == "character" and default else None,
        el("w:semiHidden") if kind == "character" and default else None,
        el("w:qFormat") if latent else None,
        el("w:pPr", *para) if para else None,
        el("w:rPr", *text) if text else None,
    )


_BUILT_IN = frozenset(
    (
        "Normal",
        "Title",
        "Subtitle",
        "Date",
        "TOC Heading",
        "caption",
        "List Bullet",
        "List Number",
        "footer",
        "Default Paragraph Font",
    )
)


def _table_normal() -> Element:
    edges = {"w:left": 108, "w:right": 108}
    return el(
        "w:style",
        {"w:type": "table", "w:default": "1", "w:styleId": "TableNormal"},
        val("w:name", "Normal Table"),
        val("w:uiPriority", 99),
        el("w:semiHidden"),
        el("w:unhideWhenUsed"),
        el(
            "w:tblPr",
            el("w:tblInd", {"w:w": 0, "w:type": "dxa"}),
            el("w:tblCellMar", *(el(e, {"w:w": w, "w:type": "dxa"}) for e, w in edges.items())),
        ),
    )


def _report_table() -> Element:
    """Rules between rows, a shaded head, and a sum set off by a rule: it reads in grey too."""
    strong, weak = edge(8, INK), edge(4, "C5CDD5")
    margins = el(
        "w:tblCellMar",
        *(el(f"w:{e}", {"w:w": 70, "w:type": "dxa"}) for e in ("left", "right")),
    )
    return el(
        "w:style",
        {"w:type": "table", "w:customStyle": "1", "w:styleId": "ReportTable"},
        val("w:name", "Rapporttabell"),
        val("w:basedOn", "TableNormal"),
        val("w:uiPriority", 59),
        el("w:qFormat"),
        el(
            "w:tblPr",
            el(
                "w:tblBorders",
                el("w:top", strong),
                el("w:bottom", strong),
                el("w:insideH", weak),
            ),
            margins,
        ),
        _part("firstRow", el("w:tcBorders", el("w:bottom", strong)), SHADE),
        _part("lastRow", el("w:tcBorders", el("w:top", strong)), ""),
    )


def _part(kind: str, borders: Element, fill: str) -> Element:
    shade = el("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": fill}) if fill else None
    return el(
        "w:tblStylePr",
        {"w:type": kind},
        el("w:rPr", el("w:b")),
        el("w:tcPr", borders, shade),
    )


def _listed(number: int) -> list[Element]:
    return [el("w:numPr", val("w:numId", number)), _spacing(0, 60)]


def _note() -> list[Element]:
    return [el("w:keepLines"), _spacing(50, 0, 240)]


def _toc_tab() -> list[Element]:
    return [el("w:tabs", el("w:tab", {"w:val": "right", "w:leader": "dot", "w:pos": 9070}))]


def _fonts() -> Element:
    return el("w:rFonts", {f"w:{k}": FONT for k in ("ascii", "hAnsi", "eastAsia", "cs")})


def _size(points: float) -> list[Element]:
    return [val("w:sz", round(points * 2)), val("w:szCs", round(points * 2))]


def _text(points: float, *, bold: bool = False) -> list[Element]:
    return [*([el("w:b"), el("w:bCs")] if bold else []), val("w:color", INK), *_size(points)]


def _language() -> Element:
    return el("w:lang", {"w:val": LANGUAGE, "w:eastAsia": LANGUAGE, "w:bidi": "ar-SA"})


def _spacing(before: int, after: int, line: int = 0) -> Element:
    lines = {"w:line": line, "w:lineRule": "auto"} if line else {}
    return el("w:spacing", {"w:before": before, "w:after": after} | lines)


def _left(left: int) -> Element:
    return el("w:ind", {"w:left": left})


def edge(eighths: int, colour: str, space: int = 0) -> dict[str, object]:
    """Return the attributes of a border, `eighths` of a point thick."""
    return {"w:val": "single", "w:sz": eighths, "w:space": space, "w:color": colour}
