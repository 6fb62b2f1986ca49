"""One document of a project with everything found in it: what decisions are made from."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.types import Document, Mention, Submission


@dataclass(frozen=True, slots=True)
class Analysed:
    """A submission, the document it stands in, and the mentions found in it.

    `mentions` holds partners and statements alike, in text order.
    """

    document: Document
    submission: Submission
    mentions: tuple[Mention, ...]
