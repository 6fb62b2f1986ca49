"""Word files (OOXML written by hand): real tables, ticks in seven ways, answers in odd places."""

from __future__ import annotations

import random

from lxml import etree

from corpus.render.docx_ticks import STYLES, TickStyle
from corpus.render.layout import Layout
from corpus.render.ooxml import MC, NSMAP, WP, WPS, A, E, V, attr, package, text_run, val
from corpus.render.sheet import Block, Box, PageBreak, Para, Sheet, Table
from corpus.render.xml import Element, Maker

_WIDTH = 9412  # text width in twentieths of a point
_STYLE_IDS = {"title": "Title", "heading": "Heading1", "subheading": "Heading2"}
_PLACEHOLDER = "Klicka här för att ange text."
_NOISE_DELETED = "Kyrkan och BUP deltar aktivt i gruppen. "
_NOISE_HIDDEN = "[Anvisning: ta bort denna text innan blanketten skickas in] "


def write_docx(sheet: Sheet, layout: Layout, ticks: str) -> bytes:
    """Return a .docx; `ticks` is a key of `docx_ticks.STYLES`."""
    writer = _Writer(layout, STYLES[ticks], random.Random(f"docx {layout.seed} {ticks}"))
    body = E("body")
    for block in sheet.blocks:
        body.extend(writer.block(block))
    return package(body, sheet.header, sheet.footer, sheet.font, sheet.size)


