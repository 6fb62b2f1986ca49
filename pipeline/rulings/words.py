"""The Swedish words of rulings: what they are about, who made them and when, their notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from annotations.codebook import Codebook
from annotations.decisions.rulings import Ruling, Withdrawal
from annotations.tables import load_tables
from corpus.months import MONTHS
from pipeline.tables.numbers import NBSP, whole
from pipeline.tables.types import Table


def about_words(applies: Sequence[str], codebook: Codebook, tables: Sequence[Table] = ()) -> str:
    """Return what a ruling is about: "Samverkansparter: Polis, Åklagare; Tabell 5"."""
    parts: dict[str, list[str]] = {}
    for ref in applies:
        first, _, rest = ref.partition(".")
        whole_of, labels = _labels(first, codebook, tables)
        parts.setdefault(whole_of, []).extend([labels.get(rest, rest)] if rest else [])
    return "; ".join(
        f"{whole_of}: {', '.join(own)}" if own else whole_of for whole_of, own in parts.items()
    )


def _labels(
    first: str, codebook: Codebook, tables: Sequence[Table]
) -> tuple[str, Mapping[str, str]]:
    """Return the words of a table or variable, and of its rows or categories."""
    for table in tables:
        if table.id == first:
            return f"Tabell {table.number}", {row.id: row.label for row in table.rows}
    for definition in load_tables().tables:
        if definition.id == first:
            rows = {row.id: row.label for row in definition.rows if row.label}
            rows |= {row.id: row.label for row in definition.money_rows}
            return f"Tabell {definition.number}", rows
    try:
        variable = codebook.variable(first)
    except KeyError:
        return first, {}
    labels = {c.id: c.label for c in variable.categories}
    labels |= {d.id: d.label for d in variable.derived} | {g.id: g.label for g in variable.groups}
    return variable.label, labels


def day(at: str, zone: tzinfo | None = None) -> str:
    """Return a day or a moment as 2 november 2026; what is no date stands as it is."""
    try:
        then = date.fromisoformat(at) if len(at) == 10 else datetime.fromisoformat(at)
    except ValueError:
        return at
    if isinstance(then, datetime):
        then = then.astimezone(zone).date()
    return f"{then.day} {MONTHS[then.month - 1]} {then.year}"


def note(ruling: Ruling) -> str:
    """Return a ruling as a note under a table: what was ruled, why, by whom, when, how often."""
    applied = f"; tillämpad i {whole(n)}{NBSP}projekt" if (n := len(ruling.projects)) else ""
    by = f"{ruling.mark}, {ruling.who}, {day(ruling.at)}{applied}"
    return f"{sentence(ruling.text)} Skäl: {sentence(ruling.reason)} ({by}.)"


def withdrawn(withdrawal: Withdrawal) -> str:
    """Say that a ruling holds no longer, since when, by whom and why."""
    words = f"Återkallad {day(withdrawal.at)} av {withdrawal.who}."
    return f"{words} {sentence(withdrawal.reason)}"


def sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    text = " ".join(text.split())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
