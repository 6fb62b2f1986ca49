"""Options of `samverkan run` about the flow of projects, and the template of the list of grants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

GRANTED_HELP = """\b
A --granted file (template: samverkan granted-template > beviljade.csv):
  lan,kommun,titel,beviljat_belopp,beslut_dnr,start,slut,bortfall
  Skåne,Hörby,Exempelprojektet,150000,801-1234-2010,2010-04-01,2011-03-31,
  Skåne,Osby,Trygg hemma,90000,,2010-04-01,2011-03-31,startade aldrig"""

Granted = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="CSV with the granted projects, for projektflode.csv; example below.",
    ),
]
Joins = Annotated[
    Path | None,
    typer.Option(
        exists=True,
        dir_okay=False,
        help="sammanslagning.csv filled in elsewhere; goes before the one in OUT.",
    ),
]
Deadline = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Last day for reports: 2011-06-30."),
]


def granted_template() -> None:
    """Print an empty list of granted projects with one example row, and what may stand in it."""
    from pipeline.projects.granted import template
    from pipeline.projects.words import load_words

    words = load_words()
    typer.echo(template(), nl=False)
    typer.echo("\nColumns (only kommun or lan is required; others may be left out):", err=True)
    for column in words.columns:
        also = f" (also {', '.join(column.names)})" if column.names else ""
        typer.echo(f"  {column.id}: {column.label}{also}", err=True)
    known = ", ".join(r.label.lower() for r in words.reasons if r.words)
    typer.echo(f"bortfall says why a project dropped out: {known}.", err=True)
