"""A drawing in a line of text: a chart or a picture, with the words for who does not see it."""

from __future__ import annotations

from pipeline.report.docx_xml import Element, el

EMU = 635  # in a twentieth of a point (dxa)
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # Word's name of the SVG beside a picture


def chart_drawing(
    relation: str, number: int, name: str, alt: str, size: tuple[int, int]
) -> Element:
    """Return the run of a chart; `size` is width and height in dxa."""
    graphic = el("a:graphicData", {"uri": _CHART}, el("c:chart", {"r:id": relation}))
    return _inline(graphic, number, name, alt, size, el("wp:cNvGraphicFramePr"))


def picture_drawing(
    png: str, svg: str, number: int, name: str, alt: str, size: tuple[int, int]
) -> Element:
    """Return the run of a picture: an SVG where the program knows it, else the PNG."""
    vector = el("a:ext", {"uri": _SVG}, el("asvg:svgBlip", {"r:embed": svg}))
    whole = {"cx": size[0] * EMU, "cy": size[1] * EMU}
    picture = el(
        "pic:pic",
        el("pic:nvPicPr", el("pic:cNvPr", {"id": number, "name": name}), el("pic:cNvPicPr")),
        el(
            "pic:blipFill",
            el("a:blip", {"r:embed": png}, el("a:extLst", vector)),
            el("a:stretch", el("a:fillRect")),
        ),
        el(
            "pic:spPr",
            el("a:xfrm", el("a:off", {"x": 0, "y": 0}), el("a:ext", whole)),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
        ),
    )
    locks = el("wp:cNvGraphicFramePr", el("a:graphicFrameLocks", {"noChangeAspect": 1}))
    graphic = el("a:graphicData", {"uri": _PICTURE}, picture)
    return _inline(graphic, number, name, alt, size, locks)


def _inline(
    graphic: Element, number: int, name: str, alt: str, size: tuple[int, int], frame: Element
) -> Element:
    extent = {"cx": size[0] * EMU, "cy": size[1] * EMU}
    return el(
        "w:r",
        el(
            "w:drawing",
            el(
                "wp:inline",
                {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
                el("wp:extent", extent),
                el("wp:effectExtent", {"l": 0, "t": 0, "r": 0, "b": 0}),
                el("wp:docPr", {"id": number, "name": name, "descr": alt}),
                frame,
                el("a:graphic", graphic),
            ),
        ),
    )
