"""Runs the example sentences of the statement cues through the rules."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.statements import Cue, load_cues
from corpus.types import Answer, Document, DocumentKind, Mention, Page, Submission
from pipeline.language.swedish import analyse
from pipeline.rules.statements import find_statements

ANY_QUESTION = "insatser"
SPEAKS_FOR = 0.3  # a cue that gives less is a nudge, which a counterexample may give too


def check_cue_examples() -> list[str]:
    """Return Swedish lines about every example that its cue does not read as it says."""
    return [fault for file in load_cues() for cue in file.cues for fault in cue_faults(cue)]


def cue_faults(cue: Cue) -> Iterator[str]:
    """Yield a line for each example that the cue misses and each counterexample it speaks for."""
    strong = {key for key, weight in cue.gives.items() if weight >= SPEAKS_FOR}
    for text in cue.examples:
        if not _found(cue, text):
            yield f"{cue.id}: exemplet hittas inte: {text!r}"
    for text in cue.counterexamples:
        for mention in _found(cue, text):
            key = f"{mention.variable}.{mention.category}"
            if key in strong and mention.weight >= SPEAKS_FOR:
                yield f"{cue.id}: motexemplet ger {key}: {text!r}"


def as_answer(text: str, question: str) -> tuple[Document, Submission]:
    """Return a document that is one answer to one question."""
    document = Document("exempel", "", "txt", text, (Page(1, 0, len(text)),))
    return document, Submission(
        document="exempel",
        part=0,
        kind=DocumentKind.FRI_REDOVISNING,
        kind_confidence=1.0,
        kind_reason="",
        answers=(Answer(question, 0, len(text)),),
        end=len(text),
    )


def _found(cue: Cue, text: str) -> list[Mention]:
    question = cue.questions[0] if cue.questions else ANY_QUESTION
    found = find_statements(*as_answer(text, question), analyse(text))
    return [m for m in found if m.rule == cue.id]
