"""Workbooks and report read back: links lead to their projects, nothing is live, HTML is sound."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from lxml import html

from annotations.codebook import load
from annotations.tables import load_tables
from pipeline.report.write import write_all
from pipeline.tables.files import WriteError
from pipeline.tables.numbers import kronor, percent, span, whole
from pipeline.tables.sheets import workbook
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Interval
from tests.tables.made_up import big_round, small_round

BOOK = load()
DEFINITIONS = load_tables()
DAY = date(2026, 3, 1)


@pytest.fixture(scope="module", params=[small_round, lambda: big_round(30)], ids=["small", "big"])
def written(request, tmp_path_factory):
    round = request.param()
    tables = tabulate(round, DEFINITIONS, BOOK)
    out = tmp_path_factory.mktemp("ut")
    paths = write_all(round, tables, out, made=DAY)
    return round, tables, out, paths


def read_page(out) -> Any:
    return html.fromstring((out / "rapport.html").read_text(encoding="utf-8"))


def test_everything_of_the_contract_is_written(written):
    _, _, out, paths = written
    folders = ("text", "dokument")  # a file for each document
    files = [p.relative_to(out) for p in paths]
    names = {p.as_posix() for p in files if p.parts[0] not in folders}
    assert names == {
        "dokument.csv",
        "projekt.csv",
        "kodningar.csv",
        "avvikelser.csv",
        "tabeller/celler.jsonl",
        "sammanstallning.xlsx",
        "rapport.docx",
        "rapport.html",
        "tabeller/innehall.csv",
        "tolkningar.csv",
        *(f"tabeller/tabell{n}.csv" for n in range(1, 7)),
    }
    assert all(p.is_file() for p in paths)
    assert not list(out.rglob(".*"))  # no temporary file is left


@pytest.mark.parametrize("name", ["sammanstallning.xlsx"])
def test_workbooks_hold_no_formulas_and_no_links_out_of_the_folder(written, name):
    for sheet in openpyxl.load_workbook(written[2] / name):
        assert sheet.page_setup.orientation == "landscape"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if cell.hyperlink is not None and cell.hyperlink.target is not None:
                    # Relative, so that the folder can be moved; with a backslash as Excel has it.
                    folder, _, page = cell.hyperlink.target.partition("\\")
                    assert folder == "dokument"
                    assert (written[2] / folder / page).is_file()


def test_each_linked_figure_leads_to_exactly_its_projects(written):
    _, tables, out, _ = written
    book = openpyxl.load_workbook(out / "sammanstallning.xlsx")
    linked = 0
    for table in tables:
        sheet = book[f"Tabell {table.number}"]
        expected = [
            cell
            for row in table.rows
            for cell in row.cells
            if cell.count is not None or cell.amount is not None
        ]
        cells = [
            c
            for row in sheet.iter_rows(min_row=5, max_row=4 + len(table.rows), min_col=2)
            for c in row
            if isinstance(c.value, (int, float)) and c.number_format.startswith("[>=1000000]")
        ]
        plain = [c for c in cells if c.font.color.rgb != "FF52606D"]  # grey: deciders and intervals
        assert [c.value for c in plain] == [
            float(e.amount) if e.amount is not None else e.count for e in expected
        ]
        for cell, figure in zip(plain, expected, strict=True):
            assert bool(cell.hyperlink) == bool(figure.support)
            if cell.hyperlink:
                name, _, area = str(cell.hyperlink.location).partition("!")
                behind = book[name.strip("'")]
                header = [c.value for c in behind[3]]
                found = [r[header.index("Projekt")].value for r in behind[area]]
                assert sorted(found) == sorted(figure.projects)
                linked += 1
    assert linked > 20


def test_quotes_stand_behind_the_figures(written):
    round, _, out, _ = written
    behind = openpyxl.load_workbook(out / "sammanstallning.xlsx")["Underlag 4"]
    header = [c.value for c in behind[3]]
    quotes = [
        q for r in behind.iter_rows(min_row=4, values_only=True) if (q := r[header.index("Citat")])
    ]
    assert quotes
    assert all(any(q in text for text in round.texts.values()) for q in quotes)


def test_cover_tells_the_round_the_day_and_what_failed(written):
    round, _, out, _ = written
    cover = openpyxl.load_workbook(out / "sammanstallning.xlsx").worksheets[0]
    facts = {r[0]: r[1] for r in cover.iter_rows(values_only=True)}
    assert facts["Gjord den"] == "2026-03-01"
    assert facts["Projekt"] == len(round.projects)
    failed = next(d for d in round.documents if d.error)
    assert facts[failed.name] == failed.error


def test_report_links_resolve_and_tables_are_accessible(written):
    _, _, out, _ = written
    page = read_page(out)
    assert page.get("lang") == "sv"
    assert not page.xpath("//script | //link | //img | //@onclick")
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in page.xpath("//a/@href"):
        if href.startswith("#"):
            assert href[1:] in ids
        else:
            path, _, fragment = unquote(href).partition("#")
            assert (out / path).is_file()
            assert not fragment or f'id="{fragment}"' in (out / path).read_text(encoding="utf-8")
    assert page.xpath("//a[starts-with(@href, 'dokument/')]")
    for table in page.xpath("//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert table.xpath("./thead//th/@scope") == ["col"] * len(table.xpath("./thead//th"))
    for row in page.xpath("//section[@class='table']/div[contains(@class, 'wide')]//tbody/tr"):
        assert row.xpath("./th/@scope") == ["row"]


def test_each_figure_of_the_report_leads_to_its_projects(written):
    _, tables, out, _ = written
    page = read_page(out)
    for table in tables:
        section = page.xpath(f"//section[@class='table'][p/@id='tabell{table.number}']")[0]
        links = section.xpath("./div[contains(@class, 'wide')]//td/a")
        figures = [c for row in table.rows for c in row.cells if c.support]
        assert len(links) == len(figures)
        for link, figure in zip(links, figures, strict=True):
            target = page.get_element_by_id(link.get("href")[1:])
            shown = [
                row.xpath("./td")[0].text_content() for row in target.xpath(".//tr[count(td) > 1]")
            ]
            # A figure of several roles leads to the whole list, the planned ones last.
            assert sorted(shown[: len(figure.projects)]) == sorted(figure.projects)


def test_report_escapes_what_projects_call_themselves(tmp_path):
    round = small_round()
    write_all(round, tabulate(round, DEFINITIONS, BOOK), tmp_path, made=DAY)
    page = (tmp_path / "rapport.html").read_text(encoding="utf-8")
    assert "=HYPERLINK(&#34;http://exempel.invalid&#34;)" in page


def test_same_day_same_files(tmp_path):
    round = small_round()
    tables = tabulate(round, DEFINITIONS, BOOK)
    first = write_all(round, tables, tmp_path / "a", made=DAY)
    second = write_all(round, tables, tmp_path / "b", made=DAY)
    assert [a.read_bytes() for a in first] == [b.read_bytes() for b in second]


def test_an_open_workbook_stops_everything_before_the_first_file(tmp_path):
    (tmp_path / "~$granskning.xlsx").touch()
    round = small_round()
    with pytest.raises(WriteError, match="Stäng den och kör igen"):
        write_all(round, tabulate(round, DEFINITIONS, BOOK), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["~$granskning.xlsx"]


def test_a_workbook_whose_folder_is_gone_is_a_plain_error(tmp_path):
    folder = tmp_path / "ut"
    with (
        pytest.raises(WriteError, match=r"bok\.xlsx kan inte skrivas"),
        workbook(folder / "bok.xlsx", "Bok", DAY) as book,
    ):
        book.sheet("Blad")
        folder.rmdir()


def test_an_empty_round_gives_empty_tables(tmp_path):
    round = big_round(0)
    write_all(round, tabulate(round, DEFINITIONS, BOOK), tmp_path, made=DAY)
    page = read_page(tmp_path)
    assert len(page.xpath("//section[@class='table']")) == 6
    text = (tmp_path / "tabeller" / "tabell4.csv").read_text(encoding="utf-8")
    assert re.search(r"^kvinnor,[^,]+,,0,0,0,$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        (whole(21221354), "21 221 354"),
        (whole(999), "999"),
        (kronor(Decimal(-728646)), "−728 646 kr"),
        (percent(0.05), "5 %"),
        (percent(0.004), "< 1 %"),
        (percent(0.998), "> 99 %"),
        (percent(1.0), "100 %"),
        (span(Interval(82, 91)), "82–91"),
        (span(Interval(7, 7)), "7"),
    ],
)
def test_swedish_numbers(written_as, expected):
    assert written_as.replace("\N{NO-BREAK SPACE}", " ") == expected
    assert " " not in written_as
