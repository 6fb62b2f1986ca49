"""The page itself: its landmarks and headings, its notes, and that nothing comes from outside."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html

from pipeline.report.blocks import (
    Bar,
    BarChart,
    Grid,
    Heading,
    Listing,
    NumberedNote,
    Paragraph,
    Report,
    TableBlock,
)
from pipeline.report.html import render
from pipeline.report.html_behind import behind
from pipeline.tables.quotes import collect
from pipeline.tables.tabulate import tabulate
from tests.report.test_texts import BOOK, DEFINITIONS
from tests.tables.made_up import small_round

ROUND = small_round()
TABLES = {t.id: t for t in tabulate(ROUND, DEFINITIONS, BOOK)}


def page_of(*blocks):
    made = Report("Titel <b>", "2008–2010", date(2026, 3, 1), blocks)
    lists = behind(ROUND, TABLES.values(), BOOK, collect(ROUND))
    return html.fromstring(render(made, lists))


@pytest.fixture(scope="module")
def page():
    notes = tuple(NumberedNote(str(n), f"Not nummer {n}.") for n in range(1, 6))
    marks = (("", ("1", "2", "3")), ("polis", ("2", "5")))
    return page_of(
        Heading(1, "Första", "forsta"),
        Paragraph("Text & mer."),
        Listing(("ett", "två"), ordered=True),
        TableBlock(TABLES["tabell3"], "Tabell 3. Parter", notes, marks),
        Heading(2, "Under", "under"),
        Grid("litet", "Ett litet", ("A", "B"), (("x", "1"), ("y", "2")), (1,), ("Not.",), True),
        Heading(1, "Andra", "andra"),
        BarChart("diagram", "Figur 1. D", "Staplar.", "projekt", (Bar("a", 1.0),)),
    )


def test_landmarks_headings_and_contents(page):
    assert page.get("lang") == "sv"
    assert [len(page.xpath(f"//{tag}")) for tag in ("main", "header", "nav", "h1")] == [1] * 4
    assert page.xpath("//h2/text()") == ["Första", "Andra"]
    assert page.xpath("//h3/text()") == ["Under"]
    assert page.xpath("//nav//a/@href") == ["#forsta", "#andra", "#tabell3"]
    assert page.xpath("//a[@class='skip']/@href") == ["#rapport"] and page.xpath(
        "//*[@id='rapport']"
    )
    assert page.xpath("//p[@class='made']")[0].text_content() == "Gjord den 1\xa0mars 2026"


def test_text_is_escaped(page):
    assert page.xpath("//h1")[0].text_content() == "Titel <b>"


def test_marks_lead_to_their_notes_in_stretches(page):
    caption = page.xpath("//p[@class='caption']")[0]
    assert [(a.get("href"), a.text) for a in caption.xpath(".//a")] == [("#tabell3-not-1", "1–3")]
    police = next(t for t in page.xpath("//th[@scope='row']") if t.text == "Polis")
    assert [a.text for a in police.xpath(".//a")] == ["2", "5"]
    for address in page.xpath("//sup/a/@href"):
        assert page.xpath(f"//*[@id='{address[1:]}']")


def test_every_table_has_a_caption_and_scopes(page):
    for table in page.xpath("//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert not table.xpath(".//th[not(@scope)]")
    assert page.xpath("//tr[@class='total']/th")[0].text == "y"


def test_nothing_comes_from_outside(page):
    assert not page.xpath("//script | //link | //img | //iframe | //@onclick")
    assert not [a for a in page.xpath("//@href | //@src") if "//" in a]
    assert (
        "url(" not in page.xpath("//style")[0].text
        and "@import" not in page.xpath("//style")[0].text
    )


def test_parts_of_a_section_stand_in_the_order_of_the_blocks(page):
    first = page.xpath("//main/section")[0]
    assert [child.tag for child in first] == ["h2", "p", "ol", "section", "h3", "div", "p"]
