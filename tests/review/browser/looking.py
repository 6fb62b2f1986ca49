"""What a page is held to in every state: axe, Swedish, no sideways scrolling; and its picture."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Page

from tests.conftest import ROOT

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
        "({ lang: document.documentElement.lang, main: document.querySelectorAll('main').length })"
    )
    if told["lang"] != "sv":
        found.append(f"lang is {told['lang']!r}")
    if told["main"] != 1:
        found.append(f"{told['main']} main")
    return found + sideways(page)


def sideways(page: Page) -> list[str]:
    """Return that a page must be scrolled sideways, if so."""
    by = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"scrolls sideways by {by} px"] if by > 0 else []


def picture(
    page: Page, name: str, folder: Path, whole: bool = False, docs: Path = PICTURES
) -> None:
    """Write a picture of the window, or of the whole page.

    It goes to a folder, with SAMVERKAN_SKARMBILDER=1 to that of the docs.
    """
    page.mouse.move(0, 0)
    shot = page.screenshot(animations="disabled", caret="hide", full_page=whole)
    image = Image.open(BytesIO(shot))
    small = image.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    into = docs if os.environ.get("SAMVERKAN_SKARMBILDER") == "1" else folder
    small.save(into / f"{name}.png", optimize=True)
    assert (into / f"{name}.png").stat().st_size <= _MOST_BYTES
