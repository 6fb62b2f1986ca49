"""The theme and the font table: what Word offers in its menus, and what text without style has."""

from __future__ import annotations

from pipeline.report.docx_styles import FONT, INK
from pipeline.report.docx_xml import Element, el, val, xml

# Apart in lightness as well as in hue, so that they are told apart in grey.
_COLOURS = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": INK,
    "lt2": "E9EDF1",
    "accent1": "4A6A82",
    "accent2": "8FB0C9",
    "accent3": "DCE7EF",
    "accent4": "1F3A4D",
    "accent5": "B5894A",
    "accent6": "6B7680",
    "hlink": "0B4F8A",
    "folHlink": "5B3F8C",
}


def theme() -> bytes:
    """Return theme1.xml."""
    colours = (el(f"a:{name}", val("a:srgbClr", c)) for name, c in _COLOURS.items())
    return xml(
        el(
            "a:theme",
            {"name": "Rapport"},
            el(
                "a:themeElements",
                el("a:clrScheme", {"name": "Rapport"}, *colours),
                el("a:fontScheme", {"name": "Rapport"}, _fonts("major"), _fonts("minor")),
                el(
                    "a:fmtScheme",
                    {"name": "Rapport"},
                    el("a:fillStyleLst", *(_fill() for _ in range(3))),
                    el(
                        "a:lnStyleLst",
                        *(el("a:ln", {"w": w}, _fill()) for w in (6350, 12700, 19050)),
                    ),
                    el(
                        "a:effectStyleLst",
                        *(el("a:effectStyle", el("a:effectLst")) for _ in range(3)),
                    ),
                    el("a:bgFillStyleLst", *(_fill() for _ in range(3))),
                ),
            ),
        )
    )


def font_table() -> bytes:
    """Return fontTable.xml: the font, and what to take where it is missing."""
    return xml(
        el(
            "w:fonts",
            el(
                "w:font",
                {"w:name": FONT},
                val("w:altName", "Carlito"),
                val("w:panose1", "020F0502020204030204"),
                val("w:charset", "00"),
                val("w:family", "swiss"),
                val("w:pitch", "variable"),
            ),
        )
    )


def _fonts(kind: str) -> Element:
    faces = (("latin", FONT), ("ea", ""), ("cs", ""))
    return el(f"a:{kind}Font", *(el(f"a:{name}", {"typeface": face}) for name, face in faces))


def _fill() -> Element:
    return el("a:solidFill", val("a:schemeClr", "phClr"))
