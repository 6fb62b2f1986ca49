"""A simulated round as the product would have coded it without a mistake: gold, own headers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from annotations.codebook import Codebook, load
from annotations.gold import cells
from annotations.places.places import load_places
from annotations.tables import load_tables
from corpus.records import Gold
from corpus.simulate.library import load_library
from corpus.simulate.preset import Preset
from corpus.simulate.projects import Project as Simulated
from corpus.simulate.projects import projects
from corpus.simulate.rename import Country
from corpus.types import (
    Coding,
    DocumentKind,
    DocumentRecord,
    Header,
    Origin,
    Project,
    Reading,
    Role,
    Status,
)
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import PreviousRound, Round, RoundFigures, Table

_KINDS = {
    "slut": DocumentKind.BLANKETT_SLUT,
    "del": DocumentKind.BLANKETT_DEL,
    "fri": DocumentKind.FRI_REDOVISNING,
}
_YES = "ja"


def simulated(preset: Preset, count: int, seed: int) -> tuple[Simulated, ...]:
    """Return the projects that `samverkan simulate --projects count --seed seed` writes."""
    places = load_places()
    country = Country(
        {
            c.name: tuple(m.name for m in places.municipalities if m.county_code == c.code)
            for c in places.counties
        }
    )
    library = load_library(places={w for name in country.municipalities for w in name.split()})
    return tuple(projects(preset, library, country, count, seed))


def gold_round(made: Iterable[Simulated], preset: Preset) -> Round:
    """Return a round with every project's gold codes, each decided by a person."""
    book = load()
    rows = [_project(project, book) for project in made]
    codes = {c.name: c.code for c in load_tables().counties}
    money = preset.medel
    return Round(
        preset.namn,
        tuple(document for _, document, _ in rows),
        tuple(project for project, _, _ in rows),
        {project.id: codings for project, _, codings in rows},
        {},
        PreviousRound(preset.forra_namn, {codes[c.namn]: c.forra for c in preset.lan}),
        RoundFigures(
            Decimal(money.att_fordela), Decimal(money.rekvirerat), Decimal(money.administration)
        ),
    )


def gold_tables(round: Round) -> tuple[Table, ...]:
    """Return the product's own tables of a round."""
    return tabulate(round, load_tables(), load())


def codings(gold: Gold, book: Codebook) -> tuple[Coding, ...]:
    """Return a coding for every leaf: certain, decided by a person."""
    counted = {r.id.value for v in book.variables for r in v.roles if r.counted} | {_YES}
    return tuple(
        Coding(
            variable,
            category,
            value in counted,
            Role(value) if value and value != _YES else None,
            1.0,
            Status.REVIEWED,
            Origin.REVIEWER,
        )
        for (variable, category), value in cells(gold, book).items()
    )


def _project(made: Simulated, book: Codebook) -> tuple[Project, DocumentRecord, tuple[Coding, ...]]:
    report = made.report
    kind = _KINDS[report.blankett]
    if not made.slot.started:
        kind = DocumentKind.TJANSTEUTLATANDE_ANSOKAN
    start, end = map(date.fromisoformat, (report.period or "").split("–"))
    header = Header(
        lan=report.lan,
        kommun=report.kommun,
        titel=report.titel,
        period_start=start,
        period_slut=end,
        beviljat_belopp=Decimal(report.belopp or 0),
    )
    name = f"{report.id}.txt"
    document = DocumentRecord(name, "0" * 64, "txt", 1, kind, (report.id,), Reading.TEXT)
    return Project(report.id, header, (name,)), document, codings(report.gold, book)
