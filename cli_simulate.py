"""`samverkan simulate`: an invented national round as files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EPILOG = """\b
Examples:
  samverkan simulate --out ut/simulerad
  samverkan simulate --projects 20000 --seed 7 --formats txt --out ut/belastning

\b
Then:
  samverkan run ut/simulerad/inkorg --manifest ut/simulerad/manifest.csv \\
    --figures ut/simulerad/siffror.yaml --out ut/resultat"""
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
AsJson = Annotated[
    bool, typer.Option("--json", help="Progress as JSON lines on stderr, summary as JSON.")
]


def simulate(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the round, empty or new.")],
    projects: Annotated[
        int | None,
        typer.Option(
            "--projects", "-n", min=1, help="How many granted projects [as the round had]."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same round.")] = 1,
    round_name: Annotated[
        str, typer.Option("--round", help="A known round, or a YAML file with its figures.")
    ] = "2011_39",
    formats: Annotated[
        str, typer.Option(help="Only these, e.g. docx,pdf,txt [as the round's shares].")
    ] = "",
    corpus: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Folder of written reports to recombine."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over an earlier simulated round in the folder.")
    ] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a simulated national round: files, manifest and gold.

    For chain tests, demos and load tests; never for quality claims. With as many projects as the
    published round had, the gold adds up to every published figure.
    """
    try:
        from corpus.render.office import OfficeMissing
        from corpus.simulate.round import (
            PURPOSE,
            FolderError,
            FormatError,
            LibraryError,
            Options,
            PresetError,
        )  # fmt: skip
        from corpus.simulate.round import simulate as write
        from corpus.written import FOLDER
    except ModuleNotFoundError as error:
        typer.echo(f"Error: {error.name} is missing. Install: samverkan[render]", err=True)
        raise typer.Exit(2) from error
    from annotations.places.places import load_places
    from corpus.render.fonts import FontMissing
    from pipeline.progress import for_terminal

    places = load_places()
    counties = {
        c.name: tuple(m.name for m in places.municipalities if m.county_code == c.code)
        for c in places.counties
    }
    options = Options(out, projects, seed, round_name, formats, corpus or FOLDER, force)
    try:
        with for_terminal(quiet=quiet, as_json=as_json) as progress:
            written, left_out = write(
                options,
                counties,
                lambda total: progress.stage("Writing", total),
                progress.done,
            )
    except (
        PresetError, LibraryError, FormatError, FolderError, OfficeMissing, FontMissing,
    ) as error:  # fmt: skip
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"Error: cannot write to {out}: {error.strerror}", err=True)
        raise typer.Exit(2) from error
    except KeyboardInterrupt:
        typer.echo("Stopped. Run the command again with --force.", err=True)
        raise typer.Exit(130) from None
    if as_json:
        import json

        typer.echo(json.dumps({"projects": written.projects, "files": written.files}))
    elif not quiet:
        for line in written.lines(out, left_out):
            typer.echo(line)
        typer.echo(PURPOSE)
