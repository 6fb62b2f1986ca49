"""Addresses that hold in every program, whatever a document is called."""

from __future__ import annotations

import pytest

from corpus.types import Coding, Header, Origin, Project, Span, Status
from pipeline.evidence.links import PAGE_NAME, Links, evidence_link, page_link, page_name

PROJECT = Project("P1", Header(), ("a.docx", "b.docx"))


def coding(evidence=None, value=True):
    return Coding("partner", "polis", value, None, 0.9, Status.AUTO, Origin.RULE, evidence)


@pytest.mark.parametrize(
    ("document", "readable"),
    [
        ("blankett.docx", "blankett"),
        ("inkommet/Årsta & Östra (1).docx", "arsta-ostra-1"),
        ("post.eml/c.docx", "c"),
        ("../../etc/passwd", "passwd"),
        ("кириллица.pdf", "dokument"),
        ("a" * 400 + ".pdf", "a" * 60),
        ("con\0ge\ud800.pdf", "con-ge"),
        ("100%#?.pdf", "100"),
        ("", "dokument"),
    ],
)
def test_page_names_are_short_plain_and_readable(document, readable):
    name = page_name(document)
    assert PAGE_NAME.fullmatch(name)
    assert name.rpartition("-")[0] == readable


def test_documents_that_look_alike_have_pages_of_their_own():
    names = ["a/b.docx", "A/B.docx", "a-b.docx", "a/b.pdf", "b.docx", "å/b.docx"]
    assert len({page_name(n) for n in names}) == len(names)


def test_words_have_an_address():
    span = Span("a.docx", 4, 11, 2)
    assert evidence_link(coding(span)) == f"{page_link('a.docx')}#ord-4-11"
    assert evidence_link(coding()) == ""


def test_without_words_a_tick_leads_to_its_box_and_else_to_the_newest_document():
    box = Span("a.docx", 1, 8, 1)
    links = Links({"a.docx", "b.docx"}, {"P1": {("partner", "polis"): box}})
    assert links.of(PROJECT, coding()) == f"{page_link('a.docx')}#ord-1-8"
    assert links.of(PROJECT, coding(value=False)) == page_link("b.docx")
    assert links.of(PROJECT, None) == page_link("b.docx")


def test_a_document_without_page_has_no_address():
    assert Links({"b.docx"}).of(PROJECT, coding(Span("a.docx", 0, 4))) == ""
    assert Links().of(PROJECT, None) == ""
