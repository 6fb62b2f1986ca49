"""Invented items for the tests of the workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from annotations.codebook import load
from annotations.decisions.items import Items
from annotations.decisions.types import Item, Proposal, State, options
from pipeline.review.workbook.columns import COLUMNS, COMMENT, DECISION, HEADER_ROW, SHEET

CODEBOOK = load()
QUESTIONS = [
    (v.id, "" if v.kind == "one" else c.id)
    for v in CODEBOOK.variables
    for c in (v.categories[:1] if v.kind == "one" else v.categories)
]
_QUOTES = (
    "Närpolisen i Ödeshult sitter med i gruppen.",
    "=1+1 stod det i rutan, och sedan inget mer",
    "Två rader\nav samma svar, med 12,5 procent",
    "",
)


def item(number: int, **changes: object) -> Item:
    """Return the item of this number, the same every time."""
    variable, category = QUESTIONS[number % len(QUESTIONS)]
    choices = options(CODEBOOK, variable)
    proposal = Proposal(
        project=f"Projekt {number // len(QUESTIONS):05d}",
        variable=variable,
        category=category,
        choice=choices[number % len(choices)],
        probability=None if number % 11 == 0 else 0.5 + (number % 50) / 100,
        automatic=False,
        origin="regel",
        reasons=("Krysset säger ja, texten nej.",) if number % 2 else (),
        document=f"blankett {number % 7}.docx",
        page=number % 3 + 1,
        quote=_QUOTES[number % len(_QUOTES)],
        basis="b" * 16,
        county="Östergötland",
        municipality="Ödeshög",
    )
    fields: dict[str, object] = {
        "id": number + 1,
        "round": "2010",
        "proposal": proposal,
        "rank": float(number),
        "audit": False,
        "double": False,
        "gone": False,
        "state": State.OPEN,
        "choice": "",
        "seq": number % 3,
    }
    return Item(**(fields | changes))  # type: ignore[arg-type]


def publish(items: Items, count: int, round: str) -> None:
    """Publish the first items as a round, in their order."""
    proposals = [item(n).proposal for n in range(count)]
    ranks = {p.key: float(n) for n, p in enumerate(proposals)}
    items.publish(round, proposals, {p.project: {p.basis} for p in proposals}, ranks=ranks)


def fill_in(path: Path, *cells: tuple[int, str, str]) -> None:
    """Write (row of the list from 0, decision, comment) into a workbook."""
    book: Any = openpyxl.load_workbook(path)
    columns = [1 + list(COLUMNS).index(name) for name in (DECISION, COMMENT)]
    for row, *words in cells:
        for column, word in zip(columns, words, strict=True):
            book[SHEET].cell(HEADER_ROW + 1 + row, column).value = word or None
    book.save(path)
