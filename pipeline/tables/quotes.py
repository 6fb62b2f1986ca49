"""The words that codings rest on, cut out of the texts once: a text may be slow to fetch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.types import Coding, Project, Span
from pipeline.evidence.links import Links, links
from pipeline.tables.types import Round

_NO_LINKS = Links()


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotes of a round by where they stand, the documents whose texts are known, and links."""

    words: Mapping[Span, str]
    documents: frozenset[str]
    links: Links = _NO_LINKS

    def shown(self, project: Project, coding: Coding | None) -> str:
        """Return the words a coding rests on or else the ticked box with its label."""
        place = self.links.place(project, coding)
        return self.words.get(place, "") if place else ""

    def of(self, coding: Coding) -> str:
        """Return the words a coding rests on, verbatim; empty without evidence."""
        return self.words.get(coding.evidence, "") if coding.evidence else ""


def collect(round: Round) -> Quotes:
    """Cut out every coding's quote, each text fetched once at most."""
    wanted: dict[str, set[Span]] = {}
    for project in round.projects:
        for coding in round.codings.get(project.id, ()):
            if coding.evidence:
                wanted.setdefault(coding.evidence.document, set()).add(coding.evidence)
        for box in round.boxes.get(project.id, {}).values():
            wanted.setdefault(box.document, set()).add(box)
    documents = frozenset(round.texts)
    words: dict[Span, str] = {}
    for document in wanted.keys() & documents:
        text = round.texts[document]
        words |= {span: text[span.start : span.end] for span in wanted[document]}
    return Quotes(words, documents, links(round))
