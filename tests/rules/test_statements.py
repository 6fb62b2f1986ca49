"""Each cue is explained by sentences it must find, and by sentences it must leave alone."""

from __future__ import annotations

import pytest

from annotations.statements import Cue, load_cues
from corpus.types import Answer, Document, DocumentKind, Mention, Page, Submission
from pipeline.language.swedish import analyse
from pipeline.rules.statements import find_statements

CUES = [cue for file in load_cues() for cue in file.cues]


def statements(text: str, question: str = "insatser") -> tuple[Mention, ...]:
    document = Document("svar.txt", "0", "txt", text, (Page(1, 0, len(text)),))
    submission = Submission(
        "svar.txt",
        0,
        DocumentKind.BLANKETT_SLUT,
        1.0,
        "",
        answers=(Answer(question, 0, len(text)),),
        end=len(text),
    )
    return find_statements(document, submission, analyse(text))


def question_of(cue: Cue) -> str:
    return cue.questions[0] if cue.questions else "insatser"


@pytest.mark.parametrize(
    ("cue", "sentence"),
    [pytest.param(c, s, id=f"{c.id}: {s[:40]}") for c in CUES for s in c.examples],
)
def test_a_cue_fires_on_its_examples(cue: Cue, sentence: str) -> None:
    found = [m for m in statements(sentence, question_of(cue)) if m.rule == cue.id]
    assert found, sentence
    assert all(sentence[m.sent_start : m.sent_end].strip() for m in found)


@pytest.mark.parametrize(
    ("cue", "sentence"),
    [pytest.param(c, s, id=f"{c.id}: {s[:40]}") for c in CUES for s in c.counterexamples],
)
def test_a_cue_says_nothing_for_its_counterexamples(cue: Cue, sentence: str) -> None:
    keys = {key for key, weight in cue.gives.items() if weight >= 0.3}
    found = [m for m in statements(sentence, question_of(cue)) if m.rule == cue.id]
    assert not [m for m in found if f"{m.variable}.{m.category}" in keys and m.weight >= 0.3]
