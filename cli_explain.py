"""The command `explain`: one figure of the results and each project behind it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EPILOG = """\b
Examples:
  samverkan explain ut "Tabell 3" "Kyrka"
  samverkan explain ut "Tabell 3" polis inbjudna --limit 0
  samverkan explain ut "Tabell 2" "Dalarna" "Nya strukturer"
  samverkan explain ut 4 barn --county Skåne
  samverkan explain ut "Tabell 6" "Beviljade medel" --json | jq '.projekt[].belopp'

\b
Names may be given by a part, without regard to case and å, ä, ö, and nearly right. Prints the
published figure, its 95 % interval, how many a person, a tick, a rule or a model decided, and
for each project the words it counts for, the document, the page, and the address of the page
with the words marked, below RESULTS. What is planned is shown apart: it is never counted.

\b
Exit codes:
  0  done
  2  wrong use, or no figure of that name (the message suggests others)"""


def explain(
    results: Annotated[Path, typer.Argument(help="The folder that `samverkan run --out` wrote.")],
    table: Annotated[str, typer.Argument(help='"Tabell 3", 3, or words of its title.')],
    row: Annotated[str, typer.Argument(help="The row, by its label or id.")] = "",
    column_: Annotated[
        str, typer.Argument(metavar="[COLUMN]", help="The column, as --column.")
    ] = "",
    column: Annotated[
        str, typer.Option("--column", help="The column [the table's main one].")
    ] = "",
    county: Annotated[
        str, typer.Option("--county", help="Only this county's projects; the figure stays.")
    ] = "",
    limit: Annotated[
        int, typer.Option(min=0, help="The most projects printed of each list; 0 means all.")
    ] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Everything as JSON.")] = False,
) -> None:
    """Show what is behind one figure: every project, its words and where they stand."""
    from annotations.codebook import load
    from annotations.tables import load_tables
    from pipeline.errors import ExitCode
    from pipeline.explain.explain import explain
    from pipeline.explain.figures import FiguresError
    from pipeline.explain.find import NoneMeantError
    from pipeline.explain.told import as_dict, lines
    from pipeline.export.results import ResultsError
    from pipeline.tables.words import words

    codebook = load()
    try:
        if column and column_:
            raise NoneMeantError("Kolumnen står två gånger; ange den en gång.")
        counties = load_tables().counties
        explained = explain(results, table, row, column or column_, county, codebook, counties)
    except (FiguresError, NoneMeantError, ResultsError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    if as_json:
        import json

        told = as_dict(explained, words(codebook))
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in lines(explained, words(codebook), limit):
            typer.echo(line)
