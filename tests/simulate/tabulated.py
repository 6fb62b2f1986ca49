"""Gold as the product would have coded it without a mistake, tabulated by the product itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from annotations.codebook import load as load_codebook
from annotations.tables import load_tables
from corpus.simulate.library import COUNTED
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
from pipeline.tables.types import PreviousRound, Round, RoundFigures

BOOK, DEFINITIONS = load_codebook(), load_tables()
_KINDS = {
    "slut": DocumentKind.BLANKETT_SLUT,
    "del": DocumentKind.BLANKETT_DEL,
    "fri": DocumentKind.FRI_REDOVISNING,
}


def tables_of(simulated, preset):
    """Tables by number."""
    rows = [_project(p) for p in simulated]
    codes = {c.name: c.code for c in DEFINITIONS.counties}
    money = preset.medel
    round = Round(
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
    return {t.number: t for t in tabulate(round, DEFINITIONS, BOOK)}


def _project(simulated):
    report = simulated.report
    kind = _KINDS[report.blankett]
    if not simulated.slot.started:
        kind = DocumentKind.TJANSTEUTLATANDE_ANSOKAN
    start, end = map(date.fromisoformat, report.period.split("–"))
    header = Header(
        lan=report.lan,
        kommun=report.kommun,
        titel=report.titel,
        period_start=start,
        period_slut=end,
        beviljat_belopp=Decimal(report.belopp),
    )
    name = f"{report.id}.txt"
    document = DocumentRecord(name, "0" * 64, "txt", 1, kind, (report.id,), Reading.TEXT)
    return Project(report.id, header, (name,)), document, codings(report.gold)


def codings(gold):
    held = {f"struktur.{c}" for c in gold.struktur} | {f"malgrupp.{c}" for c in gold.malgrupp}
    held |= {f"integrering.{c}" for c in gold.integrering}
    held |= {f"maluppfyllelse.{gold.maluppfyllelse}", f"status.{gold.status}"}
    held |= {f"innehall.{c}" for c in ("utbildning", "reell_samverkan") if getattr(gold, c)}
    held |= {f"form.{c}" for c in ("tillfallig", "lansstyrelsen_aktiv") if getattr(gold, c)}
    roles = {f"partner.{p}": Role(role) for p, role in gold.partner.items()}
    found = []
    for leaf in BOOK.leaves():
        key = f"{leaf.variable}.{leaf.id}"
        role = roles.get(key)
        value = key in held or (role is not None and role in COUNTED)
        found.append(
            Coding(leaf.variable, leaf.id, value, role, 1.0, Status.REVIEWED, Origin.REVIEWER)
        )
    return tuple(found)
