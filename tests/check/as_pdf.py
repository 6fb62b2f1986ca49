"""The invented report as a PDF: text and tables laid out with reportlab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
HEAD = ParagraphStyle("head", fontName="Helvetica-Bold", fontSize=15, leading=20, spaceAfter=6)
STYLES: dict[str, list[Any]] = {
    "framed": [("GRID", (0, 0), (-1, -1), 0.5, colors.black)],
    "ruled": [("LINEBELOW", (0, 0), (-1, 0), 0.5, colors.black)],
    "bare": [],
    "right": [("ALIGN", (1, 0), (-1, -1), "RIGHT")],
}


def write_pdf(text: str, path: Path, style: str) -> Path:
    """Lay out the paragraphs and tab-separated tables of `text`; `style` is a key of STYLES."""
    flow = []
    for block in text.split("\n\n"):
        lines = block.strip().split("\n")
        if "\t" in block:
            rows = [line.split("\t") for line in lines]
            table = Table(rows, repeatRows=1)
            table.setStyle(TableStyle([("FONTSIZE", (0, 0), (-1, -1), 9), *STYLES[style]]))
            flow += [table, Spacer(1, 12)]
        elif block.startswith("#"):
            flow.append(Paragraph(block.lstrip("# "), HEAD))
        elif block.startswith("Tabell"):
            flow += [Paragraph(line, BODY) for line in lines]
        else:
            flow.append(Paragraph(" ".join(lines), BODY))
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)
    return path
