"""Bar charts and maps as PNG, for programs that do not draw SVG.

A picture becomes a PDF page that PDFium, which reads our PDF files, draws: it brings its letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pypdfium2

from pipeline.report.blocks import BarChart, CountyMap
from pipeline.report.drawing import SOFT, Area, Drawing, Line, Mark, Rect, Text, helvetica_width
from pipeline.report.svg import drawing

SCALE = 3.0  # pixels to a unit of the picture; 288 dots to the inch where a unit is a pixel


def picture_png(block: BarChart | CountyMap, scale: float = SCALE) -> bytes:
    """Return a chart or map as PNG, `scale` pixels to each unit of its drawing."""
    return drawing_png(drawing(block), scale)


def drawing_png(picture: Drawing, scale: float = SCALE) -> bytes:
    """Return any picture as PNG."""
    document = pypdfium2.PdfDocument(as_pdf(picture))
    try:
        image = document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    file = BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def as_pdf(picture: Drawing) -> bytes:
    """Return a PDF of one page, as large as the picture."""
    lines = (line for mark in picture.marks for line in _mark(mark, picture.height))
    content = "\n".join(lines).encode("cp1252", errors="replace")
    font = b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/Helvetica%s>>"
    page = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {picture.width:.1f} {picture.height:.1f}]"
        "/Contents 4 0 R/Resources<</Font<</F 5 0 R/B 6 0 R>>>>>>"
    )
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page.encode("ascii"),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        font % b"",
        font % b"-Bold",
    )
    file, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return file + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(file))
    )


def _mark(mark: Mark, height: float) -> Iterator[str]:
    """Yield a mark's operators; PDF's y grows upwards."""
    match mark:
        case Rect(x, y, width, tall, fill, stroke):
            yield _colours(fill, stroke, 1)
            yield f"{x:.2f} {height - y - tall:.2f} {width:.2f} {tall:.2f} re"
            yield "B" if stroke else "f"
        case Line(x1, y1, x2, y2, stroke, width):
            yield _colours("", stroke, width)
            yield f"{x1:.2f} {height - y1:.2f} m {x2:.2f} {height - y2:.2f} l S"
        case Area(rings, fill, stroke, width):
            yield "1 j " + _colours("" if fill == "none" else fill, stroke, width)
            for ring in rings:
                points = [f"{x:.2f} {height - y:.2f}" for x, y in ring]
                yield f"{points[0]} m " + " ".join(f"{p} l" for p in points[1:]) + " h"
            yield "S" if fill == "none" else "B*" if stroke else "f*"
        case Text():
            yield from _text(mark, height)


def _text(text: Text, height: float) -> Iterator[str]:
    width = helvetica_width(text.text, text.size)
    x = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
    yield f"BT /{'B' if text.bold else 'F'} {text.size:.2f} Tf {_colours(text.fill, '', 0)}"
    yield f"{x:.2f} {height - text.y:.2f} Td ({_quoted(text.text)}) Tj"
    if text.tail:
        yield f"/F {text.size:.2f} Tf {_colours(SOFT, '', 0)} ( {_quoted(text.tail)}) Tj"
    yield "ET"


def _quoted(text: str) -> str:
    """Escape what ends a PDF string; its letters know no minus sign."""
    text = text.replace("\N{MINUS SIGN}", "\N{EN DASH}")
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _colours(fill: str, stroke: str, width: float) -> str:
    found = []
    if fill:
        found.append(f"{_rgb(fill)} rg")
    if stroke:
        found.append(f"{_rgb(stroke)} RG {width:.2f} w")
    return " ".join(found)


def _rgb(colour: str) -> str:
    return " ".join(f"{int(colour[i : i + 2], 16) / 255:.3f}" for i in (1, 3, 5))
