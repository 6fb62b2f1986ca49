"""Addresses of document pages and of the words marked on them, relative to the out folder.

Page names are short plain ASCII, so that a link holds in every program and on every file system
whatever the document is called; the page itself says what that is.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from corpus.types import Coding, Project, Span
from pipeline.tables.types import CodingKey, Round

FOLDER = "dokument"
PAGE_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}-[0-9a-f]{12}\.html")
_LONGEST = 60  # letters of the readable part


@dataclass(frozen=True, slots=True)
class Links:
    """What a link needs to know: the documents that have a page, and ticks that stand for words."""

    documents: Collection[str] = frozenset()
    boxes: Mapping[str, Mapping[CodingKey, Span]] = field(default_factory=dict)

    def place(self, project: Project, coding: Coding | None) -> Span | None:
        """Return where the words or the tick stand that a coding rests on."""
        if coding is None:
            return None
        if coding.evidence is not None:
            return coding.evidence
        if not coding.value:  # a person has said no in spite of the tick
            return None
        return self.boxes.get(project.id, {}).get((coding.variable, coding.category))

    def of(self, project: Project, coding: Coding | None) -> str:
        """Return the address of a coding's words, else of the project's newest document.

        Empty where the document has no page (its text is not known).
        """
        place = self.place(project, coding)
        if place is not None:
            return span_link(place) if place.document in self.documents else ""
        known = [name for name in project.documents if name in self.documents]
        return page_link(known[-1]) if known else ""


def links(round: Round) -> Links:
    """Return a round's links."""
    return Links(paged(round), round.boxes)


def paged(round: Round) -> frozenset[str]:
    """Return the documents that get a page: those of projects whose text is known."""
    return frozenset(d for p in round.projects for d in p.documents if d in round.texts)


def evidence_link(coding: Coding) -> str:
    """Return the address of the words a coding rests on; empty without words."""
    return span_link(coding.evidence) if coding.evidence else ""


def span_link(span: Span) -> str:
    """Return the address of marked words."""
    return f"{page_link(span.document)}#{anchor(span.start, span.end)}"


def page_link(document: str) -> str:
    """Return the address of a document's page; it needs no escaping."""
    return f"{FOLDER}/{page_name(document)}"


@lru_cache(maxsize=2**16)  # a document stands behind many figures
def page_name(document: str) -> str:
    """Return the file name of a document's page: `inkommet/Årsta (1).docx` → `arsta-1-….html`."""
    folded = unicodedata.normalize("NFKD", PurePosixPath(document).stem.casefold())
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", folded)).strip("-")
    mark = hashlib.sha256(document.encode("utf-8", errors="surrogatepass")).hexdigest()[:12]
    return f"{plain[:_LONGEST].rstrip('-') or 'dokument'}-{mark}.html"


def anchor(start: int, end: int) -> str:
    """Return the anchor of the words `text[start:end]`."""
    return f"ord-{start}-{end}"
