"""A round of any size for `bench.report`: written reports with the codings of a coder that had not
seen their writers, over and over, each copy with its own name, place, sum and confidences.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from annotations.codebook import load
from annotations.gold import cells
from annotations.places.places import load_places
from annotations.tables import load_tables
from bench.margins_pool import read_pool
from corpus.simulate.preset import load_preset
from corpus.types import (
    Coding,
    DocumentKind,
    DocumentRecord,
    Header,
    Origin,
    Project,
    Reading,
    Role,
    Span,
    Status,
)
from corpus.written import TICK, WrittenReport, load_written
from pipeline.projects.types import Answer, ProjectFlow, ProjectRow, Standing
from pipeline.tables.types import Audit, PreviousRound, Round, RoundFigures

AUDITED, INTERIM, NEVER_BEGAN, REVIEWED = 0.05, 0.35, 0.02, 0.3
_ENDED, _PAGE = 0.7, 2500  # share of projects; characters of a page
_COUNTED = frozenset({Role.AKTIV.value, Role.INBJUDEN.value, "ja"})


@dataclass(frozen=True, slots=True)
class _Source:
    """One written report: its text, and its codings with the words they rest on, by category."""

    report: WrittenReport
    text: str
    codings: tuple[Coding, ...]
    gold: tuple[str, ...]


class Texts(Mapping[str, str]):
    """Texts by document name; copies of a report share one text, as a run's are not held at all."""

    def __init__(self) -> None:
        self._source: dict[str, str] = {}

    def add(self, name: str, text: str) -> None:
        """Give a document its text."""
        self._source[name] = text

    def __getitem__(self, name: str) -> str:
        return self._source[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._source)

    def __len__(self) -> int:
        return len(self._source)


def large_round(size: int, seed: int = 1) -> Round:
    """Return a round of `size` projects with texts, quotes, sums of money and audits."""
    rng = random.Random(seed)
    sources, texts = _sources(), Texts()
    counties = {c.name: c.code for c in load_tables().counties}
    places = load_places()
    towns = {
        code: [m for m in places.municipalities if m.county_code == code]
        for code in counties.values()
    }
    preset = load_preset("2011_39")
    names, weights = [c.namn for c in preset.lan], [c.projekt for c in preset.lan]
    projects, documents = [], []
    audits: list[Audit] = []
    codings: dict[str, tuple[Coding, ...]] = {}
    for number, county in enumerate(rng.choices(names, weights, k=size), start=1):
        source = sources[(number - 1) % len(sources)]
        own = _documents(number, source, rng)
        for document in own:
            texts.add(document.name, source.text)
        town = rng.choice(towns[counties[county]])
        begins = date(rng.choice((2008, 2009, 2010)), rng.randint(1, 12), 1)
        header = Header(
            lan=county,
            lanskod=counties[county],
            kommun=town.name,
            kommunkod=town.code,
            titel=source.report.report.titel,
            period_start=begins,
            period_slut=date(2011, 6, 30),
            beviljat_belopp=Decimal(rng.randint(20, 400) * 1000) if rng.random() > 0.03 else None,
        )
        project = Project(own[0].projects[0], header, tuple(d.name for d in own), "2008–2010")
        projects.append(project)
        documents += own
        codings[project.id] = tuple(_copied(source, own[-1].name, rng, audits))
    money = preset.medel
    starts = {name: tuple(range(0, len(texts[name]), _PAGE)) or (0,) for name in texts}
    return Round(
        f"{size} projekt",
        tuple(documents),
        tuple(projects),
        codings,
        texts,
        PreviousRound(preset.forra_namn, {counties[c.namn]: c.forra for c in preset.lan}),
        RoundFigures(Decimal(money.att_fordela), Decimal(money.rekvirerat), None),
        audits=tuple(audits),
        pages=starts,
        boxes={p.id: _boxes(p, codings[p.id], texts) for p in projects},
        flow=ProjectFlow(tuple(_way(p, rng) for p in projects), listed=False),
    )


