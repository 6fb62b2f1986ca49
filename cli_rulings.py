"""`samverkan rulings …`: how unclear questions are decided, by whom, when, why and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_review_open import Decisions, RoundName, Workspace, opened, reviewer_name, stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotations.decisions.database import Database
    from annotations.decisions.rulings import Ruling

rulings_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="The register of rulings: how unclear questions are decided, printed as table notes.",
)
Results = Annotated[Path, typer.Argument(help="The folder that `samverkan run --out` wrote.")]
MaybeResults = Annotated[
    Path | None,
    typer.Argument(help="The folder that `samverkan run --out` wrote [general rulings only]."),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON.")]
As = Annotated[
    str,
    typer.Option(
        "--as", help="Your name or role; it is printed in the tables' notes [your login name]."
    ),
]


@rulings_app.command(
    "list",
    epilog="""\b
Examples:
  samverkan rulings list
  samverkan rulings list ut --all
  samverkan rulings list ut --json > rulings.json""",
)
def list_(
    results: MaybeResults = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that were withdrawn.")] = False,
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """List the rulings that hold, each with its mark."""
    rulings = [
        ruling
        for ruling in _register(results, workspace, decisions, round_name)
        if every or ruling.withdrawn is None
    ]
    if as_json:
        _print_json(rulings)
        return
    for ruling in rulings:
        gone = " (återkallad)" if ruling.withdrawn else ""
        count = f" [{len(ruling.projects)} projekt]" if ruling.cases else ""
        typer.echo(f"{ruling.mark:4} {ruling.question}{gone}{count}")


@rulings_app.command(
    epilog="""\b
Examples:
  samverkan rulings show ut R1
  samverkan rulings show ut P2 --json"""
)
def show(
    results: Results,
    mark: Annotated[str, typer.Argument(help="The ruling's mark, as `list` tells.")],
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Show one ruling: what, why, by whom, when, and the projects it was applied to."""
    found = [r for r in _register(results, workspace, decisions, round_name) if r.mark == mark]
    if not found:
        stop(f"Det finns ingen tolkning {mark}. Se: samverkan rulings list {results}")
    if as_json:
        _print_json(found)
        return
    _print(found[0])


