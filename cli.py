"""The command line: options → one call → print. Heavy imports stay inside the commands."""

from __future__ import annotations

import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_check import EPILOG as CHECK_EPILOG
from cli_check import check
from cli_corpus import corpus_app
from cli_explain import EPILOG as EXPLAIN_EPILOG
from cli_explain import explain
from cli_export import export_app
from cli_models import EVALUATE_EPILOG, TRAIN_EPILOG, evaluate, models_app, train
from cli_projects import GRANTED_HELP, Deadline, Granted, Joins, granted_template
from cli_report import report_app
from cli_review import review_app
from cli_rulings import rulings_app
from cli_simulate import EPILOG as SIMULATE_EPILOG
from cli_simulate import simulate
from cli_tables import EPILOG as TABLES_EPILOG
from cli_tables import Compare, ReportTexts, Tables, tables

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.summary import Summary

app = typer.Typer(
    no_args_is_help=True,
    # Plain help: Rich's would more than double the time that --help takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Read municipal grant reports, code what each project was, and write the national tables.",
    epilog="Start with: samverkan demo",
)


@app.callback()
def _every_command() -> None:
    # Arrows and minus signs are in no encoding but Unicode's: a pipe on Windows is cp1252.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


codebook_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Check the codebook and the word lists."
)
app.add_typer(codebook_app, name="codebook")
app.add_typer(corpus_app, name="corpus")
app.add_typer(export_app, name="export")
app.add_typer(models_app, name="models")
app.add_typer(report_app, name="report")
app.add_typer(review_app, name="review")
app.add_typer(rulings_app, name="rulings")

Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Progress as JSON lines on stderr, summary as JSON.")
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Child processes; 0 means one per processor.")
]
Timeout = Annotated[float, typer.Option(min=1, help="Seconds one document may take.")]
Memory = Annotated[int, typer.Option(min=200, help="Megabytes one child process may grow to.")]


@app.command(
    epilog="""\b
Examples:
  samverkan run inkorg --out ut
  samverkan run inkorg --out ut --manifest projekt.csv --round 2008-2010
  samverkan run inkorg --out ut --tables mina_tabeller --compare ut_2008-2009
  samverkan run inkorg --out ut --json > sammanfattning.json

\b
A --figures file:
  medel: {att_fordela: 900000, rekvirerat: 850000, administration: 40000}
  forra_omgangen: {namn: "2008-2009", projekt: {Blekinge: 2, Gotland: 1}}

"""
    + GRANTED_HELP
    + """

\b
Exit codes:
  0  done
  2  wrong use
  3  nothing could be read
  4  done, but some documents failed (listed in dokument.csv)
  5  nothing written: the tables' own figures contradict one another"""
)
def run(
    inbox: Annotated[
        Path, typer.Argument(exists=True, help="Folder of reports (or one file, or a ZIP).")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")],
    manifest: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="CSV fil,projekt[,lan,kommun,omgang,mottagen], a row a file.",
        ),
    ] = None,
    figures: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="YAML with the round's money and the last round's counts; example below.",
        ),
    ] = None,
    workspace: Annotated[
        Path | None,
        typer.Option(help="Folder that remembers what was read [OUT/arbetsyta]."),
    ] = None,
    round_name: Annotated[
        str, typer.Option("--round", help="Name of the grant round, shown in the tables.")
    ] = "",
    decisions: Annotated[
        str,
        typer.Option(
            envvar="SAMVERKAN_BESLUT",
            metavar="URL",
            help="Database of reviewers' decisions, a file or postgresql://… "
            "[WORKSPACE/granskning.sqlite].",
        ),
    ] = "",
    audit: Annotated[
        float,
        typer.Option(
            min=0, max=1, help="Share of the automatic codings that a person checks as well."
        ),
    ] = 0.05,
    granted: Granted = None,
    joins: Joins = None,
    deadline: Deadline = None,
    own_tables: Tables = None,
    compare: Compare = None,
    report_texts: ReportTexts = None,
    jobs: Jobs = 0,
    timeout: Timeout = 300,
    memory: Memory = 1500,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Read a folder of reports, code every project, write the tables and the report.

    In the folder: sammanstallning.xlsx, rapport.html, rapport.docx (Word), granskning.xlsx and
    plain files.

    Run it again after adding files: only what is new or changed is read. A run that was stopped
    goes on where it stopped.
    """
    _run(
        inbox=inbox,
        out=out,
        workspace=workspace or out / "arbetsyta",
        manifest=manifest,
        figures=figures,
        round_name=round_name,
        decisions=decisions,
        audit=audit,
        granted=granted,
        joins=joins,
        deadline=deadline,
        own_tables=own_tables,
        compare=tuple(compare or ()),
        report_texts=report_texts,
        jobs=jobs,
        timeout=timeout,
        memory=memory,
        quiet=quiet,
        as_json=as_json,
    )


@app.command(epilog="Example:  samverkan demo --out ut/demo")
def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the results.")] = Path(
        "ut/demo"
    ),
    jobs: Jobs = 0,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Run the main job on the sample inbox: invented reports in every format."""
    from corpus.samples import sample_inbox

    _run(
        inbox=sample_inbox(),
        out=out,
        workspace=out / "arbetsyta",
        manifest=None,
        figures=None,
        round_name="Exempel",
        jobs=jobs,
        quiet=quiet,
        as_json=as_json,
        # The samples hold a broken file on purpose, so "some failed" is the expected end.
        some_may_fail=True,
    )


