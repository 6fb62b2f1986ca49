"""A table's defined rows and the rows for the parts of their groups."""

from __future__ import annotations

from collections.abc import Iterator

from annotations.codebook import Codebook
from annotations.tables import CategoryRow, Condition


def with_parts(row: CategoryRow, codebook: Codebook) -> Iterator[CategoryRow]:
    """Yield a defined row and, where it wants them, a row for each part of its group."""
    yield row
    if not row.with_parts:
        return
    for ref in row.counts.any_of:
        variable, _, group = ref.partition(".")
        for part in codebook.variable(variable).parts(group):
            yield CategoryRow(part.id, Condition(any_of=(f"{variable}.{part.id}",)), part_of=row.id)
