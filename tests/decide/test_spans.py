"""A sentence as evidence: trimmed, on the page it begins on, and never over two pages."""

from __future__ import annotations

import pytest

from corpus.types import Document, Page
from pipeline.decide.spans import sentence_span

TEXT = "Ett möte. Två möten. Tre möten."
PAGES = (Page(1, 0, 16), Page(2, 16, 21), Page(3, 21, len(TEXT)))


@pytest.mark.parametrize(
    ("start", "end", "words", "page"),
    [
        (0, 9, "Ett möte.", 1),
        (9, 20, "Två mö", 1),  # begins with a blank, goes on over the page
        (15, 20, "ö", 1),
        (20, 31, "Tre möten.", 3),  # the blank before it is on the page before
    ],
)
def test_a_sentence_stays_on_its_page(start: int, end: int, words: str, page: int) -> None:
    span = sentence_span(start, end, Document("a", "", "txt", TEXT, PAGES))
    assert (TEXT[span.start : span.end], span.page) == (words, page)


def test_a_document_without_pages_has_none() -> None:
    span = sentence_span(9, 20, Document("a", "", "txt", TEXT, ()))
    assert (TEXT[span.start : span.end], span.page) == ("Två möten.", None)
