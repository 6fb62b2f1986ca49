"""The report's files: made as blocks once, written as a page and as a Word document."""

from __future__ import annotations

from pathlib import Path

from pipeline.report.content import Material, report
from pipeline.report.docx import write_docx
from pipeline.report.html import render
from pipeline.report.html_behind import behind
from pipeline.report.texts import Texts, load_texts
from pipeline.tables.behind import known_columns
from pipeline.tables.files import write_text
from pipeline.tables.quotes import Quotes

PAGE, DOCUMENT = "rapport.html", "rapport.docx"


def write_reports(
    material: Material, quotes: Quotes, out: Path, texts: Texts | None = None
) -> list[Path]:
    """Write the report. Raises WriteError, and TextError where a text cannot be used."""
    made = report(material, texts or load_texts())
    tables = (known_columns(table) for table in material.tables)
    lists = behind(material.round, tables, material.codebook, quotes)
    return [write_text(out / PAGE, render(made, lists)), write_docx(made, out / DOCUMENT)]
