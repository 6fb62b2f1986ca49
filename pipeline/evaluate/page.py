"""utvardering.html: one self-contained Swedish page; its texts stand in the template."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from urllib.parse import quote as url_quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from annotations.codebook import Codebook
from models.evaluation import Codings, Confusion, Difference, Estimate, Evaluation
from models.evaluation.types import GROUPS, Kind
from pipeline.evaluate.labels import Labels, labels
from pipeline.evaluate.tables import TableCell, table_sums
from pipeline.evaluate.texts import Evidence, Passage, Texts, documents_of
from pipeline.tables.numbers import NBSP, NDASH, decimals, probability, whole

_ORIGINS = {"kryss": "Kryss", "regel": "Regel", "modell": "Modell", "granskare": "Granskare"}
_FOLDERS = (Path(__file__).parent, Path(__file__).parents[1] / "report")
_MOST_SORTS = 30
_MOST_OF_A_SORT = 8
_MOST_AUTOMATIC = 60
_LONGEST_FRAGMENT = 4  # words at each end of a quote that a browser is to look for


@dataclass(frozen=True)
class Page:
    """What the page is made from; `out` is the folder it will stand in."""

    evaluation: Evaluation
    evidence: Evidence
    tabled: tuple[TableCell, ...]
    codings: Codings
    codebook: Codebook
    texts: Texts
    out: Path
    gold: Sequence[str]
    made: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A difference as shown: both values in words, and both passages with their addresses."""

    difference: Difference
    what: str
    gold: str
    coded: str
    confidence: str
    origin: str
    automatic: bool
    passage: Passage | None
    href: str
    gold_passage: Passage | None
    gold_href: str


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of confusion as shown; `left_out` counts what only fel.csv holds."""

    title: str
    projects: int
    of: int
    share_of: str
    shown: tuple[Shown, ...]
    left_out: int


def render(page: Page) -> str:
    """Return the page as HTML."""
    environment = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "share": share, "span": span, "whole": whole}
    e, names = page.evaluation, labels(page.codebook)
    automatic = [d for d in e.differences if d.kind in (Kind.MISSED, Kind.EXTRA) and _automatic(d)]
    there = [c for c in automatic if c.project not in e.missing]
    return environment.get_template("utvardering.html").render(
        e=e,
        names=names,
        groups=GROUPS,
        evidence=page.evidence,
        gold=page.gold,
        tabled=page.tabled,
        tables=table_sums(page.tabled),
        made=page.made.isoformat(),
        variables=[v for v in e.variables if v.variable != GROUPS],
        group_scores=[v for v in e.variables if v.variable == GROUPS],
        role_rows=list(_role_rows(e, names)),
        role_names=["Inte kodad" if not r else names.value(r) for r in _role_values(e)],
        automatic=[_shown(page, d, names) for d in there[:_MOST_AUTOMATIC]],
        automatic_count=len(there),
        sorts=[_sort(page, c, names) for c in islice(e.confusions, _MOST_SORTS)],
        sorts_left=max(0, len(e.confusions) - _MOST_SORTS),
    )


def number(value: Estimate | float | None, places: int = 3) -> str:
    """Write a figure: 0,978; a dash where there was nothing to count."""
    value = value.value if isinstance(value, Estimate) else value
    return NDASH if value is None else decimals(value, places)


def share(value: Estimate | float | None, places: int = 1) -> str:
    """Write a share as per cent: 89,6 %."""
    value = value.value if isinstance(value, Estimate) else value
    return NDASH if value is None else decimals(value * 100, places) + NBSP + "%"


def span(value: Estimate, places: int = 3, percent: bool = False) -> str:
    """Write an interval: 0,967–0,987; empty where there is none, or where no resample differed."""
    if value.low is None or value.high is None or value.low == value.high:
        return ""
    factor, unit = (100, NBSP + "%") if percent else (1, "")
    low, high = (decimals(end * factor, places) for end in (value.low, value.high))
    return f"{low}{NDASH}{high}{unit}"


def _automatic(difference: Difference) -> bool:
    return difference.coded is None or difference.coded.automatic


def _role_values(evaluation: Evaluation) -> list[str]:
    """Return the values of partner cells in the codebook's order, not coded last."""
    order = ["aktiv", "inbjuden", "planerad", "ja", ""]
    seen = {value for pair in evaluation.roles for value in pair}
    return [value for value in order if value in seen]


def _role_rows(evaluation: Evaluation, names: Labels) -> Iterator[tuple[str, list[int]]]:
    values = _role_values(evaluation)
    for gold in values:
        counts = [evaluation.roles.get((gold, coded), 0) for coded in values]
        yield names.value(gold) if gold else "Inte kodad", counts


def _sort(page: Page, confusion: Confusion, names: Labels) -> Sort:
    shown = confusion.differences[:_MOST_OF_A_SORT]
    return Sort(
        names.confusion(confusion),
        confusion.projects,
        confusion.of,
        "som har koden i guldet" if confusion.gold else "som inte har koden i guldet",
        tuple(_shown(page, d, names) for d in shown),
        len(confusion.differences) - len(shown),
    )


def _shown(page: Page, d: Difference, names: Labels) -> Shown:
    passage = page.texts.passage(d.coded)
    gold = page.texts.find(d.gold_quote, documents_of(page.codings, d.project))
    confidence = d.coded.confidence if d.coded else None
    return Shown(
        d,
        names.cell(d.variable, d.category),
        names.value(d.gold),
        names.value(d.value),
        NDASH if confidence is None else probability(confidence),
        _ORIGINS.get(d.coded.origin, d.coded.origin) if d.coded else "",
        _automatic(d),
        passage,
        _address(page, passage, d.coded.document if d.coded else ""),
        gold,
        _address(page, gold),
    )


def _address(page: Page, passage: Passage | None, document: str = "") -> str:
    """Return the address of a text from the page, with the words to scroll to where there are any.

    Empty where the text does not lie with the results.
    """
    document = passage.document if passage else document
    if not page.texts.of(document):
        return ""
    path = Path(os.path.relpath(page.texts.path(document), page.out))
    return url_quote(path.as_posix(), errors="replace") + (_fragment(passage) if passage else "")


def _fragment(passage: Passage) -> str:
    """Return a text fragment; browsers that know none of it open the text at its beginning."""
    words = passage.words.split()
    ends = [words]
    if len(words) > 2 * _LONGEST_FRAGMENT:
        ends = [words[:_LONGEST_FRAGMENT], words[-_LONGEST_FRAGMENT:]]
    return "#:~:text=" + ",".join(_escaped(" ".join(end)) for end in ends)


def _escaped(words: str) -> str:
    # A hyphen would part a prefix from the words, and quote() never escapes it.
    return url_quote(words, safe="", errors="replace").replace("-", "%2D")
