"""Lexicon and context cues: what the YAML files may hold, and reading them with every fault named.

The files are data that people edit; the rules in `pipeline/rules` give them effect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import cattrs
import yaml
from cattrs.gen import make_dict_structure_fn

HERE = Path(__file__).parent / "lexicon"
T = TypeVar("T")


class LexiconError(ValueError):
    """One or more lexicon files cannot be used; the message lists every fault with its place."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Words that speak for one category.

    `patterns` are in the syntax of `pipeline/rules/patterns.py`; a match that touches a match of
    `unless` does not count. `questions` limits the entry to some answers. `context` says what the
    words themselves already tell ("samverkan med polisen": aktiv). `yes` and `no` are example
    sentences that the codebook check runs through the rules.
    """

    id: str
    category: str
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    context: str = ""
    weight: float = 1.0
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    variable: str = ""
    note: str = ""


Direction = Literal["forward", "backward", "both"]
Scope = Literal["clause", "sentence", "answer"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that say something about the actors around them.

    `category` is a Context value, or `skip` for words that look like a cue and are none ("inte
    minst"). `direction`: the actors it speaks about stand before it, after it, or both. `strength`
    0–1 decides between cues. `yes` are examples in which the cue acts, `no` in which it must not.
    """

    id: str
    category: str
    patterns: tuple[str, ...]
    direction: Direction = "both"
    scope: Scope = "clause"
    strength: float = 0.7
    unless: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    note: str = ""


def load_entries(variable: str, folder: Path = HERE) -> tuple[Entry, ...]:
    """Return every entry under `lexicon/VARIABLE/`, in file order. Raises LexiconError."""
    return _entries(variable, folder)


def load_cues(path: Path = HERE / "context.yaml") -> tuple[Cue, ...]:
    """Return the context cues. Raises LexiconError."""
    return _cues(path)


@cache
def _entries(variable: str, folder: Path) -> tuple[Entry, ...]:
    files = sorted((folder / variable).glob("*.yaml"))
    if not files:
        raise LexiconError(f"{folder / variable}: inga lexikonfiler")
    return _load(files, Entry)


@cache
def _cues(path: Path) -> tuple[Cue, ...]:
    return _load([path], Cue)


def _load(files: Iterable[Path], kind: type[T]) -> tuple[T, ...]:
    loaded: list[T] = []
    faults: list[str] = []
    for file in files:
        try:
            raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        except yaml.YAMLError as error:
            faults.append(f"{file.name}: {error}")
            continue
        for place, item in enumerate(raw or []):
            name = item.get("id", place) if isinstance(item, dict) else place
            try:
                loaded.append(_converter().structure(item, kind))
            except Exception as error:
                faults += [f"{file.name}[{name}]: {m}" for m in cattrs.transform_error(error)]
    counts = Counter(getattr(item, "id", "") for item in loaded)
    faults += [f"id {name!r} förekommer {n} gånger" for name, n in counts.items() if n > 1]
    if faults:
        raise LexiconError("\n".join(faults))
    return tuple(loaded)


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for kind in (Entry, Cue):
        converter.register_structure_hook(
            kind, make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True)
        )
    converter.register_structure_hook(str, _text)
    return converter


def _text(value: Any, _: type) -> str:
    # YAML makes 0114 a number and nej-like words booleans; a pattern must be quoted instead.
    if not isinstance(value, str):
        raise ValueError(f"{value!r} är inte text; sätt citattecken")
    return value
