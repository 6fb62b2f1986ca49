"""Which ticked box a coding without words stands on."""

from __future__ import annotations

import pytest

from annotations.codebook import load
from corpus.types import (
    Choice,
    Coding,
    Document,
    DocumentKind,
    Origin,
    Page,
    Span,
    Status,
    Submission,
)
from pipeline.evidence.boxes import boxes

BOOK = load()
TEXT = "☐ Polis\n☒ Kyrka och samfund ☐ Annat\nx\n☒\nFörsäkringskassan\nSlut"


def document(name="a.docx"):
    return Document(name, "0" * 64, "docx", TEXT, (Page(1, 0, 36), Page(2, 36, len(TEXT))))


def submission(name, *choices):
    return Submission(name, 0, DocumentKind.BLANKETT_SLUT, 1.0, "", choices=choices)


def tick(option, at, checked=True):
    return Choice("aktor", option, checked, at, at + 1)


def coding(category, value=True, evidence=None):
    return Coding("partner", category, value, None, 0.8, Status.AUTO, Origin.TICK, evidence)


CHURCH, INSURANCE = tick("kyrka_samfund", 8), tick("forsakringskassa", TEXT.index("☒\nF"))


@pytest.mark.parametrize(
    ("category", "words", "page"),
    [
        ("kyrka", "☒ Kyrka och samfund", 1),  # up to the next box
        ("forsakringskassa", "☒\nFörsäkringskassan", 2),  # a lone sign takes the next line
    ],
)
def test_a_box_is_its_sign_and_label(category, words, page):
    one = submission("a.docx", CHURCH, INSURANCE)
    found = boxes([coding(category)], [one], {"a.docx": document()}, BOOK)
    span = found["partner", category]
    assert TEXT[span.start : span.end] == words
    assert span.page == page


def test_the_newest_ticked_box_counts():
    documents = {name: document(name) for name in ("a.docx", "b.docx", "c.docx")}
    ones = [
        submission("a.docx", CHURCH),
        submission("b.docx", CHURCH),
        submission("c.docx", tick("kyrka_samfund", 8, checked=False)),
    ]
    assert boxes([coding("kyrka")], ones, documents, BOOK)["partner", "kyrka"].document == "b.docx"


@pytest.mark.parametrize(
    "one",
    [
        coding("kyrka", value=False),
        coding("kyrka", evidence=Span("a.docx", 0, 3)),
        coding("polis"),  # a part has no box of its own
    ],
)
def test_no_box_for_what_does_not_hold_or_has_words_or_has_none(one):
    submissions = [submission("a.docx", CHURCH, tick("rattsvasende", 0))]
    assert boxes([one], submissions, {"a.docx": document()}, BOOK) == {}
