"""A free-form report (a tjänsteutlåtande, a letter, an e-mail) as a sheet, headings marked."""

from __future__ import annotations

from corpus.records import Report
from corpus.render.header import municipality
from corpus.render.layout import Layout
from corpus.render.sheet import Block, Sheet, plain


def compose_free(report: Report, layout: Layout) -> Sheet:
    """Return the report's text, a paragraph a line, its own headings as headings."""
    lines = (report.text or "").splitlines()
    blocks: list[Block] = []
    for n, line in enumerate(lines):
        if line.strip():
            heading = _is_heading(line.strip(), lines[n - 1] if n else "x", lines[n + 1 :])
            blocks.append(plain(line.strip(), "subheading" if heading else "body"))
        elif blocks:
            blocks.append(plain(""))
    footer = municipality(report.kommun) if layout.seed % 2 else ""
    return Sheet(tuple(blocks), "", footer, layout.font, layout.size)


def _is_heading(line: str, before: str, after: list[str]) -> bool:
    """Tell a short line of its own, after a blank line and before text, that ends in no stop."""
    follows = bool(after and after[0].strip() and len(after[0]) > max(40, len(line)))
    return not before.strip() and follows and len(line) < 70 and line[-1] not in ".,!?:;"
