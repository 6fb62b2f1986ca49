"""From an inbox to files that can be read: containers unpacked, old formats converted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.engine.processes import FailureKind, Limits, run
from pipeline.errors import ReadError
from pipeline.inbox import Source, Unreadable, look, printable, walk
from pipeline.progress import Progress
from pipeline.worker import Task, unpack

MAX_CONTAINER_DEPTH = 3

_FAILURES = {
    FailureKind.TIME: (
        "tid",
        "Filen tog för lång tid att läsa.",
        "Dela upp den, eller kör igen med en högre gräns (--timeout).",
    ),
    FailureKind.MEMORY: (
        "minne",
        "Filen kräver för mycket minne.",
        "Den kan vara skadad; be avsändaren spara den på nytt som PDF.",
    ),
    FailureKind.CRASH: (
        "krasch",
        "Läsaren kraschade på filen.",
        "Den är troligen skadad; be avsändaren spara den på nytt som PDF.",
    ),
    FailureKind.ERROR: (
        "internt_fel",
        "Filen kunde inte tolkas ({detail}).",
        "Läs den för hand och anmäl felet till den som sköter programmet.",
    ),
}


@dataclass(frozen=True, slots=True)
class Gathered:
    """Files to read and files that cannot be, both in the order of their names."""

    sources: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...]


def gather(inbox: Path, scratch: Path, jobs: int, limits: Limits, progress: Progress) -> Gathered:
    """List the inbox, unpacking archives and mail attachments into `scratch`.

    A member is named after its container (`post.eml/blankett.docx`). Unpacking runs in child
    processes: an archive may be a bomb.
    """
    from pipeline.ingest.containers import container_kind

    sources: list[Source] = []
    unreadable: list[Unreadable] = []
    level: list[Source | Unreadable] = list(walk(inbox))
    for depth in range(MAX_CONTAINER_DEPTH + 1):
        containers: list[Source] = []
        for item in level:
            if isinstance(item, Unreadable):
                unreadable.append(item)
                continue
            kind = container_kind(item.path)
            if kind is not None:
                containers.append(item)
            if kind != "zip":  # A letter is read too: the report may stand in it.
                sources.append(item)
        if not containers:
            break
        if depth == MAX_CONTAINER_DEPTH:
            unreadable += [Unreadable(c.name, _TOO_DEEP) for c in containers]
            break
        progress.stage("Packar upp", len(containers))
        level = list(_unpack_all(containers, scratch / str(depth), jobs, limits, progress))
    return Gathered(
        tuple(sorted(sources, key=lambda s: s.name)),
        tuple(sorted(unreadable, key=lambda u: u.name)),
    )


def convert_old(
    tasks: Sequence[Task], scratch: Path, seconds: float
) -> tuple[list[Task], list[tuple[Task, ReadError]]]:
    """Give DOC and RTF files their DOCX from one LibreOffice batch; the rest pass through."""
    from pipeline.ingest.office import convert, needs_office

    old = [task.path for task in tasks if task.document is None and needs_office(task.path)]
    if not old:
        return list(tasks), []
    results = convert(old, scratch, seconds)
    ready: list[Task] = []
    failed: list[tuple[Task, ReadError]] = []
    for task in tasks:
        result = results.get(task.path)
        if isinstance(result, ReadError):
            failed.append((task, result))
        elif result is None:
            ready.append(task)
        else:
            ready.append(replace(task, converted=result))
    return ready, failed


def explain(kind: FailureKind, detail: str) -> ReadError:
    """Say in Swedish what a failed child means for the coordinator."""
    code, reason, advice = _FAILURES[kind]
    return ReadError(code, reason.format(detail=detail), advice)


_TOO_DEEP = ReadError(
    "for_djupt",
    f"Arkivet ligger inuti mer än {MAX_CONTAINER_DEPTH} andra arkiv.",
    "Packa upp det för hand och lägg filerna i inkorgen.",
)


def _unpack_all(
    containers: Sequence[Source], into: Path, jobs: int, limits: Limits, progress: Progress
) -> Iterable[Source | Unreadable]:
    folders = {source.path: into / str(i) for i, source in enumerate(containers)}
    names = {source.path: source.name for source in containers}
    outermost = {source.path: source.container or source.path for source in containers}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    for outcome in run(unpack, folders.items(), jobs=jobs, limits=limits):
        path, folder = outcome.task
        name = names[path]
        members = outcome.result
        if outcome.failure is not None or members is None:
            error = explain(outcome.failure or FailureKind.ERROR, outcome.detail)
        elif members and isinstance(members[0], str):
            error = ReadError(*(str(part) for part in members))
        else:
            progress.done(name)
            for member in members:
                member_path = Path(member)
                inside = printable(member_path.relative_to(folder).as_posix())
                found = look(member_path, f"{name}/{inside}")
                if isinstance(found, Source):
                    found = replace(found, container=outermost[path])
                yield found
            continue
        progress.done(name, str(error))
        yield Unreadable(name, error)