def _boxes(
    project: Project, codings: tuple[Coding, ...], texts: Mapping[str, str]
) -> dict[tuple[str, str], Span]:
    """Return the ticked boxes behind what no words speak for: here somewhere in the text."""
    document = project.documents[-1]
    end = len(texts[document]) - 1
    return {
        (c.variable, c.category): Span(document, at, at + 1, 1 + at // _PAGE)
        for i, c in enumerate(codings)
        if c.value and c.origin is Origin.TICK
        for at in (min(17 * i, end),)
    }


def _way(project: Project, rng: random.Random) -> ProjectRow:
    """Return a project's way from grant to end: most have ended."""
    ended = Answer.YES if rng.random() < _ENDED else Answer.NO
    paper, header = project.documents[-1], project.header
    told = Standing(Answer.YES, "enligt redovisningen", paper)
    return ProjectRow(
        project.id,
        (told, told, told, Standing(ended, "enligt texten", paper)),
        "" if ended is Answer.YES else "pagar",
        header.lan or "",
        header.lanskod or "",
        header.kommun or "",
        header.titel or "",
        header.beviljat_belopp,
        interim=project.documents[:-1],
        final=(paper,),
    )


def _sources() -> list[_Source]:
    book = load()
    judged = {one.id: one for one in read_pool()}
    found = []
    for written in load_written():
        if (one := judged.get(written.report.id)) is None:
            continue
        text, starts = _text(written)
        codings = tuple(_with_words(c, written, text, starts) for c in one.codings)
        gold = cells(written.report.gold, book)
        truth = tuple(gold[c.variable, c.category] for c in codings)
        found.append(_Source(written, text, codings, truth))
    return found


def _text(written: WrittenReport) -> tuple[str, dict[str, int]]:
    """Return a report's answers as one text, and where each of them begins."""
    text, starts = "", {}
    for question, answer in written.fields.items():
        text += f"{question.replace('_', ' ').capitalize()}\n"
        starts[question] = len(text)
        text += f"{answer}\n\n"
    return text, starts


def _with_words(c: Coding, written: WrittenReport, text: str, starts: Mapping[str, int]) -> Coding:
    """Let a "yes" that no tick decided rest on the report's words for it, or else on its start."""
    if not c.value or c.origin is Origin.TICK:
        return c
    passage = written.evidence.get(f"{c.variable}.{c.category}") or written.evidence.get(c.variable)
    if passage is None or passage.quote == TICK:
        start, end = 0, text.find("\n\n", 40)
    else:
        start = starts.get(passage.field, 0) + passage.start
        end = start + len(passage.quote)
    return replace(c, evidence=Span("", start, end, 1 + start // _PAGE))


def _documents(number: int, source: _Source, rng: random.Random) -> list[DocumentRecord]:
    id = f"P{number:06d}"
    last = DocumentKind.BLANKETT_SLUT
    if source.report.report.blankett == "fri":
        last = DocumentKind.FRI_REDOVISNING
    if rng.random() < NEVER_BEGAN:
        last = DocumentKind.TJANSTEUTLATANDE_ANSOKAN
    kinds = [DocumentKind.BLANKETT_DEL, last] if rng.random() < INTERIM else [last]
    return [
        DocumentRecord(
            f"lan/{id}-{kind.value}.docx", f"{number:063x}{n}", "docx", 3, kind, (id,), Reading.TEXT
        )
        for n, kind in enumerate(kinds)
    ]


def _copied(
    source: _Source, document: str, rng: random.Random, audits: list[Audit]
) -> Iterator[Coding]:
    """Yield a copy's codings: no confidence is another's, some cells have been reviewed."""
    for c, true in zip(source.codings, source.gold, strict=True):
        words = None if c.evidence is None else replace(c.evidence, document=document)
        doubt = (1.0 - c.confidence) * rng.uniform(0.7, 1.3)
        machine = replace(c, evidence=words, confidence=1.0 - min(doubt, 0.5))
        decided = replace(
            machine,
            value=true in _COUNTED,
            role=Role(true) if true and true != "ja" else None,
            confidence=1.0,
            status=Status.REVIEWED,
            origin=Origin.REVIEWER,
        )
        if c.status is Status.AUTO and rng.random() < AUDITED:
            audits.append(Audit(machine, decided))
            yield decided
        elif c.status is Status.REVIEW and rng.random() < REVIEWED:
            yield decided
        else:
            yield machine
