"""Finding TrueType files with Swedish letters on this machine, by the name Word uses."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

# Metric twins first: the layout is then the one the municipality saw.
_FILES = {
    "Arial": "LiberationSans-{}",
    "Times New Roman": "LiberationSerif-{}",
    "Calibri": "Carlito-{}",
    "Verdana": "DejaVuSans{}",
    "Garamond": "LiberationSerif-{}",
}
_FALLBACK = ("DejaVuSans{}", "LiberationSans-{}", "Carlito-{}")


class FontMissing(RuntimeError):
    """No font with Swedish letters is installed."""


def font_files(name: str) -> tuple[Path, Path]:
    """Return the regular and bold TrueType file for a Word font name. Raises FontMissing."""
    known = _installed()
    for pattern in (_FILES.get(name, ""), *_FALLBACK):
        regular = known.get(pattern.format("" if "Deja" in pattern else "Regular"))
        bold = known.get(pattern.format("-Bold" if "Deja" in pattern else "Bold"))
        if regular and bold:
            return regular, bold
    raise FontMissing(
        "No TrueType font with Swedish letters found; install fonts-dejavu-core, "
        "fonts-liberation or fonts-crosextra-carlito."
    )


@cache
def _installed() -> dict[str, Path]:
    """Return the TrueType files below the font folders by file stem."""
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    roots = [Path(part) / "fonts" for part in shared.split(":")] + [Path.home() / ".fonts"]
    return {path.stem: path for root in roots for path in sorted(root.rglob("*.ttf"))}
