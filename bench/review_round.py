"""A review database of 50,000 items for `bench.review`: a real small round, many times over."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from annotations.decisions.database import Database
from annotations.decisions.filters import Filter, Order, States
from annotations.decisions.items import Items
from annotations.decisions.publishing import Published, StoredDocument
from annotations.decisions.types import Item, Key, Proposal

ROUND = "Prov"
_SHARE_ASKED = 0.6


def small_round(folder: Path, projects: int) -> Path:
    """Simulate a round in PDF and Word, run it, and return the folder of its results."""
    program, simulated, out = _program(), folder / "sim", folder / "liten"
    size = ["--projects", str(projects), "--seed", "3"]
    make = [program, "simulate", *size, "--formats", "pdf,docx", "--out", str(simulated), "-q"]
    subprocess.run(make, check=True)
    read = [program, "run", str(simulated / "inkorg"), "--out", str(out), "--round", "Liten", "-q"]
    subprocess.run([*read, "--manifest", str(simulated / "manifest.csv")], check=True)
    return out


class BigRound:
    """The small round's projects over and over, each time with new names, up to `size` items."""

    def __init__(self, results: Path, size: int) -> None:
        self._size = size
        small = Database(results / "arbetsyta" / "granskning.sqlite")
        items = Items(small)
        (name,) = items.rounds()
        found = items.page(Filter(name, States.ALL), Order.PROJECT, 0, None)
        names = dict.fromkeys(item.proposal.document for item in found if item.proposal.document)
        stored = {document: items.document(name, document) for document in names}
        small.close()
        self._items: tuple[Item, ...] = found
        self._stored = {d: one for d, one in stored.items() if one is not None}

    def publish(self, database: Database) -> Published:
        """Put the whole round into a database, in a queue of random order."""
        bases: dict[str, set[str]] = {}
        ranks: dict[Key, float] = {}
        draw = random.Random(5)
        for proposal in self._proposals():
            bases.setdefault(proposal.project, set()).add(proposal.basis)
            if draw.random() < _SHARE_ASKED:
                key = proposal.key
                ranks[key] = draw.random()
        return Items(database).publish(
            ROUND, self._proposals(), bases, self._documents(), ranks=ranks, model="m", codebook="k"
        )

    def _proposals(self) -> Iterator[Proposal]:
        draw = random.Random(7)
        for number in range(self._size):
            time, place = divmod(number, len(self._items))
            one = self._items[place].proposal
            sure = one.probability
            yield replace(
                one,
                project=f"{one.project} {time}",
                document=_named(one.document, time),
                probability=None if sure is None else min(1.0, max(0.0, sure - draw.random() / 9)),
            )

    def _documents(self) -> Iterator[StoredDocument]:
        for time in range(-(-self._size // len(self._items))):
            for name, one in self._stored.items():
                yield replace(one, document=replace(one.document, name=_named(name, time)))


def _named(document: str, time: int) -> str:
    return f"{time:03d} {document}" if document else ""


def _program() -> str:
    return str(Path(sys.executable).parent / "samverkan")
