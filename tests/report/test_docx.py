"""What python-docx, a reader by others, finds in the Word report."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from pipeline.report.blocks import Bar
from pipeline.report.docx import document, write_docx
from pipeline.tables.files import WriteError
from tests.report.made_docx import CHART, MAP, NBSP, PAIRED, report

LABEL = re.compile(rf"(Tabell|Figur){NBSP}\d+")


@pytest.fixture(scope="module")
def data() -> bytes:
    return document(report())


@pytest.fixture(scope="module")
def word(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def styled(word: Any, style: str) -> list[str]:
    return [p.text for p in word.paragraphs if p.style.name == style]


def texts(element: Any, tag: str) -> list[str]:
    return [t.text or "" for t in element.iter(qn(tag))]


def test_title_and_headings_have_words_own_styles_in_the_reports_order(word):
    assert styled(word, "Title") == ["Samverkan 2008–2010"]
    levels = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert levels == [
        ("Heading 1", "Inledning"),
        ("Heading 1", "Parter"),
        ("Heading 2", "Vilka de var"),
        ("Heading 2", "Pengar"),
        ("Heading 3", "Jämfört"),
        ("Heading 1", "En bred tabell"),
        ("Heading 1", "Till sist"),
    ]


def test_properties(word):
    properties = word.core_properties
    assert properties.title == "Samverkan 2008–2010"
    assert properties.language == "sv-SE"
    assert properties.author
    assert properties.created.date() == report().made
    default = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert default.get(qn("w:val")) == "sv-SE"


def test_every_table_has_its_caption_right_before_it(word):
    before = {
        after: el
        for el, after in pairwise(word.element.body)
        if after.tag == qn("w:tbl") and el.tag == qn("w:p")
    }
    captions = ["".join(texts(before[t._tbl], "w:t")) for t in word.tables]
    assert captions == [
        f"Tabell{NBSP}3. Samverkansparter4",
        f"Tabell{NBSP}1. Beviljade medel",
        "En bred tabell",
        "Svar & avgöranden",
    ]
    for paragraph in before.values():
        assert paragraph.pPr.pStyle.val == "Caption"


def test_the_number_of_a_caption_is_a_field_that_keeps_the_tables_own_number(word):
    fields = [f.strip() for f in texts(word.element, "w:instrText") if "SEQ" in f]
    assert fields == [
        r"SEQ Tabell \* ARABIC \r 3",
        r"SEQ Figur \* ARABIC \r 1",
        r"SEQ Tabell \* ARABIC \r 1",
        r"SEQ Figur \* ARABIC \r 2",
        r"SEQ Figur \* ARABIC \r 3",
    ]


def test_pictures_without_number_are_numbered_after_those_that_have_one():
    chart = replace(CHART, caption="Utan nummer")
    made = replace(report(), blocks=(*report().blocks, chart))
    captions = styled(docx.Document(io.BytesIO(document(made))), "Caption")
    assert captions[-1] == f"Figur{NBSP}4. Utan nummer"


def test_links_lead_to_bookmarks_and_bookmarks_are_unique(word):
    marks = list(word.element.iter(qn("w:bookmarkStart")))
    names = [m.get(qn("w:name")) for m in marks]
    assert len({n.lower() for n in names}) == len({m.get(qn("w:id")) for m in marks}) == len(marks)
    assert all(re.fullmatch(r"[^\W\d]\w{0,39}", name) for name in names)
    anchors = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    assert anchors <= set(names)
    assert {"Tabell_3_not_1", "Tabell_3_not_4", "_Toc_pengar"} <= anchors


def test_contents_are_a_field_with_the_headings_as_entries(word):
    (contents,) = word.element.body.iter(qn("w:sdt"))
    assert texts(contents, "w:instrText") == [r' TOC \o "1-2" \h \z \u ']
    entries = [link for link in contents.iter(qn("w:hyperlink"))]
    assert ["".join(texts(e, "w:t")) for e in entries] == [
        "Inledning", "Parter", "Vilka de var", "Pengar", "En bred tabell", "Till sist",
    ]  # fmt: skip
    kinds = [m.get(qn("w:fldCharType")) for m in contents.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]


def test_no_field_makes_word_ask_before_it_opens(word, data):
    assert not any(f.get(qn("w:dirty")) for f in word.element.iter(qn("w:fldChar")))
    assert b"updateFields" not in zipfile.ZipFile(io.BytesIO(data)).read("word/settings.xml")


def test_head_is_repeated_and_no_row_is_split(word):
    for table in word.tables:
        head, *rows = table._tbl.tr_lst
        assert head.trPr.find(qn("w:tblHeader")) is not None
        assert all(r.trPr.find(qn("w:tblHeader")) is None for r in rows)
        assert all(r.trPr.find(qn("w:cantSplit")) is not None for r in (head, *rows))
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_cells_of_a_table(word):
    rows = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert rows == [
        ["Samverkan med", "Antal projekt", f"95{NBSP}%-intervall", "Andel av projekten",
         "Planerade"],
        ["Vården", "84", "80–91", f"57{NBSP}%", "2"],
        ["Barnpsykiatri1,4", "8", "8", f"5{NBSP}%", "0"],
        ["Kyrkan", "34", "30–40", f"23{NBSP}%", "1"],
    ]  # fmt: skip
    assert word.tables[1].rows[1].cells[1].text == f"1{NBSP}234{NBSP}567"


def test_figures_stand_to_the_right_and_words_to_the_left(word):
    for row in word.tables[0].rows:
        first, *rest = (cell.paragraphs[0].paragraph_format.alignment for cell in row.cells)
        assert first is None
        assert all(a is not None and a.name == "RIGHT" for a in rest)


def test_a_sum_is_the_tables_last_row_and_a_part_is_set_in(word):
    looks = [t._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:lastRow")) for t in word.tables]
    assert looks == ["0", "1", "0", "1"]
    indents = [r.cells[0].paragraphs[0].paragraph_format.left_indent for r in word.tables[0].rows]
    assert [bool(i) for i in indents] == [False, False, True, False]


def test_notes_stand_under_their_table(word):
    assert styled(word, "Tabellnot")[1:4] == [
        "1\tEtt möte räknas inte som samverkan.",
        "4\tJourer räknas var för sig.",
        "Planerade räknas inte.",
    ]


def test_each_ordered_list_starts_anew(word):
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    assert styled(word, "List Bullet") == ["En punkt", "En till"]


def test_every_drawing_has_words_for_who_does_not_see_it(word):
    drawings = list(word.element.iter(qn("wp:docPr")))
    assert [d.get("descr") for d in drawings] == [CHART.alt, MAP.alt, PAIRED.alt]
    assert len({d.get("id") for d in drawings}) == 3
    assert len(list(word.element.iter(qn("w:drawing")))) == 3


def test_only_what_needs_it_lies_on_its_side_and_all_pages_are_a4(word):
    sizes = [(round(s.page_width / Cm(1)), round(s.page_height / Cm(1))) for s in word.sections]
    assert sizes == [(21, 30), (21, 30), (30, 21), (21, 30)]


@pytest.mark.parametrize("section", range(4))
def test_page_numbers_in_every_footer(word, section):
    fields = texts(word.sections[section].footer._element, "w:instrText")
    assert fields == [" PAGE ", " NUMPAGES "]


def test_no_table_is_wider_than_its_page(word):
    room = {True: 9070, False: 14002}
    for i, table in enumerate(word.tables):
        grid = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid]
        assert sum(grid) <= room[i != 2]


def test_signs_that_xml_cannot_hold_are_replaced(word):
    assert "tecken \ufffd och en ensam surrogat \ufffd stoppar" in word.element.xml


def test_a_round_with_an_unfit_name_is_written_too():
    chart = replace(PAIRED, before="2006\ud8002007", bars=(Bar("Vård\x02en", 1, before=2),))
    data = document(replace(report(), title="Sam\x03verkan", blocks=(chart,)))
    assert docx.Document(io.BytesIO(data)).core_properties.title == "Sam\ufffdverkan"


def test_the_same_report_gives_the_same_bytes(data):
    assert document(report()) == data


def test_a_chart_has_its_figures_in_a_workbook_and_in_the_document(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    books = [n for n in archive.namelist() if n.endswith(".xlsx")]
    sheet = openpyxl.load_workbook(io.BytesIO(archive.read(books[0])))["Diagram"]
    rows = [[c.value for c in row[:6]] for row in sheet.iter_rows()]
    assert rows[1:] == [
        ["Vården", 84, 80, 91, 4, 7],
        ["– Barnpsykiatri", 8, 8, 8, 0, 0],
        ["Okänt", None, None, None, None, None],
    ]
    chart = archive.read("word/charts/chart1.xml").decode()
    assert "<c:f>Diagram!$B$2:$B$4</c:f>" in chart
    assert re.findall(r"<c:plus>.*?</c:plus>", chart)[0].count("<c:pt ") == 2


def test_a_chart_with_the_last_round_has_two_series_and_a_legend(data):
    chart = zipfile.ZipFile(io.BytesIO(data)).read("word/charts/chart3.xml").decode()
    assert re.findall(r"<c:tx>.*?<c:v>(.*?)</c:v>", chart)[:2] == ["Denna omgång", "2006–2007"]
    assert "<c:legend>" in chart
    assert '<c:max val="100"/>' in chart


def test_the_map_is_an_svg_with_a_png_for_programs_that_do_not_know_it(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.read("word/media/karta2.png").startswith(b"\x89PNG")
    assert b"<svg" in archive.read("word/media/karta2.svg")
    text = archive.read("word/document.xml").decode()
    targets = dict(re.findall(r'Id="(\w+)" [^>]*Target="media/([^"]+)"', archive.read(
        "word/_rels/document.xml.rels").decode()))  # fmt: skip
    assert targets[re.findall(r'<a:blip r:embed="(\w+)"', text)[0]] == "karta2.png"
    assert targets[re.findall(r'svgBlip[^>]* r:embed="(\w+)"', text)[0]] == "karta2.svg"


def test_an_empty_report_is_a_document_too():
    word = docx.Document(io.BytesIO(document(replace(report(), blocks=()))))
    assert styled(word, "Title") == ["Samverkan 2008–2010"]


@pytest.mark.parametrize("lock", ["~$apport.docx", ".~lock.rapport.docx#"])
def test_a_report_open_in_word_is_left_alone(tmp_path: Path, lock: str):
    path = write_docx(report(), tmp_path / "rapport.docx")
    (tmp_path / lock).touch()
    before = path.read_bytes()
    with pytest.raises(WriteError, match="öppen i ett annat program"):
        write_docx(replace(report(), title="Ny"), path)
    assert path.read_bytes() == before
