"""The ways a box stands in a Word file; each returns the elements that go inside a paragraph."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.render.layout import Layout
from corpus.render.ooxml import NSMAP, W14, E, attr, text_run, val
from corpus.render.sheet import Box
from corpus.render.signs import signs
from corpus.render.xml import Element, Maker

TickStyle = Callable[[Box, random.Random, Layout], list[Element]]

_E14 = Maker(W14, NSMAP)


def control(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """A check box content control, as Word 2010 and later inserts it."""

    def w14(tag: str, **attrs: str) -> Element:
        return _E14(tag, {f"{{{W14}}}{k}": v for k, v in attrs.items()})

    check = _E14(
        "checkbox",
        w14("checked", val="1" if box.checked else "0"),
        w14("checkedState", val="2612", font="MS Gothic"),
        w14("uncheckedState", val="2610", font="MS Gothic"),
    )
    properties = E("sdtPr", val("id", rng.randrange(1, 2**31)), check)
    return [E("sdt", properties, E("sdtContent", _glyph_run("☒" if box.checked else "☐")))]


def legacy(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """A FORMCHECKBOX field; the state is `w:checked`, or `w:default` where nobody clicked."""
    check = E("checkBox", E("sizeAuto"))
    if rng.random() < 0.3:
        check.append(val("default", int(box.checked)))
    else:
        check.append(val("default", rng.choice((0, int(not box.checked)))))
        check.append(
            E("checked") if box.checked and rng.random() < 0.5 else val("checked", int(box.checked))
        )
    data = E("ffData", val("name", f"Kryss{rng.randrange(1, 99)}"), E("enabled"), check)
    begin = E("fldChar", {attr("fldCharType"): "begin"}, data)
    steps = [
        begin,
        E("instrText", " FORMCHECKBOX "),
        *(E("fldChar", {attr("fldCharType"): t}) for t in ("separate", "end")),
    ]
    return [E("r", step) for step in steps]


def symbol(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """A Wingdings symbol inserted with Insert > Symbol."""
    char = "F0FE" if box.checked else "F0A8"
    return [E("r", E("sym", {attr("font"): "Wingdings", attr("char"): char}))]


def wingdings(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """The same signs as private-use characters in a run set in Wingdings."""
    fonts = E("rFonts", {attr(k): "Wingdings" for k in ("ascii", "hAnsi", "cs")})
    return [text_run("\uf0fe" if box.checked else "\uf0a8", fonts)]


def glyph(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """Unicode ballot boxes pasted as text."""
    return [_glyph_run(signs("glyph", layout)[not box.checked])]


def bracket(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """Square brackets typed by hand."""
    return [text_run(signs("bracket", layout)[not box.checked])]


def typed_x(box: Box, rng: random.Random, layout: Layout) -> list[Element]:
    """A lone x in the cell, or nothing."""
    return [text_run(rng.choice("xxxX"))] if box.checked else []


STYLES: dict[str, TickStyle] = {
    "control": control,
    "legacy": legacy,
    "x": typed_x,
    "symbol": symbol,
    "wingdings": wingdings,
    "glyph": glyph,
    "bracket": bracket,
}


def _glyph_run(sign: str) -> Element:
    fonts = E("rFonts", {attr(k): "MS Gothic" for k in ("ascii", "hAnsi", "eastAsia")})
    return text_run(sign, fonts)
