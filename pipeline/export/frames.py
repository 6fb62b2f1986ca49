"""The rows of each exported file as values, in the order of the data dictionary's fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from annotations.codebook import Codebook
from pipeline.export.beside import rows
from pipeline.export.dictionary import Resource
from pipeline.export.results import Results

Value = str | int | float | bool | Decimal | date | None
Rows = Callable[[], Iterator[tuple[Value, ...]]]


def frames(
    results: Results, codebook: Codebook, resources: Sequence[Resource]
) -> Mapping[str, Rows]:
    """Return for each resource what yields its rows. Nothing known is None.

    Rows from files beside the codings raise ResultsError where one cannot be read.
    """
    beside = {r.name: partial(rows, results.folder, r) for r in resources if r.source}
    return {
        **beside,
        "dokument": lambda: _documents(results),
        "projekt": lambda: _projects(results),
        "kodningar": lambda: _codings(results),
        "kodbok": lambda: _codes(codebook),
    }


def _documents(results: Results) -> Iterator[tuple[Value, ...]]:
    for d in results.documents:
        yield (
            d.name,
            d.sha256 or None,
            d.format or None,
            d.pages,
            d.kind.value if d.kind else None,
            ";".join(d.projects) or None,
            d.reading.value if d.reading else None,
            d.error or None,
        )


def _projects(results: Results) -> Iterator[tuple[Value, ...]]:
    for p in results.projects:
        h = p.header
        yield (
            p.id,
            ";".join(p.documents) or None,
            h.lan,
            h.kommun,
            h.titel,
            h.period_start,
            h.period_slut,
            h.beviljat_belopp,
            h.sokt_belopp,
            p.omgang or None,
        )


def _codings(results: Results) -> Iterator[tuple[Value, ...]]:
    for project, codings in results.codings.items():
        for coded in codings:
            c, e = coded.coding, coded.coding.evidence
            yield (
                project,
                coded.document or None,
                c.variable,
                c.category,
                c.value,
                c.role.value if c.role else None,
                c.confidence,
                c.status.value,
                c.origin.value,
                "; ".join(c.reasons) or None,
                e.page if e else None,
                e.start if e else None,
                e.end if e else None,
                coded.quote or None,
            )


def _codes(codebook: Codebook) -> Iterator[tuple[Value, ...]]:
    for v in codebook.variables:
        for c in v.categories:
            yield (
                v.id,
                v.label,
                v.kind,
                c.id,
                c.label,
                c.part_of or None,
                c.definition.strip(),
            )
