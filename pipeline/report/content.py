"""The report of a compilation as blocks: the texts with their facts, tables and pictures in place.

Pure but for reading the definitions; `html.py` and `docx.py` write what is made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from annotations.codebook import Codebook
from annotations.tables import Definitions
from pipeline.projects.blocks import flow_blocks
from pipeline.report.blocks import Block, Heading, Report, TableBlock
from pipeline.report.changes import change_blocks
from pipeline.report.charts import pictures
from pipeline.report.content_grids import (
    agreement_grid,
    audit_grid,
    decider_grid,
    findings_grid,
    rulings_grid,
    unread_grid,
)
from pipeline.report.facts import Facts, facts
from pipeline.report.markup import blocks_of
from pipeline.report.model_card import ModelCard
from pipeline.report.ruling_cases import cases_grid
from pipeline.report.texts import Texts, rendered
from pipeline.rulings.notes import Numbering
from pipeline.rulings.printed import entries
from pipeline.tables.behind import known_columns
from pipeline.tables.effort import Effort
from pipeline.tables.types import Finding, Round, Table

OTHERS = "övriga tabeller"


@dataclass(frozen=True)
class Material:
    """Everything a report is made of, apart from its texts.

    `notes` are the rulings as numbered table notes, `card` the coder's (None where only rules
    coded), `made` the day on the front.
    """

    round: Round
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    codebook: Codebook
    definitions: Definitions
    notes: Numbering
    card: ModelCard | None
    made: date


def report(material: Material, texts: Texts) -> Report:
    """Return the report, its chapters in the order of the texts. Raises TextError, InsetError."""
    insets = _insets(material)
    own = _facts(material, insets)
    title, subtitle = _title(rendered(texts.title, own))
    told = [(chapter.name, rendered(chapter, own)) for chapter in texts.chapters]
    insets |= {OTHERS: tuple(_others(material, insets, [text for _, text in told]))}
    blocks = [block for name, text in told for block in blocks_of(text, insets, name)]
    return Report(title, subtitle, material.made, tuple(_anchored(blocks)))


def _facts(material: Material, insets: Mapping[str, tuple[Block, ...]]) -> Facts:
    known = facts(material.round, material.tables, material.findings, material.made, material.card)
    return {**known, "visas": lambda inset: bool(insets.get(inset))}


def _title(text: str) -> tuple[str, str]:
    """Return the first line that says something, and the rest."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return (lines[0] if lines else "Sammanställning"), " ".join(lines[1:])


def _insets(material: Material) -> dict[str, tuple[Block, ...]]:
    """Return what texts may ask for by name, in double brackets."""
    round, tables, codebook = material.round, material.tables, material.codebook
    previous = round.previous.name if round.previous else ""
    drawn = pictures(tables, previous=previous)
    effort = round.effort or Effort()
    register = entries(round.rulings, material.notes.numbers, tables, codebook)
    insets: dict[str, tuple[Block, ...]] = {}
    for table in tables:
        insets[table.id] = (_table(table, material.notes),)
        insets[f"figurer {table.id}"] = drawn.get(table.id, ())
    return insets | {
        OTHERS: (),
        "förändring": change_blocks(round, tables),
        "projektens väg": flow_blocks(round.flow) if round.flow else (),
        "avgörande": decider_grid(tables),
        "stickprov": audit_grid(effort, codebook),
        "överensstämmelse": agreement_grid(effort, codebook),
        "tolkningar": (
            *rulings_grid(register),
            *cases_grid(round, material.notes.numbers, codebook),
        ),
        "avvikelser": findings_grid(material.findings),
        "olästa dokument": unread_grid(round),
    }


def _table(table: Table, notes: Numbering) -> TableBlock:
    noted = notes.of(table)
    caption = f"Tabell {table.number}. {table.title}"
    return TableBlock(known_columns(table), caption, noted.notes, noted.marks)


def _others(
    material: Material, insets: Mapping[str, tuple[Block, ...]], told: list[str]
) -> Iterator[Block]:
    """Yield the tables that no text shows: no table of a grant is ever lost."""
    for table in material.tables:
        if any(f"[[{table.id}]]" in text.replace(" ", "") for text in told):
            continue
        yield Heading(2, table.title, "")
        yield from insets[table.id]
        yield from insets[f"figurer {table.id}"]


def _anchored(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks, each heading with an anchor that no other block has."""
    taken = {"innehall", *(b.table.id for b in blocks if isinstance(b, TableBlock))}
    taken |= {b.id for b in blocks if not isinstance(b, TableBlock) and hasattr(b, "id")}
    for block in blocks:
        if isinstance(block, Heading):
            anchor, again = block.anchor or "avsnitt", 1
            while anchor in taken:
                again += 1
                anchor = f"{block.anchor or 'avsnitt'}-{again}"
            taken.add(anchor)
            block = replace(block, anchor=anchor)
        yield block
