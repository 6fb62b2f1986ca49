"""Plain text: the form pasted into Notepad or an e-mail, boxes as typed signs."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from corpus.render.sheet import Box, Cell, PageBreak, Para, Run, Sheet, Table


def write_text(sheet: Sheet, signs: tuple[str, str], width: int = 0) -> str:
    """Return the sheet as text; `signs` is (ticked, unticked), `width` > 0 wraps lines.

    Where an unticked box is nothing at all its cell is still there, as a tab.
    """
    blocks = [list(_lines(block, signs, width)) for block in sheet.blocks]
    text = "\n".join("\n".join(lines) for lines in blocks)
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"


def encode(text: str, encoding: str) -> bytes:
    """Encode as Windows does it (CR LF); letters the encoding lacks become their nearest."""
    if encoding == "latin-1":
        for wrong, right in ("–-", "—-", '”"', '“"', "’'", "…."):
            text = text.replace(wrong, right)
    return text.replace("\n", "\r\n").encode(encoding, "replace")


def _lines(block: Para | Table | PageBreak, signs: tuple[str, str], width: int) -> Iterator[str]:
    if isinstance(block, Para):
        yield from _wrapped(block, signs, width)
    elif isinstance(block, Table):
        for row in block.rows:
            yield from _row(row, signs, width)
        yield ""


def _row(row: tuple[Cell, ...], signs: tuple[str, str], width: int) -> Iterator[str]:
    """Yield a row: the first paragraphs side by side, what stands below them underneath."""
    first = [_text(cell.paras[0], signs) for cell in row]
    line = ""
    for n, part in enumerate(first):
        boxed = any(isinstance(i, Box) for i in row[n - 1].paras[0].inlines) if n else True
        line += ("" if n == 0 else " " if boxed and signs[1] else "\t") + part
    if line.strip():
        yield from _fill(line.rstrip(), width)
    for cell in row:
        for para in cell.paras[1:]:
            yield from _wrapped(para, signs, width)


def _wrapped(para: Para, signs: tuple[str, str], width: int) -> Iterator[str]:
    if para.style in ("title", "heading", "subheading"):
        yield ""
    yield from _fill(_text(para, signs), width)


def _fill(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) if width and len(text) > width else [text]


def _text(para: Para, signs: tuple[str, str]) -> str:
    return "".join(
        inline.text if isinstance(inline, Run) else signs[0 if inline.checked else 1]
        for inline in para.inlines
    )
