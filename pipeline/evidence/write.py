"""Writing dokument/: a page for every document of a project, one in memory at a time."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from annotations.codebook import Codebook
from corpus.types import Project
from pipeline.evidence.links import FOLDER, PAGE_NAME, links, page_name
from pipeline.evidence.page import Evidence, Source, render
from pipeline.tables.files import WriteError, write_text
from pipeline.tables.types import Round
from pipeline.tables.words import words


def write_pages(round: Round, codebook: Codebook, out: Path) -> list[Path]:
    """Write the pages, remove those of documents that are gone. Raises WriteError."""
    known = links(round)
    labels = words(codebook)
    evidence: dict[str, list[Evidence]] = {}
    projects: dict[str, list[Project]] = {}
    for project in round.projects:
        for name in project.documents:
            projects.setdefault(name, []).append(project)
        for coding in round.codings.get(project.id, ()):
            if (place := known.place(project, coding)) is not None:
                evidence.setdefault(place.document, []).append(Evidence(place, project, coding))
    written: list[Path] = []
    for record in round.documents:
        if record.name not in known.documents:
            continue
        source = Source(
            record,
            round.texts[record.name],
            round.pages.get(record.name, ()),
            projects[record.name],
            evidence.get(record.name, ()),
        )
        path = out / FOLDER / page_name(record.name)
        written.append(_write(path, render(source, labels)))
    _remove_stale(out / FOLDER, {path.name for path in written})
    return written


def _write(path: Path, page: str) -> Path:
    """Write a page unless it stands there already: replacing thousands of files takes minutes."""
    with suppress(OSError):
        if path.read_bytes() == page.encode("utf-8", errors="replace"):
            return path
    return write_text(path, page)


def _remove_stale(folder: Path, names: Collection[str]) -> None:
    """Delete the pages of earlier runs: sensitive text must not outlive its document."""
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        if PAGE_NAME.fullmatch(path.name) and path.name not in names:
            try:
                path.unlink()
            except OSError as error:
                raise WriteError(
                    f"{path} hör till ett dokument som inte finns kvar, men går inte att ta bort "
                    f"({error.strerror}). Ta bort filen för hand."
                ) from error
