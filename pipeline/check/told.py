"""The same quantity told differently: between sentences, and between sentences and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.check.alike import Meaning, meaning, of_label
from pipeline.check.claims import Claim
from pipeline.check.numerals import agree
from pipeline.check.printed import Printed, figures_of
from pipeline.check.scopes import Scopes
from pipeline.check.shares import base_of
from pipeline.check.types import Kind, Report, Scope, shown
from pipeline.check.words import Quantity, Words, stems
from pipeline.tables.types import Finding, Severity


@dataclass(frozen=True, slots=True)
class Said:
    """One figure of several that should be one, with its weight: a table's goes first."""

    value: Decimal
    where: str
    scope: Scope
    table: bool
    claim: Claim | None = None


def told(
    report: Report, claims: Sequence[Claim], scopes: Scopes, words: Words
) -> Iterator[Finding]:
    """Yield quantities that the report gives different figures for."""
    printed = [p for grid in report.grids for p in figures_of(grid, words)]
    usable = [c for c in claims if _whole_claim(c, words)]
    seen: set[tuple[str, int]] = set()
    weight = Counter(c.value for c in claims) + Counter(
        b for grid in report.grids if (b := base_of(grid, words))
    )
    groups = [
        *_by_quantity(usable, printed, words.quantities),
        *_by_state(usable, printed, _names(report), words),
        *_by_words(usable, printed, _names(report), words),
    ]
    for label, said in groups:
        if not any(s.table for s in said) and any(_key(s.claim) in seen for s in said if s.claim):
            continue  # One of them is told of already: by a table.
        for finding, claim in _differences(label, said, scopes, weight):
            key = _key(claim) if claim else (finding.where, 0)
            if key not in seen:
                seen.add(key)
                yield finding


def _key(claim: Claim) -> tuple[str, int]:
    return claim.sentence.text, claim.number.start


def _whole_claim(claim: Claim, words: Words) -> bool:
    """Tell whether a claim is a count of the whole, and neither a part, a change nor a bound."""
    if claim.number.spelt and claim.base and claim.base.spelt:
        return False  # "Två av tre": a share, no count.
    near = " ".join(claim.before.split()[-4:])
    return (
        claim.number.kind is Kind.COUNT
        and not claim.sentence.appendix
        and re.search(words.text.part, near, re.IGNORECASE) is None
    )


def _by_quantity(
    claims: Sequence[Claim], printed: Sequence[Printed], quantities: Iterable[Quantity]
) -> Iterator[tuple[str, list[Said]]]:
    for quantity in quantities:
        said = [_printed(p) for p in printed if quantity.named_in(p.label)]
        said += [
            _said(c)
            for c in claims
            if not c.is_base
            and c.unit in ("", "projekt", "insatser", "strukturer", "verksamheter")
            and quantity.named_in(c.clause)
        ]
        yield quantity.label, said


def _by_state(
    claims: Sequence[Claim], printed: Sequence[Printed], names: frozenset[str], words: Words
) -> Iterator[tuple[str, list[Said]]]:
    """ "De 148 redovisade projekten", "148 projekt har redovisats": by unit and what happened."""
    groups: dict[tuple[str, str], list[Said]] = {}
    for p in printed:
        told = f"{p.label} {p.title}"
        states = [s for s, pattern in words.states.items() if re.search(pattern, told.lower())]
        if p.total and p.unit in words.wholes and len(states) == 1:
            groups.setdefault((p.unit, states[0]), []).append(_printed(p))
    for claim in claims:
        if claim.unit not in words.wholes or claim.number.spelt or claim.base:
            continue
        state = _state(claim, words)
        if state is None or (not state and not claim.definite):
            continue
        if _named(names, claim.clause):
            continue  # Of one county or one group.
        groups.setdefault((claim.unit, state), []).append(_said(claim))
    for (unit, state), said in groups.items():
        yield f"{state} {unit}".strip(), said


