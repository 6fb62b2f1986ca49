"""`samverkan export …`: the results in the formats that other programs read."""

from __future__ import annotations

import typer

export_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Write the results of a run in formats that other programs read.",
)
