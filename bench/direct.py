"""Find and decide straight from gold reports, past all file reading: coding quality alone.

`python -m bench.direct [--errors] [--variable V] [--out DIR] ROUND.jsonl …` prints what score.py
says, then precision, recall and F1 of each variable.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import re
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotations.codebook import Codebook, load
from corpus.records import Report, load_reports
from corpus.types import (
    Answer,
    Coding,
    Document,
    DocumentKind,
    Submission,
)
from corpus.written import FOLDER, read
from models.store import shipped
from pipeline.decide import decide, decide_statements
from pipeline.decide.case import Analysed
from pipeline.rules.find import find
from pipeline.written_cases import submission_of as perfectly_read

ROOT = Path(__file__).resolve().parents[1]
SCORER = ROOT.parent / "shared" / "rounds" / "score.py"
COLUMNS = (
    *("projekt", "dokument", "variabel", "kategori", "varde", "roll", "konfidens", "status"),
    *("kalla", "skal", "sida", "start", "slut", "citat"),
)
# Which question a heading of a free-form account answers; only for this bench, parse has its own.
HEADINGS = (
    ("maluppfyllelse", r"måluppfyll|nådde vi|resultat|måste? .*nådd|blivit|uppnå"),
    ("integrering", r"fortsätt|framtid|integrer|permanent|ordinarie|efter projekt|sedan"),
    ("mal", r"\bmål\b|syfte|ville|bakgrund|handlar"),
    ("insatser", r"genomför|arbetet|insats|aktivitet|gått till|gjort|håller på"),
    ("aktor_ovriga", r"samverkan|parter|aktörer|vilka vi|deltagare"),
    ("belopp", r"ekonomi|medel|pengar|kostnad"),
)


def main(argv: Sequence[str] | None = None) -> None:
    """Score the rounds named on the command line and print what came out."""
    args = _arguments(argv)
    codebook = load()
    reports = [r for f in args.rounds for r in _reports(f)]
    coder = None if args.rules else shipped()
    coded: dict[str, tuple[Document, tuple[Coding, ...]]] = {}
    seconds = []
    bases: dict[str, dict[tuple[str, str], str]] = {}
    for report in reports:
        document, submission = submission_of(report, args.parse)
        started = time.perf_counter()
        case = Analysed(document, submission, find(document, submission))
        coded[report.id] = (document, decide([case], codebook, coder))
        decided = decide_statements([case], codebook, coded[report.id][1])
        bases[report.id] = {(d.coding.variable, d.coding.category): d.basis for d in decided}
        seconds.append(time.perf_counter() - started)
    args.out.mkdir(parents=True, exist_ok=True)
    target = args.out / "kodningar.csv"
    _write(target, coded)
    scorer = load_scorer()
    result = scorer.score(str(target), [str(f) for f in args.rounds])
    for name, value in result.items():
        print(f"{name:18} {json.dumps(value, ensure_ascii=False)}")
    golds = {r["id"]: r for f in args.rounds for r in map(json.loads, filter(str.strip, f.open()))}
    _print_variables(golds, coded, scorer, by_category=args.categories)
    seconds.sort()
    middle, slowest = seconds[len(seconds) // 2] * 1e3, seconds[-1] * 1e3
    print(f"ms per report: median {middle:.1f}, slowest {slowest:.1f}")
    if args.shares:
        _print_shares(golds, coded, bases, scorer)
    if args.errors:
        _print_errors(golds, coded, scorer, codebook, args.variable)


def _reports(file: Path) -> Iterator[Report]:
    """Yield the reports of a round, or of one writer of corpus/training."""
    if file.parent == FOLDER:
        yield from (written.report for written in read(file))
    else:
        yield from load_reports(file)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rounds", nargs="+", type=lambda name: Path(name).resolve())
    parser.add_argument("--errors", action="store_true", help="print each wrong cell")
    parser.add_argument("--categories", action="store_true", help="figures for each category")
    parser.add_argument("--shares", action="store_true", help="share of right codings by basis")
    parser.add_argument("--rules", action="store_true", help="without the learnt coder")
    parser.add_argument("--parse", action="store_true", help="cut free texts with pipeline.parse")
    parser.add_argument("--variable", help="only errors of this variable")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "samverkan-bench")
    return parser.parse_args(argv)


def submission_of(report: Report, parsed: bool = False) -> tuple[Document, Submission]:
    """Return one report of a round as the document and submission a perfect reader would give.

    With `parsed`, free-form documents go through pipeline.parse instead of a simple section split.
    """
    document, submission = perfectly_read(report)
    if parsed or report.blankett != "fri":
        return document, submission
    return document, replace(
        submission,
        kind=DocumentKind.FRI_REDOVISNING,
        answers=tuple(_sections(document.text)),
        choices=(),
        end=len(document.text),
    )


def _sections(text: str) -> Iterator[Answer]:
    """Cut free text at its headings: short lines without a full stop that text follows."""
    question, heading, start = "fritext", "", 0
    for match in re.finditer(
        r"^([A-ZÅÄÖ][^\n.,:;]{2,48})\n(?=[^\n]{40,}|\d\.)", text, re.MULTILINE
    ):
        if text[start : match.start()].strip():
            yield Answer(question, start, match.start(), heading)
        heading, start = match[1], match.end()
        question = next((q for q, p in HEADINGS if re.search(p, heading.casefold())), "fritext")
    if text[start:].strip():
        yield Answer(question, start, len(text), heading)


def _write(target: Path, coded: Mapping[str, tuple[Document, tuple[Coding, ...]]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(COLUMNS)
        for project, (document, codings) in coded.items():
            for c in codings:
                e = c.evidence
                rows.writerow(
                    [
                        project,
                        document.name,
                        c.variable,
                        c.category,
                        int(c.value),
                        c.role or "",
                        f"{c.confidence:.3f}",
                        c.status,
                        c.origin,
                        " ".join(c.reasons),
                        *(
                            (e.page, e.start, e.end, document.text[e.start : e.end])
                            if e
                            else ("",) * 4
                        ),
                    ]
                )


def load_scorer() -> Any:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None and spec.loader is not None, SCORER
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Cells = dict[tuple[str, str], Coding]


def _cells(codings: Iterable[Coding]) -> Cells:
    return {(c.variable, c.category): c for c in codings}


def _counts_as(coding: Coding | None) -> int:
    return int(coding is not None and coding.value and coding.role != "planerad")


def _print_variables(
    golds: Mapping[str, Any],
    coded: Mapping[str, tuple[Document, tuple[Coding, ...]]],
    scorer: Any,
    *,
    by_category: bool,
) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, report in golds.items():
        cells = _cells(coded[key][1])
        for (variable, category), gold in scorer.gold_cells(report).items():
            if variable == "partnergrupp":
                continue
            mine = _counts_as(cells.get((variable, category)))
            outcome = {(1, 1): "tp", (0, 1): "fp", (1, 0): "fn"}.get((gold, mine), "tn")
            counts[variable][outcome] += 1
            if by_category:
                counts[f"  {variable}.{category}"][outcome] += 1
    print(f"{'':34}{'P':>7}{'R':>7}{'F1':>7}{'tp':>5}{'fp':>5}{'fn':>5}")
    for name, c in counts.items():
        figures = scorer.prf(c["tp"], c["fp"], c["fn"])
        print(
            f"{name:34}"
            + "".join(f"{x:7.3f}" for x in figures)
            + f"{c['tp']:5}{c['fp']:5}{c['fn']:5}"
        )


def _print_shares(
    golds: Mapping[str, Any],
    coded: Mapping[str, tuple[Document, tuple[Coding, ...]]],
    bases: Mapping[str, Mapping[tuple[str, str], str]],
    scorer: Any,
) -> None:
    """Print how often codings on each basis were right: the source of confidence.yaml."""
    counts: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for key, report in golds.items():
        cells, gold = _cells(coded[key][1]), scorer.gold_cells(report)
        for cell, basis in bases[key].items():
            for row in ((cell[0], basis), ("*", basis)):
                counts[row][0] += _counts_as(cells[cell]) == gold[cell]
                counts[row][1] += 1
    for (variable, basis), (right, seen) in sorted(counts.items()):
        print(f"{variable:16}{basis:16}{right:5} of {seen:<5}{right / seen:.3f}")


def _print_errors(
    golds: Mapping[str, Any],
    coded: Mapping[str, tuple[Document, tuple[Coding, ...]]],
    scorer: Any,
    codebook: Codebook,
    variable: str | None,
) -> None:
    for key, report in golds.items():
        document, codings = coded[key]
        cells = _cells(codings)
        for category in codebook.leaves():
            cell = (category.variable, category.id)
            if variable not in (None, category.variable):
                continue
            gold: object = scorer.gold_cells(report)[cell]
            coding = cells.get(cell)
            mine: object = _counts_as(coding)
            if category.variable == "partner":
                gold = report["gold"]["partner"].get(category.id, 0)
                mine = str(coding.role) if coding and coding.value else 0
            if gold == mine:
                continue
            quote = (report.get("evidens") or {}).get(".".join(cell)) or (
                report.get("evidens") or {}
            ).get(cell[1], "")
            print(f"\n{key} {'.'.join(cell)}: gold {gold}, predicted {mine}   [{quote}]")
            if coding and coding.evidence:
                print(f"   citat: {document.text[coding.evidence.start : coding.evidence.end]}")
            for reason in coding.reasons if coding else ():
                print(f"   skäl: {reason}")


if __name__ == "__main__":
    main()
