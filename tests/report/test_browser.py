"""The page in Chromium: axe finds nothing, 320 px is wide enough, and it prints as a report."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipeline.report.write import write_all
from pipeline.tables.effort import Agreed, AuditedShare, Bounded, Effort
from pipeline.tables.tabulate import tabulate
from tests.conftest import ROOT
from tests.report.test_texts import BOOK, DEFINITIONS
from tests.review.browser.looking import faults, picture, sideways
from tests.tables.made_up import big_round

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EFFORT = Effort(
    asked=120, decided=90, changed=9, people=3, seconds=5400, timed=80,
    first=date(2026, 2, 1), last=date(2026, 2, 9), drawn=40,
    audited=(AuditedShare("", 40, 1, 0.0006, 0.13), AuditedShare("partner", 40, 1, 0.0006, 0.13)),
    agreement=(Agreed("", 50, 46, Bounded(0.8, 0.7, 0.9)), Agreed("partner", 50, 46, None)),
)  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as started:
        browser = started.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("ut")
    round = replace(big_round(148), effort=EFFORT)
    write_all(round, tabulate(round, DEFINITIONS, BOOK), out, made=date(2026, 3, 1))
    return out / "rapport.html"


def opened(chromium: Browser, report: Path, width: int) -> Page:
    page = chromium.new_page(viewport={"width": width, "height": 900})
    page.goto(report.as_uri())
    return page


@pytest.mark.parametrize("width", [1366, 320])
def test_axe_finds_nothing_and_nothing_is_scrolled_sideways(chromium, report, width):
    page = opened(chromium, report, width)
    assert not faults(page)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert not sideways(page)
    page.close()


def test_axe_finds_nothing_in_the_lists_behind_figures(chromium, report):
    page = opened(chromium, report, 1366)
    page.evaluate("document.querySelectorAll('details.behind')[4].open = true")
    page.evaluate(
        "document.querySelectorAll('details.behind')[4].querySelector('details').open = true"
    )
    assert not faults(page)
    page.close()


def test_a_figure_opens_the_list_it_leads_to(chromium, report):
    page = opened(chromium, report, 1366)
    figure = page.locator("a[href='#t4-kvinnor']").first
    listed = page.locator("[id='t4-kvinnor']")
    assert not listed.is_visible()
    figure.focus()
    page.keyboard.press("Enter")
    listed.wait_for(state="visible")
    page.close()


def test_it_prints_as_a_report(chromium, report, tmp_path):
    page = opened(chromium, report, 1366)
    page.pdf(path=tmp_path / "rapport.pdf", prefer_css_page_size=True)
    page.close()
    with pdfplumber.open(tmp_path / "rapport.pdf") as pdf:
        assert {(round(p.width), round(p.height)) for p in pdf.pages} == {(595, 842)}
        texts = [p.extract_text() for p in pdf.pages]
        lowest = [max(w["bottom"] for w in p.extract_words()) for p in pdf.pages]
        widest = [max(w["x1"] for w in p.extract_words()) for p in pdf.pages]
    assert 8 <= len(texts) <= 25
    whole = "\n".join(texts)
    assert "Projekten bakom" not in whole and "Till rapporten" not in whole and "file:" not in whole
    # A table over two pages has its headings on both; no heading stands alone at a page's end.
    pages = [t for t in texts if re.search(r"^(Polis|Annan part) ", t, re.MULTILINE)]
    assert all("intervall" in t for t in pages)
    chapters = re.findall(r"^# (.+)", _texts(), re.MULTILINE)
    for text in texts:
        lines = [line for line in text.splitlines() if not line.strip().isdigit()]
        assert lines[-1] not in chapters and not re.match(r"Tabell \d\. ", lines[-1])
    assert all(low < 842 and wide < 560 for low, wide in zip(lowest, widest, strict=True))


def _texts() -> str:
    from pipeline.report.texts import load_texts

    return "\n".join(chapter.text for chapter in load_texts().chapters)


def test_the_picture_of_the_readme(chromium: Browser, report: Path, tmp_path: Path) -> None:
    page = chromium.new_page(viewport={"width": 1000, "height": 1000})
    page.goto(report.as_uri())
    page.get_by_role("heading", name="Samverkansparter", exact=True).evaluate(
        "heading => heading.scrollIntoView()"
    )
    picture(page, "rapport", tmp_path, docs=ROOT / "docs" / "bilder")
    assert "(docs/bilder/rapport.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
