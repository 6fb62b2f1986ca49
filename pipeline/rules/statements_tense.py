"""What the tense of an account without a form tells: nothing done and nothing ended is unclear.

The manual's ruling T4: present tense or none, and no word of the end, leaves the status open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Span

from corpus.types import Context, Mention, Submission
from pipeline.language.swedish import text_of
from pipeline.rules.statements_dates import FORMS

TENSE_RULE = "status_presens"
SHARE = 0.34  # of the verbs; of 260 written accounts nearly all that tell what was done have more
WEIGHT = 1.0


class _Verbs(NamedTuple):
    """How many verbs tell of what was and of what is; `first` is the first of the latter."""

    past: int
    present: int
    first: int


def find_tense(submission: Submission, sentences: Sequence[Span]) -> Sequence[Mention]:
    """Return a word for `oklart` where an account hardly holds a verb about what was done.

    `sentences`: those of its answers. Without the shipped model there are no tenses, and no word.
    """
    if submission.kind in FORMS or not sentences:
        return ()
    start = sentences[0].start
    verbs = _verbs(sentences[0].doc, start, sentences[-1].end)
    if not verbs.present or verbs.past / (verbs.past + verbs.present + 1) >= SHARE:
        return ()
    token = sentences[0].doc[start + verbs.first]
    end = token.idx + len(token)
    sentence = next(s for s in sentences if s.end_char >= end)
    return (
        Mention(
            variable="status",
            category="oklart",
            start=token.idx,
            end=end,
            sent_start=sentence.start_char,
            sent_end=sentence.start_char + len(text_of(sentence).rstrip()),
            context=Context.AKTIV,
            rule=TENSE_RULE,
            question="",
            weight=WEIGHT,
        ),
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
    first = int(np.argmax(np.isin(inverse, now))) if now else 0
    return _Verbs(past + done, present, first)


def _finite(kind: str, tense: str) -> bool:
    return "VerbForm=Fin" in kind and f"Tense={tense}" in kind