class _Writer:
    """Turns blocks into body elements; holds the layout, the tick style and the dice."""

    def __init__(self, layout: Layout, tick: TickStyle, rng: random.Random) -> None:
        self.layout, self.tick, self.rng = layout, tick, rng

    def block(self, block: Block) -> list[Element]:
        if isinstance(block, PageBreak):
            return [E("p", E("r", E("br", {attr("type"): "page"})))]
        if isinstance(block, Para):
            return self._held((block,))
        boxed = _answer_of(block)
        if boxed and self.layout.holder == "textbox" and self.rng.random() < 0.5:
            return [self._textbox(boxed)]
        return [self._table(block), E("p", E("pPr", E("spacing", {attr("after"): "0"})))]

    def _table(self, table: Table) -> Element:
        edge = {attr("val"): "single", attr("sz"): "4", attr("space"): "0", attr("color"): "auto"}
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        widths = [round(cell.width * _WIDTH) for cell in table.rows[0]]
        element = E(
            "tbl",
            E(
                "tblPr",
                E("tblW", {attr("w"): str(_WIDTH), attr("type"): "dxa"}),
                E("tblBorders", *(E(s, edge) for s in sides)),
                E("tblLayout", {attr("type"): "fixed"}),
                _cell_margins(),
            ),
            E("tblGrid", *(E("gridCol", {attr("w"): str(w)}) for w in widths)),
        )
        for row in table.rows:
            cells = [
                E(
                    "tc",
                    E("tcPr", E("tcW", {attr("w"): str(width), attr("type"): "dxa"})),
                    *self._held(cell.paras, width),
                )
                for cell, width in zip(row, widths, strict=True)
            ]
            element.append(E("tr", *cells))
        return element

    def _held(self, paras: tuple[Para, ...], width: int = _WIDTH) -> list[Element]:
        """Return paragraphs, the answer among them in what the layout says answers stand in."""
        plain = [p for p in paras if p.style != "answer"]
        answer = tuple(p for p in paras if p.style == "answer")
        before = [self._paragraph(p) for p in plain]
        # Text that runs on after its label is half question: only whole answers are put in holders.
        if not answer or any(
            isinstance(i, Box) or len(p.inlines) > 1 for p in answer for i in p.inlines
        ):
            return [self._paragraph(p) for p in paras]
        inner = [self._paragraph(p) for p in answer]
        if self.layout.holder == "control":
            return [*before, self._control(answer, inner)]
        if self.layout.holder == "nested" and width > 3000 and self.rng.random() < 0.4:
            return [*before, self._nested(inner, width - 300), E("p")]
        return before + inner

    def _control(self, answer: tuple[Para, ...], inner: list[Element]) -> Element:
        properties = E("sdtPr", val("alias", "Svar"), val("id", self.rng.randrange(1, 2**31)))
        if not any(p.text for p in answer):
            properties.append(E("showingPlcHdr"))
            inner = [E("p", text_run(_PLACEHOLDER, val("color", "808080")))]
        return E("sdt", properties, E("sdtContent", *inner))

    def _nested(self, inner: list[Element], width: int) -> Element:
        size = E("tblW", {attr("w"): str(width), attr("type"): "dxa"})
        cell = E("tc", E("tcPr", E("tcW", {attr("w"): str(width), attr("type"): "dxa"})), *inner)
        grid = E("tblGrid", E("gridCol", {attr("w"): str(width)}))
        return E("tbl", E("tblPr", size), grid, E("tr", cell))

    def _textbox(self, answer: tuple[Para, ...]) -> Element:
        """Return an inline text box with its VML fallback: the same text stands there twice."""
        chars = sum(len(p.text) for p in answer)
        lines = sum(1 + len(p.text) * self.layout.size // 900 for p in answer)
        height = round(max(2, lines + 1) * self.layout.size * 1.35 * 12700) + 127000
        size = {"cx": str(_WIDTH * 635), "cy": str(height)}
        a, wp, wps, mc, v = (Maker(n, NSMAP) for n in (A, WP, WPS, MC, V))
        content = [self._paragraph(p) for p in answer]
        shape = wps(
            "wsp",
            wps("cNvSpPr", {"txBox": "1"}),
            wps(
                "spPr",
                a("xfrm", a("off", {"x": "0", "y": "0"}), a("ext", size)),
                a(
                    "prstGeom",
                    a(
                        "avLst",
                    ),
                    {"prst": "rect"},
                ),
                a("ln", {"w": "6350"}, a("solidFill", a("srgbClr", {"val": "000000"}))),
            ),
            wps("txbx", E("txbxContent", *content)),
            wps(
                "bodyPr",
            ),
        )
        inline = wp(
            "inline",
            wp("extent", size),
            wp("docPr", {"id": str(chars % 9000 + 1), "name": "Textruta"}),
            a("graphic", a("graphicData", shape, {"uri": WPS})),
        )
        again = E("txbxContent", *(etree.fromstring(etree.tostring(p)) for p in content))
        style = f"width:{_WIDTH / 20:.0f}pt;height:{height / 12700:.0f}pt"
        fallback = E("pict", v("shape", {"style": style}, v("textbox", again)))
        choice = mc(
            "AlternateContent",
            mc("Choice", {"Requires": "wps"}, E("drawing", inline)),
            mc("Fallback", fallback),
        )
        return E("p", E("r", choice))

    def _paragraph(self, para: Para) -> Element:
        element = E("p")
        if para.style in _STYLE_IDS:
            element.append(E("pPr", val("pStyle", _STYLE_IDS[para.style])))
        if para.break_before:
            element.append(E("r", E("br", {attr("type"): "page"})))
        # Header values are set like answers, but nobody tracks changes in a county's name.
        noisy = self.layout.noise and para.style == "answer" and para.question[:1] != "@"
        if noisy:
            element.extend(self._noise())
        for inline in para.inlines:
            if isinstance(inline, Box):
                element.extend(self.tick(inline, self.rng, self.layout))
            elif inline.text:
                run = text_run(inline.text, *((E("b"),) if inline.bold else ()))
                inserted = noisy and self.rng.random() < 0.2
                element.append(E("ins", self._change(), run) if inserted else run)
        return element

    def _noise(self) -> list[Element]:
        """Return now and then a tracked deletion or hidden text: neither may ever be read."""
        dice = self.rng.random()
        if dice < 0.2:
            run = E("r", E("delText", _NOISE_DELETED))
            return [E("del", self._change(), run)]
        return [text_run(_NOISE_HIDDEN, E("vanish"))] if dice < 0.35 else []

    def _change(self) -> dict[str, str]:
        number = str(self.rng.randrange(1, 9999))
        return {
            attr("id"): number,
            attr("author"): "Handläggare",
            attr("date"): "2011-06-01T09:00:00Z",
        }


def _cell_margins() -> Element:
    """Return room above and below the text in cells, and Word's own at the sides."""
    sides = {"top": "40", "left": "108", "bottom": "40", "right": "108"}
    marks = (E(side, {attr("w"): width, attr("type"): "dxa"}) for side, width in sides.items())
    return E("tblCellMar", *marks)


def _answer_of(table: Table) -> tuple[Para, ...]:
    """Return the paragraphs of a table that is nothing but one answer's box."""
    paras = table.rows[0][0].paras if len(table.rows) == len(table.rows[0]) == 1 else ()
    return paras if paras and all(p.style == "answer" and p.text for p in paras) else ()
