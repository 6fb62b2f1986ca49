"""The words a coding shows: the sentence around a mention, as offsets into its document."""

from __future__ import annotations

from corpus.types import Document, Mention, Span


def evidence_span(mention: Mention, document: Document) -> Span:
    """Return the sentence around a mention, or only its words where that spans two pages."""
    start, end = mention.sent_start, mention.sent_end
    page = document.page_at(mention.start)
    if page is not None and not (page.start <= start and end <= max(page.end, page.start + 1)):
        start, end = max(start, page.start), min(end, page.end)
        if not start <= mention.start < mention.end <= end:
            start, end = mention.start, mention.end
    start, end = _trimmed(document, start, end)
    return Span(document.name, start, end, page.number if page else None)


def sentence_span(start: int, end: int, document: Document) -> Span:
    """Return the words of a sentence at `start:end`, only those of its first page if it has two."""
    start, end = _trimmed(document, start, end)
    page = document.page_at(start)
    if page is not None:
        start, end = _trimmed(document, start, min(end, page.end))
    return Span(document.name, start, end, page.number if page else None)


def _trimmed(document: Document, start: int, end: int) -> tuple[int, int]:
    text = document.text[start:end]
    return start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
