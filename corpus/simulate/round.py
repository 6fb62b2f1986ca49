"""One whole simulated round: `simulate`. Needs the `render` extra."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.simulate.formats import FAMILIES, FormatError, families, writable
from corpus.simulate.library import LibraryError, load_library
from corpus.simulate.preset import PresetError, load_preset
from corpus.simulate.projects import projects
from corpus.simulate.rename import Country
from corpus.simulate.writing import PURPOSE, FolderError, Written, make_room, write_round
from corpus.written import FOLDER

__all__ = [
    "FAMILIES",
    "PURPOSE",
    "FolderError",
    "FormatError",
    "LibraryError",
    "Options",
    "PresetError",
    "Written",
    "simulate",
]


@dataclass(frozen=True)
class Options:
    """What to simulate. `projects` None means as many as the round had; `formats` "" means all."""

    out: Path
    projects: int | None = None
    seed: int = 1
    round: str = "2011_39"
    formats: str = ""
    corpus: Path = FOLDER
    force: bool = False


def simulate(
    options: Options,
    counties: Mapping[str, tuple[str, ...]],
    begin: Callable[[int], None] = lambda total: None,
    done: Callable[[str], None] = lambda name: None,
) -> tuple[Written, tuple[str, ...]]:
    """Write a round; return what was written, and the variants left out for want of LibreOffice.

    `counties` names each county's municipalities. `begin` hears the number of projects, `done` each
    project's last file. Raises PresetError, LibraryError, FormatError or FolderError before
    anything is written.
    """
    preset = load_preset(options.round)
    country = Country(counties)
    strangers = [c.namn for c in preset.lan if c.namn not in counties]
    if strangers:
        raise PresetError([f"unknown county {name!r}" for name in strangers])
    places = {word for name in country.municipalities for word in name.split()}
    library = load_library(options.corpus, places)
    chosen = families(options.formats) if options.formats else FAMILIES
    variants, left_out = writable(chosen)
    make_room(options.out, force=options.force)
    count = preset.granted if options.projects is None else options.projects
    begin(count)
    written = write_round(
        projects(preset, library, country, count, options.seed),
        preset,
        variants,
        options.out,
        count=count,
        seed=options.seed,
        done=done,
    )
    return written, left_out
