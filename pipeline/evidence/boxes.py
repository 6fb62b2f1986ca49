"""Which ticked box stands behind a coding that no words speak for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.codebook import Codebook
from corpus.types import Choice, Coding, Document, Span, Submission
from pipeline.tables.types import CodingKey

_SIGNS = "☒☐☑"


def boxes(
    codings: Sequence[Coding],
    submissions: Sequence[Submission],
    documents: Mapping[str, Document],
    codebook: Codebook,
) -> dict[CodingKey, Span]:
    """Return, for each positive coding without words, the newest ticked box that means it.

    `submissions` are one project's, oldest first. The span is the sign and its label.
    """
    found: dict[CodingKey, Span] = {}
    for coding in codings:
        if not coding.value or coding.evidence is not None:
            continue
        meant = _meant(coding, codebook)
        for submission in reversed(submissions):
            ticked = (c for c in submission.choices if c.checked)
            if box := next((c for c in ticked if f"{c.question}.{c.option}" in meant), None):
                found[coding.variable, coding.category] = _span(box, documents[submission.document])
                break
    return found


def _meant(coding: Coding, codebook: Codebook) -> frozenset[str]:
    """The boxes of a category; a group's box means the category that stands for the group."""
    variable = codebook.variable(coding.variable)
    own = variable.category(coding.category).ticks
    of_groups = (t for g in variable.groups if g.other == coding.category for t in g.ticks)
    return frozenset((*own, *of_groups))


def _span(box: Choice, document: Document) -> Span:
    """The sign and the rest of its line up to the next box; a lone sign takes the next line."""
    text = document.text
    end = _line_end(text, box.end)
    if not text[box.end : end].strip():
        end = _line_end(text, end + 1)
    stops = [at for sign in _SIGNS if (at := text.find(sign, box.end, end)) >= 0]
    end = min([end, *stops])
    label = text[box.start : end].rstrip()
    page = document.page_at(box.start)
    return Span(
        document.name,
        box.start,
        max(box.end, box.start + len(label)),
        page.number if page else None,
    )


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)
