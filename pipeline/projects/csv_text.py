"""A CSV as people save it: encodings and separators. Raises ListError where it is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class ListError(Exception):
    """A list that cannot be used; the message is Swedish and says what to change."""


def read(path: Path, parse: Callable[[str], T]) -> T:
    """Read a list with `parse`. Raises ListError, which names the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ListError(f"{path} kan inte läsas ({error.strerror}).") from None
    if data.startswith(b"PK"):
        raise ListError(f"{path} är en arbetsbok. Spara listan som CSV och ange den filen.")
    try:
        return parse(decode(data))
    except ListError as error:
        raise ListError(f"{path}: {error}") from None


def decode(data: bytes) -> str:
    """Return the text: UTF-8 with or without BOM, UTF-16 with one, else CP1252."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def table(text: str, what: str) -> list[list[str]]:
    """Return the rows of cells. Raises ListError for an empty text or one that is no CSV."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise ListError(f"{what} går inte att läsa som CSV; spara den på nytt.") from None
    if not any(cell.strip() for row in rows for cell in row):
        raise ListError(f"{what} är tom.")
    return rows
