"""Putting a run's proposals into the database beside the decisions, in one transaction."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    insert,
    select,
    update,
)

from annotations.decisions import schema
from annotations.decisions.database import SECRET, Database, put_setting, setting
from annotations.decisions.events import clean
from annotations.decisions.lanes import Lanes, chunks, record
from annotations.decisions.log import WRITERS
from annotations.decisions.types import SETTLED, Item, Key, Kind, Proposal, Source, State
from corpus import codec
from corpus.types import Document, Submission

RUN = "samverkan"  # the reviewer of events that no person made
_BATCH = 1000
_DOUBLE, _VERSIONS = "dubbelkodning", "korningar"
_item, _lane, _event, _document = schema.item, schema.lane, schema.event, schema.document
_TEXTS = ("project", "reasons", "document", "quote", "county", "municipality")
_QUEUE = ("rank", "audit")


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the run read it, and where its file is for drawing pages.

    `path` is the file, "" where it was unpacked from `container`.
    """

    document: Document
    submissions: tuple[Submission, ...] = ()
    path: str = ""
    container: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What a run changed: numbers of items. `changed` had another proposal before."""

    new: int
    changed: int
    gone: int
    reopened: int


@dataclass(frozen=True, slots=True)
class Run:
    """The run that publishes; `at` as the log writes time."""

    round: str
    model: str
    codebook: str
    at: str


def publish(
    database: Database,
    connection: Connection,
    run: Run,
    proposals: Iterable[Proposal],
    bases: Mapping[str, Collection[str]],
    documents: Iterable[StoredDocument],
    ranks: Mapping[Key, float],
    audits: Collection[Key],
) -> Published:
    """Do the work of `Items.publish` in a transaction that has begun."""
    database.lock(connection, WRITERS)
    draw = _Draw(connection)
    seen: set[int] = set()
    new = changed = 0
    proposals = iter(proposals)
    while batch := list(islice(proposals, _BATCH)):
        added, moved = _put(connection, run.round, _rows(batch, ranks, audits), seen, draw)
        new, changed = new + added, changed + moved
    gone = _mark_gone(connection, run.round, seen)
    _put_documents(connection, run.round, documents)
    reopened = _reopen(connection, run, bases)
    _put_versions(connection, run)
    return Published(new, changed, gone, reopened)


def set_double(database: Database, connection: Connection, share: float) -> int:
    """Do the work of `Items.set_double` in a transaction that has begun."""
    database.lock(connection, WRITERS)
    put_setting(connection, _DOUBLE, repr(float(share)))
    draw = _Draw(connection)
    query = select(*_item.c["id", "round", "project", "variable", "category", "double"])
    untouched = query.where(~exists().where(_event.c.item == _item.c.id))
    changes = [
        {"b_id": row.id, "double": not row.double}
        for row in connection.execute(untouched)
        if draw(row.round, (row.project, row.variable, row.category)) != row.double
    ]
    _update(connection, changes)
    return len(changes)


def versions(database: Database, round: str) -> tuple[str, str]:
    """Return the model and the codebook of the round's latest run, or ("", "")."""
    found = json.loads(database.setting(_VERSIONS) or "{}").get(round, ("", ""))
    return found[0], found[1]


def stored(connection: Connection, round: str, name: str) -> StoredDocument | None:
    """Return a document of the round, or None."""
    here = (_document.c.round == round) & (_document.c.name == name)
    row = connection.execute(select(_document).where(here)).first()
    if row is None:
        return None
    submissions = codec.decode(row.submissions, tuple[Submission, ...])
    return StoredDocument(codec.decode(row.body, Document), submissions, row.path, row.container)


def item_of(row: Row[Any]) -> Item:
    """Return the item of a row of the table `item`."""
    proposed = dict(zip(_PROPOSED, _proposed(row), strict=True))
    proposed["choice"] = row.proposal
    proposed["reasons"] = _reasons(proposed["reasons"])
    rest = dict(zip(_OF_ITEM, _of_item(row), strict=True))
    rest["state"] = State(rest["state"])
    return Item(proposal=Proposal(**proposed), **rest)


