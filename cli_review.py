"""`samverkan review …`: the page, the workbook, how far it has come, agreement, people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli_review_open import (
    Decisions,
    Results,
    RoundName,
    Workspace,
    opened,
    reviewer_name,
    stop,
)
from cli_review_users import users_app

if TYPE_CHECKING:
    from pipeline.review.workbook.merge import Plan

review_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Review what the program is not sure of: in a web page or in Excel.",
)
review_app.add_typer(users_app, name="users")

As = Annotated[str, typer.Option("--as", help="Your name in the log [your login name].")]


@review_app.command(
    epilog="""\b
Examples:
  samverkan review serve ut
  samverkan review serve ut --double 0.1 --port 9000
  samverkan review serve ut --host 0.0.0.0 --users --host-name granskning.lan

\b
Without more, only this computer reaches the page, by a link that works once. For several
computers add people (samverkan review users add) and --users, or let your own sign-on stand
before it: --proxy-auth X-Remote-User --proxy-from 10.0.0.5. Encryption (https) is the
proxy's task; say --https then, so that the cookie is sent over nothing else."""
)
def serve(
    results: Results,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8017,
    host_name: Annotated[
        list[str] | None, typer.Option(help="A name the page is reached by; may be repeated.")
    ] = None,
    users: Annotated[bool, typer.Option("--users", help="People sign in with passwords.")] = False,
    proxy_auth: Annotated[
        str, typer.Option(metavar="HEADER", help="A proxy says in this header who somebody is.")
    ] = "",
    proxy_from: Annotated[
        str, typer.Option(metavar="ADDRESS", help="The proxy's address; no other is believed.")
    ] = "",
    https: Annotated[bool, typer.Option("--https", help="The page is reached by https.")] = False,
    double: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Share of items that two people code blindly [as before]."),
    ] = None,
    open_browser: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the link in the browser.")
    ] = False,
    organisation: Annotated[
        str, typer.Option(help="Who provides the page, for the accessibility statement.")
    ] = "",
    contact: Annotated[
        str, typer.Option(help="Whom to write to about accessibility, e.g. an e-mail address.")
    ] = "",
    reviewer: As = "",
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
) -> None:
    """Serve the review page until Ctrl+C."""
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.decisions.items import Items
        from pipeline.review.web.access.ways import ListenError
        from pipeline.review.web.serve import Serving
        from pipeline.review.web.serve import serve as start
        from pipeline.review.web.state import Settings

        if bool(proxy_auth) != bool(proxy_from):
            stop("--proxy-auth and --proxy-from belong together.")
        if double is not None:
            Items(database).set_double(double)

        def say(line: str, link: str) -> None:
            typer.echo(f"{line}\n  {link}" if link else line)
            if link and open_browser:
                typer.launch(link)

        how = Serving(
            host=host,
            port=port,
            names=tuple(host_name or ()),
            users=users,
            proxy_header=proxy_auth,
            proxy_from=proxy_from,
            secure=https,
            reviewer=reviewer_name(reviewer),
            settings=Settings(organisation, contact),
        )
        try:
            start(database, round, how, say)
        except ListenError as error:
            stop(str(error))


@review_app.command(
    epilog="""\b
Examples:
  samverkan review export ut
  samverkan review export ut --county Skåne --to skane.xlsx"""
)
def export(
    results: Results,
    to: Annotated[Path | None, typer.Option(help="File [RESULTS/granskning.xlsx].")] = None,
    county: Annotated[str, typer.Option(help="Only this county.")] = "",
    variable: Annotated[str, typer.Option(help="Only this variable, by its codebook id.")] = "",
    every: Annotated[
        bool, typer.Option("--all", help="Also what nobody needs to look at and what is decided.")
    ] = False,
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
) -> None:
    """Write the review workbook: what waits for a decision, with drop-downs to decide in."""
    _collect_seldom()
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.codebook import load
        from annotations.decisions.filters import Filter, States
        from pipeline.review.workbook.apply import export as write
        from pipeline.tables.files import WriteError

        path = to or results / "granskning.xlsx"
        states = States.ALL if every else States.QUEUE
        filter = Filter(round, states, county=county, variable=variable)
        try:
            written = write(database, round, load(), path, filter=filter)
        except WriteError as error:
            stop(str(error))
    typer.echo(f"{written.rows} beslut i {path}")
    if written.aside:
        typer.echo(f"Den ifyllda arbetsbok som låg där heter nu {written.aside.name}.")
    if written.left_out:
        typer.echo(f"{written.left_out} fick inte plats; dela upp med --county eller --variable.")


