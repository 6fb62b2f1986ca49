"""How a sentence speaks of a group it names: words as data with a schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from annotations.statements import LEXICON
from annotations.strict import load


@dataclass(frozen=True)
class GroupCues:
    """Patterns, and the single words `turns` and `prepositions`: see the file's own head.

    `told_in`, `asked_in`, `goals_in` and `partners_in` are questions: where work is told of, and
    where groups, goals or partners are asked for.
    """

    turns: frozenset[str]
    prepositions: frozenset[str]
    told_in: frozenset[str]
    asked_in: frozenset[str]
    goals_in: frozenset[str]
    partners_in: frozenset[str]
    disowned: tuple[str, ...]
    disowned_next: tuple[str, ...]
    part_next: tuple[str, ...]
    asked: tuple[str, ...]
    purpose: tuple[str, ...]
    mere: tuple[str, ...]
    passing: tuple[str, ...]
    aimed: tuple[str, ...]
    never: tuple[str, ...]


@cache
def load_groups() -> GroupCues:
    """Read the words. Raises DefinitionError."""
    return load(LEXICON / "statements" / "groups.yaml", GroupCues)