def _state(claim: Claim, words: Words) -> str | None:
    """Return what is said to have happened to the counted; None where they are only some."""
    text = claim.sentence.text
    end = claim.clause_start + len(claim.clause)
    inside, after = text[claim.number.end : claim.noun_end], text[claim.noun_end : end]
    for state, pattern in words.states.items():
        if re.search(pattern, inside, re.IGNORECASE):
            return None if re.match(words.text.restrictor, after, re.IGNORECASE) else state
    if re.match(words.text.restrictor, after, re.IGNORECASE):
        return None
    if claim.definite or claim.is_base:
        # More words between than the noun are another, narrower whole.
        return "" if len(inside.split()) == 1 else None
    before = " ".join(claim.before.split()[-3:])
    found = [
        (match.start(), state)
        for state, pattern in words.states.items()
        if (match := re.search(pattern, after, re.IGNORECASE))
        and not re.search(r"\b(?:som|att|där|inte|ej)\b", after[: match.start()])
    ]
    if found:
        narrower = stems(after, words) | stems(claim.before, words)
        return min(found)[1] if len(narrower) <= 4 else None
    for state, pattern in words.states.items():
        if re.search(pattern + r"(?!.*\b(?:att|som)\b)", before, re.IGNORECASE):
            return state if len(stems(claim.clause, words)) <= 4 else None
    return None


def _by_words(
    claims: Sequence[Claim], printed: Sequence[Printed], names: frozenset[str], words: Words
) -> Iterator[tuple[str, list[Said]]]:
    """By their own words: a sentence that has all words of a row's label, and hardly any more."""
    keyed = [(c, meaning(c.own, words)) for c in claims if not c.is_base and (c.unit or c.base)]
    for p in printed:
        label = of_label(p.label, words)
        said = [
            _said(c)
            for c, told in keyed
            if label.within(told)
            and (not p.unit or c.unit in ("", p.unit))
            and not _elsewhere(c, p, names)
        ]
        if said:
            yield p.label, [_printed(p), *said]
    groups: dict[tuple[Meaning, str], list[Claim]] = {}
    for claim, told in keyed:
        if len(told.stems) >= 2:
            groups.setdefault((told, claim.unit), []).append(claim)
    for same in groups.values():
        if len(same) > 1:
            yield same[0].clause.strip(" ,.;"), [_said(c) for c in same]


def _differences(
    label: str, said: Sequence[Said], scopes: Scopes, weight: Mapping[Decimal, int]
) -> Iterator[tuple[Finding, Claim | None]]:
    """Of figures about one quantity: which differ from the table's, or from what most say."""
    left = list(said)
    while left:
        first = left[0]
        group = [s for s in left if scopes.same(s.scope, first.scope)]
        left = [s for s in left if s not in group]
        if len(group) < 2:
            continue
        printed = {s.value for s in group if s.table}
        exact = [s for s in group if s.claim is None or not s.claim.number.about]
        counted = Counter(s.value for s in exact or group)
        # As often told: the table's, else the one that the report names more often altogether.
        expected = max(counted, key=lambda v: (counted[v], v in printed, weight.get(v, 0)))
        source = next(s for s in group if s.value == expected)
        more = counted[expected] - 1
        times = "" if not more else f" och {'ett ställe' if more == 1 else f'{more} ställen'} till"
        what = f"Samma uppgift sägs olika ({label}): {shown(expected)} i {source.where}{times}"
        for other in group:
            if other.claim is None and (expected in printed or other.value == expected):
                continue  # Tables against each other: another check.
            if other.claim is None or not agree(other.claim.number, expected):
                yield (
                    Finding(other.where, what, shown(expected), shown(other.value), Severity.ERROR),
                    other.claim,
                )


def _elsewhere(claim: Claim, p: Printed, names: frozenset[str]) -> bool:
    """Tell whether a clause names a row (a county, a group) that the figure is not about."""
    return bool(_named(names, claim.clause) - set(re.findall(r"\w+", p.label)))


def _named(names: frozenset[str], clause: str) -> set[str]:
    words = re.findall(r"\w+", clause)
    return {name for word in words for name in (word, word.removesuffix("s")) if name in names}


def _names(report: Report) -> frozenset[str]:
    """The names of rows of tables with several columns: counties, municipalities, groups."""
    labels = (r.label for g in report.grids if len(g.columns) > 1 for r in g.rows)
    return frozenset(
        w
        for label in labels
        for w in re.findall(r"\w+", label)[:1]
        if w[0].isupper() and len(w) > 2
    )


def _printed(p: Printed) -> Said:
    return Said(p.figure, p.where, p.scope, table=True)


def _said(claim: Claim) -> Said:
    return Said(claim.value, claim.where, claim.scope, table=False, claim=claim)
