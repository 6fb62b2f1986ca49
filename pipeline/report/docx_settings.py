"""The lists, settings and footers of the Word report."""

from __future__ import annotations

from pipeline.report.docx_styles import BULLETS, LANGUAGE, LINE, STEPS, edge
from pipeline.report.docx_xml import Element, el, field, paragraph, run, val, xml

_MODES_OF = "http://schemas.microsoft.com/office/word"


def numbering(ordered: int) -> bytes:
    """Return numbering.xml: a bulleted list, and `ordered` numbered ones that each start at 1.

    The lists' numbers are 1 for the bullets and 2, 3 … for the numbered ones.
    """
    lists = [el("w:num", {"w:numId": BULLETS}, val("w:abstractNumId", BULLETS))]
    for n in range(ordered):
        again = el("w:lvlOverride", {"w:ilvl": 0}, val("w:startOverride", 1))
        lists.append(el("w:num", {"w:numId": STEPS + n}, val("w:abstractNumId", STEPS), again))
    return xml(
        el(
            "w:numbering",
            _list(BULLETS, "bullet", "\N{BULLET}", "ListBullet"),
            _list(STEPS, "decimal", "%1.", "ListNumber"),
            *lists,
        )
    )


def settings() -> bytes:
    """Return settings.xml: Swedish signs and hyphens, and no compatibility mode."""
    modes = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
        ("differentiateMultirowTableHeaders", 1),
    )
    return xml(
        el(
            "w:settings",
            el("w:zoom", {"w:percent": 100}),
            val("w:defaultTabStop", 1304),
            val("w:autoHyphenation", "true"),
            val("w:hyphenationZone", 425),
            val("w:characterSpacingControl", "doNotCompress"),
            el(
                "w:compat",
                *(
                    el("w:compatSetting", {"w:name": n, "w:uri": _MODES_OF, "w:val": v})
                    for n, v in modes
                ),
            ),
            val("w:themeFontLang", LANGUAGE),
            val("w:decimalSymbol", ","),
            val("w:listSeparator", ";"),
        )
    )


def footer(title: str, width: int) -> bytes:
    """Return a footer: the title, and the page's number at the right end of `width` (dxa)."""
    tabs = el("w:tabs", el("w:tab", {"w:val": "right", "w:pos": width}))
    border = el("w:pBdr", el("w:top", edge(4, LINE, 4)))
    return xml(
        el(
            "w:ftr",
            paragraph(
                "Footer",
                run(f"{title}\tSida "),
                *field("PAGE", [run("1")]),
                run(" av "),
                *field("NUMPAGES", [run("1")]),
                border=border,
                tabs=tabs,
            ),
        )
    )


def _list(number: int, kind: str, sign: str, style: str) -> Element:
    return el(
        "w:abstractNum",
        {"w:abstractNumId": number},
        val("w:multiLevelType", "singleLevel"),
        el(
            "w:lvl",
            {"w:ilvl": 0},
            val("w:start", 1),
            val("w:numFmt", kind),
            val("w:pStyle", style),
            val("w:lvlText", sign),
            val("w:lvlJc", "left"),
            el("w:pPr", el("w:ind", {"w:left": 357, "w:hanging": 357})),
        ),
    )
