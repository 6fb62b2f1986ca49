"""The command `check`: what contradicts itself in a published report or in our own results."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.tables.types import Finding

EPILOG = """\b
Examples:
  samverkan check rapport.pdf
  samverkan check ut                                  # what `samverkan run --out ut` wrote
  samverkan check rapport.txt --out avvikelser.csv
  samverkan check rapport.pdf --json > avvikelser.json

\b
Checked are sums of rows and columns, parts against wholes, percentages, categories that shut
one another out, and figures, amounts, periods and totals that are told more than once.

\b
Exit codes:
  0  no contradiction
  2  wrong use
  3  the report cannot be read
  5  contradictions found"""


def check(
    path: Annotated[
        Path,
        typer.Argument(exists=True, help="A report (PDF, Word, text, HTML) or a results folder."),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Write them to this file too, as avvikelser.csv."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON.")] = False,
) -> None:
    """Find the contradictions of a report: place, what was expected and what was found."""
    from pipeline.check.folder import NoResultsError, check_path
    from pipeline.errors import ExitCode, ReadError
    from pipeline.tables.files import WriteError
    from pipeline.tables.table_csv import write_findings_to

    try:
        findings = check_path(path)
        if out is not None:
            write_findings_to(findings, out)
    except ReadError as error:
        typer.echo(f"Error: {path}: {error}", err=True)
        raise typer.Exit(ExitCode.NOTHING_READ) from error
    except (NoResultsError, WriteError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    if as_json:
        _print_json(path, findings)
    else:
        _print(findings)
    raise typer.Exit(ExitCode.CONTRADICTIONS if findings else ExitCode.DONE)


def _print(findings: tuple[Finding, ...]) -> None:
    if not findings:
        typer.echo("Inga motsägelser hittades.")
        return
    for i, finding in enumerate(findings, 1):
        typer.echo(f"{i}. {finding.where}")
        typer.echo(f"   {finding.what}.")
        typer.echo(f"   Väntat: {finding.expected}. Funnet: {finding.found}.")
    noun = "motsägelse" if len(findings) == 1 else "motsägelser"
    typer.echo(f"\n{len(findings)} {noun}.")


def _print_json(path: Path, findings: tuple[Finding, ...]) -> None:
    import json

    rows = [
        {"var": f.where, "vad": f.what, "forvantat": f.expected, "funnet": f.found,
         "allvar": f.severity.value}
        for f in findings
    ]  # fmt: skip
    typer.echo(json.dumps({"fil": path.name, "avvikelser": rows}, ensure_ascii=False, indent=1))
