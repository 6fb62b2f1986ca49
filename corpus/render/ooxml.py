"""The parts of a Word file around its body: content types, styles, header and footer, zip."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from corpus.render.xml import SPACE, Element, Maker

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
V = "urn:schemas-microsoft-com:vml"
NSMAP = {"w": W, "w14": W14, "r": R, "mc": MC, "wp": WP, "a": A, "wps": WPS, "v": V}
E = Maker(W, NSMAP)

_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
{overrides}</Types>"""
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OVERRIDES = {
    "document": f"{_KIND}document.main+xml",
    "styles": f"{_KIND}styles+xml",
    "settings": f"{_KIND}settings+xml",
    "header1": f"{_KIND}header+xml",
    "footer1": f"{_KIND}footer+xml",
}
_ROOT_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_DOC_RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{R}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{R}/header" Target="header1.xml"/>'
    f'<Relationship Id="rId4" Type="{R}/footer" Target="footer1.xml"/>'
    "</Relationships>"
)


def attr(name: str) -> str:
    """Return the qualified name of a `w:` attribute."""
    return f"{{{W}}}{name}"


def val(tag: str, value: object) -> Element:
    """Return `<w:tag w:val="value"/>`."""
    return E(tag, {attr("val"): str(value)})


def text_run(text: str, *props: Element) -> Element:
    """Return a run of text; a tab character becomes `w:tab`."""
    run = E("r")
    if props:
        run.append(E("rPr", *props))
    for n, part in enumerate(text.split("\t")):
        if n:
            run.append(E("tab"))
        run.append(E("t", {SPACE: "preserve"}, part))
    return run


def package(body: Element, header: str, footer: str, font: str, size: float) -> bytes:
    """Zip a body into a Word file; `size` in points, the page number follows `footer`."""
    body.append(
        E(
            "sectPr",
            E("headerReference", {attr("type"): "default", f"{{{R}}}id": "rId3"}),
            E("footerReference", {attr("type"): "default", f"{{{R}}}id": "rId4"}),
            E("pgSz", {attr("w"): "11906", attr("h"): "16838"}),
            E(
                "pgMar",
                {attr(k): "1247" for k in ("top", "bottom", "left", "right")}
                | {attr("header"): "567", attr("footer"): "567", attr("gutter"): "0"},
            ),
        )
    )
    parts = {
        "document": E("document", body),
        "styles": _styles(font, size),
        "settings": E("settings", val("defaultTabStop", 1304)),
        "header1": E("hdr", E("p", E("pPr", val("jc", "right")), text_run(header))),
        "footer1": E("ftr", _footer(footer)),
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OVERRIDES[name]}"/>\n'
        for name in parts
    )
    files = {"[Content_Types].xml": _TYPES.format(overrides=overrides).encode()}
    files |= {
        "_rels/.rels": _ROOT_RELS.encode(),
        "word/_rels/document.xml.rels": _DOC_RELS.encode(),
    }
    for name, root in parts.items():
        files[f"word/{name}.xml"] = etree.tostring(
            root, xml_declaration=True, encoding="UTF-8", standalone=True
        )
    return zip_bytes(files)


def zip_bytes(files: dict[str, bytes], stored: tuple[str, ...] = ()) -> bytes:
    """Return a zip that is the same for the same files, whatever the clock says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, date_time=(2011, 6, 30, 12, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def _footer(text: str) -> Element:
    field = E("fldSimple", {attr("instr"): " PAGE "}, text_run("1"))
    return E("p", E("pPr", val("jc", "center")), text_run(f"{text} ".lstrip()), field)


def _styles(font: str, size: float) -> Element:
    fonts = E("rFonts", {attr(k): font for k in ("ascii", "hAnsi", "cs")})
    half = round(size * 2)
    styles = E(
        "styles",
        E(
            "docDefaults",
            E(
                "rPrDefault",
                E("rPr", fonts, val("sz", half), val("szCs", half), val("lang", "sv-SE")),
            ),
            E("pPrDefault", E("pPr", E("spacing", {attr("after"): "80"}))),
        ),
        E(
            "style",
            {attr("type"): "paragraph", attr("default"): "1", attr("styleId"): "Normal"},
            val("name", "Normal"),
        ),
    )
    for style, name, scale, before in (
        ("Title", "Title", 1.4, 0),
        ("Heading1", "heading 1", 1.2, 240),
        ("Heading2", "heading 2", 1.0, 160),
    ):
        level = E("keepNext"), E("spacing", {attr("before"): str(before), attr("after"): "80"})
        styles.append(
            E(
                "style",
                {attr("type"): "paragraph", attr("styleId"): style},
                val("name", name),
                val("basedOn", "Normal"),
                E("pPr", *level),
                E("rPr", E("b"), val("sz", round(half * scale))),
            )
        )
    return styles
