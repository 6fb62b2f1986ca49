"""One decided cell in full: confidence, origin, the words it rests on, why a person should look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotations.codebook import Category, Variable
from annotations.confidence import load_confidence
from corpus.types import Choice, Coding, Document, Origin, Reading, Span, Status
from pipeline.decide.case import Analysed
from pipeline.decide.reasons import SCANNED, UNSURE_TICK, older_differs
from pipeline.decide.scores import Score

SURE_TICK = 0.9
STRONG = 0.8  # words this far above the threshold need no tick
# What a value can rest on; the rows of annotations/lexicon/confidence.yaml.
BASES = (
    *("kryss_och_text", "kryss", "text_stark", "text", "emot_kryss", "utan_ord", "gissning"),
    *("tyst", "nara", "tveksamt", "nekat", "kryss_fallt"),
)
SAYS_NO = -0.5  # words against a category weaker than this only shift the balance
NEAR = 0.4  # evidence that nearly reached the threshold, as a share of it


def coding_of(
    variable: Variable,
    category: Category,
    value: bool,
    score: Score,
    case: Analysed,
    basis: str,
    *,
    evidence: Span | None = None,
    differing: Sequence[str] = (),
) -> Coding:
    """Return the coding of one category.

    `basis` is what it rests on (`basis_of`), `differing` names older documents that say otherwise.
    """
    confidence = load_confidence().of(variable.id, basis)
    reasons = [*_reasons(variable, category, value, score, basis, case.document, evidence)]
    reasons += [older_differs(name) for name in differing]
    if confidence < load_confidence().review_below and not reasons:
        reasons.append(_WEAK if value else _NEARLY)
    return Coding(
        variable=variable.id,
        category=category.id,
        value=value,
        role=None,
        confidence=confidence,
        status=Status.REVIEW if reasons else Status.AUTO,
        origin=Origin.TICK if value and score.tick and evidence is None else Origin.RULE,
        evidence=evidence,
        reasons=tuple(reasons),
    )


def silent(variable: str, category: str) -> Coding:
    """Return the coding of a category that nothing speaks for."""
    confidence = load_confidence().of(variable, "tyst")
    return Coding(variable, category, False, None, confidence, Status.AUTO, Origin.RULE)


def basis_of(score: Score, value: bool, guessed: bool) -> str:
    """Say what a value rests on, as the confidence table names it."""
    if value and guessed:
        return "gissning"
    if value and score.tick is not None:
        return "kryss_och_text" if score.text > 0 else "kryss"
    if value and score.asked and score.text > 0:
        return "emot_kryss"
    if value and score.plus <= 0:
        return "utan_ord"
    if value:
        return "text_stark" if score.total >= score.threshold + STRONG else "text"
    if score.tick is not None:
        return "kryss_fallt"
    if score.minus <= min(SAYS_NO, -score.plus):
        return "nekat"
    return "nara" if score.plus >= NEAR * score.threshold else "tyst"


def _reasons(
    variable: Variable,
    category: Category,
    value: bool,
    score: Score,
    basis: str,
    document: Document,
    span: Span | None,
) -> Iterator[str]:
    label = category.label
    if basis == "kryss_fallt" and score.minus <= SAYS_NO:
        yield f"Rutan ”{label}” är förkryssad men texten säger emot."
    elif basis == "kryss_fallt":
        yield f"Rutan ”{label}” är förkryssad men texten talar för något annat."
    elif basis == "emot_kryss" and category.ticks:
        yield f"Rutan ”{label}” är inte förkryssad men texten talar för den."
    elif basis == "gissning" and variable.kind == "one":
        yield f"Inget i redovisningen besvarar {variable.label.lower()}."
    elif basis == "gissning":
        yield f"Varken kryss eller text avgör {variable.label.lower()}; det mest sannolika är valt."
    if value and score.minus < 0 < score.plus and -score.minus > score.plus / 2:
        yield "Svaren säger olika saker."
    if (tick := score.tick) is not None and _unsure(tick):
        yield UNSURE_TICK
    if value and span is not None and _damaged(document, span):
        yield SCANNED


def _unsure(tick: Choice) -> bool:
    return tick.certainty < SURE_TICK


def _damaged(document: Document, span: Span) -> bool:
    page = document.page_at(span.start)
    noted = {n.page for n in document.notes if n.code.startswith(("ocr", "skadad"))}
    return page is not None and page.reading is Reading.OCR and page.number in noted


_WEAK = "Stödet i texten är svagt."
_NEARLY = "Texten talar delvis för, men inte nog."
