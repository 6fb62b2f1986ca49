"""A made-up report with every kind of block, for the tests of the Word document."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pipeline.report.blocks import (
    Bar,
    BarChart,
    CountyMap,
    Grid,
    Heading,
    Listing,
    NumberedNote,
    Paragraph,
    Report,
    TableBlock,
)
from pipeline.tables.types import Cell, Column, Interval, Layout, Row, Table

NBSP = "\N{NO-BREAK SPACE}"
PARTNERS = Table(
    "tabell3",
    3,
    "Samverkansparter i 148 projekt",
    "Samverkan med",
    Layout.BY_CATEGORY,
    (Column("antal", "Antal projekt"), Column("planerad", "Planerade", counted=False)),
    (
        Row("vard", "Vården", (Cell(84, interval=Interval(80, 91)), Cell(2))),
        Row("bup", "Barnpsykiatri", (Cell(8, interval=Interval(8, 8)), Cell(0)), "vard"),
        Row("kyrka", "Kyrkan", (Cell(34, interval=Interval(30, 40)), Cell(1))),
    ),
    148,
    ("Planerade räknas inte.",),
)
MONEY = Table(
    "tabell1",
    1,
    "Beviljade medel per län",
    "Län",
    Layout.BY_COUNTY,
    (Column("ar", "2009", money=True),),
    (
        Row("10", "Blekinge", (Cell(amount=Decimal(1234567)),)),
        Row("summa", "Summa", (Cell(amount=Decimal(1234567)),), total=True),
    ),
    1,
)
CHART = BarChart(
    "stapel",
    "Figur 1. Parter, antal projekt",
    "Liggande staplar. Flest, 84 projekt, samverkar med vården.",
    "projekt",
    (
        Bar("Vården", 84, 80, 91),
        Bar("Barnpsykiatri", 8, 8, 8, part=True),
        Bar("Okänt", None),
    ),
)
PAIRED = BarChart(
    "jamfort",
    "Figur 3. Nu och förra omgången",
    "Två staplar för varje part.",
    "procent av projekten",
    (Bar("Vården", 57, 54, 61, before=50), Bar("Kyrkan", 23, 20, 27)),
    100.0,
    "2006–2007",
)
MAP = CountyMap(
    "karta",
    "Figur 2. Projekt per län",
    "Karta. Flest projekt har Skåne, 13.",
    "projekt",
    (("10", 4.0), ("12", 13.0), ("14", None)),
    "Ett projekt utan län är inte med.",
)
_WIDE = tuple(f"Kolumnrubrik{n}" for n in range(11))
WIDE = Grid(
    "bred",
    "En bred tabell",
    ("Rad", *_WIDE),
    tuple((f"Rad {r}", *(str(1000 + r) for _ in _WIDE)) for r in range(40)),
    tuple(range(1, 12)),
)
TOTALS = Grid(
    "svar",
    "Svar & avgöranden",
    ("Fråga", "Antal"),
    (("Struktur", f"1{NBSP}234"), ("Summa", f"1{NBSP}234")),
    (1,),
    ("Räknat på alla frågor.",),
    total=True,
)


def report() -> Report:
    """A report whose tables stand in another order than their numbers."""
    rulings = (
        NumberedNote("1", "Ett möte räknas inte som samverkan."),
        NumberedNote("4", "Jourer räknas var för sig."),
    )
    return Report(
        "Samverkan 2008–2010",
        "Sammanställning av redovisningar",
        date(2026, 11, 22),
        (
            Heading(1, "Inledning", "inledning"),
            Paragraph("Ett skadat tecken \x01 och en ensam surrogat \ud800 stoppar ingenting."),
            Listing(("En punkt", "En till")),
            Listing(("Först", "Sedan"), ordered=True),
            Listing(("Först igen",), ordered=True),
            Heading(1, "Parter", "parter"),
            Heading(2, "Vilka de var", "parter-vilka"),
            Paragraph("Vården är vanligast."),
            TableBlock(
                PARTNERS,
                "Tabell 3. Samverkansparter",
                rulings,
                (("bup", ("1", "4")), ("", ("4",))),
            ),
            CHART,
            Heading(2, "Pengar", "pengar"),
            TableBlock(MONEY, "Tabell 1. Beviljade medel"),
            MAP,
            Heading(3, "Jämfört", "jamfort-avsnitt"),
            PAIRED,
            Heading(1, "En bred tabell", "bred-avsnitt"),
            WIDE,
            Heading(1, "Till sist", "sist"),
            TOTALS,
        ),
    )
