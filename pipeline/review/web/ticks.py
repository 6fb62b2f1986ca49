"""The form's question as it was asked, and its boxes as they were ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.forms import Form, Question
from corpus.types import Choice, Submission

SURE = 0.9
"""Below this the reader is not certain of a tick: look at the picture."""


@dataclass(frozen=True, slots=True)
class ShownTick:
    """One box with its words; `own` is one that means what is asked about."""

    label: str
    checked: bool
    unsure: bool
    own: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the form in the document's own words, or the form's.

    `beside` names the question the boxes belong to where that is another one.
    """

    text: str
    ticks: tuple[ShownTick, ...] = ()
    beside: str = ""


def submission_at(submissions: Sequence[Submission], at: int | None) -> Submission | None:
    """Return the submission of a document that holds an offset, else the first."""
    if at is not None:
        for one in submissions:
            if one.start <= at < max(one.end, one.start + 1):
                return one
    return submissions[0] if submissions else None


def asked(
    submission: Submission | None,
    forms: Sequence[Form],
    question: str,
    boxes: Sequence[str],
    at: int | None,
) -> Asked:
    """Return the question an answer belongs to, and the boxes that stand beside it.

    `question` is the answer's id. `boxes` are the boxes that mean the category, as
    `question.option`: their question is shown where the answer has none. `at` is where the answer
    begins.
    """
    if submission is None:
        return Asked("")
    form = next((f for f in forms if f.id == submission.form), None)
    found = _ticked_question(form, question, boxes) if form else None
    own = found is not None and found.id == question
    # Above an answer below a question's boxes stands the last box, not the question.
    heading = "" if own else _heading(submission, question, at)
    if not heading and form:
        plain = form.question(question) or found
        heading = plain.anchors[0] if plain and plain.anchors else ""
    if not heading and found:
        heading = found.label or found.id
    if found is None:
        return Asked(heading)
    labels = {option.id: option.label or option.anchors[0] for option in found.options}
    elsewhere = bool(question) and not _belongs(found, question)
    return Asked(
        heading,
        _ticks(submission.choices, found.id, labels, boxes),
        (found.label or found.id) if elsewhere else "",
    )


def _ticked_question(form: Form, question: str, boxes: Sequence[str]) -> Question | None:
    """Return the choice question that `question` belongs to, else the one of the boxes."""
    for one in form.questions:
        if question and one.kind == "choice" and _belongs(one, question):
            return one
    ids = [box.partition(".")[0] for box in boxes]
    return next((q for q in form.questions if q.kind == "choice" and q.id in ids), None)


def _belongs(one: Question, question: str) -> bool:
    return question in {one.id, one.text, *(option.text for option in one.options)}


def _heading(submission: Submission, question: str, at: int | None) -> str:
    answers = [a for a in submission.answers if a.question == question]
    if at is not None:
        answers = [a for a in answers if a.start <= at < max(a.end, a.start + 1)] or answers
    return next((a.heading for a in answers if a.heading), "")


def _ticks(
    choices: Sequence[Choice], question: str, labels: dict[str, str], boxes: Sequence[str]
) -> tuple[ShownTick, ...]:
    # A box read twice (a corrected copy) is shown as it was read last.
    last = {choice.option: choice for choice in choices if choice.question == question}
    order = [*labels, *(option for option in last if option not in labels)]
    return tuple(
        ShownTick(
            labels.get(option, option),
            last[option].checked,
            last[option].certainty < SURE,
            f"{question}.{option}" in boxes,
        )
        for option in order
        if option in last
    )
