"""In a browser: figure, list, link, and the right words lit up on the document's page."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.evidence.way import Results

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TICKED = "☒☑■◼⬛[(xX×✓✔✗✘✕✖"  # what a filled box can begin with


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Yield a page that may say nothing on its console and ask for no address but files."""
    page = chromium.new_page(viewport={"width": 1200, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    assert not said
    assert all(url.startswith("file:///") for url in asked)


@pytest.mark.parametrize("seed", range(4))
def test_five_random_figures_lead_to_the_right_words(simulated: Path, page: Page, seed: int):
    results = Results(simulated)
    quotes = {
        (c["projekt"], f"ord-{c['start']}-{c['slut']}"): c
        for codings in results.codings.values()
        for c in codings
        if c["start"]
    }
    rng = random.Random(seed)
    followed = 0
    while followed < 5:
        page.goto((simulated / "rapport.html").as_uri())
        figures = page.locator("main table td a[href^='#t']")
        figure = figures.nth(rng.randrange(figures.count()))
        anchor = (figure.get_attribute("href") or "").removeprefix("#")
        figure.click()
        listed = page.locator(f"[id='{anchor}']")
        expect(listed).to_be_in_viewport()
        links = listed.locator("a[href*='#ord-']")
        if not links.count():
            continue  # a count of projects as such, or nothing but ticks
        link = links.nth(rng.randrange(links.count()))
        project = link.locator("xpath=ancestor::tr/td[1]").inner_text()
        link.click()
        target = page.locator("mark:target")
        expect(target).to_be_in_viewport()
        fragment = urlparse(page.url).fragment
        coded = quotes.get((project, fragment))
        if coded is None:  # a box: its sign comes first
            assert (target.text_content() or "")[:1] in TICKED
        else:
            pieces = page.locator(f"mark.{fragment}").all_text_contents()
            assert "".join(pieces) == coded["citat"].replace("\n", "")
            assert target.locator("xpath=ancestor::section").get_attribute("aria-label") == (
                f"Sida {coded['sida']}"
            )
            assert page.locator("h1").inner_text() == coded["dokument"]
        background = target.evaluate("mark => getComputedStyle(mark).backgroundColor")
        assert background == "rgb(255, 213, 74)"
        assert unquote(urlparse(page.url).path).startswith(str(simulated / "dokument"))
        followed += 1


def test_a_mark_in_pieces_lights_up_whole(page: Page, tmp_path: Path):
    from annotations.codebook import load
    from pipeline.evidence.links import page_link
    from pipeline.evidence.write import write_pages
    from tests.evidence.test_write import one_document

    text = "Polisen och kyrkan\nkom tillsammans."
    write_pages(one_document("a.txt", text, (0, 18), (12, 30)), load(), tmp_path)
    page.goto((tmp_path / page_link("a.txt")).as_uri() + "#ord-12-30")
    colours = page.locator("mark.ord-12-30").evaluate_all(
        "marks => marks.map(mark => getComputedStyle(mark).backgroundColor)"
    )
    assert colours == ["rgb(255, 213, 74)"] * 2


@pytest.mark.parametrize("width", [320, 1200])
def test_a_page_is_accessible_and_fits(simulated: Path, chromium: Browser, width: int):
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    largest = max((simulated / "dokument").iterdir(), key=lambda p: p.stat().st_size)
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(largest.as_uri())
    found = Axe().run(page).response["violations"]
    assert [(v["id"], n["html"]) for v in found for n in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
