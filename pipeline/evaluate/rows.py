"""fel.csv: one row for every cell that differs from gold."""

from __future__ import annotations

from collections.abc import Iterator

from models.evaluation import CodedCell, Codings, Difference, Evaluation
from pipeline.evaluate.texts import Texts, documents_of
from pipeline.tables.contract import text_path

COLUMNS = [
    *("projekt", "variabel", "kategori", "slag", "guld", "kodat", "konfidens", "status", "kalla"),
    *("skal", "dokument", "text", "sida", "start", "slut", "citat"),
    *("guld_dokument", "guld_start", "guld_slut", "guld_citat"),
]
_NONE = CodedCell("", status="")


def rows(evaluation: Evaluation, codings: Codings, texts: Texts) -> Iterator[list[str]]:
    """Yield the rows, project by project. Texts are named relative to the results folder."""
    for difference in evaluation.differences:
        yield _row(difference, codings, texts)


def _row(d: Difference, codings: Codings, texts: Texts) -> list[str]:
    cell = d.coded or _NONE
    gold = texts.find(d.gold_quote, documents_of(codings, d.project))
    return [
        d.project,
        d.variable,
        d.category,
        d.kind.value,
        d.gold,
        d.value,
        "" if cell.confidence is None else f"{cell.confidence:.4f}",
        cell.status,
        cell.origin,
        cell.reasons,
        cell.document,
        text_path(cell.document).as_posix() if cell.document else "",
        cell.page,
        "" if cell.start is None else str(cell.start),
        "" if cell.end is None else str(cell.end),
        cell.quote,
        gold.document if gold else "",
        str(gold.start) if gold else "",
        str(gold.end) if gold else "",
        d.gold_quote,
    ]
