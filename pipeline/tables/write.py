"""Every file of a compilation, each written whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from annotations.codebook import Codebook
from annotations.codebook import load as load_codebook
from annotations.tables import Definitions, load_tables
from pipeline.tables.checks import check
from pipeline.tables.contract import write_contract
from pipeline.tables.files import refuse_if_open
from pipeline.tables.quotes import collect
from pipeline.tables.repairs_csv import write_repairs
from pipeline.tables.report import write_report
from pipeline.tables.summary_book import write_summary
from pipeline.tables.table_csv import write_findings, write_tables
from pipeline.tables.types import Round, Table

WORKBOOKS = ("sammanstallning.xlsx", "granskning.xlsx")


def write_all(
    round: Round,
    tables: tuple[Table, ...],
    out: Path,
    *,
    codebook: Codebook | None = None,
    definitions: Definitions | None = None,
    made: date | None = None,
) -> list[Path]:
    """Write the output contract below `out`, save granskning.xlsx; return the files' paths.

    `made` is the day on the covers (today). Raises WriteError; workbooks that are open are
    found before anything is written.
    """
    codebook = codebook or load_codebook()
    definitions = definitions or load_tables()
    made = made or date.today()
    check_writable(out)
    quotes = collect(round)
    findings = check(round, tables, definitions, codebook)
    return [
        *write_contract(round, codebook, quotes, out),
        *write_tables(tables, out),
        write_findings(findings, out),
        *write_repairs(round, out),
        write_summary(round, tables, findings, codebook, quotes, out / WORKBOOKS[0], made),
        write_report(round, tables, findings, codebook, quotes, out / "rapport.html", made),
    ]


def check_writable(out: Path) -> None:
    """Raise WriteError where a workbook in `out` is open. Worth calling before a long run."""
    for name in WORKBOOKS:
        refuse_if_open(out / name)
