"""What repair of damaged text is worth: seeded damage on written reports, before and after.

`python -m bench.damage [--reports N] [WRITER.jsonl …]` prints how many words are right damaged and
repaired, edits of sound text, and micro-F1 of the codings on clean, damaged and repaired reports.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from annotations.codebook import load
from bench.direct import load_scorer, submission_of
from corpus.records import Report
from corpus.types import Document, Page
from corpus.written import FOLDER, load_splits, read
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.language.repair import Repaired, repair
from pipeline.rules.find import find

# What such engines print for the lost letters; each stands as often as it is likely.
SEEN: dict[str, list[str]] = {
    "å": [*"aaaaaaaaaa", "d", "é", "i", "4", "&"],
    "ä": [*"aaaaaa", *"éééé", *"ii", *"dd", "4", "&", "éa", "ii"],
    "ö": [*"oooooooooo", *"666", "d", "é", "0", "do"],
    **{"Å": ["A"], "Ä": ["A"], "Ö": ["O"]},
}
AS_ONE = 0.01  # share of i and l read as 1


def damage(text: str, seed: str) -> str:
    """Return `text` as an engine without Swedish reads it; the same seed gives the same text."""
    rng = random.Random(seed)
    return "".join(_seen(c, rng) for c in text)


def main(argv: Sequence[str] | None = None) -> None:
    """Measure on reports of the corpus's training writers, or of the writers named."""
    args = _arguments(argv)
    files = args.writers or [
        FOLDER / f"{writer}.jsonl" for writer, split in load_splits().items() if split == "train"
    ]
    reports = [written.report for file in files for written in read(file)]
    random.Random(7).shuffle(reports)
    reports = reports[: args.reports or None]
    _print_words(reports)
    golds = {g["id"]: g for file in files for g in map(json.loads, file.open())}
    hurt = [_hurt(report) for report in reports]
    for name, ones, mend in (
        ("clean", reports, repair),
        ("damaged", hurt, lambda document: Repaired(document, ())),
        ("repaired", hurt, repair),
    ):
        _print_codings(name, ones, golds, mend)


def _seen(letter: str, rng: random.Random) -> str:
    if letter in SEEN:
        return rng.choice(SEEN[letter])
    return "1" if letter in "il" and rng.random() < AS_ONE else letter


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("writers", nargs="*", type=lambda name: Path(name).resolve())
    parser.add_argument("--reports", type=int, default=30, help="how many, drawn; 0 for all")
    return parser.parse_args(argv)


def _print_words(reports: Sequence[Report]) -> None:
    counts: Counter[str] = Counter()
    for report in reports:
        text = report.text or "\n".join(a for a in (report.svar or {}).values() if a)
        counts["edits of sound text"] += len(repair(_document(text)).changes)
        bad = damage(text, report.id)
        mended = repair(_document(bad))
        counts["reports detected"] += bool(mended.changes)
        words = zip(text.split(), bad.split(), mended.document.text.split(), strict=True)
        for word, before, after in words:
            counts["words"] += 1
            counts["damaged"] += word != before
            counts["damaged and right again"] += word != before and word == after
            counts["false edits"] += word == before != after
            counts["right after"] += word == after
    for name, count in counts.items():
        print(f"{name:26}{count:7}")
    hurt = counts["damaged"]
    print(f"damaged words put right   {counts['damaged and right again'] / hurt:7.3f}")
    was, now = 1 - hurt / counts["words"], counts["right after"] / counts["words"]
    print(f"word accuracy             {was:7.3f} -> {now:.3f}")


def _document(text: str) -> Document:
    return Document("svar.txt", "", "txt", text, (Page(1, 0, len(text)),))


def _hurt(report: Report) -> Report:
    answers = report.svar and {
        key: damage(answer, report.id + key) if answer else answer
        for key, answer in report.svar.items()
    }
    return replace(report, svar=answers, text=report.text and damage(report.text, report.id))


def _print_codings(
    name: str, reports: Sequence[Report], golds: dict[str, Any], mend: Callable[..., Repaired]
) -> None:
    scorer, codebook = load_scorer(), load()
    counts: Counter[str] = Counter()
    for report in reports:
        document, submission = submission_of(report)
        with patch("pipeline.rules.find.repair", mend):
            case = Analysed(document, submission, find(document, submission))
        cells = {(c.variable, c.category): c for c in decide([case], codebook)}
        for key, gold in scorer.gold_cells(golds[report.id]).items():
            if key not in cells:
                continue
            mine = cells[key].value and cells[key].role != "planerad"
            counts["tp" if mine and gold else "fp" if mine else "fn" if gold else "tn"] += 1
    precision, recall, f1 = scorer.prf(counts["tp"], counts["fp"], counts["fn"])
    print(f"{name:10}precision {precision:.3f}  recall {recall:.3f}  micro-F1 {f1:.3f}")


if __name__ == "__main__":
    main()
