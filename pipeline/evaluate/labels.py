"""The codebook's words for what an evaluation shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotations.codebook import Codebook
from annotations.gold import Cell
from models.evaluation import Confusion
from models.evaluation.types import GROUPS, YES

_GROUPS_LABEL = "Samverkansparter i grupper"


@dataclass(frozen=True)
class Labels:
    """Labels of variables, cells and roles."""

    variables: Mapping[str, str]
    cells: Mapping[Cell, str]
    roles: Mapping[str, str]

    def variable(self, id: str) -> str:
        """Return a variable's label."""
        return self.variables[id]

    def cell(self, variable: str, category: str) -> str:
        """Return a category's label."""
        return self.cells[variable, category]

    def value(self, value: str) -> str:
        """Say a cell's value: Nej, Ja, or its role."""
        if not value:
            return "Nej"
        return "Ja" if value == YES else self.roles[value]

    def confusion(self, c: Confusion) -> str:
        """Say what stands for what: "Måluppfyllelse: Delvis uppnådda kodat som Helt uppnådda"."""
        true = self._coded(c.variable, c.gold)
        value = self._coded(c.variable, c.value)
        head = self.variables[c.variable]
        if c.gold and c.value and c.gold[0] == c.value[0]:
            role = self.value(c.value[1]).lower()
            return f"{head}: {true} kodat som {role}"
        if c.gold and c.value:
            return f"{head}: {true} kodat som {value}"
        if c.gold:
            return f"{head}: {true} missat"
        return f"{head}: {value} kodat utan att stå i guldet"

    def _coded(self, variable: str, value: tuple[str, str] | None) -> str:
        if value is None:
            return ""
        category, role = value
        label = self.cells[variable, category]
        return label if role == YES else f"{label} ({self.roles[role].lower()})"


def labels(codebook: Codebook) -> Labels:
    """Collect the labels, those of the groups of partners too."""
    variables = {v.id: v.label for v in codebook.variables}
    cells = {(v.id, c.id): c.label for v in codebook.variables for c in v.categories}
    groups = {(GROUPS, g.id): g.label for v in codebook.variables for g in v.groups}
    roles = {r.id.value: r.label for v in codebook.variables for r in v.roles}
    return Labels({**variables, GROUPS: _GROUPS_LABEL}, {**cells, **groups}, roles)
