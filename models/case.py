"""What a model sees of one document: its text, answers, ticks and the rules' mentions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.types import Coding, Document, Mention, Submission

PARTNER = "partner"


class Case(Protocol):
    """One submission with everything the rules found in it."""

    @property
    def document(self) -> Document: ...  # noqa: D102
    @property
    def submission(self) -> Submission: ...  # noqa: D102
    @property
    def mentions(self) -> tuple[Mention, ...]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Example:
    """One report to learn from or to be tested on: case, the rules' codings, and the gold.

    `gold` maps (variable, category) to "" (not coded), "ja" or a partner's role. `contexts` maps a
    mention (start, end, partner) to what it says of the partner, `evidence` what a passage of the
    text shows to its offsets; None where nobody marked any.
    """

    id: str
    writer: str
    case: Case
    codings: tuple[Coding, ...]
    gold: Mapping[tuple[str, str], str]
    contexts: Mapping[tuple[int, int, str], str] | None
    evidence: Mapping[tuple[str, str], tuple[int, int]] | None = None


def ticked(case: Case, question: str) -> tuple[str, ...]:
    """Return the checked options of one question."""
    return tuple(c.option for c in case.submission.choices if c.question == question and c.checked)


def is_form(case: Case) -> bool:
    """Whether the document has boxes at all."""
    return bool(case.submission.choices)


def texts(case: Case) -> dict[str, str]:
    """Return the answers by question; several answers to one question are joined by line breaks."""
    found: dict[str, list[str]] = {}
    for answer in case.submission.answers:
        found.setdefault(answer.question, []).append(case.document.text[answer.start : answer.end])
    return {question: "\n".join(parts) for question, parts in found.items()}


def named(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that name a partner (an answer's own group is no name)."""
    return [m for m in mentions if m.variable == PARTNER and not m.rule.startswith("svar.")]
