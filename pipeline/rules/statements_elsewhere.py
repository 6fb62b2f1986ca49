"""Answers given elsewhere: "se fråga 1", "se ovan", or nothing where another answer tells all."""

from __future__ import annotations

from annotations.phrases import load_phrases
from corpus.types import Answer, Document, Submission

FEWEST_LETTERS = 4
LONGEST = 60


def refers(document: Document, answer: Answer) -> bool:
    """Whether an answer only points elsewhere."""
    words = document.text[answer.start : answer.end].strip()
    return len(words) <= LONGEST and bool(load_phrases()["reference"].fullmatch(words))


def unanswered(document: Document, submission: Submission, question: str) -> bool:
    """Whether a question has no answer in words of its own: none, a dash, or a reference."""
    return not any(
        answer.question == question
        and sum(c.isalpha() for c in document.text[answer.start : answer.end]) >= FEWEST_LETTERS
        and not refers(document, answer)
        for answer in submission.answers
    )
