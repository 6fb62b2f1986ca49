"""Writing reports as the files municipalities send: `render`, `render_many`, `VARIANTS`."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Report
from corpus.render.compose import Expected, compose, expected
from corpus.render.layout import Layout, layout
from corpus.render.variants import VARIANTS, Variant, variant

__all__ = [
    "VARIANTS",
    "Expected",
    "Layout",
    "Variant",
    "expected",
    "expected_for",
    "layout",
    "render",
    "render_many",
    "variant",
]


def render(report: Report, name: str, layout_seed: int = 0) -> bytes:
    """Return one report as a file of variant `name` (a key of VARIANTS)."""
    return render_many([(report, layout_seed)], name)[0]


def render_many(jobs: Sequence[tuple[Report, int]], name: str) -> list[bytes]:
    """Return files for (report, layout seed) pairs; conversions run as one batch.

    Raises OfficeMissing or FontMissing where the machine lacks what the variant needs.
    """
    kind = variant(name)
    layouts = [kind.layout(seed) for _, seed in jobs]
    return _files(jobs, layouts, kind)


def expected_for(report: Report, name: str, layout_seed: int = 0) -> Expected:
    """Return what a perfect reader gets from `render(report, name, layout_seed)`."""
    return expected(report, variant(name).layout(layout_seed))


def _files(
    jobs: Sequence[tuple[Report, int]], layouts: Sequence[Layout], kind: Variant
) -> list[bytes]:
    if kind.turn:
        return kind.turn(_files(jobs, layouts, variant(kind.base)), layouts)
    assert kind.write is not None
    return [
        kind.write(compose(report, lay), lay)
        for (report, _), lay in zip(jobs, layouts, strict=True)
    ]
