"""Which earlier round is meant: a folder of tables, or a published round by its name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotations.codebook import Codebook
from annotations.tables import Definitions
from corpus.simulate.preset import ROUNDS, PresetError, load_preset
from pipeline.tables.rounds import last_round
from pipeline.tables.rounds_published import published
from pipeline.tables.rounds_read import EarlierError, read_round
from pipeline.tables.types import EarlierRound, Round


def find_rounds(
    named: Iterable[str], definitions: Definitions, codebook: Codebook
) -> tuple[EarlierRound, ...]:
    """Read the rounds to compare with. Raises EarlierError with the faults of all of them."""
    found: list[EarlierRound] = []
    faults: list[str] = []
    for name in named:
        try:
            found.append(_find(name, definitions, codebook))
        except EarlierError as error:
            faults.append(str(error))
    if faults:
        raise EarlierError("\n".join(faults))
    return tuple(found)


def beside(round: Round, earlier: tuple[EarlierRound, ...], definitions: Definitions) -> Round:
    """Return a round with the rounds it is to be compared with.

    The first of them is also its last round, where nobody gave that one's number of projects.
    """
    previous = round.previous
    if previous is None and earlier:
        previous = last_round(earlier[0], definitions)
    return replace(round, earlier=earlier, previous=previous)


def _find(name: str, definitions: Definitions, codebook: Codebook) -> EarlierRound:
    if Path(name).is_dir():
        return read_round(Path(name))
    known = sorted(path.stem for path in ROUNDS.glob("*.yaml"))
    if name not in known and not Path(name).is_file():
        raise EarlierError(
            f"{name} finns inte. Ange en mapp som run skrev till, eller en tryckt omgång: "
            + ", ".join(known)
        )
    try:
        return published(load_preset(name), definitions, codebook)
    except (PresetError, OSError, UnicodeDecodeError) as error:
        raise EarlierError(f"{name} är ingen omgång att jämföra med: {error}") from error
