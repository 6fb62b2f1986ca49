"""granskning.xlsx: the decisions a person should look at, the most important first. To be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from pathlib import Path
from typing import Any

from annotations.codebook import Codebook
from corpus.types import Coding, Project, Status
from pipeline.tables.numbers import decimals, percent, whole
from pipeline.tables.quotes import Quotes
from pipeline.tables.review_ticks import write_ticks
from pipeline.tables.sheets import LAST_ROW, Book, lines, workbook
from pipeline.tables.types import Round
from pipeline.tables.words import Words, county, municipality, short, words

_COLUMNS = (
    ("Nr", 6),
    ("Projekt", 30),
    ("Län", 15),
    ("Kommun", 16),
    ("Variabel", 18),
    ("Kategori", 24),
    ("Förslag", 14),
    ("Sannolikhet", 12),
    ("Varför granska", 38),
    ("Citat", 56),
    ("Dokument", 30),
    ("Sida", 6),
)


@dataclass(frozen=True, slots=True)
class ToReview:
    """One decision to look at."""

    project: Project
    coding: Coding


def write_review(round: Round, codebook: Codebook, quotes: Quotes, path: Path, made: date) -> Path:
    """Write the workbook. Raises WriteError."""
    queue = review_queue(round)
    with workbook(path, round.titled("Granskning"), made) as book:
        _list(book, round, queue, quotes, words(codebook))
        if round.ticks:
            write_ticks(book, round.ticks)
        _instructions(book, round, len(queue))
    return path


def review_queue(round: Round) -> tuple[ToReview, ...]:
    """Return the decisions that await a person, the most important first.

    Importance is the doubt divided by the square root of the category's count: the same mistake
    matters more to a small figure. Equals stand project by project.
    """
    counts = Counter(
        (c.variable, c.category)
        for p in round.projects
        for c in round.codings.get(p.id, ())
        if c.value
    )

    def importance(item: ToReview) -> float:
        doubt = 1.0 - item.coding.confidence
        return doubt / sqrt(max(counts[item.coding.variable, item.coding.category], 1))

    return tuple(sorted(_waiting(round), key=importance, reverse=True))


def _waiting(round: Round) -> Iterator[ToReview]:
    for project in round.projects:
        for coding in round.codings.get(project.id, ()):
            if coding.status is Status.REVIEW:
                yield ToReview(project, coding)


def _list(
    book: Book, round: Round, queue: tuple[ToReview, ...], quotes: Quotes, labels: Words
) -> None:
    sheet = book.sheet("Att granska", (0, 3))
    for column, (_, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
    book.text(sheet, 0, 0, round.titled("Att granska"), "title")
    hint = (
        f"{whole(len(queue))} beslut behöver en blick, viktigast först. "
        "Bladet Så gör du förklarar kolumnerna."
    )
    book.text(sheet, 1, 0, hint if queue else "Inget beslut behöver granskas.", "hint")
    sheet.set_row(3, 20)
    for column, (heading, _) in enumerate(_COLUMNS):
        book.text(sheet, 3, column, heading, "head")
    for i, item in enumerate(queue[: LAST_ROW - 4]):
        _row(book, sheet, 4 + i, _values(i + 1, item, quotes, labels))
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, 3 + max(len(queue), 1), len(_COLUMNS) - 1)


def _row(book: Book, sheet: Any, row: int, values: list[str | int]) -> None:
    widths = [width for _, width in _COLUMNS]
    sheet.set_row(row, 15 * max(lines(str(v), w - 2) for v, w in zip(values, widths, strict=True)))
    for column, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(row, column, value, book.formats["number"])
        else:
            book.text(sheet, row, column, value, "cell")


def _values(number: int, item: ToReview, quotes: Quotes, labels: Words) -> list[str | int]:
    project, coding, evidence = item.project, item.coding, item.coding.evidence
    return [
        number,
        project.id,
        county(project),
        municipality(project),
        labels.variable(coding),
        labels.category(coding),
        labels.proposal(coding),
        decimals(coding.confidence),
        " ".join(coding.reasons),
        short(quotes.of(coding)),
        evidence.document if evidence else "; ".join(project.documents),
        evidence.page if evidence and evidence.page else "",
    ]


def _instructions(book: Book, round: Round, waiting: int) -> None:
    sheet = book.sheet("Så gör du")
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 100)
    book.text(sheet, 0, 0, "Så gör du", "title")
    decisions = sum(len(round.codings.get(p.id, ())) for p in round.projects)
    share = percent(waiting / decisions) if decisions else percent(0)
    texts = (
        (
            "Vad listan är",
            f"De {whole(waiting)} av {whole(decisions)} beslut ({share}) som programmet inte vågar "
            "ta på egen hand. Övriga beslut står i kodningar.csv.",
        ),
        (
            "Ordning",
            "Viktigast först: osäkra beslut om små tal i tabellerna står före säkrare beslut och "
            "beslut om stora tal. Filtrera på län eller variabel med pilarna i rubrikraden.",
        ),
        (
            "Förslag",
            "Vad programmet tror: Ja eller Nej, för samverkansparter också hur de deltar.",
        ),
        ("Sannolikhet", "Hur troligt det är att förslaget är rätt. 0,50 är som att singla slant."),
        (
            "Varför granska",
            "Vad som gör beslutet osäkert, till exempel att kryss och text skiljer sig.",
        ),
        (
            "Citat",
            "Orden som förslaget vilar på, som de står i dokumentet. Tomt när inga ord talar för "
            "förslaget. Hela texten finns i mappen text, under dokumentets namn.",
        ),
        (
            "Att rätta",
            "Listan är till för läsning. Ändringar som görs här läses inte in och påverkar inte "
            "tabellerna.",
        ),
    )
    for row, (label, text) in enumerate(texts, start=2):
        sheet.set_row(row, 15 * lines(text, 100) + 6)
        book.text(sheet, row, 0, label, "bold")
        book.text(sheet, row, 1, text, "wrap")
