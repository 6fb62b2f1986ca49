"""What the written reports must hold: true offsets, known codes, quotes, and no words twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from annotations.codebook import Codebook
from annotations.gold import Cell, cells
from corpus.overlap import shared_wording
from corpus.written import Passage, Split, WrittenReport

# One phrase of the trade of eight words is three shingles ("i ett och ett halvt års tid …").
MOST_SHARED = 3
# Within a writer the same letterhead may stand twice, but no sentence frame.
MOST_REPEATED = 8
MOST_SHARED_WITH_ROUNDS = 1
# Deciding sentences that a code must quote also where its value is no plain yes.
_ALWAYS_QUOTED = ("maluppfyllelse.helt", "maluppfyllelse.delvis", "maluppfyllelse.ej")


def check_corpus(
    reports: Sequence[WrittenReport],
    splits: Mapping[str, Split],
    codebook: Codebook,
    rounds: Mapping[str, str] | None = None,
) -> list[str]:
    """Return every fault as one line: what @ report. No text may borrow from those of `rounds`."""
    faults = [f for report in reports for f in report_faults(report, codebook)]
    faults += _twice(r.report.id for r in reports)
    texts = {r.report.id: r.whole for r in reports}
    writers = {r.report.id: r.writer for r in reports}
    for shared in shared_wording(texts, writers, MOST_SHARED):
        split = " and ".join(
            sorted({splits[writers[shared.first]], splits[writers[shared.second]]})
        )
        faults.append(
            f"shares wording with {shared.second} ({split}): {shared.wording[0]!r} @ {shared.first}"
        )
    faults += _own_repetitions(texts, writers)
    if rounds:
        faults += _borrowed(texts, rounds)
    return faults


def report_faults(written: WrittenReport, codebook: Codebook) -> Iterator[str]:
    """Yield the faults of one report's codes, quotes and mentions."""
    place = written.report.id
    coded = cells(written.report.gold, codebook)
    for fault in _code_faults(written, codebook):
        yield f"{fault} @ {place}"
    for passage in _passages(written):
        text = written.fields.get(passage.field, "")
        if not passage.quote.strip() or text[passage.start : passage.end] != passage.quote:
            yield f"quote not at its offsets: {passage.quote!r:.60} @ {place}.{passage.field}"
    for name in _needed(coded):
        if name not in written.evidence:
            yield f"no quote for {name} @ {place}"
    ticked_only = {c for c, p in written.evidence.items() if p is None}
    if ticked_only and written.report.kryss is None:
        yield f"a tick as evidence in a document without ticks @ {place}"
    roles = written.report.gold.partner
    for actor, role in roles.items():
        contexts = {str(m.context) for m in written.mentions if m.actor == actor}
        if f"partner.{actor}" not in ticked_only and role not in contexts:
            yield f"no mention of {actor} as {role} @ {place}"


def _code_faults(written: WrittenReport, codebook: Codebook) -> Iterator[str]:
    gold = written.report.gold
    for name in ("struktur", "partner", "malgrupp", "integrering"):
        known = {c.id for c in codebook.variable(name).categories}
        yield from (f"unknown code {name}.{c}" for c in getattr(gold, name) if c not in known)
    actors = {c.id for c in codebook.variable("partner").categories}
    yield from (f"unknown actor {m.actor}" for m in written.mentions if m.actor not in actors)
    for category in codebook.variable("malgrupp").categories:
        if category.id in gold.malgrupp and category.part_of not in ("", *gold.malgrupp):
            yield f"malgrupp.{category.id} without {category.part_of}"
    for variable in codebook.variables:
        held = getattr(gold, variable.id, ())
        for category in variable.categories:
            if category.alone and category.id in held and len(held) > 1:
                yield f"{variable.id}.{category.id} stands with another"


def _passages(written: WrittenReport) -> Iterator[Passage]:
    yield from (p for p in written.evidence.values() if p is not None)
    yield from (m.passage for m in written.mentions)


def _needed(coded: Mapping[Cell, str]) -> Iterator[str]:
    """Yield the evidence keys that the codes call for."""
    for (variable, category), value in coded.items():
        if not value or variable == "status":
            continue
        name = f"{variable}.{category}"
        if variable == "maluppfyllelse":
            if name in _ALWAYS_QUOTED:
                yield variable
        elif variable in ("innehall", "form"):
            yield category
        else:
            yield name


def _twice(ids: Iterable[str]) -> list[str]:
    return [f"the id stands twice @ {id}" for id, n in Counter(ids).items() if n > 1]


def _own_repetitions(texts: Mapping[str, str], writers: Mapping[str, str]) -> list[str]:
    faults = []
    for writer in sorted(set(writers.values())):
        own = {id: text for id, text in texts.items() if writers[id] == writer}
        for shared in shared_wording(own, {id: id for id in own}, MOST_REPEATED):
            faults.append(f"repeats {shared.second}: {shared.wording[0]!r} @ {shared.first}")
    return faults


def _borrowed(texts: Mapping[str, str], rounds: Mapping[str, str]) -> list[str]:
    both = {**texts, **rounds}
    group = {id: "ours" for id in texts} | {id: "theirs" for id in rounds}
    return [
        f"borrows from the development rounds: {shared.wording[0]!r} @ {shared.first}"
        for shared in shared_wording(both, group, MOST_SHARED_WITH_ROUNDS)
    ]
