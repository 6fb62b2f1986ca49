"""What stands before the chapters of the Word report: title and table of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.report import docx_xml as x
from pipeline.report.blocks import Report
from pipeline.report.docx_xml import Element, el, link, paragraph, run, val
from pipeline.report.swedish import day

_CONTENTS = "Innehåll"
_LEVELS = 2  # deeper headings would make the contents longer than a page


@dataclass(slots=True)
class Front:
    """The headings as they are written: level, text, bookmark."""

    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, level: int, text: str, bookmark: str) -> None:
        """Note a heading; deeper levels are left out of the contents."""
        if level <= _LEVELS:
            self.headings.append((level, text, bookmark))


def title_page(report: Report) -> Iterator[Element]:
    """Yield title, subtitle and date."""
    yield paragraph("Title", run(report.title))
    if report.subtitle:
        yield paragraph("Subtitle", run(report.subtitle))
    yield paragraph("Date", run(f"Gjord den {day(report.made)}"))


def contents(front: Front) -> Iterator[Element]:
    """Yield a table of contents that Word can work out anew.

    Its entries lead to the headings but have no page numbers: only Word knows where its pages
    break, and a number that is wrong is worse than none. "Uppdatera fält" puts them there.
    """
    begin, asked, separate, end = x.field(rf'TOC \o "1-{_LEVELS}" \h \z \u', [])
    entries = [
        paragraph(f"TOC{level}", link(bookmark, run(text)))
        for level, text, bookmark in front.headings
    ] or [paragraph("TOC1")]
    for mark in (separate, asked, begin):
        entries[0][0].addnext(mark)  # After the paragraph's properties.
    yield el(
        "w:sdt",
        el(
            "w:sdtPr",
            el(
                "w:docPartObj",
                val("w:docPartGallery", "Table of Contents"),
                el("w:docPartUnique"),
            ),
        ),
        el(
            "w:sdtContent",
            paragraph("TOCHeading", run(_CONTENTS)),
            *entries,
            el("w:p", end),
        ),
    )
    yield paragraph("TableNote")