@lru_cache(maxsize=1000)
def _reasons(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _places(names: Iterable[str]) -> Callable[[Row[Any]], tuple[Any, ...]]:
    """Return what takes these columns out of a row: by their place, twice as fast as by name."""
    columns = list(_item.c.keys())
    return itemgetter(*map(columns.index, names))


_PROPOSED = tuple(field.name for field in fields(Proposal) if field.name != "choice")
_OF_ITEM = tuple(field.name for field in fields(Item) if field.name != "proposal")
_proposed, _of_item = _places(_PROPOSED), _places(_OF_ITEM)


class _Draw:
    """Whether an item is drawn for double coding: by its key and the database's own secret."""

    def __init__(self, connection: Connection) -> None:
        self._share = float(setting(connection, _DOUBLE) or 0)
        self._secret = setting(connection, SECRET) or ""

    def __call__(self, round: str, key: Key) -> bool:
        if not self._share:
            return False
        text = "\0".join((self._secret, round, *key))
        number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        return number < self._share * 2**64


def _rows(
    proposals: Iterable[Proposal], ranks: Mapping[Key, float], audits: Collection[Key]
) -> dict[Key, dict[str, Any]]:
    rows: dict[Key, dict[str, Any]] = {}
    for proposal in proposals:
        row = {name: getattr(proposal, name) for name in _PROPOSED}
        row["proposal"] = proposal.choice
        row["reasons"] = json.dumps(proposal.reasons, ensure_ascii=False)
        row |= {name: clean(row[name]) for name in _TEXTS}
        if proposal.probability is not None:
            row["probability"] = float(proposal.probability)
        asked = proposal.key
        rank = ranks.get(asked)
        row |= {"rank": None if rank is None else float(rank), "audit": asked in audits}
        key = (row["project"], row["variable"], row["category"])
        if key in rows:
            raise ValueError(f"published twice: {key}")
        rows[key] = row
    return rows


def _put(
    connection: Connection,
    round: str,
    rows: Mapping[Key, dict[str, Any]],
    seen: set[int],
    draw: _Draw,
) -> tuple[int, int]:
    """Insert or update some items, add their ids to `seen`; return how many (new, changed)."""
    projects = sorted({project for project, _, _ in rows})
    query = select(_item).where(_item.c.round == round, _item.c.project.in_(projects))
    before = {
        (row.project, row.variable, row.category): row._mapping for row in connection.execute(query)
    }
    changes: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    for key, old in before.items():
        if key not in rows:
            continue  # a project may go on in the next batch
        row = {**rows[key], "gone": False}
        if old["id"] in seen:
            raise ValueError(f"published twice: {key}")
        seen.add(old["id"])
        different = {name for name, value in row.items() if old[name] != value}
        if different.difference(_QUEUE):
            changes.append({"b_id": old["id"], **row})
        elif different:
            places.append({"b_id": old["id"], **{name: row[name] for name in _QUEUE}})
    _update(connection, changes)
    _update(connection, places)
    fresh = [
        {
            **row,
            "round": round,
            "double": draw(round, key),
            "gone": False,
            "state": State.OPEN.value,
            "choice": "",
            "seq": 0,
            "reviewer": "",
            "at": "",
        }
        for key, row in rows.items()
        if key not in before
    ]
    if fresh:
        seen.update(connection.scalars(insert(_item).returning(_item.c.id), fresh))
    return len(fresh), len(changes)


def _mark_gone(connection: Connection, round: str, seen: Collection[int]) -> int:
    """Mark what this run lacks, and let its quotes go: a text must not outlive its document."""
    query = select(_item.c.id).where(_item.c.round == round, _item.c.gone.is_(False))
    missing = [id for id in connection.scalars(query) if id not in seen]
    _update(connection, [{"b_id": id, "gone": True, "quote": ""} for id in missing])
    return len(missing)


def _put_documents(connection: Connection, round: str, documents: Iterable[StoredDocument]) -> None:
    """Store the run's documents; those it lacks are removed, since nothing points at them."""
    query = select(_document.c.name).where(_document.c.round == round)
    left = set(connection.scalars(query))
    for one in documents:
        name = one.document.name
        here = (_document.c.round == round) & (_document.c.name == name)
        values = {
            "path": one.path,
            "container": one.container,
            "body": codec.encode(one.document),
            "submissions": codec.encode(one.submissions),
        }
        if name in left:
            left.discard(name)
            connection.execute(update(_document).where(here).values(values))
        else:
            connection.execute(insert(_document).values(round=round, name=name, **values))
    for some in chunks(sorted(left)):
        here = (_document.c.round == round) & _document.c.name.in_(some)
        connection.execute(delete(_document).where(here))


def _reopen(connection: Connection, run: Run, bases: Mapping[str, Collection[str]]) -> int:
    """Reopen every decision that rests on a text the project no longer has."""
    stale = list(_stale(connection, run.round, bases))
    lanes = Lanes(connection, (row.id for row in stale))
    rows = [
        {
            "item": row.id,
            "lane": row.lane,
            "seq": lanes.head(row.id, row.lane).seq + 1,
            "kind": Kind.REOPEN,
            "choice": "",
            "comment": f"Texten som beslutet vilade på har ändrats sedan {row.at[:10]}.",
            "reviewer": RUN,
            "at": run.at,
            "source": Source.RUN,
            "token": secrets.token_hex(16),
            "group": "",
            "undoes": None,
            "proposal": row.proposal,
            "probability": row.probability,
            "codebook": run.codebook,
            "model": run.model,
            "basis": row.basis,
        }
        for row in stale
    ]
    record(connection, lanes, rows)
    lanes.store()
    return len({row.id for row in stale})


def _stale(
    connection: Connection, round: str, bases: Mapping[str, Collection[str]]
) -> Iterator[Row[Any]]:
    decided = _lane.c.state.in_(SETTLED)
    query: Select[Any] = (
        select(
            *_item.c["id", "project", "proposal", "probability", "basis"],
            _lane.c.lane,
            _event.c.at,
            _event.c.basis.label("rested_on"),
        )
        .join(_lane, _lane.c.item == _item.c.id)
        .join(_event, _event.c.id == _lane.c.event)
        .where(_item.c.round == round, _item.c.gone.is_(False), decided)
        .where(_event.c.basis != "", _event.c.basis != _item.c.basis)
        .order_by(_item.c.id, _lane.c.lane)
    )
    for row in connection.execute(query):
        if row.rested_on not in bases.get(row.project, ()):
            yield row


def _put_versions(connection: Connection, run: Run) -> None:
    known = json.loads(setting(connection, _VERSIONS) or "{}")
    if known.get(run.round) != [run.model, run.codebook]:
        known[run.round] = [run.model, run.codebook]
        put_setting(connection, _VERSIONS, json.dumps(known, ensure_ascii=False))


def _update(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Update items, all in the same columns, each by its `b_id`."""
    if rows:
        connection.execute(update(_item).where(_item.c.id == bindparam("b_id")), rows)
