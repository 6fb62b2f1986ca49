"""Made-up rounds: every name, sentence and amount here is invented."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from annotations.codebook import Codebook, load
from annotations.tables import County, load_tables
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
from pipeline.tables.types import PreviousRound, Round, RoundFigures

SENTENCES = (
    "Nätverket träffades första måndagen i varje månad hela hösten.",
    "Två handläggare och en präst höll i samtalsgrupperna tillsammans.",
    "Den nya rutinen gäller från nyår och står i nämndens internbudget.",
    "Föreläsaren från grannlänet drog fullt hus, fler än vi hade stolar till.",
    "Ingen vet ännu vem som tar över när projektledaren slutar i maj.",
)


def codings(
    codebook: Codebook,
    holding: Mapping[str, Role | None],
    *,
    confidence: float = 0.9,
    status: Status = Status.AUTO,
    origin: Origin = Origin.RULE,
    evidence: Span | None = None,
) -> tuple[Coding, ...]:
    """A coding for every leaf; those named as `variable.category` hold, with their role."""
    return tuple(
        Coding(
            leaf.variable,
            leaf.id,
            (key := f"{leaf.variable}.{leaf.id}") in holding,
            holding.get(key),
            confidence,
            status,
            origin,
            evidence if key in holding else None,
        )
        for leaf in codebook.leaves()
    )


def small_round() -> Round:
    """Four reported projects (one without county), an application, and an unread file."""
    book = load()
    documents = tuple(
        DocumentRecord(name, "0" * 64, "docx", 2, kind, (project,), Reading.TEXT)
        for name, kind, project in (
            ("a-del.docx", DocumentKind.BLANKETT_DEL, "P1"),
            ("a-slut.docx", DocumentKind.BLANKETT_SLUT, "P1"),
            ("b.docx", DocumentKind.BLANKETT_SLUT, "P2"),
            ("post.eml/c.docx", DocumentKind.FRI_REDOVISNING, "P3"),
            ("d.docx", DocumentKind.TJANSTEUTLATANDE_REDOVISNING, "P4"),
            ("e.docx", DocumentKind.TJANSTEUTLATANDE_ANSOKAN, "P5"),
        )
    )
    failed = DocumentRecord(
        "f.pdf", "1" * 64, "pdf", 0, None, (), None, "Filen är krypterad. Be om en öppen kopia."
    )
    texts = {
        d.name: f"{SENTENCES[i % 5]}\nÅtgärder: =1+1 \u2028och mer.\r\n"
        for i, d in enumerate(documents)
    }
    blekinge = Header(lan="Blekinge", lanskod="10", kommun="Ronneby", kommunkod="1081")
    headers = {
        "P1": replace(
            blekinge,
            period_start=date(2008, 9, 1),
            beviljat_belopp=Decimal(150000),
            titel="Trygg väg",
        ),
        "P2": Header(
            lan="Örebro län", period_start=date(2009, 2, 1), beviljat_belopp=Decimal(90500)
        ),
        "P3": replace(blekinge, beviljat_belopp=Decimal(40000)),
        "P4": Header(titel='=HYPERLINK("http://exempel.invalid")', period_start=date(2009, 1, 1)),
        "P5": replace(blekinge, sokt_belopp=Decimal(700000)),
    }
    held: dict[str, dict[str, Role | None]] = {
        "P1": {
            "struktur.ny": None,
            "partner.polis": Role.AKTIV,
            "partner.aklagare": Role.INBJUDEN,
            "partner.kyrka": Role.PLANERAD,
            "malgrupp.kvinnor": None,
            "malgrupp.barn": None,
            "malgrupp.utovare": None,
            "maluppfyllelse.helt": None,
            "integrering.integrerad": None,
            "integrering.plan": None,
            "innehall.reell_samverkan": None,
            "status.avslutat": None,
        },
        "P2": {
            "struktur.befintlig": None,
            "struktur.utvardering": None,
            "partner.aklagare": Role.INBJUDEN,
            "partner.kvinnojour": Role.AKTIV,
            "malgrupp.sarskilt_utsatta": None,
            "malgrupp.aldre": None,
            "maluppfyllelse.delvis": None,
            "innehall.reell_samverkan": None,
            "innehall.utbildning": None,
            "status.pagar": None,
        },
        "P3": {
            "struktur.annat": None,
            "malgrupp.kvinnor": None,
            "maluppfyllelse.ej": None,
            "integrering.ej": None,
            "innehall.utbildning": None,
            "status.avslutat": None,
            "form.tillfallig": None,
        },
        "P4": {
            "struktur.ny": None,
            "partner.polis": Role.PLANERAD,
            "malgrupp.missbruk": None,
            "maluppfyllelse.oklart": None,
            "status.oklart": None,
            "innehall.reell_samverkan": None,
        },
        "P5": {"struktur.ny": None, "maluppfyllelse.oklart": None, "status.oklart": None},
    }
    of = {p: tuple(d.name for d in documents if p in d.projects) for p in headers}
    span = {
        p: Span(names[-1], 0, len(texts[names[-1]].split("\n")[0]), 1) for p, names in of.items()
    }
    coded = {p: codings(book, held[p], evidence=span[p]) for p in headers}
    coded["P3"] = codings(
        book, held["P3"], status=Status.REVIEWED, origin=Origin.REVIEWER, confidence=1.0
    )
    return Round(
        "Omgång 2011",
        (*documents, failed),
        tuple(Project(p, h, of[p], "2008–2010") for p, h in headers.items()),
        coded,
        texts,
        PreviousRound("2008–2009", {"10": 2, "18": 1}),
        RoundFigures(Decimal(1000000), Decimal(900000)),
    )


def big_round(projects: int, seed: int = 1) -> Round:
    """A random but consistent round of any size, for looks, properties and speed."""
    rng = random.Random(seed)
    book = load()
    counties = load_tables().counties
    made = [_random_project(rng, i, counties) for i in range(projects)]
    texts = {p.documents[0]: "\n".join(rng.sample(SENTENCES, len(SENTENCES))) + "\n" for p in made}
    coded = {p.id: _random_codings(rng, book, p, texts[p.documents[0]]) for p in made}
    kinds = (DocumentKind.BLANKETT_SLUT, DocumentKind.BLANKETT_DEL, DocumentKind.FRI_REDOVISNING)
    documents = [
        DocumentRecord(
            p.documents[0], f"{i:064x}", "docx", 3, rng.choice(kinds), (p.id,), Reading.TEXT
        )
        for i, p in enumerate(made)
    ]
    bad = DocumentRecord(
        "inkommet/skannad_7.pdf", "f" * 64, "pdf", 4, None, (), None,
        "Sidorna är bilder och textläsning är inte installerad. Installera Tesseract med svenska.",
    )  # fmt: skip
    return Round("Påhittad omgång", (*documents, bad), tuple(made), coded, texts)


def _random_project(rng: random.Random, i: int, counties: tuple[County, ...]) -> Project:
    county = rng.choice(counties)
    known = rng.random() > 0.02
    header = Header(
        lan=county.name if known else None,
        lanskod=county.code if known else None,
        kommun=rng.choice(("Storåkra", "Lillesjö", "Norrhult", "Västra Björkö")),
        titel=rng.choice(("Trygg väg hem", "Samverkan i sju socknar", "Våga se", None)),
        period_start=date(rng.choice((2008, 2009, 2010)), rng.randint(1, 12), 1),
        beviljat_belopp=Decimal(rng.randint(20, 400) * 1000) if rng.random() > 0.03 else None,
    )
    return Project(f"projekt-{i + 1:04d}", header, (f"inkommet/redovisning_{i + 1}.docx",), "1")


def _random_codings(
    rng: random.Random, book: Codebook, project: Project, text: str
) -> tuple[Coding, ...]:
    only = {v.id: rng.choice(v.categories).id for v in book.variables if v.kind == "one"}
    found: list[Coding] = []
    for leaf in book.leaves():
        value = only[leaf.variable] == leaf.id if leaf.variable in only else rng.random() < 0.25
        role = (
            rng.choices(tuple(Role), (6, 3, 1))[0] if leaf.variable == "partner" and value else None
        )
        origin = rng.choices(tuple(Origin), (3, 5, 4, 1))[0]
        status = (
            Status.REVIEWED
            if origin is Origin.REVIEWER
            else rng.choices((Status.AUTO, Status.REVIEW), (9, 1))[0]
        )
        line = rng.choice(text.splitlines())
        start = text.index(line)
        span = (
            Span(project.documents[0], start, start + len(line), rng.randint(1, 3))
            if value
            else None
        )
        reasons = ("Krysset och texten säger olika.",) if status is Status.REVIEW else ()
        sure = 0.5 + rng.random() / 4 if status is Status.REVIEW else 0.97 + rng.random() * 0.03
        found.append(
            Coding(leaf.variable, leaf.id, value, role, sure, status, origin, span, reasons)
        )
    return tuple(found)
