"""The data card's table: how common each code is in the corpus and in the published round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotations.codebook import Codebook
from annotations.gold import Cell, cells
from corpus.simulate.preset import Preset
from corpus.types import Role
from corpus.written import WrittenReport


def card_lines(
    reports: Sequence[WrittenReport], preset: Preset, codebook: Codebook
) -> Iterator[str]:
    """Yield a Markdown table: share of the reports and of the published round's projects, in %.

    Partners count as in the tables: `aktiv` and `inbjuden`. What was not published is left blank.
    """
    coded = [cells(r.report.gold, codebook) for r in reports]
    national = national_counts(preset)
    yield "| code | corpus % | published % |"
    yield "| --- | ---: | ---: |"
    for variable in codebook.variables:
        for group in (g for g in variable.groups if len(variable.parts(g.id)) > 1):
            parts = [(variable.id, c.id) for c in variable.parts(group.id)]
            share = _share(sum(any(_counts(c[p]) for p in parts) for c in coded), len(coded))
            yield _row(
                f"{variable.id}, group {group.id}", share, national.get((variable.id, group.id))
            )
        for category in variable.categories:
            cell = (variable.id, category.id)
            share = _share(sum(_counts(c[cell]) for c in coded), len(coded))
            yield _row(".".join(cell), share, national.get(cell))
    reached = [("maluppfyllelse", "helt"), ("maluppfyllelse", "delvis")]
    share = _share(sum(any(c[r] for r in reached) for c in coded), len(coded))
    yield _row("maluppfyllelse helt or delvis", share, national["maluppfyllelse", ""])


def national_counts(preset: Preset) -> Mapping[Cell, float]:
    """Return the published share in % of each code or partner group that has a figure."""
    counts: dict[Cell, int] = {}
    for kind in ("ny", "befintlig", "utvardering"):
        counts["struktur", kind] = sum(getattr(county, kind) for county in preset.lan)
    for group in preset.partner:
        counts["partner", group.grupp] = group.antal
        counts |= {("partner", part): n for part, n in group.delar.items()}
    exposed = preset.sarskilt_utsatta
    groups = {**preset.malgrupp, "sarskilt_utsatta": exposed.antal, **exposed.delar}
    counts |= {("malgrupp", group): n for group, n in groups.items()}
    counts["maluppfyllelse", ""] = preset.mal_natt
    for name in ("integrerad", "plan", "ej"):
        counts["integrering", name] = getattr(preset.integrering, name)
    counts["innehall", "utbildning"] = preset.utbildning
    counts["innehall", "reell_samverkan"] = preset.reell_samverkan
    counts["status", "pagar"] = preset.pagar
    counts["status", "avslutat"] = preset.started - preset.pagar
    counts["form", "tillfallig"] = preset.tillfallig
    counts["form", "lansstyrelsen_aktiv"] = preset.lansstyrelsen_aktiv
    return {cell: _share(n, preset.started) for cell, n in counts.items()}


def _counts(value: str) -> bool:
    return bool(value) and value != Role.PLANERAD


def _share(count: int, whole: int) -> float:
    return 100 * count / whole


def _row(name: str, corpus: float, national: float | None) -> str:
    return f"| {name} | {corpus:.0f} | {'' if national is None else f'{national:.0f}'} |"
