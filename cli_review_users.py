"""`samverkan review users …`: people with passwords."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli_review_open import Decisions, Results, Workspace, database_of, stop

users_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="People with passwords, for serve --users."
)


@users_app.command("add", epilog="Example:  samverkan review users add ut Ada --role analytiker")
def users_add(
    results: Results,
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="granskare, analytiker or samordnare.")] = "granskare",
    workspace: Workspace = None,
    decisions: Decisions = "",
) -> None:
    """Add a person; the password is asked for."""
    _person(results, workspace, decisions, name, role, new=True)


@users_app.command("change", epilog="Example:  samverkan review users change ut Ada --off")
def users_change(
    results: Results,
    name: Annotated[str, typer.Argument(help="The name to sign in with.")],
    role: Annotated[str, typer.Option(help="granskare, analytiker or samordnare.")] = "",
    password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    active: Annotated[
        bool | None, typer.Option("--on/--off", help="Whether the person may come in.")
    ] = None,
    workspace: Workspace = None,
    decisions: Decisions = "",
) -> None:
    """Change a person's role or password, or shut somebody out; open sessions end."""
    if not role and not password and active is None:
        stop("Say what to change: --role, --password, --on or --off.")
    _person(results, workspace, decisions, name, role, new=False, password=password, active=active)


@users_app.command("list", epilog="Example:  samverkan review users list ut")
def users_list(results: Results, workspace: Workspace = None, decisions: Decisions = "") -> None:
    """List the people."""
    with database_of(results, workspace, decisions) as database:
        from pipeline.review.web.access.people import People

        for person in People(database).all():
            typer.echo(f"{person.name}  {person.role}" + ("" if person.active else "  (avstängd)"))


def _person(
    results: Path,
    workspace: Path | None,
    decisions: str,
    name: str,
    role: str,
    *,
    new: bool,
    password: bool = False,
    active: bool | None = None,
) -> None:
    import time

    with database_of(results, workspace, decisions) as database:
        from pipeline.review.web.access.people import People, PersonError
        from pipeline.review.web.access.reviewer import Role
        from pipeline.review.web.access.sessions import Sessions

        try:
            wanted = Role(role) if role else None
        except ValueError:
            stop(f"--role {role} is none of: {', '.join(Role)}.")
        secret = (
            typer.prompt("Lösenord", hide_input=True, confirmation_prompt="En gång till")
            if new or password
            else None
        )
        people = People(database)
        try:
            if new:
                people.add(name, secret or "", wanted or Role.REVIEWER)
            else:
                people.change(name, password=secret, role=wanted, active=active)
                Sessions(database, time.time).close_all(name)
        except PersonError as error:
            stop(str(error))
    typer.echo(f"{name} är {'tillagd' if new else 'ändrad'}.")
