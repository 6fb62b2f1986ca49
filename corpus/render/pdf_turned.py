"""The same PDF pages stored lying down: /Rotate 90, and a crop box inside a larger sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Array

from corpus.render.layout import Layout

_BLEED = 28.0  # points of sheet outside the crop box


def turn_pages(files: Sequence[bytes], layouts: Sequence[Layout]) -> list[bytes]:
    """Return files that look the same on screen but whose coordinates are turned and moved."""
    return [_turned(data) for data in files]


def _turned(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            width, height = (float(value) for value in page.mediabox[2:])
            # Shown clockwise by 90°, the point (u, v) lands on (v, height - u).
            matrix = f"q 0 1 -1 0 {height + _BLEED:.2f} {_BLEED:.2f} cm".encode()
            page.contents_add(matrix, prepend=True)
            page.contents_add(b"Q")
            sheet = [0, 0, height + 2 * _BLEED, width + 2 * _BLEED]
            page.MediaBox = Array([round(value, 2) for value in sheet])
            crop = [_BLEED, _BLEED, height + _BLEED, width + _BLEED]
            page.CropBox = Array([round(value, 2) for value in crop])
            page.Rotate = 90
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue()
