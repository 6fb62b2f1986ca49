"""`samverkan corpus …`: counts, checks and agreement of the written reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

corpus_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Count and check the written reports."
)


@corpus_app.command("counts", epilog="Example:  samverkan corpus counts --by-writer")
def corpus_counts(
    by_writer: Annotated[
        bool, typer.Option("--by-writer", help="A column for each writer too.")
    ] = False,
    national: Annotated[
        bool, typer.Option("--national", help="Shares beside those of the published round.")
    ] = False,
) -> None:
    """Print reports per category, split and writer, with roles and hard negatives.

    A hard negative is a report where the words stand and the code does not. "!" marks a category
    with fewer than 40 reports or 25 hard negatives.
    """
    from annotations.codebook import load
    from annotations.corpus_card import card_lines
    from annotations.corpus_counts import count_categories, count_writers
    from annotations.corpus_report import category_lines, writer_lines
    from corpus.simulate.preset import load_preset
    from corpus.written import load_splits, load_written

    reports, splits = load_written(), load_splits()
    if national:
        typer.echo("\n".join(card_lines(reports, load_preset("2011_39"), load())))
        return
    lines = category_lines(count_categories(reports, splits, load()), by_writer)
    typer.echo("\n".join([*lines, "", *writer_lines(count_writers(reports, splits))]))


@corpus_app.command("check", epilog="Example:  samverkan corpus check --rounds ../shared/rounds")
def corpus_check(
    rounds: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Reports that no text may borrow from."),
    ] = None,
) -> None:
    """Check offsets, codes, quotes and gold versions, and that no two writers share wording."""
    from annotations.codebook import load
    from annotations.corpus_check import check_corpus
    from corpus.records import RecordError, load_reports
    from corpus.written import load_splits, load_written

    theirs = {}
    try:
        for file in sorted(rounds.glob("*.jsonl")) if rounds else ():
            for report in load_reports(file):
                theirs[report.id] = report.text or "\n".join((report.svar or {}).values())
        reports = load_written()
        faults = check_corpus(reports, load_splits(), load(), theirs)
    except RecordError as error:
        faults = list(error.faults)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(2)
    typer.echo(f"{len(reports)} reports: no fault.")


@corpus_app.command("agreement", epilog="Example:  samverkan corpus agreement --round 3")
def corpus_agreement(
    round_number: Annotated[
        int, typer.Option("--round", min=0, help="Round of double coding; 0 means all.")
    ] = 0,
    gold: Annotated[
        int, typer.Option(min=1, help="Compare with this gold version; 1 is the first coders'.")
    ] = 1,
) -> None:
    """Print how far independent second coders agree with the first codes, by category.

    Krippendorff's α (nominal), F1 and raw agreement; α of a variable is over all its cells.
    """
    from annotations.corpus_report import agreement_lines
    from annotations.double_coding import compare

    try:
        rows = compare(round_number, gold)
    except (FileNotFoundError, ValueError) as error:
        typer.echo(f"Error: there is no such round or gold version ({error}).", err=True)
        raise typer.Exit(2) from error
    typer.echo("\n".join(agreement_lines(rows)))
