"""Who sits at the other end, and what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The roles of the review page, each may do what those before it may."""

    REVIEWER = "granskare"
    ANALYST = "analytiker"
    COORDINATOR = "samordnare"


class Act(StrEnum):
    """What not everybody may do."""

    DECIDE = "besluta"
    ADJUDICATE = "avgora_tvist"
    RULE = "tolka"


ALLOWED: Mapping[Role, frozenset[Act]] = {
    Role.REVIEWER: frozenset({Act.DECIDE}),
    Role.ANALYST: frozenset({Act.DECIDE, Act.ADJUDICATE, Act.RULE}),
    Role.COORDINATOR: frozenset(Act),
}


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One signed-in person. `session` is the key of the session's row, never the cookie itself.

    `csrf` goes into every form; `single_keys` says whether single letters are commands.
    """

    name: str
    role: Role
    session: str
    csrf: str
    single_keys: bool = True

    def may(self, act: Act) -> bool:
        """Whether this role allows the act."""
        return act in ALLOWED[self.role]
