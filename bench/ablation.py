"""What each step of the coding adds, on writers that nothing was made from.

`python -m bench.ablation [--split test|calibration]` prints a Markdown table by score.py of the
development material: ticks · keywords · rules · + context · + models · + calibration.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace

from annotations.codebook import Codebook, load
from annotations.gold import Cell
from bench.baseline import Cells, keyword_cells, score
from corpus.types import Coding, Context, Status
from corpus.written import WrittenReport, load_splits, load_written
from models.coder import Coder
from models.store import shipped
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.rules.find import find
from pipeline.written_cases import submission_of

SHOWN = ("micro_f1", "macro_f1", "role_acc", "table_error", "coverage", "auto_error")


def main(argv: Sequence[str] | None = None) -> None:
    """Print one line a step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test", choices=("test", "calibration"))
    args = parser.parse_args(argv)
    codebook, splits, coder = load(), load_splits(), shipped()
    assert coder is not None, "no coder is shipped; run samverkan train"
    reports = [r for r in load_written() if splits[r.writer] == args.split]
    print("| step | micro-F1 | macro-F1 | roles | table error | automatic | of these wrong |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, coded, automatic in steps(reports, codebook, coder):
        figures = score(reports, coded, automatic)
        shown = (
            [f"{figures[n]:.3f}" for n in SHOWN]
            if automatic
            else [
                *(f"{figures[n]:.3f}" for n in SHOWN[:4]),
                "–",
                "–",
            ]
        )
        print(f"| {name} | {' | '.join(shown)} |")


Step = tuple[str, list[Cells], list[set[Cell]] | None]


def steps(reports: Sequence[WrittenReport], codebook: Codebook, coder: Coder) -> Iterator[Step]:
    """Yield (name, cells by report, automatic cells by report) of each step."""
    yield "ticks", [keyword_cells(_silent(r), codebook) for r in reports], None
    yield "keywords and ticks", [keyword_cells(r, codebook) for r in reports], None
    found = [_found(r) for r in reports]
    blind = [_all_active(case) for case in found]
    yield "rules, no context", [_cells(decide([case], codebook)) for case in blind], None
    yield "+ context", [_cells(decide([case], codebook)) for case in found], None
    learnt = [decide([case], codebook, coder) for case in found]
    cells = [_cells(codings) for codings in learnt]
    yield "+ models", cells, [set(one) for one in cells]
    yield "+ calibration", cells, [_automatic(codings) for codings in learnt]


def _silent(written: WrittenReport) -> WrittenReport:
    """Return a report with its ticks and not a word."""
    report = replace(written.report, svar={}, text=None if written.report.svar else "")
    return replace(written, report=report)


def _found(written: WrittenReport) -> Analysed:
    document, submission = submission_of(written.report)
    return Analysed(document, submission, find(document, submission))


def _all_active(case: Analysed) -> Analysed:
    mentions = tuple(replace(m, context=Context.AKTIV) for m in case.mentions)
    return replace(case, mentions=mentions)


def _cells(codings: Sequence[Coding]) -> Cells:
    return {
        (c.variable, c.category): (str(c.role) if c.role else "ja") if c.value else ""
        for c in codings
    }


def _automatic(codings: Sequence[Coding]) -> set[Cell]:
    return {(c.variable, c.category) for c in codings if c.status is Status.AUTO}


if __name__ == "__main__":
    main()
