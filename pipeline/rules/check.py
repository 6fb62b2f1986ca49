"""Runs the examples of the partner lexicon and the context cues through the rules."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.lexicon import Cue, Entry, load_cues, load_entries
from corpus.types import Answer, Document, DocumentKind, Page, Submission
from pipeline.language.swedish import analyse
from pipeline.rules.cues import SKIP, find_cues
from pipeline.rules.partners import VARIABLE, find_partners
from pipeline.rules.wholes import OWN

ANY_QUESTION = "insatser"


def check_examples() -> list[str]:
    """Return Swedish lines about every example that the rules do not read as it says."""
    entries, cues = load_entries(VARIABLE), load_cues()
    return [
        *(fault for entry in entries for fault in _entry_faults(entry)),
        *(fault for cue in cues for fault in _cue_faults(cue)),
    ]


def _entry_faults(entry: Entry) -> Iterator[str]:
    question = entry.questions[0] if entry.questions else ANY_QUESTION
    for text in entry.hits:
        if entry.category not in _named(text, question):
            yield f"partner.{entry.id}: exemplet hittas inte: {text!r}"
    for text in entry.misses:
        if entry.category in _named(text, question):
            yield f"partner.{entry.id}: motexemplet hittas: {text!r}"


def _named(text: str, question: str) -> set[str]:
    """Return the categories that count as named, the sender's own units left out."""
    document = Document("exempel", "", "txt", text, (Page(1, 0, len(text)),))
    submission = Submission(
        document="exempel",
        part=0,
        kind=DocumentKind.FRI_REDOVISNING,
        kind_confidence=1.0,
        kind_reason="",
        answers=(Answer(question, 0, len(text)),),
        end=len(text),
    )
    mentions = find_partners(document, submission, analyse(text))
    return {m.category for m in mentions if m.category != OWN}


def _cue_faults(cue: Cue) -> Iterator[str]:
    if cue.category == SKIP:
        return
    question = cue.questions[0] if cue.questions else ANY_QUESTION
    for text in cue.hits:
        if cue.category not in _said(text, question):
            yield f"context.{cue.id}: exemplet ger inte {cue.category}: {text!r}"
    for text in cue.misses:
        if cue.category in _said(text, question):
            yield f"context.{cue.id}: motexemplet ger {cue.category}: {text!r}"


def _said(text: str, question: str) -> set[str]:
    return {
        hit.cue.category
        for sentence in analyse(text).sents
        for hit in find_cues(sentence, question)
        if hit.cue.strength >= 0.5
    }
