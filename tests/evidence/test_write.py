"""Pages as they are written: safe, whole, and gone when their document is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from annotations.codebook import load
from corpus.types import DocumentRecord, Header, Project, Reading, Role, Span
from pipeline.evidence.links import FOLDER, page_link
from pipeline.evidence.write import write_pages
from pipeline.tables.types import Round
from tests.tables.made_up import big_round, codings, small_round

BOOK = load()
NASTY = '</mark><script>alert("1")</script>'


def page_of(out, document):
    return html.fromstring((out / page_link(document)).read_text(encoding="utf-8"))


def one_document(name, text, *spans, starts=()):
    coded = codings(BOOK, {"partner.polis": Role.AKTIV, "malgrupp.barn": None})
    by_key = {f"{c.variable}.{c.category}": c for c in coded}
    for key, span in zip(("partner.polis", "malgrupp.barn"), spans, strict=False):
        by_key[key] = replace(by_key[key], evidence=Span(name, span[0], span[1], 1))
    record = DocumentRecord(name, "0" * 64, "txt", 2, None, ("P1",), Reading.OCR)
    return Round(
        "Omgång",
        (record,),
        (Project("P1", Header(titel=NASTY), (name,)),),
        {"P1": tuple(by_key.values())},
        {name: text},
        pages={name: starts} if starts else {},
    )


def test_nothing_of_the_documents_own_becomes_markup(tmp_path):
    name = f'mapp/"{NASTY.replace("/", "_")}.docx'
    write_pages(one_document(name, f"Polisen {NASTY} kom.", (0, 7), (8, 20)), BOOK, tmp_path)
    page = page_of(tmp_path, name)
    assert not page.xpath("//script | //img | //link | //@onclick | //@onload")
    assert NASTY in page.get_element_by_id("texten").text_content()
    assert page.get_element_by_id("ord-0-7").text_content() == "Polisen"
    assert name in page.xpath("//h1")[0].text_content()


def test_marks_say_what_they_are_evidence_for(tmp_path):
    write_pages(one_document("a.txt", "Polisen kom.\nBarnen också.", (0, 12)), BOOK, tmp_path)
    page = page_of(tmp_path, "a.txt")
    (note,) = page.xpath("//div[@class='with']//li")
    told = " ".join(note.text_content().split())
    assert told == "Samverkansparter: Polis (aktiv) Regel, sannolikhet 0,90"
    (row,) = page.xpath("//tbody/tr")
    assert row.xpath(".//a/@href") == ["#ord-0-12"]
    assert "Inläst från bild" in page.text_content()


def test_pages_have_their_numbers(tmp_path):
    text = "Först.\nPolisen kom.\n"
    write_pages(one_document("a.txt", text, (7, 19), starts=(0, 7)), BOOK, tmp_path)
    page = page_of(tmp_path, "a.txt")
    (second,) = page.xpath("//section[@aria-label='Sida 2']")
    assert second.xpath("./h2")[0].text == "Sida 2"
    assert second.xpath(".//mark")[0].text == "Polisen kom."


@pytest.mark.parametrize("span", [(5, 5), (-1, 4), (90, 99), (3, 900)])
def test_evidence_beyond_the_text_is_left_out(tmp_path, span):
    write_pages(one_document("a.txt", "Polisen kom.", span), BOOK, tmp_path)
    assert not page_of(tmp_path, "a.txt").xpath("//mark")


def test_the_whole_text_stands_on_the_page(tmp_path):
    round = small_round()
    write_pages(round, BOOK, tmp_path)
    for name in (n for p in round.projects for n in p.documents):
        shown = page_of(tmp_path, name).get_element_by_id("texten").text_content()
        for line in round.texts[name].splitlines():
            assert line.strip() in shown


def test_pages_of_documents_that_are_gone_are_removed(tmp_path):
    write_pages(big_round(4), BOOK, tmp_path)
    kept = tmp_path / FOLDER / "min-egen-anteckning.html"
    kept.write_text("", encoding="utf-8")
    written = write_pages(big_round(2), BOOK, tmp_path)
    assert set((tmp_path / FOLDER).iterdir()) == {kept, *written}
    assert len(written) == 2


def test_a_document_of_no_project_has_no_page(tmp_path):
    round = one_document("a.txt", "Polisen kom.", (0, 7))
    stray = DocumentRecord("b.txt", "1" * 64, "txt", 1, None, (), Reading.TEXT)
    round = replace(
        round, documents=(*round.documents, stray), texts={**round.texts, "b.txt": "Hej"}
    )
    assert len(write_pages(round, BOOK, tmp_path)) == 1


def test_a_span_in_pieces_lights_up_whole(tmp_path):
    text = "Polisen och kyrkan kom tillsammans."
    write_pages(one_document("a.txt", text, (0, 18), (12, 34)), BOOK, tmp_path)
    page = page_of(tmp_path, "a.txt")
    assert ":root:has(#ord-12-34:target) .ord-12-34" in page.xpath("//style")[0].text
    pieces = page.xpath("//mark[contains(@class, 'ord-12-34')]")
    assert "".join(p.text_content() for p in pieces) == text[12:34]
