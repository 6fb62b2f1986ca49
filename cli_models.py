"""`samverkan train`, `evaluate` and `models …`: the learnt coder, its card, how good a run is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_review_open import Decisions, RoundName, Workspace, opened, stop

if TYPE_CHECKING:
    from models.case import Example

EVALUATE_EPILOG = """\b
Examples:
  samverkan evaluate ut/resultat ut/simulerad/gold.jsonl
  samverkan evaluate ut gold1.jsonl gold2.jsonl --out ut/utvardering --json > figures.json

\b
Gold names projects as the results do, so run with --manifest first. Writes
utvardering.html (the report), utvardering.json (every figure) and fel.csv (every error)."""
TRAIN_EPILOG = """\b
Examples:
  samverkan train --out min_modell
  samverkan train --reviewed ut --out min_modell"""
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
models_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="See the learnt coders that are there."
)


def train(
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder for the coder [the shipped one].")
    ] = None,
    reviewed: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="A run's results: learn also from projects whose doubts a person has settled.",
        ),
    ] = None,
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
) -> None:
    """Train the coder on the shipped corpus, calibrated on writers apart, and score yet others.

    The same corpus, decisions, rules and library versions give the same coder, byte for byte:
    nothing in it is random. Takes a few minutes. A coder that has learnt from real reports holds
    words from them: keep it as you keep the reports.
    """
    import time

    from models.store import SHIPPED
    from pipeline.train import card_lines, train_shipped

    started = time.monotonic()

    def say(step: str) -> None:
        typer.echo(f"{time.monotonic() - started:6.0f} s  {step}", err=True)

    examples = _reviewed(reviewed, workspace, decisions, round_name) if reviewed else ()
    try:
        card = train_shipped(out or SHIPPED, say, examples)
    except OSError as error:
        typer.echo(f"Error: the coder cannot be written: {error}", err=True)
        raise typer.Exit(2) from error
    typer.echo("\n".join([*card_lines(card), f"in {out or SHIPPED}"]))


def _reviewed(
    results: Path, workspace: Path | None, decisions: str, round_name: str | None
) -> tuple[Example, ...]:
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.codebook import load
        from pipeline.reviewed import reviewed_examples

        try:
            examples = tuple(reviewed_examples(database, round, results, load()))
        except OSError as error:
            stop(f"{results} is not the folder of a run's results ({error.strerror}).")
    typer.echo(f"{len(examples)} granskade projekt att lära av", err=True)
    return examples


@models_app.command("list", epilog="Example:  samverkan models list")
def models_list() -> None:
    """List the coders that ship with the product, with their main figures."""
    from models.store import SHIPPED, ArtefactError, load_card
    from pipeline.train import figures_line

    for folder in sorted(p for p in SHIPPED.parent.iterdir() if (p / "card.json").is_file()):
        try:
            test = load_card(folder)["figures"]["test"]
        except (ArtefactError, KeyError) as error:
            typer.echo(f"{folder.name}: {error}", err=True)
            continue
        typer.echo(f"{folder.name}  {figures_line(test)}")


@models_app.command("show", epilog="Example:  samverkan models show coder")
def models_show(
    name: Annotated[str, typer.Argument(help="A name from `models list`, or a folder.")] = "coder",
) -> None:
    """Print a coder's card: data, writers, figures, calibration, versions."""
    import json

    from models.store import SHIPPED, ArtefactError, load_card

    folder = Path(name) if Path(name).is_dir() else SHIPPED.parent / name
    try:
        typer.echo(json.dumps(load_card(folder), ensure_ascii=False, indent=1))
    except ArtefactError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error


def evaluate(
    results: Annotated[
        Path, typer.Argument(exists=True, help="The --out folder of a run, or its kodningar.csv.")
    ],
    gold: Annotated[
        list[Path],
        typer.Argument(exists=True, dir_okay=False, help="JSONL files with the true codes."),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder [utvardering in RESULTS].")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the resampling.")] = 1,
    resamples: Annotated[
        int, typer.Option(min=0, help="Bootstrap samples of the projects; 0 means no intervals.")
    ] = 1000,
    quiet: Quiet = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print utvardering.json instead of the summary.")
    ] = False,
) -> None:
    """Compare a run with gold codes: how good each variable is, how far "automatic" holds.

    Gold projects that the results lack count as not coded.
    """
    from datetime import date

    from models.evaluation import EvaluationError
    from pipeline.errors import ExitCode
    from pipeline.evaluate import evaluate_run
    from pipeline.evaluate.summary import lines, warnings
    from pipeline.tables.files import WriteError

    folder = results if results.is_dir() else results.parent
    try:
        done = evaluate_run(
            results, gold, out or folder / "utvardering", date.today(), seed, resamples
        )
    except EvaluationError as error:
        for fault in error.faults:
            typer.echo(f"Error: {fault}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    except WriteError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(ExitCode.WRONG_USE) from error
    for warning in () if quiet else warnings(done.evaluation):
        typer.echo(warning, err=True)
    if as_json:
        import json

        typer.echo(json.dumps(done.data, ensure_ascii=False, indent=1))
    elif not quiet:
        for line in lines(done.evaluation, done.evidence, done.tables):
            typer.echo(line)
        typer.echo(f"\nReport: {done.files[0]}")
