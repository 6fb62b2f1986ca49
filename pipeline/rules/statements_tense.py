"""What the tense tells where no box does: nothing done and nothing ended is unclear.

The manual's rulings T1 and T4: without a box the tense decides; present tense or none, and no word
of the end, leaves the status open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span

from corpus.types import Context, DocumentKind, Mention, Submission
from pipeline.language.swedish import text_of
from pipeline.rules.statements_dates import FORMS

TENSE_RULE = "status_presens"
SHARE = 0.34  # of the verbs; of 260 written accounts nearly all that tell what was done have more
WEIGHT = 1.0
DONE = "insatser"  # the answer of a form that tells what was done
BOX = "redovisning"  # the question whose box says whether a form is the last one
PAST = 3  # so many verbs of what was, and none of what is, tell of an end
FAINT = 0.4


class _Verbs(NamedTuple):
    """How many verbs tell of what was and of what is; `first`: the first of the latter, if any."""

    past: int
    present: int
    first: int


def find_tense(submission: Submission, sentences: Sequence[Span]) -> Sequence[Mention]:
    """Return a word for `oklart` where an account hardly holds a verb about what was done.

    `sentences`: those of its answers. Of a final form without a box the answer about what was done
    is read alone, and tells of an end (`avslutat`) where all its verbs are of what was. Without the
    shipped model there are no tenses, and no word.
    """
    form = submission.kind in FORMS
    told = _of_form(submission, sentences) if form else sentences
    if not told:
        return ()
    verbs = _verbs(told[0].doc, told[0].start, told[-1].end)
    if not form:
        open_ = verbs.present and verbs.past / (verbs.past + verbs.present + 1) < SHARE
        return (_mention(told, verbs.first, "oklart", WEIGHT),) if open_ else ()
    if verbs.past >= PAST and not verbs.present:
        return (_mention(told, verbs.first, "avslutat", FAINT),)
    open_ = verbs.present > 1 and verbs.past <= verbs.present
    return (_mention(told, verbs.first, "oklart", FAINT),) if open_ else ()


def _of_form(submission: Submission, sentences: Sequence[Span]) -> Sequence[Span]:
    """Return the sentences that tell what was done in a final form that no box calls so."""
    if submission.kind is DocumentKind.BLANKETT_DEL:
        return ()
    if any(c.question == BOX and c.checked for c in submission.choices):
        return ()
    answers = [a for a in submission.answers if a.question == DONE]
    return [s for s in sentences if any(a.start <= s.start_char < a.end for a in answers)]


def _mention(sentences: Sequence[Span], word: int, category: str, weight: float) -> Mention:
    """Return the word at that index from the sentences' first as what speaks for a category."""
    token = sentences[0].doc[sentences[0].start + word]
    end = token.idx + len(token)
    sentence = next(s for s in sentences if s.end_char >= end)
    return Mention(
        variable="status",
        category=category,
        start=token.idx,
        end=end,
        sent_start=sentence.start_char,
        sent_end=sentence.start_char + len(text_of(sentence).rstrip()),
        context=Context.AKTIV,
        rule=TENSE_RULE,
        question="",
        weight=weight,
    )


def _verbs(doc: Doc, start: int, end: int) -> _Verbs:
    """Count by the few kinds of word forms, not word by word; "har" of a perfect is no present."""
    kinds, inverse, counts = np.unique(
        doc.to_array("MORPH")[start:end], return_inverse=True, return_counts=True
    )
    names = [doc.vocab.strings[int(kind)] for kind in kinds]
    done = sum(int(n) for n, k in zip(counts, names, strict=True) if "VerbForm=Sup" in k)
    past = sum(int(n) for n, k in zip(counts, names, strict=True) if _finite(k, "Past"))
    now = [i for i, k in enumerate(names) if _finite(k, "Pres")]
    present = max(0, sum(int(counts[i]) for i in now) - done)
    shown = now or [i for i, k in enumerate(names) if _finite(k, "Past")]
    first = int(np.argmax(np.isin(inverse, shown))) if shown else 0
    return _Verbs(past + done, present, first)


def _finite(kind: str, tense: str) -> bool:
    return "VerbForm=Fin" in kind and f"Tense={tense}" in kind
