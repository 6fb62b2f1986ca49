"""The texts that a run wrote: words with what stands around them, and where gold's quotes stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from models.evaluation import CodedCell, Codings
from pipeline.tables.contract import text_path

_AROUND = 90  # characters shown on each side of a quote


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a document's text. `before` and `after` are what stands around them, one line."""

    document: str
    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Positive codes that rest on text, and how many have their words verbatim at their place."""

    positives: int
    verbatim: int


@dataclass(frozen=True)
class Texts:
    """The texts below a run's out folder; a document whose text is gone has none."""

    results: Path
    _read: dict[str, str] = field(default_factory=dict)

    def of(self, document: str) -> str:
        """Return a document's text, empty where it cannot be read."""
        if document not in self._read:
            try:
                data = self.path(document).read_bytes() if document else b""
            except OSError:
                data = b""
            self._read[document] = data.decode("utf-8", errors="replace")
        return self._read[document]

    def path(self, document: str) -> Path:
        """Return where a document's text should stand."""
        return self.results / text_path(document)

    def passage(self, cell: CodedCell | None) -> Passage | None:
        """Return the words a code rests on, or None where it rests on none."""
        if cell is None or cell.start is None or cell.end is None:
            return None
        text = self.of(cell.document)
        if cell.end > len(text):
            return None
        return _passage(cell.document, text, cell.start, cell.end)

    def find(self, quote: str, documents: Iterable[str]) -> Passage | None:
        """Return the first place of a quote, however its lines were broken; None where it is not.

        A reader joins what a line break had parted, so white space and hyphens may differ.
        """
        if not (pieces := re.findall(r"[^\s\-]+", quote)):
            return None
        pattern = re.compile(r"[\s\-]*".join(map(re.escape, pieces)))
        for document in documents:
            text = self.of(document)
            if match := pattern.search(text):
                return _passage(document, text, match.start(), match.end())
        return None


def documents_of(codings: Codings, project: str) -> list[str]:
    """Return the documents that a project's codes come from."""
    cells = codings.projects.get(project, {}).values()
    return list(dict.fromkeys(cell.document for cell in cells if cell.document))


def evidence(codings: Codings, texts: Texts) -> Evidence:
    """Count positive codes that no tick alone decided, and those whose quote stands at its place.

    Without the texts nothing can be said, and nothing is counted.
    """
    if not (texts.results / "text").is_dir():
        return Evidence(0, 0)
    positives = [
        cell
        for cells in codings.projects.values()
        for cell in cells.values()
        if cell.value and cell.origin != "kryss"
    ]
    return Evidence(len(positives), sum(_verbatim(cell, texts) for cell in positives))


def _verbatim(cell: CodedCell, texts: Texts) -> bool:
    if not cell.quote or cell.start is None or cell.end is None:
        return False
    return texts.of(cell.document)[cell.start : cell.end] == cell.quote


def _passage(document: str, text: str, start: int, end: int) -> Passage:
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    if start > _AROUND:
        before = "… " + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Passage(document, start, end, _line(before), _line(text[start:end]), _line(after))


def _line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
