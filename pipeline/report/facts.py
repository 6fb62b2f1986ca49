"""What the report's texts may speak of: the facts of one compilation, by their Swedish names.

`fakta.yaml` documents every one of them; a test sees to it that both say the same. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from corpus.types import DocumentKind, Project, Status
from pipeline.report.model_card import ModelCard
from pipeline.tables.effort import Effort
from pipeline.tables.judge import decider
from pipeline.tables.numbers import span
from pipeline.tables.tabulate import kinds_of
from pipeline.tables.types import Cell, Decider, Finding, Layout, Round, Row, Severity, Table

Facts = Mapping[str, Any]
_APPLICATION = DocumentKind.TJANSTEUTLATANDE_ANSOKAN


class UnknownRowError(LookupError):
    """A text asks for a table, a row or a column that there is not. The message is Swedish."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a table as texts see it; the fields' names are what templates write.

    `antal` and `belopp` are None where not known; `andel` is a share (0–1) of the table's
    projects; `intervall` is the 95 % interval as text ("82–91"), "" without.
    """

    etikett: str
    antal: int | None
    belopp: Decimal | None
    andel: float | None
    nedre: int | None
    ovre: int | None
    intervall: str


@dataclass(frozen=True, slots=True)
class TableFacts:
    """Looks up the figures of the tables for the texts."""

    tables: Mapping[str, Table]

    def finns(self, table: str, row: str = "", column: str = "") -> bool:
        """Whether there is such a table, row and column with a figure in it."""
        try:
            found = self.rad(table, row, column) if row else self.tabell(table)
        except UnknownRowError:
            return False
        return not isinstance(found, Figure) or (found.antal, found.belopp) != (None, None)

    def rad(self, table: str, row: str, column: str = "") -> Figure:
        """Return a row's figure, its first or that of a column. Raises UnknownRowError."""
        found = self._table(table)
        rows = {one.id: one for one in found.rows}
        if row not in rows:
            raise UnknownRowError(
                f"{table} har ingen rad {row!r}; raderna är {', '.join(rows) or 'inga'}"
            )
        columns = [one.id for one in found.columns]
        if column and column not in columns:
            raise UnknownRowError(
                f"{table} har ingen kolumn {column!r}; kolumnerna är {', '.join(columns)}"
            )
        return _figure(found, rows[row], columns.index(column) if column else 0)

    def tabell(self, table: str) -> Mapping[str, Any]:
        """Return a table's own facts: nummer, titel, antal. Raises UnknownRowError."""
        found = self._table(table)
        return {"nummer": found.number, "titel": found.title, "antal": found.base}

    def flest(self, table: str, most: int = 3) -> tuple[Figure, ...]:
        """Return the rows with the largest counts, without parts, sums and noughts.

        Rows that tie with one that has no room are left out, so that a text may say "vanligast":
        flest(…, 1) of 15, 15 and 12 is nothing, flest(…, 2) both with 15.
        """
        found = self._table(table)
        parts = _repeated(found)
        own = [
            row
            for row in found.rows
            if not row.part_of and not row.total and row.cells[0].count and row.id not in parts
        ]
        own.sort(key=lambda row: -(row.cells[0].count or 0))
        beyond = own[most].cells[0].count if len(own) > most else 0
        return tuple(_figure(found, r, 0) for r in own[:most] if r.cells[0].count != beyond)

    def _table(self, table: str) -> Table:
        if table not in self.tables:
            raise UnknownRowError(
                f"ingen tabell heter {table!r}; tabellerna är {', '.join(self.tables) or 'inga'}"
            )
        return self.tables[table]


def facts(
    round: Round,
    tables: tuple[Table, ...],
    findings: tuple[Finding, ...],
    made: date,
    card: ModelCard | None,
) -> Facts:
    """Return every fact of a compilation; `card` is the coder's, None without one."""
    looked = TableFacts({table.id: table for table in tables})
    return {
        "omgang": round.name,
        "forra_omgangen": round.previous.name if round.previous else "",
        "gjord": made,
        "projekt": _projects(round),
        "lan": _counties(round),
        "dokument": _documents(round),
        "svar": _answers(round),
        "granskning": _review(round.effort or Effort()),
        "stickprov": _audit(round.effort or Effort()),
        "overens": _agreement(round.effort or Effort()),
        "modell": _model(card),
        "avvikelser": _findings(findings),
        "tolkningar": sum(1 for r in round.rulings if r.withdrawn is None),
        "finns": looked.finns,
        "rad": looked.rad,
        "tabell": looked.tabell,
        "flest": looked.flest,
    }


def _reported(round: Round) -> tuple[Project, ...]:
    """Return the projects that have more than an application."""
    kinds = kinds_of(round.documents)
    return tuple(
        p
        for p in round.projects
        if not p.documents or any(kinds.get(name) is not _APPLICATION for name in p.documents)
    )


