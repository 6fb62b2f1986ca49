"""Which stretch of text a reviewer is shown: the answer around the evidence, or to the question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook
from annotations.forms import Form, Question, load_forms
from annotations.statements import load_decisions
from corpus.types import Answer, Document, Span, Submission
from pipeline.review.basis import part

WINDOW = 3000  # letters shown of a letter without questions
LONGEST = 12_000  # letters of one answer that are shown whole
OWN = 0.8  # answers that count at least this much for a variable are about it


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document that answers one question ("" where it answers none)."""

    document: str
    start: int
    end: int
    question: str
    page: int | None


def around(
    evidence: Span, submissions: Sequence[Submission], documents: Mapping[str, Document]
) -> Passage | None:
    """Return the answer that holds the evidence, of a letter the paragraphs around it."""
    document = documents.get(evidence.document)
    if document is None:
        return None
    own = [s for s in submissions if s.document == evidence.document]
    for submission in own:
        for answer in submission.answers:
            if answer.start <= evidence.start and evidence.end <= answer.end:
                return _shown(document, submission, answer, evidence.start, evidence.end)
    bounds = [part(s, documents) for s in own]
    low, high = next(
        ((a, b) for a, b in bounds if a <= evidence.start < b), (0, len(document.text))
    )
    start, end = window(document.text, evidence.start, evidence.end, low, high)
    return _passage(document, start, end, "")


def asked(
    variable: str,
    category: str,
    submissions: Sequence[Submission],
    documents: Mapping[str, Document],
    codebook: Codebook,
) -> Passage | None:
    """Return the newest answer to the question about a category.

    Without one the question's boxes, else the answer in which words count most. For what nothing
    speaks of: the reviewer sees where it would have stood.
    """
    for submission in reversed(submissions):
        document = documents[submission.document]
        form = next((f for f in load_forms() if f.id == submission.form), None)
        questions = list(_questions(variable, category, form, codebook))
        names = [name for question, option in questions for name in _texts_of(question, option)]
        if (found := _answer(names, submission)) is not None:
            return _shown(document, submission, found, found.start, found.start)
        boxes = [c for c in submission.choices if any(q.id == c.question for q, _ in questions)]
        if boxes:
            start, end = min(c.start for c in boxes), max(c.end for c in boxes)
            start = document.text.rfind("\n", 0, start) + 1
            end = _line_end(document.text, end, len(document.text))
            if end - start <= WINDOW:
                return _passage(document, start, end, boxes[0].question)
        if (about := _answer_about(variable, submission)) is not None:
            return _shown(document, submission, about, about.start, about.start)
        if submission.form is None:
            low, high = part(submission, documents)
            return _passage(document, *window(document.text, low, low, low, high), "")
    return None


def window(
    text: str, start: int, end: int, low: int, high: int, most: int = WINDOW
) -> tuple[int, int]:
    """Return whole paragraphs of `text[low:high]` around `start:end`, at most `most` letters.

    The paragraphs that `start:end` stands in always come along; where they alone are longer, whole
    words of them do. What `start:end` is, is never cut.
    """
    first = max(low, text.rfind("\n", low, start) + 1)
    last = _line_end(text, max(start, end - 1), high)
    if last - first > most:
        return _cut(text, start, end, first, last, max(0, most - (end - start)) // 2)
    grew = True
    while grew:
        grew = False
        above = max(low, text.rfind("\n", low, max(low, first - 1)) + 1)
        if above < first and last - above <= most:
            first, grew = above, True
        below = _line_end(text, last + 1, high)
        if below > last and below - first <= most:
            last, grew = below, True
    return _trimmed(text, first, last)


def _cut(text: str, start: int, end: int, first: int, last: int, room: int) -> tuple[int, int]:
    a, b = max(first, start - room), min(last, end + room)
    if a > first and (blank := text.find(" ", a, start)) >= 0:
        a = blank + 1
    if b < last and (blank := text.rfind(" ", end, b)) >= 0:
        b = blank
    return a, b


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _line_end(text: str, at: int, high: int) -> int:
    if at >= high:
        return high
    found = text.find("\n", at, high)
    return found if found >= 0 else high


def _shown(
    document: Document, submission: Submission, answer: Answer, start: int, end: int
) -> Passage:
    """Return an answer whole, but of a letter or of a very long one the paragraphs at hand."""
    a, b = answer.start, answer.end
    if answer.question == load_decisions().free:
        low, high = part(submission, {document.name: document})
        a, b = window(document.text, start, end, min(a, low), max(b, high))
    elif b - a > LONGEST:
        a, b = window(document.text, start, end, a, b)
    return _passage(document, a, b, answer.question)


def _passage(document: Document, start: int, end: int, question: str) -> Passage:
    page = document.page_at(start)
    return Passage(document.name, start, end, question, page.number if page else None)


def _questions(
    variable: str, category: str, form: Form | None, codebook: Codebook
) -> Iterator[tuple[Question, str]]:
    """Yield each question of the form whose boxes mean the category, with the box's option.

    A `one` variable, and a category that has no box of its own, is asked by the variable's.
    """
    if form is None:
        return
    found = codebook.variable(variable)
    group = found.group_of(category) if category else None
    named = {category, group.id if group else category}
    ticks = [t for id, boxes in found.ticks() if not category or id in named for t in boxes]
    ticks = ticks or [t for _, boxes in found.ticks() for t in boxes]
    for tick in ticks:
        question, _, option = tick.partition(".")
        if (asks := form.question(question)) is not None:
            yield asks, option


def _texts_of(question: Question, option: str) -> Iterator[str]:
    """Yield the ids under which words beside a box are answers, the box's own first."""
    yield from (o.text for o in question.options if o.id == option and o.text)
    if question.text:
        yield question.text
    yield question.id


def _answer(names: Sequence[str], submission: Submission) -> Answer | None:
    """Return the answer to the first of the questions that has one."""
    found = (a for name in names for a in submission.answers if a.question == name)
    return next(found, None)


def _answer_about(variable: str, submission: Submission) -> Answer | None:
    """Return the answer in which words count most for the variable, if any is about it."""
    decisions = load_decisions()
    if variable not in decisions.questions:
        return None
    told = [(decisions.question_factor(variable, a.question), a) for a in submission.answers]
    told = [(factor, a) for factor, a in told if a.question != decisions.free]
    best = max(told, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= OWN else None
