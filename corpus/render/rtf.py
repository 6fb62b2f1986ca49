"""RTF written by hand with FORMCHECKBOX fields, whose state LibreOffice would lose."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.render.layout import Layout
from corpus.render.sheet import Block, Box, Cell, PageBreak, Para, Sheet, Table

_WIDTH = 9412  # text width in twentieths of a point
_SCALES = {"title": 1.4, "heading": 1.2}


def write_rtf(sheet: Sheet, layout: Layout) -> bytes:
    """Return an .rtf in code page 1252, other letters as \\u escapes."""
    head = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss " + sheet.font + r";}}"
        r"\paperw11906\paperh16838\margl1247\margr1247\margt1247\margb1247"
    )
    header = r"{\header\pard\qr " + _escape(sheet.header) + r"\par}"
    footer = r"{\footer\pard\qc " + _escape(sheet.footer) + r" \chpgn\par}"
    body = "\n".join(part for block in sheet.blocks for part in _block(block, sheet.size))
    return f"{head}{header}{footer}\n{body}\n}}".encode("ascii")


def _block(block: Block, size: float) -> Iterator[str]:
    if isinstance(block, PageBreak):
        yield r"\page"
    elif isinstance(block, Para):
        yield r"\pard\plain" + _paragraph(block, size) + r"\par"
    elif isinstance(block, Table):
        for row in block.rows:
            yield _row(row, size)
        yield r"\pard\plain\fs12\par"


def _row(row: tuple[Cell, ...], size: float) -> str:
    border = "".join(rf"\clbrdr{side}\brdrs\brdrw5" for side in "tlbr")
    edges, right = "", 0.0
    for cell in row:
        right += cell.width
        edges += rf"{border}\cellx{round(right * _WIDTH)}"
    cells = "".join(
        r"\par".join(rf"\pard\plain\intbl{_paragraph(p, size)}" for p in cell.paras) + r"\cell"
        for cell in row
    )
    return rf"\trowd\trgaph70{edges}{cells}\row"


def _paragraph(para: Para, size: float) -> str:
    half = round(size * 2 * _SCALES.get(para.style, 1.0))
    text = rf"\f0\fs{half}\sa60 "
    if para.break_before:
        text += r"\page "
    for inline in para.inlines:
        if isinstance(inline, Box):
            text += _check_box(inline.checked)
        else:
            escaped = _escape(inline.text)
            text += rf"{{\b {escaped}}}" if inline.bold else escaped
    return text


def _check_box(checked: bool) -> str:
    """Return a check box field; `\\ffres1` is ticked, 25 means "as the default says"."""
    state = rf"\fftype1\ffres{int(checked)}\fftypetxt0\ffhps20"
    data = rf"{{\*\formfield{{{state}{{\*\ffname Kryss}}\ffdefres0}}}}"
    return rf"{{\field{{\*\fldinst{{ FORMCHECKBOX {data}}}}}{{\fldrslt }}}}"


def _escape(text: str) -> str:
    out = []
    for char in text:
        if char in "\\{}":
            out.append("\\" + char)
        elif char == "\t":
            out.append(r"\tab ")
        elif ord(char) < 128:
            out.append(char)
        else:
            try:
                out.append(rf"\'{char.encode('cp1252')[0]:02x}")
            except UnicodeEncodeError:
                out.append("".join(rf"\u{_signed(unit)}?" for unit in _units(char)))
    return "".join(out)


def _units(char: str) -> list[int]:
    raw = char.encode("utf-16-le")
    return [int.from_bytes(raw[n : n + 2], "little") for n in range(0, len(raw), 2)]


def _signed(unit: int) -> int:
    return unit - 65536 if unit > 32767 else unit
