"""The documents of a round as reviewers see them, decoded once while they stay the same."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from annotations.decisions.database import Database
from annotations.decisions.schema import document as table
from corpus.codec import decode
from corpus.types import Document, Page, Submission
from pipeline.review.masking import Masked

_ROOM = 12
"""Decoded documents kept; one of 60 pages is some megabytes."""
WITH_PICTURES = frozenset({"pdf", "jpeg", "jpg", "png", "tiff", "tif", "bmp", "gif", "webp"})
Hide = Callable[[str], Iterable[Masked]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document, what it says about which projects, and the file it can be drawn from.

    `hidden` is the personal data in its text.
    """

    document: Document
    submissions: tuple[Submission, ...]
    hidden: tuple[Masked, ...]
    path: Path | None
    container: Path | None

    @property
    def drawable(self) -> bool:
        """Whether its pages have pictures: PDF and image files do, Word and letters do not."""
        return self.document.format in WITH_PICTURES and any(p.width for p in self.document.pages)

    def page(self, number: int) -> Page | None:
        """Return a page by its number from 1, or None."""
        return next((p for p in self.document.pages if p.number == number), None)


class Documents:
    """Reads documents of one round from the review database. Safe to use from several threads."""

    def __init__(self, database: Database, round: str, hide: Hide) -> None:
        self._database = database
        self._hide = hide
        self._round = round
        self._kept: OrderedDict[tuple[str, bytes], Opened] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, name: str) -> Opened | None:
        """Return a document by its name, or None where the round has none of that name."""
        if not name:
            return None
        with self._database.read() as db:
            row = db.execute(
                select(table).where(table.c.round == self._round, table.c.name == name)
            ).one_or_none()
        if row is None:
            return None
        places = f"\0{row.path}\0{row.container}".encode()
        key = (name, hashlib.sha256(row.body + row.submissions + places).digest())
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        document = decode(row.body, Document)
        opened = Opened(
            document,
            decode(row.submissions, tuple[Submission, ...]),
            tuple(self._hide(document.text)),
            Path(row.path) if row.path else None,
            Path(row.container) if row.container else None,
        )
        with self._lock:
            self._kept[key] = opened
            while len(self._kept) > _ROOM:
                self._kept.popitem(last=False)
        return opened
