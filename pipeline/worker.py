"""What a child process does with one file: read → repair → parse → find. Pure but for the read."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from corpus.codec import DamagedError, decode, encode
from corpus.types import Document, Mention, Note, Reading, Submission
from pipeline.errors import ReadError
from pipeline.language.repair_text import Change


@dataclass(frozen=True, slots=True)
class Task:
    """One file to work on.

    `key` is what the store knows it by. `converted` is where LibreOffice put it as DOCX, for
    formats that need that. `document` is the encoded Document if it has been read before.
    """

    name: str
    path: Path
    key: str
    document: bytes | None = None
    converted: Path | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the later stages need of a document without its text.

    `mentions[i]` were found in `submissions[i]`; empty where the submission is no project. `notes`
    are the reader's, `repairs` what was changed in damaged text before it was parsed.
    """

    format: str
    pages: int
    reading: Reading | None
    submissions: tuple[Submission, ...]
    mentions: tuple[tuple[Mention, ...], ...]
    notes: tuple[Note, ...] = ()
    repairs: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An encoded Document and Analysis, or the error that kept the file from being read."""

    document: bytes | None = None
    analysis: bytes | None = None
    error: tuple[str, str, str] | None = None


def work(task: Task) -> Done:
    """Read and analyse one file. Bad input comes back as `error`, it is never raised.

    Raises DefinitionError where a definition cannot be used: that is no fault of the file.
    """
    try:
        document = _read(task)
    except ReadError as error:
        return Done(error=(error.code, error.reason, error.advice))
    return Done(encode(document), encode(analyse(document)))


def analyse(document: Document) -> Analysis:
    """Parse a document and find what its submissions mention."""
    from pipeline.language.repair import repair
    from pipeline.parse import becomes_project, parse
    from pipeline.rules.find import find

    sound = repair(document)
    submissions = tuple(map(sound.submission_back, parse(sound.document)))
    mentions = tuple(
        find(document, submission) if becomes_project(submission) else ()
        for submission in submissions
    )
    readings = {page.reading for page in document.pages}
    reading = Reading.OCR if Reading.OCR in readings else Reading.TEXT if readings else None
    return Analysis(
        document.format,
        len(document.pages),
        reading,
        submissions,
        mentions,
        document.notes,
        sound.changes,
    )


def unpack(task: tuple[Path, Path]) -> tuple[Path, ...] | tuple[str, str, str]:
    """Unpack a container (path, into) and return its members, or the error as a tuple."""
    from pipeline.ingest.containers import unpack as unpack_container

    path, into = task
    try:
        return unpack_container(path, into)
    except ReadError as error:
        return (error.code, error.reason, error.advice)


def _read(task: Task) -> Document:
    if task.document is not None:
        with suppress(DamagedError):  # Then the file is simply read again.
            return decode(task.document, Document)
    from pipeline.ingest import read

    return read(task.path, task.name, converted=task.converted)
