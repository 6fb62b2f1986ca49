"""Cue words that tell what a sum of money is: granted, applied for, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.strict import DefinitionError, load

FILE = Path(__file__).with_name("money.yaml")
Meaning = Literal["beviljat", "sokt", "annat"]


@dataclass(frozen=True)
class MoneyRole:
    """Regular expressions over folded text that stand before or after a sum of this meaning."""

    id: Meaning
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class MoneyCues:
    """All meanings with their cues.

    `direct` stand right before money without a unit, `total` before what adds up the sums above it.
    """

    roles: tuple[MoneyRole, ...]
    direct: tuple[str, ...]
    total: tuple[str, ...]


@dataclass(frozen=True)
class Patterns:
    """The cues of one meaning, compiled."""

    id: Meaning
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True)
class Compiled:
    """The same, compiled; `direct` and `total` match at the end of what stands before a sum."""

    roles: tuple[Patterns, ...]
    direct: re.Pattern[str]
    total: re.Pattern[str]


@cache
def load_money(path: Path = FILE) -> Compiled:
    """Read and compile the cues. Raises DefinitionError."""
    try:
        cues = load(path, MoneyCues)
        if not all((cues.direct, cues.total)):  # an empty list would match everywhere
            raise DefinitionError([f"direct och total får inte vara tomma @ {path.name}"])
        return Compiled(
            tuple(
                Patterns(r.id, re.compile("|".join(r.before)), re.compile("|".join(r.after)))
                for r in cues.roles
            ),
            re.compile(rf"\b(?:{'|'.join(cues.direct)})[ :(]*\Z"),
            re.compile(rf"(?:{'|'.join(cues.total)})[ :]*\Z"),
        )
    except re.error as error:
        raise DefinitionError(
            [f"ogiltigt mönster {error.pattern!r}: {error} @ {path.name}"]
        ) from None
