"""The codebook: every variable and category, its words for people and what holds between them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal, TypeVar

from annotations.strict import DefinitionError
from annotations.strict import load as load_yaml
from corpus.types import Role

FOLDER = Path(__file__).with_name("codebook")
T = TypeVar("T", "Category", "Variable")


@dataclass(frozen=True)
class Category:
    """One cell of the output. `part_of` is the group (or category) that this one implies.

    `ticks` are the form's boxes that mean this category, as `question.option`. `alone`: it never
    holds together with another of its variable. `variable` is filled in by the loader.
    """

    id: str
    label: str
    definition: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    part_of: str = ""
    ticks: tuple[str, ...] = ()
    alone: bool = False
    variable: str = ""


@dataclass(frozen=True)
class Group:
    """Categories that tables add up. `other` is coded when only the group itself is named."""

    id: str
    label: str
    other: str
    ticks: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleLabel:
    """A way of taking part; `counted` says whether tables count it."""

    id: Role
    label: str
    definition: str
    counted: bool


@dataclass(frozen=True)
class Derived:
    """A category that holds exactly when all of some others do; shown in tables, never coded."""

    id: str
    label: str
    definition: str
    all_of: tuple[str, ...]


@dataclass(frozen=True)
class Variable:
    """A question put to each project. Of kind `one` exactly one category holds.

    `unknown` is the category of a `one` variable that holds when nothing can be told.
    """

    id: str
    label: str
    kind: Literal["several", "one"]
    definition: str
    categories: tuple[Category, ...]
    groups: tuple[Group, ...] = ()
    roles: tuple[RoleLabel, ...] = ()
    derived: tuple[Derived, ...] = ()
    unknown: str = ""

    def category(self, id: str) -> Category:
        """Return one category. Raises KeyError for ids the codebook does not know."""
        return _by_id(self.categories, id)

    def parts(self, group: str) -> tuple[Category, ...]:
        """Return the categories that belong to a group or are parts of a category."""
        return tuple(c for c in self.categories if c.part_of == group)

    def ticks(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each group's and category's id with the boxes that mean it."""
        yield from ((g.id, g.ticks) for g in self.groups)
        yield from ((c.id, c.ticks) for c in self.categories)

    def group_of(self, id: str) -> Group | None:
        """Return the group of a category, or None where the variable has no groups."""
        part_of = self.category(id).part_of
        return next((g for g in self.groups if g.id == part_of), None)


@dataclass(frozen=True)
class Codebook:
    """All variables, in the order of the output."""

    id: str
    version: str
    label: str
    variables: tuple[Variable, ...]

    def variable(self, id: str) -> Variable:
        """Return one variable. Raises KeyError for ids the codebook does not know."""
        return _by_id(self.variables, id)

    def leaves(self) -> tuple[Category, ...]:
        """Return every category that is coded, in the order of kodningar.csv."""
        return tuple(c for v in self.variables for c in v.categories)

    def ticked(self, question: str, option: str) -> tuple[tuple[str, str], ...]:
        """Return (variable, category or group) of everything one box of the form means."""
        tick = f"{question}.{option}"
        return tuple((v.id, id) for v in self.variables for id, ticks in v.ticks() if tick in ticks)

    def digest(self) -> str:
        """Return a hash that changes exactly when the codebook's content does."""
        return hashlib.sha256("\n".join(_flat(self)).encode()).hexdigest()


@dataclass(frozen=True)
class _Head:
    id: str
    version: str
    label: str
    variables: tuple[str, ...]


@cache
def load(folder: Path = FOLDER) -> Codebook:
    """Read and check the codebook. Raises DefinitionError with all faults of all files."""
    head = load_yaml(folder / "codebook.yaml", _Head)
    variables: list[Variable] = []
    faults: list[str] = []
    for id in head.variables:
        path = folder / f"{id}.yaml"
        if not path.is_file():
            faults.append(f"variabeln {id!r} saknar fil @ {path.name}")
            continue
        try:
            variable = load_yaml(path, Variable)
        except DefinitionError as error:
            faults += error.faults
            continue
        faults += (
            [f"id ska vara {id!r}, inte {variable.id!r} @ {path.name}"] if variable.id != id else []
        )
        faults += check(variable, path.name)
        variables.append(
            replace(
                variable, categories=tuple(replace(c, variable=id) for c in variable.categories)
            )
        )
    known = {"codebook", *head.variables}
    faults += [
        f"filen hör inte till kodboken @ {path.name}"
        for path in sorted(folder.glob("*.yaml"))
        if path.stem not in known
    ]
    if faults:
        raise DefinitionError(faults)
    return Codebook(head.id, head.version, head.label, tuple(variables))


def check(variable: Variable, name: str) -> list[str]:
    """Return the faults of a variable that types cannot tell, in Swedish: what @ where."""
    categories = {c.id for c in variable.categories}
    groups = {g.id for g in variable.groups}
    faults = [
        f"id {id!r} står två gånger @ {name}" for id in _twice(c.id for c in variable.categories)
    ]
    faults += [
        f"gruppen {id!r} står två gånger @ {name}" for id in _twice(g.id for g in variable.groups)
    ]
    for i, c in enumerate(variable.categories):
        where = f"{name}.categories[{i}] ({c.id})"
        if c.variable:
            faults.append(f"fältet variable fylls i vid inläsningen @ {where}")
        if c.part_of and c.part_of not in (groups or categories):
            faults.append(f"okänd grupp {c.part_of!r} @ {where}")
        if groups and not c.part_of:
            faults.append(f"kategorin hör inte till någon grupp @ {where}")
        if not c.examples or not c.counterexamples:
            faults.append(f"både exempel och motexempel behövs @ {where}")
        faults += _tick_faults(c.ticks, where)
    for i, g in enumerate(variable.groups):
        where = f"{name}.groups[{i}] ({g.id})"
        if g.other not in {c.id for c in variable.parts(g.id)}:
            faults.append(f"{g.other!r} är inte en del av gruppen @ {where}")
        faults += _tick_faults(g.ticks, where)
    for i, d in enumerate(variable.derived):
        unknown = [id for id in d.all_of if id not in categories]
        faults += [f"okänd kategori {id!r} @ {name}.derived[{i}] ({d.id})" for id in unknown]
    if (variable.kind == "one") != bool(variable.unknown):
        faults.append(f"unknown anges för variabler av slaget one, och bara för dem @ {name}")
    elif variable.unknown and variable.unknown not in categories:
        faults.append(f"okänd kategori {variable.unknown!r} @ {name}.unknown")
    return faults


def _tick_faults(ticks: Iterable[str], where: str) -> list[str]:
    return [
        f"{t!r} ska skrivas fråga.alternativ @ {where}.ticks" for t in ticks if t.count(".") != 1
    ]


def _twice(ids: Iterable[str]) -> list[str]:
    return [id for id, n in Counter(ids).items() if n > 1]


def _by_id(items: tuple[T, ...], id: str) -> T:
    for item in items:
        if item.id == id:
            return item
    raise KeyError(id)


def _flat(value: object, place: str = "") -> Iterator[str]:
    if is_dataclass(value):
        for f in fields(value):
            yield from _flat(getattr(value, f.name), f"{place}.{f.name}")
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from _flat(item, f"{place}[{i}]")
    else:
        yield f"{place}={value}"
