"""What the coordinator says of pairs: `samma` or `olika`, read back from sammanslagning.csv."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.parse.fold import fold
from pipeline.projects.csv_text import ListError, read, table
from pipeline.projects.types import Key

SAME, OTHER = "samma", "olika"
NAME = "sammanslagning.csv"
COLUMNS = [
    "slag", "dokument_a", "del_a", "dokument_b", "del_b", "projekt_a", "projekt_b", "kommun",
    "poang", "skal", "forslag", "beslut", "anmarkning", "innehall_a", "innehall_b",
]  # fmt: skip
LOST = "Någon av handlingarna finns inte i den här körningen."
_NEEDED = ("dokument_a", "dokument_b", "beslut")
_WORDS = {SAME: SAME, "samma projekt": SAME, "ja": SAME, OTHER: OTHER, "olika projekt": OTHER,
          "nej": OTHER}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One row in which somebody wrote. `content` are the digests that the papers had.

    `same` is None where it holds no decision that can be followed: a remark, or another word.
    """

    row: int
    a: Key
    b: Key
    same: bool | None
    content: tuple[str, str] = ("", "")
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def remark(self) -> str:
        """What a person remarked."""
        return " ".join(dict(self.cells).get("anmarkning", "").replace(LOST, "").split())

    @property
    def unclear(self) -> str:
        """What stands instead of a decision."""
        return dict(self.cells).get("beslut", "") if self.same is None else ""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows with decisions, what was wrong with others by row number, and all in which
    somebody wrote: a decision, another word, or a remark."""

    said: tuple[Said, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    written: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A decision about two papers of this run, smaller key first."""

    a: Key
    b: Key
    same: bool
    row: int


def read_decisions(path: Path) -> Decisions:
    """Read the file. Raises ListError where it is no such list."""
    return read(path, parse_decisions)


def parse_decisions(text: str) -> Decisions:
    """Parse the text of the file; rows without a decision say nothing."""
    rows = table(text, "Listan över sammanslagningar")
    names = [fold(n).strip() for n in rows[0]]
    if lost := [n for n in _NEEDED if n not in names]:
        raise ListError(f"Listan över sammanslagningar saknar kolumnen {', '.join(lost)}.")
    written: list[Said] = []
    faults: list[tuple[int, str]] = []
    for number, cells in enumerate(rows[1:], start=2):
        values = dict(zip(names, (c.strip() for c in cells), strict=False))
        word = " ".join(fold(values.get("beslut", "")).split())
        if not word and not values.get("anmarkning"):
            continue
        if word and word not in _WORDS:
            faults.append((number, f"beslut ”{values['beslut']}” ska vara samma eller olika"))
        a, b = _key(values, "a"), _key(values, "b")
        if a is None or b is None or a == b:
            faults.append((number, "dokument_a och dokument_b ska vara två olika handlingar"))
            continue
        content = values.get("innehall_a", ""), values.get("innehall_b", "")
        same = _WORDS[word] == SAME if word in _WORDS else None
        written.append(Said(number, a, b, same, content, tuple(values.items())))
    decided = tuple(one for one in written if one.same is not None)
    return Decisions(decided, tuple(faults), tuple(written))


def together(first: Decisions, second: Decisions) -> Decisions:
    """Return both; of two papers that both speak of, what `first` says."""
    told = {frozenset((_plain(said.a), _plain(said.b))) for said in first.written}
    more = [s for s in second.written if frozenset((_plain(s.a), _plain(s.b))) not in told]
    return Decisions(
        (*first.said, *(s for s in more if s.same is not None)),
        (*first.faults, *second.faults),
        (*first.written, *more),
    )


def links(
    decisions: Decisions, known: Mapping[Key, str]
) -> tuple[tuple[Link, ...], tuple[Said, ...], list[tuple[int, str]]]:
    """Return links between this run's papers, decisions that fit none, and faults by row.

    `known` maps papers to digests of their content; a file that was renamed is known by it.
    """
    papers = _Papers(known)
    found: dict[tuple[Key, Key], Link] = {}
    waiting: list[Said] = []
    faults: list[tuple[int, str]] = []
    for said in decisions.said:
        a, b = papers.of(said)
        if a is None or b is None or a == b:
            waiting.append(said)
            continue
        pair = (a, b) if a < b else (b, a)
        before = found.get(pair)
        if before is not None and before.same != said.same:
            faults.append((said.row, f"säger tvärtemot rad {before.row}; rad {before.row} gäller"))
        found.setdefault(pair, Link(*pair, said.same is True, said.row))
    return tuple(found[pair] for pair in sorted(found)), tuple(waiting), faults


def written(
    decisions: Decisions, known: Mapping[Key, str]
) -> tuple[dict[frozenset[Key], Said], tuple[Said, ...]]:
    """Return the first row about each two of this run's papers, and undecided rows about others."""
    papers = _Papers(known)
    found: dict[frozenset[Key], Said] = {}
    waiting: list[Said] = []
    for said in decisions.written:
        a, b = papers.of(said)
        if a is not None and b is not None and a != b:
            found.setdefault(frozenset((a, b)), replace(said, a=a, b=b))
        elif said.same is None:
            waiting.append(said)
    return found, tuple(waiting)


class _Papers:
    """This run's papers by name and, where no two have the same, by content."""

    def __init__(self, known: Mapping[Key, str]) -> None:
        self._by_name = {_plain(key): key for key in known}
        self._by_content: dict[tuple[str, int], Key | None] = {}
        for key, digest in sorted(known.items()):
            place = digest, key[1]
            self._by_content[place] = None if place in self._by_content else key

    def of(self, said: Said) -> tuple[Key | None, Key | None]:
        """Return the papers that a row is about; None for one that is not here."""
        a, b = (
            self._by_name.get(_plain(key))
            or (self._by_content.get((digest, key[1])) if digest else None)
            for key, digest in zip((said.a, said.b), said.content, strict=True)
        )
        return a, b


def _key(values: Mapping[str, str], end: str) -> Key | None:
    name, part = values.get(f"dokument_{end}", ""), values.get(f"del_{end}", "") or "1"
    return (name, int(part)) if name and part.isascii() and part.isdigit() else None


def _plain(key: Key) -> tuple[str, int]:
    name = unicodedata.normalize("NFC", key[0]).replace("\\", "/")
    return name.removeprefix("./").casefold(), key[1]
