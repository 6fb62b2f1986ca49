"""Read plain text and simple HTML: encodings, tab and pipe tables, boxes typed as signs."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpus.types import Cell
from pipeline.errors import ReadError
from pipeline.ingest.base import Raw, RawLine, RawPage, Reader
from pipeline.ingest.signs import cell_signs, clean_signs, find_signs
from pipeline.ingest.word_lines import HEADING_MAX

MAX_BYTES = 20 * 1024 * 1024
"""A report is some 10 kB; more than this is a log or a data file."""

_SUFFIXES = (".txt", ".text", ".md", ".asc", "")
_HTML_SUFFIXES = (".html", ".htm", ".xhtml")
_HTML_HEAD = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROL = 0.01  # a stray control character is a copying accident, more is no text
_C1 = re.compile(rb"[\x80-\x9f]")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*")
_RULE_MAX = 500
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*")
# Emphasis in texts that a converter wrote: the words stay, the marks go.
_TAGS = re.compile(r"</?(?:b|i|u|em|strong)>", re.IGNORECASE)
_STARS = re.compile(r"\*\*(?=[^\s*])([^*]{1,500})(?<=\S)\*\*")
_MD_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
# "Ã¥", "â€“": UTF-8 read as Latin-1 or CP1252 and stored as UTF-8 again.
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf„…–€†‡ˆ‰Š‹ŒŽ‘’“”•—˜™š›œžŸ]|â€")
_LIST_MARK = re.compile(r"(?:\(?(?:\d{1,2}\s?[a-z]?|[a-z])[.)]|[•·▪*\-–])", re.IGNORECASE)
_QUOTED = re.compile(r"\s?(?:>\s?)+")
_QUOTED_LINES = 3  # fewer may be signs of another kind
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def accepts(head: bytes, suffix: str) -> str | None:
    """Take HTML by its first tag, and files that call themselves text and are not binary."""
    if head.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return None
    if _HTML_HEAD.match(head.removeprefix(codecs.BOM_UTF8)):
        return "html"
    if suffix in _HTML_SUFFIXES:
        return "html"
    if suffix == "" and not _looks_like_text(head):
        return None
    return "txt" if suffix in _SUFFIXES else None


def read_text(path: Path, fmt: str) -> Raw:
    """Return the text's lines. Raises ReadError for binary or oversized files and empty texts."""
    if path.stat().st_size > MAX_BYTES:
        raise ReadError(
            "for_stor",
            "Textfilen är för stor för att vara en redovisning.",
            "Kontrollera att det är rätt fil.",
        )
    text = decode(path.read_bytes())
    if fmt == "html":
        from pipeline.ingest.text_html import html_pages

        pages = html_pages(text)
    else:
        pages = text_pages(text)
    if not any(page.lines for page in pages):
        raise ReadError("ingen_text", "Filen innehåller ingen text.", "Be avsändaren skicka igen.")
    return Raw(fmt, pages)


def decode(data: bytes) -> str:
    """Return the bytes as text, by its mark, as UTF-8, or as Latin-1 or CP1252 by its bytes.

    Raises ReadError (`trasig`) for what is no text in any of them.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return repair(data[len(mark) :].decode(encoding, errors="replace"))
    if bare := _bare_utf16(data):
        return data.decode(bare, errors="replace")
    if not _looks_like_text(data):
        raise ReadError(
            "trasig",
            "Filen är inte en textfil fast den heter så.",
            "Be avsändaren skicka den igen som Word eller PDF.",
        )
    try:
        return repair(data.decode("utf-8"))
    except UnicodeDecodeError:
        return repair(data.decode("cp1252" if _C1.search(data) else "latin-1", errors="replace"))


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 or CP1252, where all of the text can be undone.

    >>> repair("vÃ¥ld och hÃ¤lsa")
    'våld och hälsa'
    """
    if not _MOJIBAKE.search(text):
        return text
    # Where one odd character keeps the whole from being undone, its line alone stays as it is.
    return _undone(text) or "\n".join(_undone(line) or line for line in text.split("\n"))