@codebook_app.command(
    "check",
    epilog="""\b
Examples:
  samverkan codebook check
  samverkan codebook check --tables mina_tabeller""",
)
def codebook_check(own_tables: Tables = None) -> None:
    """Load codebook, forms, word lists and tables, and try every example sentence in them."""
    from pipeline.selfcheck import check_domain_data, check_own_tables

    report = check_own_tables(own_tables) if own_tables else check_domain_data()
    for problem in report.problems:
        typer.echo(problem, err=True)
    typer.echo(report.summary)
    if report.problems:
        raise typer.Exit(2)


app.command(epilog=EVALUATE_EPILOG)(evaluate)
app.command(epilog=CHECK_EPILOG)(check)
app.command(epilog=EXPLAIN_EPILOG)(explain)
app.command(epilog="Example:  samverkan granted-template > beviljade.csv")(granted_template)
app.command(epilog=TABLES_EPILOG)(tables)
app.command(epilog=TRAIN_EPILOG)(train)
app.command(epilog=SIMULATE_EPILOG)(simulate)


def _run(
    *,
    inbox: Path,
    out: Path,
    workspace: Path,
    manifest: Path | None,
    figures: Path | None,
    round_name: str,
    decisions: str = "",
    audit: float = 0.05,
    own_tables: Path | None = None,
    compare: tuple[str, ...] = (),
    granted: Path | None = None,
    joins: Path | None = None,
    deadline: datetime | None = None,
    report_texts: Path | None = None,
    jobs: int,
    timeout: float = 300,
    memory: int = 1500,
    quiet: bool,
    as_json: bool,
    some_may_fail: bool = False,
) -> None:
    from pipeline.engine.processes import Limits, prepare

    # A run makes many long-lived objects and little garbage.
    gc.set_threshold(50_000, 20, 20)
    # First of all: the children's imports take as long as our own, so let them go side by side.
    prepare(("pipeline.warm",))
    from annotations.strict import DefinitionError
    from corpus.store import WorkspaceError
    from pipeline.errors import ExitCode
    from pipeline.flow import Options, UseError, run
    from pipeline.progress import for_terminal
    from pipeline.tables.files import ContradictionError, WriteError

    options = Options(
        inbox,
        out,
        workspace,
        manifest,
        figures,
        round_name,
        jobs,
        Limits(timeout, memory),
        decisions,
        audit,
        own_tables,
        compare,
        granted,
        joins,
        deadline.date() if deadline else None,
        report_texts,
    )
    try:
        with for_terminal(quiet=quiet, as_json=as_json) as progress:
            summary = run(options, progress)
    except ContradictionError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.CONTRADICTIONS) from error
    except (UseError, WorkspaceError, WriteError, DefinitionError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    except KeyboardInterrupt:
        typer.echo(
            "Avbruten. Kör samma kommando igen, så fortsätter det där det slutade.", err=True
        )
        raise typer.Exit(130) from None
    if as_json:
        import json

        typer.echo(json.dumps(summary.as_dict(), ensure_ascii=False, indent=1))
    elif not quiet:
        _print(summary)
    code = summary.exit_code
    if code is not ExitCode.SOME_FAILED or not some_may_fail:
        raise typer.Exit(code)


def _print(summary: Summary) -> None:
    import shlex
    import shutil

    # In a virtual environment that is not active the bare name would not be found.
    command = "samverkan" if shutil.which("samverkan") else shlex.quote(sys.argv[0])
    for line in summary.lines(command):
        typer.echo(line)
