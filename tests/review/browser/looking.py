"""What a page is held to in every state: axe, Swedish, no sideways scrolling; and its picture."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[3]
PICTURES = ROOT / "docs" / "granskning"
_COLOURS = 96
_MOST_BYTES = 200_000


def faults(page: Page) -> list[str]:
    """Return what is wrong with a page as it stands; nothing is what it should be."""
    results = Axe().run(page)
    found = [
        f"{violation['id']}: {', '.join(str(node['target']) for node in violation['nodes'])}"
        for violation in results.response["violations"]
    ]
    told = page.evaluate(
        "({ wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,"
        " lang: document.documentElement.lang, main: document.querySelectorAll('main').length })"
    )
    if told["wide"] > 0:
        found.append(f"scrolls sideways by {told['wide']} px")
    if told["lang"] != "sv":
        found.append(f"lang is {told['lang']!r}")
    if told["main"] != 1:
        found.append(f"{told['main']} main")
    return found


def picture(page: Page, name: str, folder: Path) -> None:
    """Write a picture of what the window shows; with SAMVERKAN_SKARMBILDER=1 into the docs."""
    page.mouse.move(0, 0)
    image = Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide")))
    small = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    into = PICTURES if os.environ.get("SAMVERKAN_SKARMBILDER") == "1" else folder
    small.save(into / f"{name}.png", optimize=True)
    assert (into / f"{name}.png").stat().st_size <= _MOST_BYTES
