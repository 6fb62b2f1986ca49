"""Codings that rest on repaired text are surer of less, and a person looks at them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotations.confidence import load_confidence
from corpus.types import Coding, Document, Span, Status
from pipeline.language.repair_damage import damaged

REASON = "Skadad text: å, ä och ö är förlorade och orden lagade; jämför citatet med originalet."
LOST = "Skadad text: ord som talar för eller emot kan ha gått förlorade."
# Simulated damage raised the share of wrong codings by up to a tenth; real scans lose more.
MORE_WRONG = 1.5

Stretches = Mapping[str, tuple[tuple[int, int], ...]]


def doubted(codings: Sequence[Coding], documents: Sequence[Document]) -> tuple[Coding, ...]:
    """Return the codings, those of projects with damaged text with less confidence.

    What quotes damaged text is flagged. What rests on silence is less sure, for words may have
    been lost, and flagged where it is too little sure then.
    """
    hurt = {d.name: stretches for d in documents if (stretches := damaged(d))}
    return tuple(_doubted(c, hurt) for c in codings) if hurt else tuple(codings)


def _doubted(coding: Coding, hurt: Stretches) -> Coding:
    if coding.evidence is not None and not _quotes(coding.evidence, hurt):
        return coding
    less = replace(coding, confidence=max(0.0, 1 - MORE_WRONG * (1 - coding.confidence)))
    if coding.evidence is not None:
        return replace(less, status=Status.REVIEW, reasons=(*coding.reasons, REASON))
    if less.confidence < load_confidence().review_below <= coding.confidence:
        return replace(less, status=Status.REVIEW, reasons=(*coding.reasons, LOST))
    return less


def _quotes(span: Span, hurt: Stretches) -> bool:
    return any(start < span.end and span.start < end for start, end in hurt.get(span.document, ()))
