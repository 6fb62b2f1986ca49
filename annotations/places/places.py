"""Counties and municipalities with SCB's codes and the other names people use, read from CSV."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotations.strict import DefinitionError, load

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class County:
    """A county: SCB's two-digit code, short name ("Jämtland"), official name ("Jämtlands län")."""

    code: str
    name: str
    official: str


@dataclass(frozen=True)
class Municipality:
    """A municipality: SCB's four-digit code, whose first two digits are its county's."""

    code: str
    name: str

    @property
    def county_code(self) -> str:
        """The code of the county it lies in."""
        return self.code[:2]


@dataclass(frozen=True)
class Aliases:
    """`alias.yaml`: other names by code, everyday words, districts by municipality."""

    lan: dict[str, tuple[str, ...]]
    kommuner: dict[str, tuple[str, ...]]
    ord: tuple[str, ...]
    delar: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Places:
    """All places. `words` are names never taken from running text on their own."""

    counties: tuple[County, ...]
    municipalities: tuple[Municipality, ...]
    county_names: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    districts: tuple[tuple[str, str], ...]
    words: frozenset[str]

    def county(self, code: str) -> County:
        """Return the county with this code."""
        return next(c for c in self.counties if c.code == code)

    def municipality(self, code: str) -> Municipality:
        """Return the municipality with this code."""
        return next(m for m in self.municipalities if m.code == code)


@cache
def load_places(folder: Path = FOLDER) -> Places:
    """Read the places. Raises DefinitionError where an alias names a code that does not exist."""
    counties = tuple(
        County(r["kod"], r["namn"], r["officiellt"]) for r in _rows(folder / "lan.csv")
    )
    towns = tuple(Municipality(r["kod"], r["namn"]) for r in _rows(folder / "kommuner.csv"))
    aliases = load(folder / "alias.yaml", Aliases)
    known_counties, known = {c.code for c in counties}, {m.code for m in towns}
    faults = [
        f"okänd länskod {c!r} @ alias.yaml.lan" for c in aliases.lan if c not in known_counties
    ]
    for key, table in (("kommuner", aliases.kommuner), ("delar", aliases.delar)):
        faults += [f"okänd kommunkod {c!r} @ alias.yaml.{key}" for c in table if c not in known]
    faults += [
        f"okänt län {m.county_code!r} @ kommuner.csv ({m.name})"
        for m in towns
        if m.county_code not in known_counties
    ]
    if faults:
        raise DefinitionError(faults)
    return Places(
        counties,
        towns,
        tuple(
            (n, c.code)
            for c in counties
            for n in (c.name, c.official, *aliases.lan.get(c.code, ()))
        ),
        tuple((n, m.code) for m in towns for n in (m.name, *aliases.kommuner.get(m.code, ()))),
        tuple((n, code) for code, names in aliases.delar.items() for n in names),
        frozenset(aliases.ord),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
