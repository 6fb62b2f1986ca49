"""The command line: options → one call → print. Heavy imports stay inside the commands."""

from __future__ import annotations

import typer

app = typer.Typer(no_args_is_help=True, help="Code grant reports and sum them into tables.")


@app.command()
def demo() -> None:
    """Run the main job on the sample inbox."""
