"""What a simple coder reaches on writers it has not seen: keywords with ticks, and TF-IDF with
logistic regression.

`python -m bench.baseline [--json]` trains on two thirds of the writers and scores the other third
with score.py of the development material, three times, so that every writer is scored once by
models that never saw the writer; then once more on the test split, trained on all others.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from annotations.codebook import Codebook, load
from annotations.gold import Cell, cells
from annotations.plain_words import load_plain_words
from bench.direct import load_scorer
from corpus.records import BOXES, dump_reports
from corpus.written import WrittenReport, load_splits, load_written

SEED = 0
FOLDS = 3
SHOWN = ("micro_f1", "macro_f1", "role_acc", "table_error")
Cells = Mapping[Cell, str]


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures of both baselines, by fold and on the test split."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    args = parser.parse_args(argv)
    codebook, reports, splits = load(), load_written(), load_splits()
    writers = [r.writer for r in reports]
    folds = GroupKFold(FOLDS, shuffle=True, random_state=SEED).split(reports, groups=writers)
    parts = [
        (f"fold {i}", [reports[j] for j in a], [reports[j] for j in b])
        for i, (a, b) in enumerate(folds, start=1)
    ]
    parts.append(
        (
            "test split",
            [r for r in reports if splits[r.writer] != "test"],
            [r for r in reports if splits[r.writer] == "test"],
        )
    )
    for name, train, test in parts:
        scored = sorted({r.writer for r in test})
        for method, coded in (
            ("keywords + ticks", [keyword_cells(r, codebook) for r in test]),
            ("tf-idf + logistic regression", learnt_cells(train, test, codebook)),
        ):
            figures = score(test, coded)
            row = {"part": name, "train": len(train), "scored": scored, "method": method}
            row |= {name: figures[name] for name in SHOWN}
            print(json.dumps(row, ensure_ascii=False) if args.json else _line(row))


def keyword_cells(written: WrittenReport, codebook: Codebook) -> Cells:
    """Return what the plain word list and the ticks say; every partner found is `aktiv`."""
    patterns, text = load_plain_words(codebook), written.whole
    found: dict[str, set[str]] = {v.id: set() for v in codebook.variables}
    for (variable, category), pattern in patterns.items():
        if pattern.search(text):
            found[variable].add(category)
    for question, option in _ticked(written):
        for variable, id in codebook.ticked(question, option):
            group = next((g for g in codebook.variable(variable).groups if g.id == id), None)
            if group is None:
                found[variable].add(id)
            elif not found[variable] & {c.id for c in codebook.variable(variable).parts(id)}:
                found[variable].add(group.other)
    for one in (v for v in codebook.variables if v.kind == "one"):
        held = [c.id for c in one.categories if c.id in found[one.id] and c.id != one.unknown]
        found[one.id] = {held[0] if held else one.unknown}
    said = {v.id: "aktiv" if v.roles else "ja" for v in codebook.variables}
    return {
        (c.variable, c.id): said[c.variable] if c.id in found[c.variable] else ""
        for c in codebook.leaves()
    }


def learnt_cells(
    train: Sequence[WrittenReport], test: Sequence[WrittenReport], codebook: Codebook
) -> list[Cells]:
    """Return the cells of `test` by one logistic regression a category (roles are its classes)."""
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=3, max_features=15_000, sublinear_tf=True
    )
    known = hstack([vectorizer.fit_transform(r.whole for r in train), _ticks(train)]).tocsr()
    unknown = hstack([vectorizer.transform(r.whole for r in test), _ticks(test)]).tocsr()
    gold = [cells(r.report.gold, codebook) for r in train]
    coded: list[dict[Cell, str]] = [{} for _ in test]
    for variable in codebook.variables:
        names = [(variable.id, c.id) for c in variable.categories]
        if variable.kind == "one":
            target = [next(n for n in names if g[n])[1] for g in gold]
            for out, value in zip(coded, _predict(known, target, unknown), strict=True):
                out.update({n: "ja" if n[1] == value else "" for n in names})
        else:
            for name in names:
                target = [g[name] for g in gold]
                for out, value in zip(coded, _predict(known, target, unknown), strict=True):
                    out[name] = value
    return list(coded)


def score(
    reports: Iterable[WrittenReport],
    coded: Iterable[Cells],
    automatic: Iterable[AbstractSet[Cell]] | None = None,
) -> dict[str, Any]:
    """Return score.py's figures for these codes of these reports; `automatic` cells by report."""
    reports = list(reports)
    sure = automatic or [frozenset[Cell]() for _ in reports]
    with tempfile.TemporaryDirectory() as folder:
        gold, table = Path(folder, "gold.jsonl"), Path(folder, "kodningar.csv")
        dump_reports((r.report for r in reports), gold)
        rows = ["projekt,variabel,kategori,varde,roll,konfidens,status"]
        for report, values, auto in zip(reports, coded, sure, strict=True):
            for (variable, category), value in values.items():
                role = value if variable == "partner" else ""
                status = "auto" if (variable, category) in auto else "granska"
                rows.append(
                    f"{report.report.id},{variable},{category},{int(bool(value))},{role},,{status}"
                )
        table.write_text("\n".join(rows), encoding="utf-8")
        figures = load_scorer().score(str(table), [str(gold)])
    return dict(figures)


def _ticked(written: WrittenReport) -> list[tuple[str, str]]:
    kryss = written.report.kryss
    return [(q, o) for q in BOXES for o in (kryss.ticked(q) if kryss else ())]


def _ticks(reports: Sequence[WrittenReport]) -> csr_matrix:
    boxes = [(q, option) for q, options in BOXES.items() for option in options]
    return csr_matrix([[float(box in _ticked(r)) for box in boxes] for r in reports])


def _predict(known: csr_matrix, target: Sequence[str], unknown: csr_matrix) -> Sequence[str]:
    if len(set(target)) == 1:
        return [target[0]] * unknown.shape[0]
    model = LogisticRegression(
        C=10, class_weight="balanced", tol=1e-3, max_iter=300, random_state=SEED
    )
    predicted: Sequence[str] = model.fit(known, target).predict(unknown).tolist()
    return predicted


def _line(row: Mapping[str, Any]) -> str:
    figures = "  ".join(f"{name} {row[name]:.3f}" for name in SHOWN)
    return f"{row['part']:10} {' '.join(row['scored']):24} {row['method']:30} {figures}"


if __name__ == "__main__":
    main()
