"""Small submissions for tests: answers and ticks as a form would give them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.codebook import load
from corpus.types import (
    Answer,
    Choice,
    Coding,
    Document,
    DocumentKind,
    Header,
    Page,
    Submission,
)
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.rules.find import find

Cells = dict[tuple[str, str], Coding]


def case(
    answers: Mapping[str, str],
    ticks: Sequence[str] = (),
    *,
    kind: DocumentKind = DocumentKind.BLANKETT_SLUT,
    name: str = "svar.txt",
    certainty: float = 1.0,
    header: Header | None = None,
) -> Analysed:
    """Return a submission with these answers; ticks are `question.option`, `!` before unticked."""
    text, given, choices = "", [], []
    for tick in ticks:
        question, option = tick.removeprefix("!").split(".")
        checked = not tick.startswith("!")
        choices.append(
            Choice(question, option, checked, len(text), len(text) + 1, certainty=certainty)
        )
        text += f"{'☒' if checked else '☐'} {option}\n"
    for question, answer in answers.items():
        given.append(Answer(question, len(text), len(text) + len(answer)))
        text += answer + "\n"
    document = Document(name, name, "txt", text, (Page(1, 0, len(text)),))
    submission = Submission(
        name,
        0,
        kind,
        1.0,
        "",
        form="redovisning",
        header=header or Header(),
        answers=tuple(given),
        choices=tuple(choices),
        end=len(text),
    )
    return Analysed(document, submission, find(document, submission))


def decided(*cases: Analysed) -> Cells:
    """Return the codings by variable and category."""
    return {(c.variable, c.category): c for c in decide(cases, load())}


def held(variable: str, cells: Cells) -> set[str]:
    """Return the categories of a variable that hold."""
    return {k for (v, k), c in cells.items() if v == variable and c.value}
