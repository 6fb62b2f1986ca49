"""The whole way of one evaluation: read gold and results, compare, write the three files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from annotations.codebook import load
from models.evaluation import Evaluation, evaluate, load_gold, read_codings
from pipeline.evaluate.as_json import as_json
from pipeline.evaluate.page import Page, render
from pipeline.evaluate.rows import COLUMNS, rows
from pipeline.evaluate.tables import TableSum, table_cells, table_sums
from pipeline.evaluate.texts import Evidence, Texts, evidence
from pipeline.tables.contract import write_csv
from pipeline.tables.files import write_text


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What came out, its JSON form, and the files that were written."""

    evaluation: Evaluation
    evidence: Evidence
    tables: tuple[TableSum, ...]
    data: dict[str, object]
    files: tuple[Path, ...]


def evaluate_run(
    results: Path, gold: Sequence[Path], out: Path, made: date, seed: int, resamples: int
) -> Evaluated:
    """Evaluate the out folder of a run (or its kodningar.csv) and write the report to `out`.

    Raises EvaluationError for input that cannot be compared, WriteError.
    """
    table = results if results.is_file() else results / "kodningar.csv"
    codebook = load()
    truth = load_gold(gold, codebook)
    codings = read_codings(table, codebook, truth)
    found = evaluate(truth, codings, codebook, seed, resamples)
    texts = Texts(table.parent)
    quoted = evidence(codings, texts)
    tabled = table_cells(truth, codings, codebook)
    names = [file.name for file in gold]
    data = as_json(found, quoted, codebook, names, tabled)
    page = Page(found, quoted, tabled, codings, codebook, texts, out, names, made)
    files = (
        write_text(out / "utvardering.html", render(page)),
        write_text(out / "utvardering.json", data.text),
        write_csv(out / "fel.csv", COLUMNS, rows(found, codings, texts)),
    )
    return Evaluated(found, quoted, table_sums(tabled), data.value, files)
