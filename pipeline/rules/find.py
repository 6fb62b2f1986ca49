"""Everything the rules find in one submission: partners and statements, in text order."""

from __future__ import annotations

from spacy.tokens import Doc

from corpus.types import Document, Mention, Submission
from pipeline.language.repair import repair
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from pipeline.rules.statements import find_statements


def find(document: Document, submission: Submission, doc: Doc | None = None) -> tuple[Mention, ...]:
    """Return the mentions of every variable; `doc` is the document's analysis where it exists.

    Damaged text is read as repaired; the offsets are of the original all the same.
    """
    sound = repair(document)
    if sound.changes:
        document, submission = sound.document, sound.submission_forward(submission)
        doc = None
    if doc is None:
        doc = analyse(_answers_only(document, submission), parsed=True, lemmas=False)
    mentions = (
        *find_partners(document, submission, doc),
        *find_statements(document, submission, doc),
    )
    ordered = sorted(mentions, key=lambda m: (m.start, m.end, m.variable, m.category))
    return sound.mentions_back(ordered)


def _answers_only(document: Document, submission: Submission) -> str:
    """Return the text with all but the answers blanked: a form's own words need no analysis.

    Offsets stay as they are. Without answers the whole text counts.
    """
    if not submission.answers:
        return document.text
    parts: list[str] = []
    at = 0
    for answer in sorted(submission.answers, key=lambda a: a.start):
        parts.append("\n" * (answer.start - at))
        parts.append(document.text[max(answer.start, at) : answer.end])
        at = max(at, answer.end)
    parts.append("\n" * (len(document.text) - at))
    return "".join(parts)
