"""What to show for a value that no cue carries: the answer it was judged from, or the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from annotations.statements import Decisions
from corpus.types import Coding, Document, Role, Span
from pipeline.decide.case import Analysed
from pipeline.decide.scores import Score
from pipeline.decide.spans import evidence_span

SENTENCE = re.compile(r"[^\n]*?[.!?](?=\s|$)|[^\n]+")
LEAD = " \t•●▪–-*|·☒☐"
OWN = 0.8  # answers that count at least this much for a variable are where it is judged from


def ground(
    key: str,
    case: Analysed,
    scored: Mapping[str, Score],
    partners: Sequence[Coding],
    decisions: Decisions,
) -> Span | None:
    """Return the words that `variable.category` was judged from where none of them is a cue.

    In turn: a partner's, where partners weigh; the words of what it follows from; the first
    sentence of the answer that counts most; the document's title line, where the kind of document
    or silence decides. None for a text without words.
    """
    if decisions.weighing(key).partners and (span := _partner(partners, case)):
        return span
    for rule in decisions.follows:
        if rule.gives.get(key, 0.0) > 0:
            for cause in rule.all_of:
                if (best := scored[cause].best) is not None:
                    return evidence_span(best, case.document)
    variable = key.split(".")[0]
    if variable in decisions.titled:
        return _title(case)
    return next(_judged(variable, case, decisions), None) or _title(case)


def _partner(partners: Sequence[Coding], case: Analysed) -> Span | None:
    shown = [
        p
        for p in partners
        if p.value
        and p.role is Role.AKTIV
        and p.evidence is not None
        and p.evidence.document == case.document.name
    ]
    return max(shown, key=lambda p: p.confidence).evidence if shown else None


def _judged(variable: str, case: Analysed, decisions: Decisions) -> Iterator[Span]:
    factors = {a: decisions.question_factor(variable, a.question) for a in case.submission.answers}
    for answer, factor in sorted(factors.items(), key=lambda item: -item[1]):
        if factor >= OWN and answer.question != decisions.free:
            yield from _first(case.document, answer.start, answer.end)


def _title(case: Analysed) -> Span | None:
    end = case.submission.end or len(case.document.text)
    return next(_first(case.document, case.submission.start, end), None)


def _first(document: Document, start: int, end: int) -> Iterator[Span]:
    """Yield the first sentence with a letter or figure in it."""
    for match in SENTENCE.finditer(document.text, start, end):
        words = match[0].strip(LEAD)
        if any(c.isalnum() for c in words):
            at = match.start() + match[0].index(words)
            page = document.page_at(at)
            yield Span(document.name, at, at + len(words), page.number if page else None)
            return
