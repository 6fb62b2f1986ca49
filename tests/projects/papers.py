"""Small papers to join: documents of plain text with their submissions."""

from __future__ import annotations

import hashlib
import random
from datetime import date
from decimal import Decimal

from annotations.places.places import load_places
from corpus.types import (
    Answer,
    Choice,
    Document,
    DocumentKind,
    Header,
    Note,
    Page,
    Reading,
    Submission,
)  # fmt: skip
from pipeline.projects.arrange import Given, arrange

SLUT, DEL = DocumentKind.BLANKETT_SLUT, DocumentKind.BLANKETT_DEL
ANSOKAN, ANNAT = DocumentKind.TJANSTEUTLATANDE_ANSOKAN, DocumentKind.ANNAT
BESLUT = (Note("beslut_om_bidrag", "Beslut."),)
PLACES = load_places()
_WORDS = (
    *("polisen", "kvinnojouren", "socialtjänsten", "mötesplats", "rutinen", "handboken", "samtal"),
    *("nätverket", "skolan", "barnen", "tryggheten", "utbildningen", "chefen", "länet", "träffar"),
    *("beredskap", "jouren", "stödet", "planen", "arbetet", "gruppen", "boendet", "föräldrarna"),
    *("kontakten", "rådgivning", "uppföljning", "sjuksköterskan", "kyrkan", "prästen", "familjen"),
)


def prose(seed: object, words: int = 160) -> str:
    """Return so many words that no other seed's text has in that order."""
    rng = random.Random(f"prosa {seed}")
    return " ".join(rng.choice(_WORDS) + rng.choice(("", "", "s", "na")) for _ in range(words))


def paper(
    name,
    kind=SLUT,
    code="2421",
    *,
    title=None,
    period=("2009-01-01", "2010-08-31"),
    amount=None,
    applied=None,
    goal="",
    text="",
    day=None,
    notes=(),
    ticks=(),
    scanned=False,
    sent="",
):
    """Return a document and its one submission: `goal` answers `mal`, `text` answers `insatser`."""
    whole = f"{goal}\n{text}\n"
    answers = []
    if goal:
        answers.append(Answer("mal", 0, len(goal)))
    if text:
        answers.append(Answer("insatser", len(goal) + 1, len(goal) + 1 + len(text)))
    town = PLACES.municipality(code) if code else None
    header = Header(
        lan=PLACES.county(code[:2]).name if town else None,
        lanskod=code[:2] if town else None,
        kommun=town.name if town else None,
        kommunkod=code if town else None,
        titel=title,
        period_start=date.fromisoformat(period[0]) if period else None,
        period_slut=date.fromisoformat(period[1]) if period else None,
        beviljat_belopp=Decimal(amount) if amount else None,
        sokt_belopp=Decimal(applied) if applied else None,
        datum=date.fromisoformat(day) if day else None,
    )
    choices = tuple(Choice("aktor", option, True, 0, 0) for option in ticks)
    page = Page(1, 0, len(whole), reading=Reading.OCR if scanned else Reading.TEXT)
    meta = (("date", sent),) if sent else ()
    digest = hashlib.sha256(f"{name} {whole}".encode()).hexdigest()
    document = Document(name, digest, name.rsplit(".", 1)[-1], whole, (page,), meta=meta)
    submission = Submission(
        name, 1, kind, 0.9, "prov", header=header, answers=tuple(answers),
        choices=choices, notes=tuple(notes), end=len(whole),
    )  # fmt: skip
    return document, submission


def arranged(*papers, manifest=None, memory=None, given=None):
    """Return what becomes of the papers, in the order they are given."""
    documents = {d.name: d for d, _ in papers}
    submissions = {d.name: (s,) for d, s in papers}
    digests = {d.name: d.sha256 for d, _ in papers}
    return arrange(submissions, documents, digests, manifest, memory or {}, given or Given())


def groups(result):
    """Return the projects as sorted tuples of documents."""
    return sorted(tuple(sorted(one.documents)) for one in result.joined)
