"""A run meets the review database: it publishes what it proposes and takes in what people decided.

The one module here with effects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from annotations.codebook import Codebook
from annotations.decisions.database import Database, DecisionsError
from annotations.decisions.items import Items
from annotations.decisions.publishing import StoredDocument
from annotations.decisions.types import Head, Item, Key, State
from annotations.tables import Definitions
from corpus.types import Coding, Document, Origin, Submission
from pipeline.inbox import Source
from pipeline.projects.steps import restated
from pipeline.review.basis import Bases
from pipeline.review.effort import effort
from pipeline.review.overlay import Overlaid, overlay
from pipeline.review.proposals import Behind, proposals
from pipeline.review.queue import SHARE, queue
from pipeline.rulings.register import register, rest_on_withdrawn
from pipeline.tables.types import Audit, Round

FILE_NAME = "granskning.sqlite"


@dataclass(frozen=True, slots=True)
class Read:
    """What a run read: documents by name, the submissions in each, and where each file lies."""

    documents: Mapping[str, Document]
    submissions: Mapping[str, Sequence[Submission]]
    sources: Mapping[str, Source]


def address(workspace: Path, given: str = "") -> str | Path:
    """Return where the review database is: as given, else a file of the workspace."""
    return given or workspace / FILE_NAME


def review(
    database: Database,
    round: Round,
    behind: Mapping[str, Behind],
    read: Read,
    codebook: Codebook,
    definitions: Definitions,
    *,
    model: str,
    share: float = SHARE,
) -> Round:
    """Publish the round's machine codings and return the round with people's decisions laid over.

    Published first, so that a decision whose text has changed is reopened before it could count.
    `behind` is by project, `share` that of the automatic items to audit. Raises DecisionsError
    where the database fails.
    """
    items = Items(database)
    unscored = frozenset(project for project, known in behind.items() if not known.scored)
    key = bytes.fromhex(database.secret())
    order = queue(round, codebook, definitions, unscored=unscored, key=key, share=share)
    try:
        published = items.publish(
            round.name,
            proposals(round.projects, round.codings, behind, read.documents, codebook),
            Bases({id: known.submissions for id, known in behind.items()}, read.documents),
            _stored(round, read),
            ranks=order.ranks,
            audits=order.audits,
            model=model,
            codebook=_version(codebook),
        )
    except DBAPIError as error:
        raise DecisionsError(f"Granskningsdatabasen svarar inte: {error.orig}") from error
    return decided(database, replace(round, reopened=published.reopened), codebook)


def decided(database: Database, round: Round, codebook: Codebook) -> Round:
    """Return a round of the machine's own codings with people's decisions laid over.

    Raises DecisionsError where the database fails.
    """
    try:
        settled = tuple(_settled(Items(database), round))
        rulings = register(database, round.name)
        reviewed = effort(database, round.name)
    except DBAPIError as error:
        raise DecisionsError(f"Granskningsdatabasen svarar inte: {error.orig}") from error
    heads = {item.proposal.key: _head(item) for item in settled}
    laid: Overlaid = overlay(round.codings, heads, codebook)
    audited = {item.proposal.key for item in settled if item.audit and item.state is State.DECIDED}
    return replace(
        round,
        codings=laid.codings,
        remarks=(*round.remarks, *laid.findings, *rest_on_withdrawn(rulings)),
        decided=len(heads),
        audits=tuple(_audits(round.codings, laid.codings, audited)),
        rulings=rulings,
        effort=reviewed,
        flow=round.flow and restated(round.flow, laid.codings),
    )


def _stored(round: Round, read: Read) -> Iterator[StoredDocument]:
    """Yield the documents behind the projects, one at a time: memory stays flat."""
    for name in dict.fromkeys(name for p in round.projects for name in p.documents):
        source = read.sources[name]
        container = source.container
        yield StoredDocument(
            read.documents[name],
            tuple(read.submissions[name]),
            "" if container else _shown(source.path),
            _shown(container) if container else "",
        )


def _shown(path: Path) -> str:
    """Return the whole path, or "" for one that no database takes: its pages are not drawn."""
    text = str(path.resolve())
    return "" if any("\ud800" <= c <= "\udfff" for c in text) else text


def _settled(items: Items, round: Round) -> Iterator[Item]:
    projects = {p.id for p in round.projects}
    for item in items.settled(round.name):
        if item.proposal.project in projects and not item.gone:
            yield item


def _head(item: Item) -> Head:
    return Head(item.state, item.choice, item.seq, item.reviewer, item.at)


def _audits(
    machine: Mapping[str, Sequence[Coding]],
    decided: Mapping[str, Sequence[Coding]],
    audited: Set[Key],
) -> Iterator[Audit]:
    """Yield the cells of audited items; a `one` variable's item has one for each category."""
    for project in sorted({project for project, _, _ in audited}):
        for before, after in zip(machine[project], decided[project], strict=True):
            places = {(project, before.variable, c) for c in ("", before.category)}
            if places & audited and after.origin is Origin.REVIEWER:
                yield Audit(before, after)


def _version(codebook: Codebook) -> str:
    return f"{codebook.version} {codebook.digest()[:12]}"
