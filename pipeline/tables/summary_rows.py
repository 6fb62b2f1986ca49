"""The rows behind a table's figures: one project a row, with the words it counts for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from corpus.types import Coding, Project, Role
from pipeline.tables.behind import Block, Series
from pipeline.tables.numbers import kronor, probability
from pipeline.tables.quotes import Quotes
from pipeline.tables.types import Layout, Table
from pipeline.tables.words import Words, county, decided_by, municipality, place, short

WHERE = "Dokument och sida"  # the column whose cells lead to the words


@dataclass(frozen=True, slots=True)
class Line:
    """One project behind one figure, with all that its row may tell."""

    series: Series
    block: Block
    project: Project
    coding: Coding | None
    amount: Decimal | None
    quotes: Quotes
    words: Words


@dataclass(frozen=True, slots=True)
class BehindColumn:
    """A column of an underlag sheet: its heading, its width in characters, what it shows."""

    heading: str
    width: int
    value: Callable[[Line], str]


def behind_columns(table: Table) -> tuple[BehindColumn, ...]:
    """Return the columns that make sense for a table: money has amounts, codings have quotes."""
    role = BehindColumn("Roll", 11, _role)
    money = BehindColumn("Belopp", 14, _amount)
    coded = (
        BehindColumn("Kodad som", 26, _coded_as),
        BehindColumn(
            "Beslutat av", 11, lambda line: decided_by(line.coding) if line.coding else ""
        ),
        BehindColumn("Sannolikhet", 12, _confidence),
        BehindColumn("Citat", 62, _quote),
    )
    has_money = any(column.money for column in table.columns)
    is_coded = not all(column.money for column in table.columns)
    has_roles = table.layout is Layout.BY_CATEGORY and len(table.columns) > 1
    return (
        BehindColumn("Siffra", 26, lambda line: line.series.label),
        *((role,) if has_roles else ()),
        BehindColumn("Projekt", 28, lambda line: line.project.id),
        BehindColumn("Län", 15, lambda line: county(line.project)),
        BehindColumn("Kommun", 15, lambda line: municipality(line.project)),
        BehindColumn("Titel", 24, lambda line: line.project.header.titel or ""),
        *((money,) if has_money else ()),
        *(coded if is_coded else ()),
        BehindColumn(WHERE, 34, where),
    )


def behind_lines(
    series: tuple[Series, ...], projects: Mapping[str, Project], quotes: Quotes, words: Words
) -> Iterator[Line]:
    """Yield a line for each project behind each figure, in the order of the series."""
    for one in series:
        for block in one.blocks:
            for support in block.support:
                yield Line(
                    one,
                    block,
                    projects[support.project],
                    support.coding,
                    support.amount,
                    quotes,
                    words,
                )


def where(line: Line) -> str:
    """Say where the words or the tick stand, or else which documents the project has."""
    if (span := line.quotes.links.place(line.project, line.coding)) is not None:
        return place(span.document, span.page)
    return "; ".join(line.project.documents)


def address(line: Line) -> str:
    """Return the address of the document page with the words marked; empty without page."""
    return line.quotes.links.of(line.project, line.coding)


def _quote(line: Line) -> str:
    return short(line.quotes.shown(line.project, line.coding))


def _confidence(line: Line) -> str:
    return probability(line.coding.confidence) if line.coding else ""


def _coded_as(line: Line) -> str:
    coding = line.coding
    if coding is None:
        return ""
    label = line.words.category(coding)
    return label if coding.value else f"Inte: {label}"


def _role(line: Line) -> str:
    return line.words.role(line.coding.role or Role.AKTIV) if line.coding else ""


def _amount(line: Line) -> str:
    return kronor(line.amount) if line.amount is not None else ""
