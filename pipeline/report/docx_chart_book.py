"""The workbook behind a chart of the Word report: what its user sees on "Redigera data"."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import xlsxwriter

from pipeline.report.blocks import Bar, BarChart
from pipeline.report.docx_xml import fit

SHEET = "Diagram"


def chart_workbook(chart: BarChart, made: date) -> bytes:
    """Return the workbook behind the chart; the same chart gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": datetime(made.year, made.month, made.day)})
    sheet = book.add_worksheet(SHEET)
    for c, (heading, of) in enumerate(columns(chart)):
        sheet.write_string(0, c, fit(heading))
        for r, bar in enumerate(chart.bars, start=1):
            value = of(bar)
            if isinstance(value, str):
                sheet.write_string(r, c, fit(value))
            elif value is not None:
                sheet.write_number(r, c, value)
    sheet.set_column(0, 0, 40)
    book.close()
    return out.getvalue()


def columns(
    chart: BarChart,
) -> list[tuple[str, Callable[[Bar], str | float | None]]]:
    """Return the workbook's columns A, B …: heading, and what each bar has there."""
    return [
        (chart.unit, label_of),
        ("Antal" if not chart.before else "Denna omgång", lambda bar: bar.value),
        ("Lägst (95 %)", lambda bar: bar.lower),
        ("Högst (95 %)", lambda bar: bar.upper),
        ("Nedåt", down),
        ("Uppåt", up),
        (chart.before or "Förra omgången", lambda bar: bar.before),
    ]


def label_of(bar: Bar) -> str:
    """Return a bar's label, a part's with a dash before it."""
    return f"– {bar.label}" if bar.part else bar.label


def down(bar: Bar) -> float | None:
    """Return how far the interval reaches below the value."""
    return None if bar.value is None or bar.lower is None else bar.value - bar.lower


def up(bar: Bar) -> float | None:
    """Return how far the interval reaches above the value."""
    return None if bar.value is None or bar.upper is None else bar.upper - bar.value