@rulings_app.command(
    epilog="""\b
Examples:
  samverkan rulings add ut --question "Är simskolan en part?" \\
    --ruling "En simskola som håller kurs är aktiv." \\
    --reason "Den gör en del av arbetet." --applies partner.ovrig_annan
  samverkan rulings add ut --question … --ruling … --reason … \\
    --applies tabell5.pagar --case "Hörby 2010: Trygg hemma" --replaces R1 --as Samordnaren

\b
--applies is a variable (partner), a category or group (partner.skola), a table (tabell5)
or a row of one (tabell5.pagar), with the codebook's ids. Reviewers cite a ruling by its
mark in the comment of a decision; `samverkan tables` prints it in tables and report."""
)
def add(
    results: Results,
    question: Annotated[str, typer.Option(help="What was unclear.")],
    ruling: Annotated[str, typer.Option(help="How it is decided, as the note shall say.")],
    reason: Annotated[str, typer.Option(help="Why.")],
    applies: Annotated[list[str], typer.Option(help="What it is about; may be repeated.")],
    case: Annotated[
        list[str] | None,
        typer.Option(help="A project it was applied to, as in projekt.csv; may be repeated."),
    ] = None,
    replaces: Annotated[
        str, typer.Option(metavar="MARK", help="The ruling it takes the place of.")
    ] = "",
    reviewer: As = "",
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Add a ruling of this round; who and when are written down."""
    import secrets

    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.codebook import load
        from annotations.decisions.items import Items
        from annotations.decisions.register import Register, RulingError
        from annotations.decisions.rulings import NewRuling
        from annotations.decisions.types import Source
        from annotations.tables import load_tables
        from pipeline.rulings.general import general_marks, reference_faults

        unknown = reference_faults(tuple(applies), load(), load_tables().tables)
        if unknown:
            stop(f"Varken kodboken eller tabellerna känner: {', '.join(unknown)}.")
        strangers = set(case or ()) - Items(database).projects(round)
        if strangers:
            stop(f"Omgången har inget projekt {', '.join(sorted(strangers))}. Se projekt.csv.")
        new = NewRuling(
            question.strip(),
            ruling.strip(),
            reason.strip(),
            tuple(dict.fromkeys(applies)),
            reviewer_name(reviewer),
            Source.COMMAND,
            secrets.token_hex(16),
            tuple(dict.fromkeys(case or ())),
            replaces,
        )
        try:
            mark = Register(database).add(round, new, general_marks())
        except RulingError as error:
            stop(str(error))
        made = _all(database, round)
    if as_json:
        _print_json([r for r in made if r.mark == mark])
        return
    typer.echo(f"Tolkning {mark} är tillagd. Räkna om med samverkan tables, så följer noterna med.")


@rulings_app.command(
    epilog="""\b
Examples:
  samverkan rulings withdraw ut R1 --reason "Simskolan visade sig vara kommunens egen."

\b
It stays in the register with who, when and why. A general ruling is withdrawn for this round
only, and for what people decide: the program goes on as before."""
)
def withdraw(
    results: Results,
    mark: Annotated[str, typer.Argument(help="The ruling's mark, as `list` tells.")],
    reason: Annotated[str, typer.Option(help="Why it holds no longer.")],
    reviewer: As = "",
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: AsJson = False,
) -> None:
    """Take a ruling back; decisions that cite it are listed in avvikelser.csv at the next run."""
    import secrets

    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.decisions.register import Register, RulingError
        from annotations.decisions.types import Source
        from pipeline.rulings.general import general_marks

        try:
            Register(database).withdraw(
                round,
                mark,
                reason.strip(),
                reviewer_name(reviewer),
                Source.COMMAND,
                secrets.token_hex(16),
                general_marks(),
            )
        except RulingError as error:
            stop(str(error))
        found = next(r for r in _all(database, round) if r.mark == mark)
    if as_json:
        _print_json([found])
        return
    typer.echo(f"Tolkning {mark} är återkallad.")
    if found.cases:
        typer.echo(
            f"{len(found.projects)} projekt vilar på den; efter nästa körning står de bland det "
            "som ska kontrolleras."
        )


def _register(
    results: Path | None, workspace: Path | None, decisions: str, round_name: str | None
) -> tuple[Ruling, ...]:
    if results is None:
        from pipeline.rulings.general import load_general

        return load_general()
    with opened(results, workspace, decisions, round_name) as (database, round):
        return _all(database, round)


def _all(database: Database, round: str) -> tuple[Ruling, ...]:
    from pipeline.rulings.register import register

    return register(database, round)


def _print(ruling: Ruling) -> None:
    from annotations.codebook import load
    from pipeline.rulings.words import about_words, day, sentence, withdrawn

    typer.echo(f"{ruling.mark}  {ruling.question}")
    typer.echo(f"Tolkning  {sentence(ruling.text)}")
    typer.echo(f"Skäl      {sentence(ruling.reason)}")
    typer.echo(f"Av        {ruling.who}, {day(ruling.at)}")
    typer.echo(f"Gäller    {about_words(ruling.applies, load())}")
    if ruling.replaces:
        typer.echo(f"Ersätter  {ruling.replaces}")
    if ruling.withdrawn:
        typer.echo(withdrawn(ruling.withdrawn))
    typer.echo(f"Fall      {len(ruling.projects)} projekt")
    for project in ruling.projects:
        typer.echo(f"  {project}")


def _print_json(rulings: Sequence[Ruling]) -> None:
    import dataclasses
    import json

    found = [dataclasses.asdict(ruling) for ruling in rulings]
    typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
