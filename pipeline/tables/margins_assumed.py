"""What intervals assume beyond each cell's probability, as data: wrong roles, unequal errors."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from annotations.strict import load
from corpus.types import Coding, Role

PATH = Path(__file__).with_name("margins.yaml")
COUNTED = frozenset({Role.AKTIV, Role.INBJUDEN})
Floats = npt.NDArray[np.float64]
Said = Literal["aktiv", "inbjuden", "planerad", "nej"]
_SAID: Mapping[Role, Said] = {
    Role.AKTIV: "aktiv",
    Role.INBJUDEN: "inbjuden",
    Role.PLANERAD: "planerad",
}


@dataclass(frozen=True)
class RoleShares:
    """Of partners that are counted `active` are aktiv; of those that are not `planned` planerad."""

    active: float
    planned: float


@dataclass(frozen=True)
class Spread:
    """Relative variances of an error rate about its expectation, level by level.

    `category` is of the automatic cells of one, `waiting` of those that wait for a person.
    """

    round: float
    variable: float
    category: float
    waiting: float


@dataclass(frozen=True)
class Assumed:
    """The whole table; `roles` is by what the machine says, `spread` by variable, `*` the rest."""

    roles: Mapping[Said, RoleShares]
    spread: Mapping[str, Spread]


@cache
def load_assumed() -> Assumed:
    """Read the table. Raises DefinitionError with every fault and its place."""
    return load(PATH, Assumed)


def says_counted(coding: Coding) -> bool:
    """Whether the machine says that the tables count it; that is what `confidence` is about."""
    return coding.value and coding.role is not Role.PLANERAD


def role_chance(coding: Coding, roles: Collection[Role]) -> float:
    """Return the probability (0–1) that a machine's coding truly holds in one of `roles`."""
    sure = np.array([min(max(coding.confidence, 0.0), 1.0)])
    return float(chance_in_roles(sure, coding.value, coding.role, roles)[0])


def chance_in_roles(
    sure: Floats, value: bool, role: Role | None, roles: Collection[Role]
) -> Floats:
    """Return how probably codings of one value and role, `sure` (0–1), hold in one of `roles`."""
    counted = sure if value and role is not Role.PLANERAD else 1.0 - sure
    active, invited = Role.AKTIV in roles, Role.INBJUDEN in roles
    planned = Role.PLANERAD in roles
    if active and invited and (not planned or role is None):
        return counted
    # A partner without a role is a tick without text: the domain says it takes part actively.
    said: Said = _SAID[role or Role.AKTIV] if value else "nej"
    shares = load_assumed().roles[said]
    chance = counted * (active * shares.active + invited * (1.0 - shares.active))
    if planned:
        # After a no nearly nothing is planned: a share of the doubt, not of what is not counted.
        chance = chance + shares.planned * (
            1.0 - counted if value else np.minimum(1.0 - sure, sure)
        )
    return np.minimum(chance, 1.0)
