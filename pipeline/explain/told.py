"""An explained figure as lines of Swedish, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from pipeline.explain.explain import Behind, Explained
from pipeline.explain.figures import Published
from pipeline.tables.judge import decider
from pipeline.tables.numbers import kronor, probability, span, whole
from pipeline.tables.types import Decider, Interval
from pipeline.tables.words import DECIDERS, Words, county, decided_by, municipality, place, short

_INDENT = "    "


def lines(explained: Explained, words: Words, limit: int) -> Iterator[str]:
    """Yield the figure, who decided, and each project; `limit` of each list (0: all)."""
    figure = explained.figure
    yield f"Tabell {figure.number}. {figure.title}"
    yield f"{figure.label} – {figure.heading}: {value(figure)}{_interval(figure)}"
    if figure.decided:
        yield f"Beslutat av: {_decided(figure)}"
    if figure.remark:
        yield f"{figure.remark}."
    for other in explained.others:
        if known(other):
            yield f"  {other.heading}: {value(other)}{_interval(other)}"
    if not figure.projects:
        yield "Inga projekt står direkt bakom siffran."
        return
    yield ""
    yield _listed("Projekten bakom siffran", figure, explained.behind, explained.county)
    yield from _projects(explained.behind, words, limit)
    for uncounted, behind in explained.uncounted:
        yield ""
        apart = "" if "räknas inte" in uncounted.heading.lower() else " (räknas inte)"
        heading = f"{uncounted.heading}{apart}"
        yield _listed(heading, uncounted, behind, explained.county)
        yield from _projects(behind, words, limit)


def as_dict(explained: Explained, words: Words) -> dict[str, Any]:
    """Return everything as plain values; lists are never cut."""
    return {
        **_figure(explained.figure),
        "lan": explained.county,
        "projekt": [_project(b, words) for b in explained.behind],
        "andra_kolumner": [_figure(f) for f in explained.others],
        "raknas_inte": [
            {**_figure(f), "projekt": [_project(b, words) for b in behind]}
            for f, behind in explained.uncounted
        ],
    }


def value(figure: Published) -> str:
    """Return the figure as it is read; "uppgift saknas" where it is not known."""
    if figure.amount is not None:
        return kronor(figure.amount)
    return "uppgift saknas" if figure.count is None else whole(figure.count)


def known(figure: Published) -> bool:
    """Whether the figure is known at all."""
    return figure.amount is not None or figure.count is not None


def _interval(figure: Published) -> str:
    if figure.lower is None or figure.upper is None:
        return ""
    return f" (95 %-intervall {span(Interval(figure.lower, figure.upper))})"


def _decided(figure: Published) -> str:
    return ", ".join(
        f"{label.lower()} {whole(figure.decided.get(who, 0))}" for who, label in DECIDERS.items()
    )


def _listed(what: str, figure: Published, behind: Sequence[Behind], county: str) -> str:
    total = whole(len(figure.projects))
    if county:
        return f"{what}, {county}: {whole(len(behind))} av {total}"
    return f"{what}: {total}"


def _projects(behind: Sequence[Behind], words: Words, limit: int) -> Iterator[str]:
    shown = behind[:limit] if limit else behind
    for number, one in enumerate(shown, start=1):
        yield from _one(number, one, words)
    if left := len(behind) - len(shown):
        yield f"{_INDENT}… och {whole(left)} till (--limit 0 visar alla)"
    amounts = [b.amount for b in behind if b.amount is not None]
    if amounts:
        yield f"{_INDENT}Summa: {kronor(sum(amounts, Decimal(0)))}"


def _one(number: int, one: Behind, words: Words) -> Iterator[str]:
    project = one.project
    title = f" – {project.header.titel}" if project.header.titel else ""
    amount = f": {kronor(one.amount)}" if one.amount is not None else ""
    where = f"{county(project)}, {municipality(project)}"
    yield f"{number:>3}. {project.id} ({where}){title}{amount}"
    if one.coded is not None:
        coding = one.coded.coding
        role = f" ({words.role(coding.role).lower()})" if coding.role else ""
        no = "" if coding.value else "Inte: "
        sure = (
            ""
            if decider(coding) is Decider.PERSON
            else f", sannolikhet {probability(coding.confidence)}"
        )
        yield f"{_INDENT} {no}{words.category(coding)}{role}; {decided_by(coding).lower()}{sure}"
    if one.quote:
        yield f"{_INDENT} ”{short(' '.join(one.quote.split()))}”"
    if one.place is not None:
        yield f"{_INDENT} {place(one.place.document, one.place.page)}"
    elif project.documents:
        yield f"{_INDENT} {'; '.join(project.documents)}"
    if one.link:
        yield f"{_INDENT} {one.link}"


def _figure(f: Published) -> dict[str, Any]:
    return {
        "tabell": f.table,
        "nummer": f.number,
        "titel": f.title,
        "rad": f.row,
        "etikett": f.label,
        "kolumn": f.column,
        "rubrik": f.heading,
        "raknas": f.counts,
        "antal": f.count,
        "belopp": None if f.amount is None else f"{f.amount:f}",
        "nedre": f.lower,
        "ovre": f.upper,
        "beslutat": {who.value: count for who, count in f.decided.items()},
        "anmarkning": f.remark,
    }


def _project(one: Behind, words: Words) -> dict[str, Any]:
    header = one.project.header
    told: dict[str, Any] = {
        "projekt": one.project.id,
        "titel": header.titel,
        "lan": header.lan,
        "kommun": header.kommun,
    }
    if one.amount is not None:
        told["belopp"] = f"{one.amount:f}"
    if one.coded is not None:
        coding = one.coded.coding
        told |= {
            "variabel": coding.variable,
            "kategori": coding.category,
            "etikett": words.category(coding),
            "varde": coding.value,
            "roll": coding.role.value if coding.role else None,
            "sannolikhet": coding.confidence,
            "kalla": coding.origin.value,
            "status": coding.status.value,
            "skal": list(coding.reasons),
        }
    told |= {
        "citat": one.quote,
        "dokument": one.place.document if one.place else (one.project.documents or ("",))[-1],
        "sida": one.place.page if one.place else None,
        "start": one.place.start if one.place else None,
        "slut": one.place.end if one.place else None,
        "lank": one.link,
    }
    return told
