"""Everything the rules find in one submission: partners and statements, in text order."""

from __future__ import annotations

from spacy.tokens import Doc

from corpus.types import Document, Mention, Submission
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from pipeline.rules.statements import find_statements


def find(document: Document, submission: Submission, doc: Doc | None = None) -> tuple[Mention, ...]:
    """Return the mentions of every variable; `doc` is the document's analysis where it exists."""
    doc = analyse(document.text) if doc is None else doc
    mentions = (
        *find_partners(document, submission, doc),
        *find_statements(document, submission, doc),
    )
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.variable, m.category)))
