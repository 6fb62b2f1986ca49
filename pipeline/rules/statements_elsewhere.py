"""Answers given elsewhere: "se fråga 1", "se ovan", or nothing where another answer tells all."""

from __future__ import annotations

import re

from corpus.types import Answer, Document, Submission

FEWEST_LETTERS = 4
LONGEST_REFERENCE = 60
REFERENCE = re.compile(
    r"\W*(?:(?:mål\w*|svar\w*|uppgift\w*) )?"
    r"(?:finns|se|jfr|jämför|framgår|besvara[ts]\w*|(?:det |allt )?står|läs|samma|som"
    r"|enligt|enl\.?)\b"
    r"[^.\n]*?(?:ovan|nedan|först|före|tidigare|fråga|punkt|svar|under|sid|brev|text|bilag"
    r"|berättels|rapport|uppfölj|ansökan|protokoll|pärm|\b\d{1,2} ?[a-d]?\b)[^\n]*",
    re.IGNORECASE,
)


def refers(document: Document, answer: Answer) -> bool:
    """Whether an answer only points elsewhere."""
    words = document.text[answer.start : answer.end].strip()
    return len(words) <= LONGEST_REFERENCE and bool(REFERENCE.fullmatch(words))


def unanswered(document: Document, submission: Submission, question: str) -> bool:
    """Whether a question has no answer in words of its own: none, a dash, or a reference."""
    return not any(
        answer.question == question
        and sum(c.isalpha() for c in document.text[answer.start : answer.end]) >= FEWEST_LETTERS
        and not refers(document, answer)
        for answer in submission.answers
    )
