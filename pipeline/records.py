"""What became of each file: the rows of dokument.csv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.types import DocumentRecord, Note, Submission
from pipeline.errors import ReadError
from pipeline.gather import Gathered
from pipeline.parse.identity import Joined
from pipeline.parse.manifest import Manifest, missing_files
from pipeline.reading import Library

# Reader's notes that mean that something on the page did not come along.
PARTLY_READ = frozenset(
    {"ingen_ocr", "dalig_text", "trasig_sida", "activex", "winmail", "inbaddade_filer"}
)
_NOT_THERE = ReadError(
    "saknas",
    "Filen står i manifestet (rad {row}) men finns inte i inkorgen.",
    "Lägg den i inkorgen eller ta bort raden.",
)


def records(
    gathered: Gathered,
    library: Library,
    submissions: Mapping[str, tuple[Submission, ...]],
    joined: Sequence[Joined],
    manifest: Manifest | None,
) -> tuple[DocumentRecord, ...]:
    """Return one record a file, by name; what could not be read says why."""
    projects: dict[str, list[str]] = defaultdict(list)
    for one in joined:
        for name in one.documents:
            projects[name].append(one.id)
    errors = dict(library.errors)
    # A letter with damaged attachments may have been read itself; it is listed all the same.
    errors |= {item.name: item.error for item in gathered.unreadable}
    if manifest is not None:
        errors |= _not_there(manifest, [*library.sources, *errors])
    names = sorted({*library.sources, *errors})
    return tuple(
        _record(name, library, submissions.get(name, ()), projects[name], errors.get(name))
        for name in names
    )


def _record(
    name: str,
    library: Library,
    submissions: Sequence[Submission],
    projects: Sequence[str],
    error: ReadError | None,
) -> DocumentRecord:
    source = library.sources.get(name)
    sha256 = source.sha256 if source else ""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if not submissions:
        return DocumentRecord(name, sha256, suffix, 0, None, (), None, str(error or ""))
    analysis = library.analysis(name)
    return DocumentRecord(
        name=name,
        sha256=sha256,
        format=analysis.format,
        pages=analysis.pages,
        kind=submissions[0].kind,
        projects=tuple(projects),
        reading=analysis.reading,
        error=str(error) if error else _partly(analysis.notes),
    )


def _not_there(manifest: Manifest, names: Sequence[str]) -> Iterator[tuple[str, ReadError]]:
    for row in missing_files(manifest, names):
        yield (
            row.file,
            ReadError(_NOT_THERE.code, _NOT_THERE.reason.format(row=row.row), _NOT_THERE.advice),
        )


def _partly(notes: Sequence[Note]) -> str:
    """Say what of a document was not read, page by page; empty where all was."""
    return " ".join(
        f"Sida {note.page}: {note.text}" if note.page else note.text
        for note in notes
        if note.code in PARTLY_READ
    )
