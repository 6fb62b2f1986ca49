"""The whole way in one read: gather → read → join → decide → tabulate → write."""

from __future__ import annotations

import importlib.util
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from annotations.codebook import Codebook
from annotations.codebook import load as load_codebook
from annotations.decisions.database import Database, DecisionsError
from corpus.codec import DamagedError
from corpus.store import FILE_NAME, Store, WorkspaceError
from corpus.types import Coding, Project
from models.coder import Coder
from models.store import SHIPPED, digest, shipped
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.decide.learnt import judges
from pipeline.engine.processes import Limits
from pipeline.evidence.boxes import boxes
from pipeline.gather import gather
from pipeline.library_views import Documents, PageStarts, Texts
from pipeline.parse import becomes_project
from pipeline.parse.identity import Joined
from pipeline.parse.manifest import Manifest, ManifestError
from pipeline.progress import Progress
from pipeline.projects.arrange import Given, arrange, read_given
from pipeline.projects.csv_text import ListError
from pipeline.projects.ids import read_memory, remember, write_memory
from pipeline.projects.links import NAME as JOINS
from pipeline.projects.received import Received, read_with_days
from pipeline.projects.steps import project_flow
from pipeline.reading import Library, Versions, read_all
from pipeline.records import records
from pipeline.remarks import remarks, repairs
from pipeline.report.texts_choice import remember as remember_texts
from pipeline.report.texts_choice import texts_of
from pipeline.report.write import WORKBOOKS, check_writable, write_all
from pipeline.review.proposals import Behind
from pipeline.review.publish import Read, address, review
from pipeline.review.queue import SHARE
from pipeline.review.workbook.apply import export
from pipeline.rules.find import find
from pipeline.scratch import scratch_folder
from pipeline.snapshot import save
from pipeline.summary import Summary, summarise
from pipeline.tables.contract import remove_stale_texts, write_documents
from pipeline.tables.files import can_write
from pipeline.tables.given import load_given
from pipeline.tables.own import definitions_of
from pipeline.tables.rounds_find import beside, find_rounds
from pipeline.tables.rounds_read import EarlierError
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Round, RoundFigures
from pipeline.tick_pictures import tick_pictures
from pipeline.version import reader_version, rules_version


class UseError(Exception):
    """The command was given something that cannot work; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked to do; `jobs` 0 means one child process per processor.

    `manifest` says which project each file belongs to, `figures` what only the coordinator knows
    of the round: money, and the last round's number of projects. `decisions` is where the review
    database is: an address or a file, "" for the workspace's own. `audit` is the share (0–1) of the
    automatic questions that a person is asked as well. `tables` is a folder of table definitions
    (None: those that come with the program), `compare` rounds to set beside this one. `granted` is
    the coordinator's list of grants, `joins` what people said of joins (it goes before the file in
    `out`), `deadline` the last day for reports, `report_texts` a folder of the report's texts
    (None: those that come with the program).
    """

    inbox: Path
    out: Path
    workspace: Path
    manifest: Path | None
    figures: Path | None
    round_name: str
    jobs: int
    limits: Limits
    decisions: str = ""
    audit: float = SHARE
    tables: Path | None = None
    compare: tuple[str, ...] = ()
    granted: Path | None = None
    joins: Path | None = None
    deadline: date | None = None
    report_texts: Path | None = None


def run(options: Options, progress: Progress) -> Summary:
    """Read an inbox, code its projects and write every result below `options.out`.

    Raises UseError for what the user must change, DefinitionError for definitions that cannot be
    used, and WorkspaceError and WriteError for places that cannot.
    """
    try:
        return _run(options, progress)
    except (DecisionsError, EarlierError) as error:
        raise UseError(str(error)) from error
    except (DamagedError, sqlite3.DatabaseError) as error:
        raise WorkspaceError(
            f"The workspace's file {options.workspace / FILE_NAME} is damaged ({error}). "
            "Move it away and run again: everything is then read anew. "
            "What reviewers decided lies in another file."
        ) from error


