"""Reading and analysing what the store does not know yet, each file in a child process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotations.strict import DefinitionError
from corpus.codec import decode
from corpus.store import Store, StoredReading
from corpus.types import Document
from pipeline.engine.processes import FailureKind, Limits, run
from pipeline.errors import ReadError
from pipeline.gather import convert_old, explain
from pipeline.inbox import Source
from pipeline.progress import Progress
from pipeline.worker import Analysis, Done, Task, work

# Errors that another try may cure; everything else is remembered like a successful reading.
_TRANSIENT = frozenset(
    {
        "tid",
        "minne",
        "krasch",
        "internt_fel",
        "ocr_saknas",
        "libreoffice_saknas",
        "libreoffice_misslyckades",
    }
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What readings and analyses in the store must have been made by to count."""

    reader: str
    rules: str


@dataclass(frozen=True, slots=True)
class Library:
    """What is known of each source by name; documents and analyses are fetched when asked for."""

    store: Store
    versions: Versions
    sources: Mapping[str, Source]
    errors: Mapping[str, ReadError]

    @property
    def readable(self) -> tuple[str, ...]:
        """The names of the sources that were read."""
        return tuple(name for name in self.sources if name not in self.errors)

    def analysis(self, name: str) -> Analysis:
        """Return the analysis of a source that was read; raises KeyError otherwise."""
        found = self.store.analysis(
            self.sources[name].key, self.versions.reader, self.versions.rules
        )
        if found is None:
            raise KeyError(name)
        analysis = decode(found, Analysis)
        # The store knows contents, not names: the file may have been renamed since.
        named = tuple(replace(submission, document=name) for submission in analysis.submissions)
        return replace(analysis, submissions=named)

    def document(self, name: str) -> Document:
        """Return the document of a source that was read; raises KeyError otherwise."""
        found = self.store.reading(self.sources[name].key, self.versions.reader)
        if found is None or found.document is None:
            raise KeyError(name)
        return replace(decode(found.document, Document), name=name)


def read_all(
    sources: Sequence[Source],
    store: Store,
    versions: Versions,
    scratch: Path,
    jobs: int,
    limits: Limits,
    progress: Progress,
) -> tuple[Library, int]:
    """Read what is new or changed; return the library and how many files were really read.

    Equal content is read once. What is finished is saved at once, so a stopped run goes on from
    there.
    """
    first = {source.key: source for source in reversed(sources)}
    errors: dict[str, ReadError] = {}
    tasks: list[Task] = []
    for source in first.values():
        task = _task(source, store, versions)
        if isinstance(task, ReadError):
            errors[source.key] = task
        elif task is not None:
            tasks.append(task)
    new = sum(task.document is None for task in tasks)
    if tasks:
        tasks.sort(key=lambda task: task.name)
        for task, result in _process(tasks, scratch, jobs, limits, progress):
            if isinstance(result, ReadError):
                errors[task.key] = result
            _save(store, versions, task, result)
    by_name = {s.name: errors[s.key] for s in sources if s.key in errors}
    return Library(store, versions, {s.name: s for s in sources}, by_name), new


def _task(source: Source, store: Store, versions: Versions) -> Task | ReadError | None:
    """Return what is left to do for a source; None when all is in the store."""
    known = store.reading(source.key, versions.reader)
    if known is not None and known.error_code and known.error_code not in _TRANSIENT:
        return ReadError(known.error_code, known.error_reason, known.error_advice)
    document = known.document if known is not None else None
    if document is not None and store.analysis(source.key, versions.reader, versions.rules):
        return None
    return Task(source.name, source.path, source.key, document)


def _process(
    tasks: Sequence[Task], scratch: Path, jobs: int, limits: Limits, progress: Progress
) -> Iterable[tuple[Task, Done | ReadError]]:
    progress.stage("Läser", len(tasks))
    ready, failed = convert_old(tasks, scratch, limits.seconds)
    for task, error in failed:
        progress.done(task.name, str(error))
        yield task, error
    outcomes = run(
        work,
        ready,
        jobs=jobs,
        limits=limits,
        started=lambda task: progress.step(task.name),
    )
    for outcome in outcomes:
        result: Done | ReadError
        if outcome.error == DefinitionError.__name__:
            raise DefinitionError(outcome.detail.partition(": ")[2].splitlines())
        if outcome.result is None:
            result = explain(outcome.failure or FailureKind.ERROR, outcome.detail)
        elif outcome.result.error is not None:
            result = ReadError(*outcome.result.error)
        else:
            result = outcome.result
        progress.done(outcome.task.name, str(result) if isinstance(result, ReadError) else "")
        yield outcome.task, result


def _save(store: Store, versions: Versions, task: Task, result: Done | ReadError) -> None:
    if isinstance(result, ReadError):
        reading = StoredReading(None, result.code, result.reason, result.advice)
        store.save(task.key, versions.reader, reading)
    else:
        reading = StoredReading(result.document)
        store.save(task.key, versions.reader, reading, versions.rules, result.analysis)
