"""`samverkan report …`: the texts of the report, to edit and to check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli_tables import Tables

report_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Edit the texts of the report."
)


@report_app.command(
    epilog="""\b
Examples:
  samverkan report texts --out mina_texter
  samverkan report check mina_texter
  samverkan run inkorg --out ut --report-texts mina_texter

\b
One text file a chapter, in the order of their names. LAS_MIG.md, written beside, tells how a
text is written and lists every figure that it may use. What is there is never overwritten."""
)
def texts(out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write to.")]) -> None:
    """Copy the texts of the report to a folder, to edit them."""
    from pipeline.errors import ExitCode
    from pipeline.report.texts_copy import GUIDE, copy_texts
    from pipeline.tables.files import WriteError

    try:
        written = copy_texts(out)
    except WriteError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    typer.echo(f"{len(written) - 1} texter i {out}; hur de skrivs står i {out / GUIDE}")


@report_app.command(
    epilog="""\b
Examples:
  samverkan report check mina_texter
  samverkan report check mina_texter --tables mina_tabeller

\b
Exit codes:
  0  the texts can be used
  2  they cannot; each fault is told with its file and line"""
)
def check(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="Folder of texts.")],
    own_tables: Tables = None,
) -> None:
    """Check texts of your own: every name, table, row and inset in them."""
    from annotations.codebook import load
    from annotations.strict import DefinitionError
    from annotations.tables import FOLDER, load_tables
    from pipeline.errors import ExitCode
    from pipeline.report.texts_check import check_texts

    try:
        faults = check_texts(folder, load_tables(own_tables or FOLDER), load())
    except DefinitionError as error:
        faults = list(error.faults)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(ExitCode.WRONG_USE)
    typer.echo("Texterna går att använda.")
