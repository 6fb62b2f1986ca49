"""The words of one page with their boxes, by few calls into pdfium: two characters a word."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from corpus.types import Box, TickSign
from pipeline.ingest.pdf_frame import Frame
from pipeline.ingest.signs import font_sign

WORD = re.compile(r"[^\s\x00]+")
ODD = re.compile("[\ue000-\uf8ff]")
NARROW, WIDE = 0.9, 1.6
"""How many heights a word of one letter can be at most, and what each further letter may add."""

ASCENT, DESCENT = 0.95, 0.25
"""How far a line of type reaches above and below its baseline, in sizes."""


@dataclass(slots=True)
class Word:
    """A word, or a sign the reader puts in, on the displayed page; `base` is its baseline.

    `index` is its first character in pdfium's text page, -1 for what is not page text.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    index: int = -1
    tick: tuple[bool, TickSign, float] | None = None
    upright: bool = True
    ends: bool = False

    @property
    def box(self) -> Box:
        """Return the word's box."""
        return Box(self.x0, self.top, self.x1, self.bottom)


def read_words(textpage: Any, frame: Frame) -> list[Word]:
    """Return the words on the displayed part of the page in the order of the file.

    Signs of symbol fonts (Wingdings) come as the signs they show.
    """
    text = page_text(textpage)
    measure = _Measure(textpage, frame)
    words: list[Word] = []
    for match in WORD.finditer(text):
        piece, start = match[0], match.start()
        # pdfium writes U+0002 for a hyphen at the line's end and leaves the line break out.
        while "\x02" in piece[:-1]:
            cut = piece.index("\x02") + 1
            words += measure.word(piece[:cut], start)
            piece, start = piece[cut:], start + cut
        words += measure.word(piece, start)
    return [word for word in words if frame.shows(word.box)]


def page_text(textpage: Any) -> str:
    """Return the page's characters, one for each of pdfium's character indexes."""
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    if pdfium.FPDFText_GetText(textpage, 0, count, buffer) == count + 1:
        text = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(text) == count:
            return text
    get = pdfium.FPDFText_GetUnicode  # Signs outside the basic plane: slower, one by one.
    codes = (get(textpage, i) for i in range(count))
    return "".join(chr(c) if c < 0x110000 and not 0xD800 <= c < 0xE000 else "�" for c in codes)


class _Measure:
    """Boxes of characters with one set of buffers."""

    def __init__(self, textpage: Any, frame: Frame) -> None:
        self.textpage, self.frame = textpage, frame
        self.rect = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.name, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def word(self, text: str, index: int) -> list[Word]:
        """Return the word, in pieces where its letters do not stand in one row."""
        if len(text) <= 2 or ODD.search(text):
            text = "".join(self._shown(c, index + i) for i, c in enumerate(text))
        first = self._box(index)
        last = self._box(index + len(text) - 1) if len(text) > 1 else first
        height = max(first.bottom - first.top, 0.5)
        room = height * (NARROW + WIDE * len(text))
        level = abs(last.bottom - first.bottom) < 0.5 * height
        if len(text) == 1 or (level and first.x0 <= last.x0 and last.x1 - first.x0 < room):
            return [self._row(text, index, first, last)]
        return self._pieces(text, index)

    def _row(self, text: str, index: int, first: Box, last: Box) -> Word:
        pdfium.FPDFText_GetCharOrigin(self.textpage, index, self.x, self.y)
        _, base = self.frame.point(self.x.value, self.y.value)
        top, bottom = min(first.top, last.top), max(first.bottom, last.bottom)
        tall = bottom - top
        if not top - 0.3 * tall <= base <= bottom + 0.3 * tall:
            base = bottom - 0.2 * tall
        size = self._size(index)
        # Fonts without metrics have boxes that end with the ink: a line is as tall as its type.
        if 0.4 * tall < size < 2.5 * tall:
            top, bottom = base - ASCENT * size, base + DESCENT * size
        return Word(text, first.x0, top, max(first.x1, last.x1), bottom, base, index)

    def _size(self, index: int) -> float:
        """Return the size of the type in points as set on the page, 0 where it is not known."""
        if not pdfium.FPDFText_GetMatrix(self.textpage, index, self.matrix):
            return 0.0
        nominal = pdfium.FPDFText_GetFontSize(self.textpage, index)
        return float(nominal * (self.matrix.c**2 + self.matrix.d**2) ** 0.5)

    def _pieces(self, text: str, index: int) -> list[Word]:
        """Cut a word whose letters jump; letters that climb make one word that is not upright."""
        boxes = [self._box(index + i) for i in range(len(text))]
        if _climbs(boxes):
            whole = _union(boxes)
            word = Word(text, whole.x0, whole.top, whole.x1, whole.bottom, whole.bottom, index)
            word.upright = False
            return [word]
        words: list[Word] = []
        start = 0
        for i in range(1, len(text) + 1):
            if i < len(text):
                a, b = boxes[i - 1], boxes[i]
                height = max(a.bottom - a.top, b.bottom - b.top)
                near = -0.5 * height < b.x0 - a.x1 < height
                if near and abs(a.bottom - b.bottom) < 0.5 * height:
                    continue
            words.append(self._row(text[start:i], index + start, boxes[start], boxes[i - 1]))
            start = i
        return words

    def _box(self, index: int) -> Box:
        rect = self.rect
        pdfium.FPDFText_GetLooseCharBox(self.textpage, index, rect)
        return self.frame.box(rect.left, rect.bottom, rect.right, rect.top)

    def _shown(self, char: str, index: int) -> str:
        code = ord(char)
        if code > 0xFF and not 0xF000 <= code <= 0xF0FF:
            return char
        return font_sign(self.font(index), code) or char

    def font(self, index: int) -> str:
        """Return the name of the character's font."""
        size = pdfium.FPDFText_GetFontInfo(self.textpage, index, self.name, 128, self.flags)
        return self.name.value.decode("utf-8", "replace") if 0 < size <= 128 else ""


def is_bold(textpage: Any, index: int) -> bool:
    """Tell whether the character at `index` stands in a bold font."""
    if index < 0:
        return False
    if pdfium.FPDFText_GetFontWeight(textpage, index) >= 600:
        return True
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, flags)
    return re.search(rb"bold|black|heavy|semib|demi", name.value, re.IGNORECASE) is not None


def _climbs(boxes: list[Box]) -> bool:
    """Tell whether letters follow each other upwards or downwards, as in a turned line."""
    steps = 0
    for a, b in pairwise(boxes):
        letter = max(a.bottom - a.top, a.x1 - a.x0)
        across = abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
        along = abs(a.top + a.bottom - b.top - b.bottom) / 2
        steps += across < 0.3 * letter and 0.1 * letter < along < 1.5 * letter
    return steps >= 0.8 * (len(boxes) - 1)


def _union(boxes: list[Box]) -> Box:
    return Box(
        min(b.x0 for b in boxes),
        min(b.top for b in boxes),
        max(b.x1 for b in boxes),
        max(b.bottom for b in boxes),
    )
