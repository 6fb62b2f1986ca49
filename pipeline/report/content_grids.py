"""The small tables of the report: audits, agreement, deciders, rulings, deviations, failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from annotations.codebook import Codebook
from pipeline.report.blocks import Block, Grid
from pipeline.rulings.printed import Entry
from pipeline.tables.effort import Bounded, Effort
from pipeline.tables.numbers import NBSP, NDASH, decimals, percent, whole
from pipeline.tables.types import Finding, Layout, Round, Table
from pipeline.tables.words import DECIDERS

Blocks = tuple[Block, ...]
_MOST_FINDINGS = 300
_ALL = "Alla frågor"


def agreement_grid(effort: Effort, codebook: Codebook) -> Blocks:
    """Return how far two coders agree, variable by variable, all questions last."""
    if not effort.agreement:
        return ()
    labels = _labels(codebook)
    ordered = [*(a for a in effort.agreement if a.variable), *effort.agreement[:1]]
    rows = tuple(
        (
            labels.get(one.variable, one.variable),
            whole(one.items),
            whole(one.agreed),
            _figure(one.alpha),
            _interval(one.alpha),
        )
        for one in ordered
    )
    headings = ("Variabel", "Frågor", "Lika svar", "Alfa", f"95{NBSP}%-intervall")
    caption = "Överensstämmelse mellan två granskare som inte sett varandras svar"
    notes = ("Krippendorffs alfa: 1 är fullständig överensstämmelse, 0 vad slumpen hade gett. "
             "Streck: bara ett svar har getts, och då finns inget att jämföra.",)  # fmt: skip
    return (Grid("overensstammelse", caption, headings, rows, (1, 2, 3, 4), notes, total=True),)


def audit_grid(effort: Effort, codebook: Codebook) -> Blocks:
    """Return what the audit sample has shown, variable by variable, all answers last."""
    if not effort.audited:
        return ()
    labels = _labels(codebook)
    ordered = [*(a for a in effort.audited if a.variable), *effort.audited[:1]]
    rows = tuple(
        (
            labels.get(one.variable, one.variable),
            whole(one.audited),
            whole(one.wrong),
            _percent(one.wrong / one.audited),
            f"{_percent(one.low)}{NDASH}{_percent(one.high)}",
        )
        for one in ordered
    )
    headings = ("Variabel", "Granskade", "Fel", "Andel fel", f"95{NBSP}%-intervall")
    caption = "Fel bland automatiska svar i stickprovet"
    return (Grid("stickprov", caption, headings, rows, (1, 2, 3, 4), total=True),)


def decider_grid(tables: tuple[Table, ...]) -> Blocks:
    """Return who or what decided the projects that each table by category counts."""
    rows = []
    for table in tables:
        if table.layout is not Layout.BY_CATEGORY:
            continue
        cells = [row.cells[0] for row in table.rows if not row.part_of and not row.total]
        counts = [sum(cell.decided_by(d) for cell in cells) for d in DECIDERS]
        if total := sum(counts):
            shares = (percent(n / total) for n in counts)
            rows.append((f"Tabell {table.number}", whole(total), *shares))
    if not rows:
        return ()
    headings = ("Tabell", "Räknade svar", *DECIDERS.values())
    caption = "Vem eller vad som har avgjort de svar som räknas"
    numeric = tuple(range(1, len(headings)))
    notes = ("Rader som är delar av en annan rad ingår inte.",)
    return (Grid("avgorande", caption, headings, tuple(rows), numeric, notes),)


def rulings_grid(entries: Sequence[Entry]) -> Blocks:
    """Return the register of rulings; the number is that of the note under the tables, if any."""
    if not entries:
        return ()
    counted = any(e.projects for e in entries)
    rows = tuple(
        (e.number or "–", e.mark, e.question, e.ruling, e.reason,
         ", ".join(filter(None, (e.who, e.when))), e.about,
         *((whole(len(e.projects)),) if counted else ()))
        for e in entries
    )  # fmt: skip
    more = ("Projekt",) if counted else ()
    headings = ("Not", "Märke", "Fråga", "Tolkning", "Skäl", "Vem och när", "Gäller", *more)
    return (Grid("tolkningar", "Tolkningsregister", headings, rows, (7,)),)


def findings_grid(findings: Sequence[Finding]) -> Blocks:
    """Return what the checks found; of very many the first, errors before warnings."""
    if not findings:
        return ()
    ordered = sorted(findings, key=lambda f: f.severity.value)
    rows = tuple(
        (f.where, f.what, f.expected, f.found, f.severity.value) for f in ordered[:_MOST_FINDINGS]
    )
    left = len(findings) - len(rows)
    notes = (f"Och {whole(left)} till; alla står i avvikelser.csv.",) if left else ()
    headings = ("Var", "Vad", "Väntat", "Funnet", "Allvar")
    return (Grid("avvikelser", "Avvikelser som kontrollen fann", headings, rows, (), notes),)


def unread_grid(round: Round) -> Blocks:
    """Return the documents that could not be read, or not wholly, with reason and advice."""
    failed = [d for d in round.documents if d.error]
    if not failed:
        return ()
    rows = tuple((d.name, d.error) for d in failed)
    caption = "Dokument som inte kunde läsas helt, med skäl"
    return (Grid("olasta", caption, ("Dokument", "Skäl och råd"), rows),)


def _labels(codebook: Codebook) -> Mapping[str, str]:
    return {"": _ALL, **{v.id: v.label for v in codebook.variables}}


def _figure(bounded: Bounded | None) -> str:
    return "–" if bounded is None else decimals(bounded.value)


def _interval(bounded: Bounded | None) -> str:
    if bounded is None or bounded.low is None or bounded.high is None:
        return "–"
    return f"{decimals(bounded.low)}{NDASH}{decimals(bounded.high)}"


def _percent(share: float) -> str:
    return f"{decimals(share * 100, 1)}{NBSP}%"
