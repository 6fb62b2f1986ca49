"""Gold versions: who coded what, what a third reader ruled, and the codes that hold now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from annotations.codebook import Codebook
from corpus.records import Gold, RecordError, parse_gold

FOLDER = Path(__file__).with_name("gold")
Cell = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Coded:
    """One coder's codes of one report. `round` is the round of double coding, 0 for the writer."""

    id: str
    coder: str
    round: int
    gold: Gold


@dataclass(frozen=True, slots=True)
class Ruling:
    """One cell that two coders saw differently, and what holds.

    Values are "" (not coded), "ja" or a partner's role. `rule` is a number in GUIDE.md, or empty
    where one of them had simply overlooked the words.
    """

    id: str
    variable: str
    category: str
    first: str
    second: str
    ruling: str
    rule: str
    reason: str


def cells(gold: Gold, codebook: Codebook) -> dict[Cell, str]:
    """Return every cell of the codebook with "" for not coded, "ja", or the role of a partner."""
    values: dict[Cell, str] = {}
    for variable in codebook.variables:
        held = getattr(gold, variable.id, None)
        for category in variable.categories:
            if held is None:
                value = "ja" if getattr(gold, category.id) else ""
            elif isinstance(held, Mapping):
                value = held.get(category.id, "")
            elif isinstance(held, str):
                value = "ja" if held == category.id else ""
            else:
                value = "ja" if category.id in held else ""
            values[variable.id, category.id] = value
    return values


def load_coded(file: Path) -> tuple[Coded, ...]:
    """Return a file of codes, one report a line. Raises RecordError with every fault's place."""
    return _load(file, _coded)


def load_rulings(file: Path) -> tuple[Ruling, ...]:
    """Return the rulings on disagreements. Raises RecordError with every fault's place."""
    return _load(file, _ruling)


def latest(folder: Path = FOLDER) -> Path:
    """Return the newest gold version's file (`v3.jsonl` after `v2.jsonl`)."""
    return max(folder.glob("v*.jsonl"), key=lambda path: int(path.stem[1:]))


def _load(file: Path, parse: Callable[[Mapping[str, Any], str], T]) -> tuple[T, ...]:
    found: list[T] = []
    faults: list[str] = []
    for data, place in _lines(file):
        try:
            found.append(parse(data, place))
        except RecordError as error:
            faults += error.faults
        except (KeyError, TypeError, ValueError) as error:
            faults.append(f"{type(error).__name__}: {error} @ {place}")
    if faults:
        raise RecordError(faults)
    return tuple(found)


def _lines(file: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield json.loads(line), f"{file.name}:{number}"


def _coded(data: Mapping[str, Any], place: str) -> Coded:
    _only(data, ("id", "kodare", "omgang", "gold"))
    return Coded(data["id"], data["kodare"], data["omgang"], parse_gold(data["gold"], place))


def _ruling(data: Mapping[str, Any], place: str) -> Ruling:
    names = ("id", "variabel", "kategori", "forsta", "andra", "beslut", "regel", "skal")
    _only(data, names)
    return Ruling(*(data[name] for name in names))


def _only(data: Mapping[str, Any], names: Iterable[str]) -> None:
    if unknown := set(data) - set(names):
        raise ValueError(f"unknown keys {sorted(unknown)}")
