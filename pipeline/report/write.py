"""Every file of a compilation, each written whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from annotations.codebook import Codebook
from annotations.codebook import load as load_codebook
from annotations.tables import Definitions, load_tables
from pipeline.evidence.write import write_pages
from pipeline.projects.write import write_flow
from pipeline.report.content import Material
from pipeline.report.model_card import card_of
from pipeline.report.publish import DOCUMENT, write_reports
from pipeline.report.texts import Texts
from pipeline.rulings.notes import number
from pipeline.rulings.printed import write_register
from pipeline.tables.cells_jsonl import write_cells
from pipeline.tables.checks import check, contradictions
from pipeline.tables.contract import write_contract
from pipeline.tables.files import ContradictionError, refuse_if_open
from pipeline.tables.quotes import collect
from pipeline.tables.repairs_csv import write_repairs
from pipeline.tables.rounds import compare
from pipeline.tables.rounds_csv import write_comparisons, write_contents
from pipeline.tables.summary_book import write_summary
from pipeline.tables.table_csv import write_findings, write_tables
from pipeline.tables.types import Round, Table

_NAMED = 10  # how many contradictions the error names
WORKBOOKS = ("sammanstallning.xlsx", "granskning.xlsx")


def write_all(
    round: Round,
    tables: tuple[Table, ...],
    out: Path,
    *,
    codebook: Codebook | None = None,
    definitions: Definitions | None = None,
    made: date | None = None,
    texts: Texts | None = None,
) -> list[Path]:
    """Write the output contract below `out`, save granskning.xlsx; return the files' paths.

    `made` is the day on the covers (today), `texts` are the report's (those that ship). Raises
    WriteError; workbooks that are open are found before anything is written, and so are figures
    that contradict one another (ContradictionError). A text that cannot be used (TextError) costs
    only the report, which comes last.
    """
    codebook = codebook or load_codebook()
    definitions = definitions or load_tables()
    made = made or date.today()
    check_writable(out)
    refuse_contradictions(tables, definitions)
    quotes = collect(round)
    findings = check(round, tables, definitions, codebook)
    notes = number(round.rulings, tables, definitions.tables, codebook)
    return [
        *write_contract(round, codebook, quotes, out),
        *write_pages(round, codebook, out),
        *write_tables(tables, out),
        write_cells(tables, {p.id: p for p in round.projects}, quotes.links, out),
        write_contents(tables, round.name, out),
        *write_comparisons(compare(round, tables), out),
        write_findings(findings, out),
        write_register(round.rulings, notes.numbers, out),
        *write_repairs(round, out),
        *write_flow(round.flow, out),
        write_summary(round, tables, findings, codebook, quotes, out / WORKBOOKS[0], made, notes),
        *write_reports(
            Material(round, tables, findings, codebook, definitions, notes, card_of(round), made),
            quotes,
            out,
            texts,
        ),
    ]


def refuse_contradictions(tables: tuple[Table, ...], definitions: Definitions) -> None:
    """Raise ContradictionError where the tables' own figures do not add up."""
    found = contradictions(tables, definitions)
    if not found:
        return
    lines = [f"  {f.where}: {f.what}. Väntat: {f.expected}. Funnet: {f.found}." for f in found]
    more = [f"  … och {len(lines) - _NAMED} till."] if len(lines) > _NAMED else []
    raise ContradictionError(
        "Sammanställningen skrivs inte, för dess egna siffror motsäger varandra:\n"
        + "\n".join(lines[:_NAMED] + more)
        + "\nRätta tabellernas definitioner (annotations/tables) och kör igen."
    )


def check_writable(out: Path) -> None:
    """Raise WriteError where a file in `out` is open in Office. Worth calling before a long run."""
    for name in (*WORKBOOKS, DOCUMENT):
        refuse_if_open(out / name)