def _run(options: Options, progress: Progress) -> Summary:
    started = time.monotonic()
    _refuse_places(options)
    manifest, received = _manifest(options.manifest)
    given = _given(options, received)
    check_writable(options.out)
    codebook = load_codebook()
    definitions = definitions_of(options.tables, codebook)
    earlier = find_rounds(options.compare, definitions, codebook)
    own_texts = texts_of(options.report_texts, definitions, codebook)
    figures, previous = RoundFigures(), None
    if options.figures:
        figures, previous = load_given(options.figures, definitions.counties)
    jobs = options.jobs or os.cpu_count() or 1
    with (
        Store(options.workspace) as store,
        scratch_folder(options.workspace) as scratch,
        closing(Database(address(options.workspace, options.decisions))) as database,
    ):
        versions = _versions()
        gathered = gather(options.inbox, scratch / "packat", jobs, options.limits, progress)
        library, new = read_all(
            gathered.sources, store, versions, scratch, jobs, options.limits, progress
        )
        submissions = {name: library.analysis(name).submissions for name in library.readable}
        documents = Documents(library)
        texts = Texts(documents)
        digests = {name: library.sources[name].sha256 for name in submissions}
        memory = read_memory(options.workspace)
        arranged = arrange(submissions, documents, digests, manifest, memory, given)
        joined, counting = arranged.joined, arranged.counting
        progress.stage("Kodar", len(joined))
        coder = shipped()
        codings = dict(_decide_all(counting, library, documents, codebook, coder, progress))
        round_ = Round(
            name=options.round_name,
            documents=records(gathered, library, submissions, joined, manifest),
            projects=tuple(_project(one, options.round_name) for one in joined),
            codings=codings,
            texts=texts,
            previous=previous,
            figures=figures,
            remarks=(*remarks(library, submissions, joined), *arranged.findings),
            repairs=tuple(repairs(library)),
            ticks=tick_pictures(submissions, library, jobs, options.limits),
            pages=PageStarts(documents),
            boxes={
                one.id: boxes(codings[one.id], one.submissions, documents, codebook)
                for one in counting
            },
            flow=project_flow(arranged, given),
        )
        progress.stage("Skriver", 1)
        if not submissions:
            # Nothing was read: say why, and leave the results of an earlier run as they are.
            write_documents(round_, options.out)
            return summarise(round_, new, options.out, time.monotonic() - started)
        save(round_, options.tables, options.workspace)
        remember_texts(options.report_texts, options.workspace)
        write_memory(remember(joined, digests, memory), options.workspace)
        round_ = review(
            database,
            round_,
            {one.id: _behind(one, coder) for one in counting},
            Read(documents, submissions, library.sources),
            codebook,
            definitions,
            model=digest(SHIPPED)[:12] if coder else "",
            share=options.audit,
        )
        round_ = beside(round_, earlier, definitions)
        remove_stale_texts(options.out, round_.texts)
        tables = tabulate(round_, definitions, codebook)
        write_all(
            round_,
            tables,
            options.out,
            codebook=codebook,
            definitions=definitions,
            texts=own_texts,
        )
        workbook = options.out / WORKBOOKS[1]
        written = export(database, round_.name, codebook, workbook, ticks=round_.ticks)
        progress.done(str(options.out))
        store.forget_other_versions(versions.reader, versions.rules)
    summary = summarise(round_, new, options.out, time.monotonic() - started)
    return replace(summary, aside=written.aside)


def _versions() -> Versions:
    return Versions(reader_version(*_abilities()), rules_version())


def _abilities() -> Iterator[str]:
    """Yield what this machine can read beyond the rest: a scan that failed is tried again then."""
    from pipeline.ingest.scan_ocr import traineddata

    if importlib.util.find_spec("tesserocr") and traineddata():
        yield "ocr"


def _manifest(path: Path | None) -> tuple[Manifest | None, Received]:
    if path is None:
        return None, Received()
    try:
        return read_with_days(path)
    except ManifestError as error:
        raise UseError(f"{path}:\n{error}") from error


def _given(options: Options, received: Received) -> Given:
    # The file in `out` is written again by this run: what people said there must not be lost.
    files = {p.resolve(): p for p in (options.joins, options.out / JOINS) if p and p.is_file()}
    joins = tuple(files.values())
    try:
        return read_given(options.granted, joins, options.deadline, received)
    except ListError as error:
        raise UseError(str(error)) from error


def _refuse_places(options: Options) -> None:
    inbox, out = options.inbox.resolve(), options.out.resolve()
    if not can_write(out):
        raise UseError(f"--out {options.out} cannot be written to. Choose another folder.")
    if inbox.is_dir() and (out == inbox or inbox in out.parents):
        raise UseError(
            f"--out {options.out} lies inside the inbox, so the results would be read as reports "
            "the next time. Choose a folder outside it."
        )


def _decide_all(
    joined: tuple[Joined, ...],
    library: Library,
    documents: Documents,
    codebook: Codebook,
    coder: Coder | None,
    progress: Progress,
) -> Iterator[tuple[str, tuple[Coding, ...]]]:
    for one in joined:
        progress.step(one.id)
        yield one.id, decide(_cases(one, library, documents), codebook, coder)
        progress.done(one.id)


def _cases(joined: Joined, library: Library, documents: Documents) -> list[Analysed]:
    """Return a project's submissions, oldest first, with their documents and mentions."""
    cases = []
    for submission in joined.submissions:
        analysis = library.analysis(submission.document)
        part = [s.part for s in analysis.submissions].index(submission.part)
        document = documents[submission.document]
        mentions = analysis.mentions[part]
        if not becomes_project(submission):  # In a project only because the manifest says so.
            mentions = find(document, submission)
        cases.append(Analysed(document, submission, mentions))
    return cases


def _behind(joined: Joined, coder: Coder | None) -> Behind:
    scored = coder is not None and judges(joined.submissions[-1])
    return Behind(joined.submissions, scored)


def _project(joined: Joined, round_name: str) -> Project:
    return Project(joined.id, joined.header, joined.documents, joined.omgang or round_name)
