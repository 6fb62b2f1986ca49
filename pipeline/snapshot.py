"""What a run found before anybody's decisions, kept in the workspace so that `samverkan tables`
can count again without reading a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from corpus import codec
from corpus.types import Coding, DocumentRecord, Project, Span
from pipeline.projects.types import ProjectFlow
from pipeline.tables.files import replacing
from pipeline.tables.types import (
    CodingKey,
    Finding,
    PreviousRound,
    Repair,
    Round,
    RoundFigures,
    TickPicture,
)

FILE_NAME = "omgang.bin"
_MARK = b"samverkan omgang 2\n"
_BATCH = 500  # projects encoded at once: memory stays flat
_LENGTH = 8  # bytes that tell how long a piece is


class SnapshotError(Exception):
    """A workspace whose last run cannot be counted again. Swedish, says what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run's round but for texts, pictures and what each project is coded as.

    `tables` is the folder of its tables, "" for those that come with the program.
    """

    name: str
    documents: tuple[DocumentRecord, ...]
    projects: tuple[Project, ...]
    previous: PreviousRound | None
    figures: RoundFigures
    remarks: tuple[Finding, ...]
    repairs: tuple[Repair, ...]
    ticks: tuple[TickPicture, ...]
    tables: str = ""
    flow: ProjectFlow | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """What one project is coded as, and the ticked box behind each (variable, category)."""

    project: str
    codings: tuple[Coding, ...]
    boxes: tuple[tuple[str, str, Span], ...] = ()


def save(round: Round, tables: Path | None, workspace: Path) -> None:
    """Keep a round as the machine coded it. Raises WriteError."""
    kept = Snapshot(
        round.name,
        round.documents,
        round.projects,
        round.previous,
        round.figures,
        round.remarks,
        round.repairs,
        tuple(
            TickPicture(t.document, t.page, t.label, t.checked, t.certainty) for t in round.ticks
        ),
        str(tables.resolve()) if tables else "",
        round.flow,
    )
    coded = (_coded(round, project) for project in round.codings)
    with replacing(workspace / FILE_NAME) as beside, beside.open("wb") as file:
        file.write(_MARK)
        _put(file, codec.encode(kept))
        while batch := tuple(islice(coded, _BATCH)):
            _put(file, codec.encode(batch))


def restore(workspace: Path, texts: Mapping[str, str]) -> tuple[Round, Path | None]:
    """Return the last run's round as the machine coded it, and its folder of tables.

    Raises SnapshotError where no run of this version has left one.
    """
    path = workspace / FILE_NAME
    again = "Kör samverkan run igen; det som redan är läst läses inte en gång till."
    try:
        with path.open("rb") as file:
            if file.readline(len(_MARK)) != _MARK:
                raise SnapshotError(f"{path} är gjord av en annan version av programmet. {again}")
            pieces = _pieces(file)
            kept = codec.decode(next(pieces), Snapshot)
            coded = {c.project: c for p in pieces for c in codec.decode(p, tuple[Coded, ...])}
    except FileNotFoundError:
        raise SnapshotError(f"{path} finns inte: här har ingen körning gjorts. {again}") from None
    except (OSError, codec.DamagedError, StopIteration) as error:
        raise SnapshotError(f"{path} går inte att läsa ({error}). {again}") from error
    round = Round(
        kept.name,
        kept.documents,
        kept.projects,
        {project: c.codings for project, c in coded.items()},
        texts,
        kept.previous,
        kept.figures,
        kept.remarks,
        kept.ticks,
        kept.repairs,
        boxes={project: _boxes(c) for project, c in coded.items()},
        flow=kept.flow,
    )
    return round, Path(kept.tables) if kept.tables else None


def _coded(round: Round, project: str) -> Coded:
    boxes = round.boxes.get(project, {})
    return Coded(
        project, round.codings[project], tuple((*key, span) for key, span in boxes.items())
    )


def _boxes(coded: Coded) -> dict[CodingKey, Span]:
    return {(variable, category): span for variable, category, span in coded.boxes}


def _put(file: BinaryIO, piece: bytes) -> None:
    file.write(len(piece).to_bytes(_LENGTH, "big"))
    file.write(piece)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while length := file.read(_LENGTH):
        yield file.read(int.from_bytes(length, "big"))
