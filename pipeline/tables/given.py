"""What only the coordinator knows of a round: money, and the last round's number of projects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path

from annotations.strict import DefinitionError, load
from annotations.tables import County
from pipeline.tables.by_county import county_names
from pipeline.tables.types import PreviousRound, RoundFigures


@dataclass(frozen=True)
class _Last:
    namn: str
    projekt: dict[str, int]


@dataclass(frozen=True)
class _Given:
    medel: dict[str, int] = field(default_factory=dict)
    forra_omgangen: _Last | None = None


def load_given(
    path: Path, counties: tuple[County, ...]
) -> tuple[RoundFigures, PreviousRound | None]:
    """Read a YAML file of whole kronor and of projects by county name or SCB code.

    ```
    medel: {att_fordela: 900000, rekvirerat: 850000, administration: 40000}
    forra_omgangen: {namn: "2008–2009", projekt: {Blekinge: 2, "18": 1}}
    ```
    Every part may be left out. Raises DefinitionError with all faults, OSError without file.
    """
    given = load(path, _Given)
    figures = _figures(given.medel, path.name)
    last = given.forra_omgangen
    if last is None:
        return figures, None
    return figures, PreviousRound(last.namn, _by_code(last.projekt, counties, path.name))


def _figures(money: Mapping[str, int], name: str) -> RoundFigures:
    known = {f.name for f in fields(RoundFigures)}
    faults = [f"okänt fält {key!r} @ {name}.medel" for key in money if key not in known]
    if faults:
        raise DefinitionError(faults)
    return RoundFigures(**{key: Decimal(kronor) for key, kronor in money.items()})


def _by_code(
    projects: Mapping[str, int], counties: tuple[County, ...], name: str
) -> dict[str, int]:
    codes = {c.code: c.code for c in counties} | county_names(counties)
    where = f"{name}.forra_omgangen.projekt"
    faults = [
        f"okänt län {county!r} @ {where}" for county in projects if county.casefold() not in codes
    ]
    found = [codes.get(county.casefold(), "") for county in projects]
    faults += [
        f"länet {code} står två gånger @ {where}" for code in set(found) if found.count(code) > 1
    ]
    if faults:
        raise DefinitionError(faults)
    return dict(zip(found, projects.values(), strict=True))
