"""Texts with the codings that rest on their words, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.types import DocumentRecord
from pipeline.export.results import Coded, Results


@dataclass(frozen=True, slots=True)
class Passage:
    """A positive coding and the words it rests on: `text[start:end]` of its document."""

    project: str
    coded: Coded
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A document of some project, its text as others are to read it, and what is coded in it."""

    document: DocumentRecord
    text: str
    passages: tuple[Passage, ...]


def sources(results: Results) -> Iterator[Source]:
    """Yield every document of a project that has a text, its passages by where they begin.

    Offsets are code points, as in Python. A coding whose place is not in the text (somebody
    changed the file) is left out; what rests on a tick alone has no place.
    """
    placed: dict[str, list[Passage]] = {}
    for project, codings in results.codings.items():
        for coded in codings:
            if coded.coding.value and (e := coded.coding.evidence) is not None:
                passage = Passage(project, coded, e.start, e.end)
                placed.setdefault(e.document, []).append(passage)
    for document, text in results.sources():
        fitting = (p for p in placed.get(document.name, ()) if 0 <= p.start < p.end <= len(text))
        yield Source(document, portable(text), tuple(sorted(fitting, key=_order)))


def portable(text: str) -> str:
    r"""Return the text with what other programs would swallow replaced, each sign by one sign.

    Programs that count the offsets anew drop a leading byte order mark, take CR LF as one newline
    and stop at NUL. Our texts hardly ever hold any of these; with none of them nothing changes.

    ```
    "\ufeffEtt\r\nTvå\rTre\0"  →  "\u2060Ett \nTvå\nTre\ufffd"
    ```
    """
    if text.startswith("\ufeff"):
        text = "\u2060" + text[1:]
    return (
        text.replace("\r\n", " \n").replace("\r", "\n").replace("\0", "\N{REPLACEMENT CHARACTER}")
    )


def _order(passage: Passage) -> tuple[int, int, str]:
    return passage.start, passage.end, passage.project
