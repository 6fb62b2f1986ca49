"""The corpus as lines for a terminal: counts by category, writer and split, and agreement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from annotations.agreement import Agreement
from annotations.corpus_counts import CategoryCount, WriterCount
from corpus.written import Split

ENOUGH = 40
ENOUGH_NEGATIVES = 25
_SPLITS = get_args(Split)


def category_lines(counts: Sequence[CategoryCount], by_writer: bool = False) -> Iterator[str]:
    """Yield a table of categories; `!` marks one with too few positives or hard negatives."""
    writers = sorted({w for c in counts for w in c.by_writer}) if by_writer else []
    yield _row("category", ("reports", *_SPLITS, "hard neg", *writers), tail="  roles")
    for c in counts:
        few = c.positives < ENOUGH or c.hard_negatives < ENOUGH_NEGATIVES
        figures = (
            c.positives,
            *(c.by_split.get(s, 0) for s in _SPLITS),
            f"{c.hard_negatives}{'!' if few else ' '}",
            *(c.by_writer.get(w, 0) for w in writers),
        )
        roles = ", ".join(f"{name} {n}" for name, n in sorted(c.roles.items()))
        yield _row(f"{c.variable}.{c.category}", figures, tail=f"  {roles}" if roles else "")


def writer_lines(counts: Sequence[WriterCount]) -> Iterator[str]:
    """Yield a table of writers: split, years, forms, lengths in words, mentions; then the sums."""
    heads = ("split", "years", "reports", "slut", "del", "fri", "words", "mentions")
    yield _row("writer", heads, width=13)
    for c in counts:
        forms = (c.forms.get(f, 0) for f in ("slut", "del", "fri"))
        words = f"{c.words[0]}–{c.words[1]}–{c.words[2]}"
        yield _row(c.writer, (c.split, c.years, c.reports, *forms, words, c.mentions), width=13)
    forms = (sum(c.forms.get(f, 0) for c in counts) for f in ("slut", "del", "fri"))
    total, mentions = sum(c.reports for c in counts), sum(c.mentions for c in counts)
    yield _row("all", ("", "", total, *forms, "", mentions), width=13)
    by_split: Mapping[str, int] = {
        s: sum(c.reports for c in counts if c.split == s) for s in _SPLITS
    }
    yield ", ".join(f"{name} {n}" for name, n in by_split.items()) + " reports"


def agreement_lines(rows: Iterable[Agreement]) -> Iterator[str]:
    """Yield a table of agreement; α and F1 are blank where nobody coded the category."""
    yield _row("category", ("units", "both", "1st only", "2nd only", "raw", "F1", "α", "α roles"))
    for r in rows:
        name = f"{r.variable}.{r.category}" if r.category else r.variable
        figures = (r.units, r.both, r.first_only, r.second_only, f"{r.raw:.3f}")
        yield _row(name, (*figures, _number(r.f1), _number(r.alpha), _number(r.alpha_roles)))


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _row(name: str, figures: Iterable[object], tail: str = "", width: int = 12) -> str:
    return f"{name:32}" + "".join(f"{figure!s:>{width}}" for figure in figures) + tail
