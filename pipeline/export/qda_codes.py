"""The codebook as a REFI-QDA code tree: variables, groups, categories, and roles beside them."""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from annotations.codebook import Category, Codebook, Group, Variable

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:samverkan:refi-qda")
# Dark enough to read white text on, told apart also by colour-blind readers (Okabe and Ito).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#F0E442", "#000000")
_ROLES_ARE = "Hur parten deltar. Koden står på samma ord som partens kod."


@dataclass(frozen=True, slots=True)
class Code:
    """One code. Codes that only hold others together are not `codable`."""

    guid: str
    name: str
    description: str
    codable: bool
    colour: str
    children: tuple[Code, ...] = ()


def guid(*parts: str) -> str:
    """Return the GUID of the thing that `parts` name: the same in every export."""
    return str(uuid.uuid5(_NAMESPACE, json.dumps(parts, ensure_ascii=False)))


def category_guid(variable: str, category: str) -> str:
    """Return the GUID of a category's code."""
    return guid("kategori", variable, category)


def role_guid(variable: str, role: str) -> str:
    """Return the GUID of a role's code."""
    return guid("roll", variable, role)


def code_tree(codebook: Codebook) -> tuple[Code, ...]:
    """Return a code for each variable with its categories below, then one with its roles.

    QDA programs want every name once, whatever its letters' case, so names that several codes
    share get their variable's label: `Oklart (Måluppfyllelse)`.
    """
    tree: list[Code] = []
    for i, variable in enumerate(codebook.variables):
        colour = _COLOURS[i % len(_COLOURS)]
        tree.append(_variable(variable, colour))
        if variable.roles:
            tree.append(_roles(variable, colour))
    times = Counter(code.name.casefold() for code in walk(tree))
    shared = {name for name, n in times.items() if n > 1}
    taken: set[str] = set()
    return tuple(_distinct(code, f" ({code.name})", shared, taken) for code in tree)


def walk(codes: Iterable[Code]) -> Iterator[Code]:
    """Yield every code of a tree, parents first."""
    for code in codes:
        yield code
        yield from walk(code.children)


def _variable(variable: Variable, colour: str) -> Code:
    """Build a variable's code. Below a group stand its parts; below a category, what implies it.

    A group with a single part is that part.
    """
    parts: dict[str, list[Category]] = {}
    for category in variable.categories:
        parts.setdefault(category.part_of, []).append(category)

    def leaf(c: Category) -> Code:
        below = () if variable.groups else tuple(leaf(part) for part in parts.get(c.id, ()))
        own = category_guid(variable.id, c.id)
        return Code(own, c.label, _description(c), True, colour, below)

    def group(g: Group) -> Code:
        below = tuple(leaf(part) for part in parts[g.id])
        own = guid("grupp", variable.id, g.id)
        return below[0] if len(below) == 1 else Code(own, g.label, "", False, colour, below)

    children = tuple(map(group, variable.groups)) or tuple(map(leaf, parts[""]))
    own = guid("variabel", variable.id)
    return Code(own, variable.label, variable.definition.strip(), False, colour, children)


def _roles(variable: Variable, colour: str) -> Code:
    children = tuple(
        Code(role_guid(variable.id, r.id.value), r.label, r.definition, True, colour)
        for r in variable.roles
    )
    own, name = guid("roller", variable.id), f"{variable.label} – roll"
    return Code(own, name, _ROLES_ARE, False, colour, children)


def _description(category: Category) -> str:
    lines = [
        category.definition.strip(),
        *(f"Exempel: {text}" for text in category.examples),
        *(f"Inte: {text}" for text in category.counterexamples),
    ]
    return "\n".join(lines)


def _distinct(code: Code, addition: str, shared: set[str], taken: set[str]) -> Code:
    name = code.name + addition if code.name.casefold() in shared else code.name
    while name.casefold() in taken:
        name += " *"
    taken.add(name.casefold())
    below = tuple(_distinct(child, addition, shared, taken) for child in code.children)
    return replace(code, name=name, children=below)
