"""What reviewers have decided as examples to learn from: whole projects, nothing left in doubt."""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from annotations.codebook import Codebook
from annotations.decisions.database import Database
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.types import NO, YES, Item, State
from models.case import Example
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.decide.learnt import judges
from pipeline.rules.find import find

Gold = Mapping[tuple[str, str], str]


def reviewed_examples(
    database: Database, round: str, results: Path, codebook: Codebook
) -> Iterator[Example]:
    """Yield the projects of a round whose every doubtful item a person has settled.

    What was automatic counts as the run coded it (about one in a hundred is wrong). Left out are
    projects that nobody decided anything about, that hold something undecidable or a dispute, that
    have several documents (which of them taught what cannot be told), and applications. All of a
    municipality's projects have one `writer`. Raises OSError where `results` holds no projekt.csv.
    """
    items = Items(database)
    documents = _documents(results / "projekt.csv")
    for project, own in _by_project(items, round):
        gold = gold_of(own, codebook)
        names = documents.get(project, ())
        if gold is None or len(names) != 1:
            continue
        stored = items.document(round, names[0])
        if stored is None or len(stored.submissions) != 1 or not judges(stored.submissions[0]):
            continue
        submission = stored.submissions[0]
        case = Analysed(stored.document, submission, find(stored.document, submission))
        writer = f"granskad {own[0].proposal.municipality}"
        yield Example(project, writer, case, decide([case], codebook), gold, None)


def gold_of(items: Sequence[Item], codebook: Codebook) -> Gold | None:
    """Return every cell's value ("", "ja" or a role) of one project, or None where some is open."""
    if not any(item.state.settled for item in items):
        return None
    gold = {(v.id, c.id): "" for v in codebook.variables for c in v.categories}
    for item in items:
        waits = item.rank is not None and not item.state.settled
        if waits or item.state not in (State.OPEN, State.DECIDED):
            return None
        choice = item.choice or item.proposal.choice
        variable, category = item.proposal.variable, item.proposal.category
        # Of a whole variable the choice is one of its categories.
        cell = (variable, category or choice)
        if cell not in gold:
            return None
        gold[cell] = YES if not category else "" if choice == NO else choice
    return gold


def digest(examples: Sequence[Example]) -> str:
    """Return a digest of what was learnt from: texts and values."""
    told = hashlib.sha256()
    for example in sorted(examples, key=lambda e: e.id):
        told.update(f"{example.case.document.sha256}{sorted(example.gold.items())}".encode())
    return told.hexdigest()


def _documents(path: Path) -> dict[str, tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["projekt"]: tuple(row["dokument"].split(";")) for row in csv.DictReader(file)}


def _by_project(items: Items, round: str) -> Iterator[tuple[str, list[Item]]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items.page(Filter(round, States.ALL), Order.PROJECT, 0, None):
        found[item.proposal.project].append(item)
    yield from found.items()
