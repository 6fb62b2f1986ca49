"""Clean the characters of one raw line; ticks keep their place. Says nothing about paragraphs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from pipeline.ingest.base import RawLine, RawTick

HYPHEN = "\x02"
"""Marks a hyphen at the end of a line, whether it came as `-`, as pdfium's U+0002 or soft."""

PLAIN = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"} | dict.fromkeys(
    (0x02, 0x2010, 0x2011, 0xFFFE), "-"
)
SPACES = re.compile(
    r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+"
)
INVISIBLE = re.compile(
    "[\x00\x01\x03-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
)
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
LINE_END_HYPHEN = re.compile(r"(?<=\w)[-\u2010\u00ad\ufffe\x02]\s*$")


def clean_line(line: RawLine) -> RawLine:
    """Return the line with plain spaces, composed letters and no invisible signs.

    A hyphen that ends the line after a letter or digit becomes `HYPHEN`. The signs of ticks are
    left exactly as they are and the ticks' `at` follows them.
    """
    parts: list[str] = []
    moved: list[RawTick] = []
    length = position = 0
    for tick in sorted(line.ticks, key=lambda t: t.at):
        if tick.at < position or tick.length < 1 or tick.at + tick.length > len(line.text):
            continue  # A reader's mistake must not cost the text.
        before = clean(line.text[position : tick.at])
        before = before if parts else before.lstrip(" \t")
        moved.append(replace(tick, at=length + len(before)))
        position = tick.at + tick.length
        parts += [before, line.text[tick.at : position]]
        length += len(before) + tick.length
    rest = line.text[position:]
    hyphen = LINE_END_HYPHEN.search(rest)
    last = clean(rest[: hyphen.start()]) + HYPHEN if hyphen else clean(rest).rstrip(" \t")
    parts.append(last if parts else last.lstrip(" \t"))
    return replace(line, text="".join(parts), ticks=tuple(moved))


def clean(text: str) -> str:
    """Return `text` in NFC with plain single spaces, no ligatures and no private-use signs."""
    if text.isascii() and "  " not in text and text.isprintable():
        return text
    text = SPACES.sub(" ", text)
    text = PRIVATE.sub("•", INVISIBLE.sub("", text).translate(PLAIN))
    return unicodedata.normalize("NFC", SPACES.sub(" ", text))
