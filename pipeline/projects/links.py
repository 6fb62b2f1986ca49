"""What the coordinator says of pairs: `samma` or `olika`, read back from sammanslagning.csv."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.parse.fold import fold
from pipeline.projects.csv_text import ListError, decode, table
from pipeline.projects.types import Key

SAME, OTHER = "samma", "olika"
NAME = "sammanslagning.csv"
COLUMNS = [
    "slag", "dokument_a", "del_a", "dokument_b", "del_b", "projekt_a", "projekt_b", "kommun",
    "poang", "skal", "forslag", "beslut", "anmarkning", "innehall_a", "innehall_b",
]  # fmt: skip
_NEEDED = ("dokument_a", "dokument_b", "beslut")
_WORDS = {SAME: SAME, "samma projekt": SAME, "ja": SAME, OTHER: OTHER, "olika projekt": OTHER,
          "nej": OTHER}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One row with a decision, as written. `content` are the digests that the papers had."""

    row: int
    a: Key
    b: Key
    same: bool
    content: tuple[str, str] = ("", "")
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Decisions:
    """The rows with decisions, and what was wrong with others by row number."""

    said: tuple[Said, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A decision about two papers of this run, smaller key first."""

    a: Key
    b: Key
    same: bool
    row: int


def read_decisions(path: Path) -> Decisions:
    """Read the file. Raises ListError where it is no such list."""
    return parse_decisions(decode(path.read_bytes()))


def parse_decisions(text: str) -> Decisions:
    """Parse the text of the file; rows without a decision say nothing."""
    rows = table(text, "Listan över sammanslagningar")
    names = [fold(n).strip() for n in rows[0]]
    if lost := [n for n in _NEEDED if n not in names]:
        raise ListError(f"Listan över sammanslagningar saknar kolumnen {', '.join(lost)}.")
    said: list[Said] = []
    faults: list[tuple[int, str]] = []
    for number, cells in enumerate(rows[1:], start=2):
        values = dict(zip(names, (c.strip() for c in cells), strict=False))
        word = " ".join(fold(values.get("beslut", "")).split())
        if not word:
            continue
        if word not in _WORDS:
            faults.append((number, f"beslut ”{values['beslut']}” ska vara samma eller olika"))
            continue
        a, b = _key(values, "a"), _key(values, "b")
        if a is None or b is None or a == b:
            faults.append((number, "dokument_a och dokument_b ska vara två olika handlingar"))
            continue
        content = values.get("innehall_a", ""), values.get("innehall_b", "")
        said.append(Said(number, a, b, _WORDS[word] == SAME, content, tuple(values.items())))
    return Decisions(tuple(said), tuple(faults))


def links(
    decisions: Decisions, known: Mapping[Key, str]
) -> tuple[tuple[Link, ...], tuple[Said, ...], list[tuple[int, str]]]:
    """Return links between this run's papers, decisions that fit none, and faults by row.

    `known` maps papers to digests of their content; a file that was renamed is known by it.
    """
    by_name = {_plain(key): key for key in known}
    by_content: dict[tuple[str, int], Key | None] = {}
    for key, digest in sorted(known.items()):
        place = digest, key[1]
        by_content[place] = None if place in by_content else key  # two files of one content
    found: dict[tuple[Key, Key], Link] = {}
    waiting: list[Said] = []
    faults: list[tuple[int, str]] = []
    for said in decisions.said:
        ends = [
            by_name.get(_plain(key)) or (by_content.get((digest, key[1])) if digest else None)
            for key, digest in zip((said.a, said.b), said.content, strict=True)
        ]
        a, b = ends
        if a is None or b is None or a == b:
            waiting.append(said)
            continue
        pair = (a, b) if a < b else (b, a)
        before = found.get(pair)
        if before is not None and before.same != said.same:
            faults.append((said.row, f"säger tvärtemot rad {before.row}; rad {before.row} gäller"))
        found.setdefault(pair, Link(*pair, said.same, said.row))
    return tuple(found[pair] for pair in sorted(found)), tuple(waiting), faults


def _key(values: Mapping[str, str], end: str) -> Key | None:
    name, part = values.get(f"dokument_{end}", ""), values.get(f"del_{end}", "") or "1"
    return (name, int(part)) if name and part.isascii() and part.isdigit() else None


def _plain(key: Key) -> tuple[str, int]:
    name = unicodedata.normalize("NFC", key[0]).replace("\\", "/")
    return name.removeprefix("./").casefold(), key[1]