@review_app.command(
    "import",
    epilog="""\b
Examples:
  samverkan review import ut granskning.xlsx            # shows what would happen
  samverkan review import ut granskning.xlsx --apply
  samverkan review import ut granskning.xlsx --apply --keep-web""",
)
def import_(
    results: Results,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The workbook.")],
    apply: Annotated[bool, typer.Option("--apply", help="Take the decisions in.")] = False,
    keep_web: Annotated[
        bool, typer.Option("--keep-web", help="Where others decided otherwise, theirs stands.")
    ] = False,
    reviewer: As = "",
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
) -> None:
    """Take in a workbook's decisions, all or none; first shows what would happen."""
    from pipeline.engine.processes import prepare

    _collect_seldom()
    prepare(("pipeline.review.workbook.read", "python_calamine"))
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.codebook import load
        from annotations.decisions.items import Items
        from annotations.decisions.log import DecisionLog
        from pipeline.review.labels import Labels
        from pipeline.review.workbook.apply import Current, NotAppliedError, carry_out
        from pipeline.review.workbook.merge import plan
        from pipeline.review.workbook.read import WorkbookError, read_workbook

        name = reviewer_name(reviewer)
        current = Current(database, round)
        try:
            rows = read_workbook(file)
        except WorkbookError as error:
            stop(f"{file}: {error}")
        planned = plan(rows, current.items, current.known, Labels(load()), database.secret(), name)
        planned = planned.without_conflicts() if keep_web else planned
        _show(planned)
        if planned.faults:
            typer.echo("Inget är ändrat. Rätta raderna och kör igen.", err=True)
            raise typer.Exit(4)
        if not apply:
            if planned.changes:
                typer.echo("Inget är ändrat än. Läs in med --apply.")
            return
        try:
            done = carry_out(planned, Items(database), DecisionLog(database), round, name)
        except NotAppliedError as error:
            stop(str(error))
    typer.echo(f"{done} beslut och kommentarer inlästa." if done else "Inget nytt att läsa in.")


@review_app.command(epilog="Example:  samverkan review status ut")
def status(
    results: Results,
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Say how far the review has come."""
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.decisions.items import Items

        progress = Items(database).progress(round, "")
    told = {
        "att_granska": progress.remaining,
        "beslutade": progress.settled,
        "tvister": progress.disputes,
    }
    if as_json:
        import json

        typer.echo(json.dumps({"omgang": round, **told}, ensure_ascii=False))
    else:
        typer.echo(
            f"{progress.settled} beslutade, {progress.remaining} att granska"
            + (f", {progress.disputes} tvister att avgöra" if progress.disputes else "")
            + "."
        )


@review_app.command(epilog="Example:  samverkan review agreement ut --json > agreement.json")
def agreement(
    results: Results,
    workspace: Workspace = None,
    decisions: Decisions = "",
    round_name: RoundName = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with 95 % intervals.")] = False,
) -> None:
    """How far people agree with each other and with the program, and what the audits found."""
    with opened(results, workspace, decisions, round_name) as (database, round):
        from annotations.codebook import load
        from pipeline.review.web.agreeing import count
        from pipeline.review.web.words import decimal, share, title

        report = count((database.url.render_as_string(hide_password=False), round))
    if as_json:
        import dataclasses
        import json

        typer.echo(json.dumps(dataclasses.asdict(report), ensure_ascii=False, indent=1))
        return
    book = load()
    for heading, rows in (
        ("Granskare med varandra", report.people),
        ("Granskare med programmet", report.machine),
    ):
        typer.echo(f"{heading}:" if rows else f"{heading}: inget att jämföra än.")
        for row in rows:
            name = title(book, row.variable, row.category) if row.variable else "Allt"
            typer.echo(
                f"  {name:32} {row.items:6} frågor  lika {share(row.raw)}  "
                f"α {decimal(row.alpha)}  κ {decimal(row.kappa)}"
            )
    typer.echo("Automatiska beslut i stickprovet:" if report.audits else "Inget stickprov än.")
    for audit in report.audits:
        name = title(book, audit.variable, "") if audit.variable else "Allt"
        wrong = share(audit.share, decimals=1)
        typer.echo(f"  {name:32} {audit.wrong} av {audit.audited} fel: {wrong}")


def _show(plan: Plan) -> None:
    from collections import Counter

    kinds = Counter(change.kind.value for change in plan.changes)
    several = {"kommentar": "kommentarer"}
    parts = [f"{n} {several.get(kind, kind) if n > 1 else kind}" for kind, n in kinds.items()]
    parts = parts or ["inga nya beslut"]
    typer.echo(
        f"Skulle läsas in: {', '.join(parts)}. "
        f"Redan inlästa eller beslutade likadant: {plan.same}. Rader utan beslut: {plan.untouched}."
    )
    for fault in plan.faults:
        typer.echo(f"  rad {fault.row}: {fault.kind.value}. {fault.text}", err=True)


def _collect_seldom() -> None:
    """Look for garbage seldom: what tens of thousands of rows become is no garbage."""
    import gc

    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
