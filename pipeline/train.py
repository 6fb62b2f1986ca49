"""From the shipped corpus to a coder on disk: find, decide by rules, fit, calibrate, measure."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from annotations.codebook import Codebook, load
from annotations.gold import cells
from corpus.types import Document, Submission
from corpus.written import FOLDER, Split, WrittenReport, load_splits, load_written
from models.calibration import BATCH, PROMISE
from models.case import Example
from models.coder import Cell, Coder
from models.evaluation import evaluate
from models.evaluation.types import YES, CodedCell, Codings, GoldReport
from models.store import save
from models.training import train
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.reviewed import digest
from pipeline.rules.find import find
from pipeline.version import rules_version
from pipeline.written_cases import submission_of

Say = Callable[[str], None]
JOBS = min(2, os.cpu_count() or 1)  # each holds the whole corpus


def train_shipped(out: Path, say: Say, reviewed: Sequence[Example] = ()) -> dict[str, Any]:
    """Train on all but the test writers, calibrate, score the test writers; return the card.

    `reviewed` are learnt from too, but neither calibrated nor scored on: part of their gold is what
    a coder said. Writes the coder to `out`. Raises OSError where that cannot be written.
    """
    codebook, splits = load(), load_splits()
    say("reading the corpus")
    by_split: dict[Split, list[Example]] = {"train": [], "calibration": [], "test": []}
    for written in load_written():
        by_split[splits[written.writer]].append(example(written, codebook))
    learnt_from = [*by_split["train"], *reviewed]
    trained = train(learnt_from, by_split["calibration"], codebook, say, JOBS)
    say("scoring")
    coder = trained.coder
    card = {
        **provenance(codebook),
        "writers": {name: sorted({e.writer for e in part}) for name, part in by_split.items()},
        "reports": {name: len(part) for name, part in by_split.items()},
        **(
            {"reviewed": {"reports": len(reviewed), "sha256": digest(reviewed)}} if reviewed else {}
        ),
        "promise": f"wrong automatic cells at most {PROMISE:.0%}, shown on the calibration writers"
        f" for batches by as few writers as {BATCH}",
        "threshold": coder.threshold,
        "calibration": {
            name: {"cells": c.cells, "wrong": c.wrong, "surest": max(c.values)}
            for name, c in sorted(coder.calibrations.items())
        },
        "figures": {
            "training": figures(by_split["train"], lambda _: coder, codebook),
            "validation": figures(
                by_split["calibration"], lambda e: trained.unseen[e.writer], codebook
            ),
            "test": figures(by_split["test"], lambda _: coder, codebook),
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
    gold = cells(written.report.gold, codebook)
    return Example(
        id=written.report.id,
        writer=written.writer,
        case=case,
        codings=decide([case], codebook),
        gold=gold,
        contexts=dict(_contexts(written, document, submission, case)),
        evidence=dict(_evidence(written, submission, gold)),
    )


def figures(
    examples: Sequence[Example], coder_for: Callable[[Example], Coder], codebook: Codebook
) -> dict[str, Any]:
    """Return the main figures as [value, low, high] (95 % by report), and ECE by variable.

    `validation` is by coders that had not seen the writer; `training` is what was learnt from.
    """
    coded = {}
    for e in examples:
        assert isinstance(e.case, Analysed)
        codings = decide([e.case], codebook, coder_for(e))
        coded[e.id] = {
            (c.variable, c.category): CodedCell(
                (str(c.role) if c.role else YES) if c.value else "", str(c.status), c.confidence
            )
            for c in codings
        }
    gold = {e.id: GoldReport(e.id, e.gold) for e in examples}
    result = evaluate(gold, Codings(coded), codebook)
    whole = result.overall
    shown = {
        "micro_f1": whole.f1,
        "macro_f1": whole.macro_f1,
        "role_accuracy": whole.role_accuracy,
        "table_error": whole.table_error,
        "coverage": whole.coverage,
        "automatic_error": whole.auto_error,
    }
    rounded = {name: [_round(v) for v in (e.value, e.low, e.high)] for name, e in shown.items()}
    return {**rounded, "ece": {c.variable: _round(c.ece.value) for c in result.calibrations}}


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


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


def _evidence(
    written: WrittenReport, submission: Submission, gold: Mapping[Cell, str]
) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """Yield the words each code that holds rests on, as offsets in the document.

    A passage may stand under a code ("struktur.ny"), its category or its variable alone.
    """
    for cell in (cell for cell, value in gold.items() if value):
        names = (".".join(cell), cell[1], cell[0])
        passage = next((p for name in names if (p := written.evidence.get(name))), None)
        start = None if passage is None else _start(written, submission, passage.field)
        if passage is not None and start is not None:
            yield cell, (start + passage.start, start + passage.end)


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
    for name, row in card["figures"].items():
        yield f"{name:12}{figures_line(row)}"
    yield f"automatic from a calibrated probability of {card['threshold']:.3f}"


def figures_line(row: Mapping[str, Any]) -> str:
    """Return one set of figures for a terminal, with their intervals."""
    return "  ".join(
        f"{name} {value} ({low}-{high})" for name, (value, low, high) in _estimates(row)
    )


def _estimates(row: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[float]]]:
    return ((name, figure) for name, figure in row.items() if isinstance(figure, list))
