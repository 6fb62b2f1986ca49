"""Opening the review database for commands: their common options, and plain errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from annotations.decisions.database import Database

Results = Annotated[Path, typer.Argument(help="The folder that `samverkan run --out` wrote.")]
Workspace = Annotated[Path | None, typer.Option(help="The run's workspace [RESULTS/arbetsyta].")]
Decisions = Annotated[
    str,
    typer.Option(
        envvar="SAMVERKAN_BESLUT",
        metavar="URL",
        help="Database of decisions, a file or postgresql://… [WORKSPACE/granskning.sqlite].",
    ),
]
RoundName = Annotated[
    str | None, typer.Option("--round", help="Which round, where the database holds several.")
]


@contextmanager
def database_of(results: Path, workspace: Path | None, decisions: str) -> Iterator[Database]:
    """Open the review database; what is wrong with it ends the command."""
    from annotations.decisions.database import DecisionsError
    from pipeline.review.open import Place, open_database

    try:
        database = open_database(Place(results, workspace, decisions))
    except DecisionsError as error:
        stop(str(error))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened(
    results: Path, workspace: Path | None, decisions: str, round: str | None
) -> Iterator[tuple[Database, str]]:
    """Open the review database at one of its rounds, as `database_of`."""
    from annotations.decisions.database import DecisionsError
    from pipeline.review.open import Place, open_round

    try:
        database, name = open_round(Place(results, workspace, decisions, round))
    except DecisionsError as error:
        stop(str(error))
    try:
        yield database, name
    finally:
        database.close()


def stop(message: str) -> NoReturn:
    """End the command as wrongly used, with a line that says what to do."""
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)


def reviewer_name(given: str) -> str:
    """Return the name for the log: as given, else that of who is logged in here."""
    import getpass

    try:
        return (given or getpass.getuser())[:64]
    except (OSError, KeyError):
        return "granskare"
