"""From the shipped corpus to a coder on disk: find, decide by rules, fit, calibrate, measure."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from annotations.codebook import Codebook, load
from annotations.gold import cells
from corpus.types import Document, Submission
from corpus.written import FOLDER, Split, WrittenReport, load_splits, load_written
from models.case import Example
from models.coder import Coder
from models.store import save
from models.training import counts, train
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.rules.find import find
from pipeline.version import rules_version
from pipeline.written_cases import submission_of

Say = Callable[[str], None]


def train_shipped(out: Path, say: Say) -> dict[str, Any]:
    """Train on the corpus's training writers, calibrate, score the test writers; return the card.

    Writes the coder to `out`. Raises OSError where that cannot be written.
    """
    codebook, splits = load(), load_splits()
    say("reading the corpus")
    by_split: dict[Split, list[Example]] = {"train": [], "calibration": [], "test": []}
    for written in load_written():
        by_split[splits[written.writer]].append(example(written, codebook))
    coder = train(by_split["train"], by_split["calibration"], codebook, say)
    say("scoring")
    card = {
        **provenance(codebook),
        "writers": {name: sorted({e.writer for e in part}) for name, part in by_split.items()},
        "reports": {name: len(part) for name, part in by_split.items()},
        "promise": "wrong automatic cells at most 1 %, shown on the calibration writers",
        "threshold": coder.threshold,
        "calibration": {
            name: {"cells": c.cells, "wrong": c.wrong, "surest": max(c.values)}
            for name, c in sorted(coder.calibrations.items())
        },
        "figures": {
            name: figures(coder, part, codebook)
            for name, part in by_split.items()
            if name != "train"
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("numpy", "scikit-learn", "scipy")},
        },
    }
    return save(coder, out, card)


def example(written: WrittenReport, codebook: Codebook) -> Example:
    """Return one written report as the rules see it, with its gold."""
    document, submission = submission_of(written.report)
    case = Analysed(document, submission, find(document, submission))
    return Example(
        id=written.report.id,
        writer=written.writer,
        case=case,
        codings=decide([case], codebook),
        gold=cells(written.report.gold, codebook),
        contexts=dict(_contexts(written, document, submission, case)),
    )


def figures(coder: Coder, examples: Sequence[Example], codebook: Codebook) -> dict[str, float]:
    """Return micro-F1, role accuracy, share and error of automatic cells on these examples."""
    hit = extra = missed = automatic = wrong = roles = cells_ = 0
    for e in examples:
        assert isinstance(e.case, Analysed)
        for coding in decide([e.case], codebook, coder):
            gold = e.gold[coding.variable, coding.category]
            said = coding.value and (coding.role is None or coding.role != "planerad")
            true = counts(gold)
            hit += said and true
            extra += said and not true
            missed += true and not said
            roles += said and true and coding.role is not None and coding.role == gold
            cells_ += 1
            automatic += coding.status == "auto"
            wrong += coding.status == "auto" and said != true
    partners = sum(
        counts(value) for e in examples for (v, _), value in e.gold.items() if v == "partner"
    )
    return {
        "micro_f1": round(2 * hit / (2 * hit + extra + missed), 4),
        "partners_found_in_their_role": round(roles / partners, 4),
        "coverage": round(automatic / cells_, 4),
        "automatic_error": round(wrong / automatic, 4) if automatic else 0.0,
    }


def _contexts(
    written: WrittenReport, document: Document, submission: Submission, case: Analysed
) -> Iterator[tuple[tuple[int, int, str], str]]:
    """Yield the gold context of each mention the rules found: the same words, else the sentence."""
    gold = [
        (start + m.passage.start, start + m.passage.end, m.actor, str(m.context))
        for m in written.mentions
        for start in [_start(written, submission, m.passage.field)]
        if start is not None
    ]
    for m in case.mentions:
        same = [c for a, b, actor, c in gold if actor == m.category and a < m.end and m.start < b]
        near = [
            c
            for a, b, actor, c in gold
            if actor == m.category and a < m.sent_end and m.sent_start < b
        ]
        if same or near:
            yield (m.start, m.end, m.category), (same or near)[0]


def _start(written: WrittenReport, submission: Submission, field: str) -> int | None:
    if written.report.blankett == "fri":
        return 0
    return next((a.start for a in submission.answers if a.question == field), None)


def provenance(codebook: Codebook) -> dict[str, str]:
    """Return digests of what a coder is trained on: codebook, corpus and splits, rules."""
    files = [*sorted(FOLDER.glob("s*.jsonl")), FOLDER / "splits.yaml"]
    corpus = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
    return {"codebook": codebook.digest(), "corpus": corpus, "rules": rules_version()}


def card_lines(card: Mapping[str, Any]) -> Iterator[str]:
    """Yield a card for a terminal."""
    yield f"sha256    {card['sha256']}"
    yield "reports   " + ", ".join(f"{name} {n}" for name, n in card["reports"].items())
    for split, row in card["figures"].items():
        yield f"{split:12}" + "  ".join(f"{name} {value}" for name, value in row.items())
    yield f"automatic from a calibrated probability of {card['threshold']:.3f}"