def _projects(round: Round) -> Facts:
    number, reported = len(round.projects), _reported(round)
    return {
        "antal": number,
        "redovisade": len(reported),
        "bara_ansokan": number - len(reported),
        "andel_redovisade": len(reported) / number if number else None,
        "redovisade_utan_belopp": sum(p.header.beviljat_belopp is None for p in reported),
        "utan_lan": sum(not p.header.lanskod for p in round.projects),
        "forra": sum(round.previous.projects.values()) if round.previous else None,
    }


def _counties(round: Round) -> Facts:
    return {"med_projekt": len({p.header.lanskod for p in _reported(round) if p.header.lanskod})}


def _documents(round: Round) -> Facts:
    read = [d for d in round.documents if not d.error]
    return {
        "antal": len(round.documents),
        "lasta": sum(d.kind is not None for d in round.documents),
        "olasta": sum(d.kind is None for d in round.documents),
        "delvis": sum(d.kind is not None and bool(d.error) for d in round.documents),
        "inte_projekt": sum(not d.projects for d in read),
        "i_projekt": sum(bool(d.projects) for d in round.documents),
    }


def _answers(round: Round) -> Facts:
    statuses: Counter[Status] = Counter()
    deciders: Counter[Decider] = Counter()
    for project in round.projects:
        for coding in round.codings.get(project.id, ()):
            statuses[coding.status] += 1
            if coding.value:
                deciders[decider(coding)] += 1
    number, yes = statuses.total(), deciders.total()
    return {
        "antal": number,
        "automatiska": statuses[Status.AUTO],
        "att_granska": statuses[Status.REVIEW],
        "granskade": statuses[Status.REVIEWED],
        "andel_automatiska": statuses[Status.AUTO] / number if number else None,
        "andel_att_granska": statuses[Status.REVIEW] / number if number else None,
        "andel_granskade": statuses[Status.REVIEWED] / number if number else None,
        "ja": yes,
        "ja_person": deciders[Decider.PERSON],
        "ja_kryss": deciders[Decider.TICK],
        "ja_regel": deciders[Decider.RULE],
        "ja_modell": deciders[Decider.MODEL],
    }


def _review(effort: Effort) -> Facts:
    settled = effort.decided + effort.undecidable
    return {
        "fragor": effort.asked,
        "avgjorda": effort.decided,
        "gar_ej": effort.undecidable,
        "vantar": effort.asked - settled,
        "tvister": effort.disputed,
        "andrade": effort.changed,
        "andel_andrade": effort.changed / effort.decided if effort.decided else None,
        "personer": effort.people,
        "tid": effort.seconds,
        "tidmatta": effort.timed,
        "sekunder_per_fraga": effort.seconds / effort.timed if effort.timed else None,
        "forsta": effort.first,
        "sista": effort.last,
    }


def _audit(effort: Effort) -> Facts:
    whole = next((one for one in effort.audited if not one.variable), None)
    return {
        "dragna": effort.drawn,
        "granskade": whole.audited if whole else 0,
        "fel": whole.wrong if whole else 0,
        "andel": whole.wrong / whole.audited if whole else None,
        "nedre": whole.low if whole else None,
        "ovre": whole.high if whole else None,
    }


def _agreement(effort: Effort) -> Facts:
    whole = next((one for one in effort.agreement if not one.variable), None)
    alpha = whole.alpha if whole else None
    return {
        "fragor": whole.items if whole else 0,
        "lika": whole.agreed if whole else 0,
        "alfa": alpha.value if alpha else None,
        "nedre": alpha.low if alpha else None,
        "ovre": alpha.high if alpha else None,
    }


def _model(card: ModelCard | None) -> Facts:
    return {
        "finns": card is not None,
        "lofte": card.promise if card else None,
        "fel": card.error.value if card else None,
        "nedre": card.error.low if card else None,
        "ovre": card.error.high if card else None,
        "redovisningar": card.reports if card else 0,
        "skribenter": card.writers if card else 0,
    }


def _findings(findings: tuple[Finding, ...]) -> Facts:
    errors = sum(f.severity is Severity.ERROR for f in findings)
    return {"antal": len(findings), "fel": errors, "varningar": len(findings) - errors}


def _figure(table: Table, row: Row, column: int) -> Figure:
    cell: Cell = row.cells[column]
    interval = cell.interval
    share = None
    if table.layout is not Layout.MONEY and table.base and cell.count is not None:
        share = cell.count / table.base
    return Figure(
        row.label,
        cell.count,
        cell.amount,
        share,
        interval.lower if interval else None,
        interval.upper if interval else None,
        span(interval),
    )


def _repeated(table: Table) -> set[str]:
    """Return rows that only repeat a part of another row (prosecutors stand in Table 3 twice)."""
    parts = {row.cells[0].support for row in table.rows if row.part_of}
    wholes = {row.part_of for row in table.rows}
    return {
        row.id
        for row in table.rows
        if not row.part_of and row.id not in wholes and row.cells[0].support in parts
    }