def text_pages(text: str) -> tuple[RawPage, ...]:
    """Return plain text as pages (form feeds part them) of lines, tables as cells."""
    pages: list[RawPage] = []
    table = 0
    for number, part in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\f"), 1):
        texts = [_without_emphasis(clean_signs(line)) for line in _unquoted(part.split("\n"))]
        lines: list[RawLine] = []
        row = 0
        for line, cells in zip(texts, _rows(texts), strict=True):
            if cells is None:
                table += row > 0
                row = 0
                lines.append(_plain(line))
            elif cells:
                lines += [
                    RawLine(cell, cell=Cell(table, row, column), ticks=cell_signs(cell), ends=True)
                    for column, cell in enumerate(cells)
                    if cell
                ]
                row += 1
        table += row > 0
        pages.append(RawPage(number, tuple(lines)))
    while pages and not any(line.text.strip() for line in pages[-1].lines):
        pages.pop()
    return tuple(pages)


def _unquoted(lines: list[str]) -> list[str]:
    """Return the lines without the marks of a quoted e-mail, where several lines bear them."""
    if sum(_QUOTED.match(line) is not None for line in lines) < _QUOTED_LINES:
        return lines
    return [_QUOTED.sub("", line) for line in lines]


def _without_emphasis(line: str) -> str:
    """Return the line without bold marks; a short line that is all bold becomes a heading."""
    if "**" not in line and "<" not in line:
        return line
    bold = _STARS.fullmatch(line.strip())
    if bold and len(bold[1]) <= HEADING_MAX and bold[1][-1] not in ".,;":
        return "# " + bold[1]
    return _STARS.sub(r"\1", _TAGS.sub("", line))


def _plain(line: str) -> RawLine:
    if marks := _MD_HEADING.match(line):
        return RawLine(line[marks.end() :].rstrip(" #"), heading=True, ends=True)
    return RawLine(line, ticks=find_signs(line))


def _rows(texts: list[str]) -> list[list[str] | None]:
    """Return each line's cells; an empty first cell before one label only beside other rows."""
    rows = [_cells(line) for line in texts]
    for i, (line, cells) in enumerate(zip(texts, rows, strict=True)):
        beside = [r for r in (*rows[max(i - 1, 0) : i], *rows[i + 1 : i + 2]) if r]
        if cells is None and beside and line.startswith("\t") and line.strip():
            rows[i] = [cell.strip() for cell in line.split("\t")]
    return rows


def _cells(line: str) -> list[str] | None:
    """Return a table row's cells, [] for a rule between rows, None for a line that is no row."""
    if "|" in line and len(line) <= _RULE_MAX and _TABLE_RULE.fullmatch(line):
        return []
    if _PIPE_ROW.fullmatch(line) and line.count("|") >= 2:
        return [cell.strip() for cell in line.strip()[1:-1].split("|")]
    if "\t" not in line.strip(" "):
        return None
    cells = [cell.strip() for cell in line.split("\t")]
    filled = [cell for cell in cells if cell]
    # "1.<tab>Question" and an indented paragraph are no table rows.
    if len(filled) < 2 or (len(filled) == 2 and _LIST_MARK.fullmatch(filled[0])):
        return None
    return cells


def _looks_like_text(data: bytes) -> bool:
    if any(data.startswith(mark) for mark, _ in _BOMS) or _bare_utf16(data):
        return True
    if not data:
        return False
    return len(_CONTROL.findall(data)) <= _MAX_CONTROL * len(data) and b"\x00\x00" not in data


def _bare_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: nearly every other byte of Swedish text is zero then."""
    sample = data[:4096]
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0) / len(sample) * 2, sample[1::2].count(0) / len(sample) * 2
    if odd > 0.7 and even < 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 and odd < 0.05 else None


def _undone(text: str) -> str | None:
    for encoding in ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None


READER = Reader("text", accepts, read_text, priority=-10)
