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
        return _with_county_codes(read_round(Path(name)), definitions)
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


def _with_county_codes(round: EarlierRound, definitions: Definitions) -> EarlierRound:
    """Return the round with SCB's codes whole: spreadsheets make 9 of 09."""
    by_county = {d.number for d in definitions.tables if d.kind in ("counties", "grants")}
    return replace(
        round,
        tables=tuple(
            replace(
                table,
                labels={_code(id): label for id, label in table.labels.items()},
                figures={_code(id): figures for id, figures in table.figures.items()},
            )
            if table.number in by_county
            else table
            for table in round.tables
        ),
    )


def _code(id: str) -> str:
    return id.zfill(2) if id.isdecimal() else id
