"""`samverkan tables`: count a run's round again, with new decisions, other tables, other rounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.retabulate import Recounted
    from pipeline.tables.rounds import Comparison

_MOST = 20  # changed figures that are printed

EPILOG = """\b
Examples:
  samverkan tables ut                                  # after a review: count decisions in
  samverkan tables ut --compare ../2009/ut
  samverkan tables ut --compare 2011_39                # the printed report 2011:39
  samverkan tables ut --tables mina_tabeller --out ut_mina

\b
Writes every result again but granskning.xlsx; no document is read. An EARLIER round is the
folder that `samverkan run --out` wrote then, or a folder of tabellN.csv with a printed report's
figures: columns rad and those of the table, of which the intervals (_nedre, _ovre) and
innehall.csv (the round's name, projects in each table) may be left out.

\b
Exit codes:
  0  done
  2  wrong use
  5  nothing written: the tables' own figures contradict one another"""

Tables = Annotated[
    Path | None,
    typer.Option(
        "--tables",
        exists=True,
        file_okay=False,
        help="Folder of table definitions (YAML) of your own, instead of tables 1-6.",
    ),
]
ReportTexts = Annotated[
    Path | None,
    typer.Option(
        "--report-texts",
        exists=True,
        file_okay=False,
        help="Folder of report texts of your own (samverkan report texts makes one).",
    ),
]
Compare = Annotated[
    list[str] | None,
    typer.Option(
        "--compare",
        metavar="EARLIER",
        help="An earlier round to set beside this one: its folder, or 2011_39. May be repeated.",
    ),
]


def tables(
    results: Annotated[Path, typer.Argument(help="The folder that `samverkan run --out` wrote.")],
    compare: Compare = None,
    own_tables: Tables = None,
    figures: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="As of `samverkan run` [those of the run]."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder to write to [RESULTS].")
    ] = None,
    round_name: Annotated[
        str | None, typer.Option("--round", help="Another name of the round in the tables.")
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option(help="The run's workspace [RESULTS/arbetsyta].")
    ] = None,
    decisions: Annotated[
        str,
        typer.Option(
            envvar="SAMVERKAN_BESLUT",
            metavar="URL",
            help="Database of decisions, a file or postgresql://… [WORKSPACE/granskning.sqlite].",
        ),
    ] = "",
    report_texts: ReportTexts = None,
) -> None:
    """Count the tables again without reading documents, and tell what has changed."""
    from annotations.decisions.database import DecisionsError
    from annotations.strict import DefinitionError
    from pipeline.errors import ExitCode
    from pipeline.retabulate import Order, retabulate
    from pipeline.snapshot import SnapshotError
    from pipeline.tables.files import ContradictionError, WriteError
    from pipeline.tables.rounds_read import EarlierError

    order = Order(
        results,
        workspace or results / "arbetsyta",
        out or results,
        decisions,
        own_tables,
        figures,
        tuple(compare or ()),
        round_name,
        report_texts,
    )
    try:
        done = retabulate(order)
    except ContradictionError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.CONTRADICTIONS) from error
    except (SnapshotError, EarlierError, DefinitionError, DecisionsError, WriteError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    _print(done, order.out)


def _print(done: Recounted, out: Path) -> None:
    from pipeline.tables.rounds_words import signed, then_and_now

    round = done.round
    tables = "1 tabell räknad" if len(done.tables) == 1 else f"{len(done.tables)} tabeller räknade"
    typer.echo(f"{tables} om ur {len(round.projects)} projekt i {out}")
    if round.decided:
        questions = "1 fråga" if round.decided == 1 else f"{round.decided} frågor"
        typer.echo(f"Granskare har avgjort {questions}; svaren är inräknade.")
    if done.moved is None:
        typer.echo("Där stod inga tabeller av samma slag att jämföra med.")
    elif not done.moved:
        typer.echo("Inga siffror ändrades.")
    else:
        typer.echo(f"{len(done.moved)} {'siffra' if len(done.moved) == 1 else 'siffror'} ändrades:")
        for table, c in done.moved[:_MOST]:
            column = f", {c.column.label}" if c.column else ""
            change = f" ({signed(c.change.value)})" if c.change else ""
            typer.echo(f"  Tabell {table.number}, {c.label}{column}: {then_and_now(c)}{change}")
        if len(done.moved) > _MOST:
            typer.echo(f"  … och {len(done.moved) - _MOST} till")
    for comparison in done.comparisons:
        _print_comparison(comparison)


def _print_comparison(comparison: Comparison) -> None:
    from pipeline.tables.rounds_words import loud

    counted = [c for _, c in comparison.changes() if c.change and c.column and not c.column.money]
    clear = sum(loud(c) for c in counted)
    typer.echo(
        f"Jämfört med {comparison.name}: {len(counted)} antal, för {clear} rymmer förändringens "
        f"intervall inte 0. Allt står i tabeller/jamforelse.csv."
    )
    for note in comparison.notes:
        typer.echo(f"  {note}")
    for compared in comparison.tables:
        for note in compared.notes:
            typer.echo(f"  Tabell {compared.table.number}: {note}")
    for table, c in comparison.changes():
        if c.improbable:
            typer.echo(
                f"  Se efter: {c.label} (tabell {table.number}) har ändrats ovanligt mycket."
            )
