"""A round to review: five of the sample reports as read from their files, with gold as proposals.

And a letter with personal data. Every item with words behind it waits for a person, 61 in all; the
rest is automatic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import corpus.samples
from annotations.codebook import Codebook, load
from annotations.decisions.database import SECRET, Database
from annotations.decisions.items import Items
from annotations.decisions.publishing import StoredDocument
from corpus.records import Report, load_reports
from corpus.samples import sample_inbox
from corpus.types import Coding, Document, Origin, Project, Role, Span, Status
from pipeline.ingest import read
from pipeline.parse import parse
from pipeline.review.basis import Bases
from pipeline.review.proposals import Behind, proposals
from pipeline.review.publish import FILE_NAME

ROUND = "2025"
FILES = {
    "s-06": "Hässleholm redovisning.pdf",
    "s-07": "Våga fråga!.docx",
    "s-09": "Uppsala skyddat boende.pdf",
    "s-14": "Trelleborg.txt",
    "s-24": "Lidköping Beroende och våld.pdf",
}
LETTER = (
    "Redovisning av projektet Lugn hamn\n\n"
    "Härnösands kommun redovisar här sitt projekt. Kvinnojouren Fyren har tagit emot varje vecka "
    "och suttit med i gruppen. Projektet är avslutat.\n\n"
    "Kontaktperson: Lisbet Ahlmark, telefon 070-174 06 05, lisbet.ahlmark@example.se.\n"
)
WAITING = 61
_REASONS = (
    "Krysset och texten säger olika saker.",
    "Sannolikheten är lägre än gränsen för variabeln.",
    "Texten talar om en plan, inte om det som gjordes.",
)
_CELLS = {
    "utbildning": "innehall.utbildning",
    "reell_samverkan": "innehall.reell_samverkan",
    "tillfallig": "form.tillfallig",
    "lansstyrelsen_aktiv": "form.lansstyrelsen_aktiv",
}


def fill(results: Path) -> Path:
    """Write a review database where `samverkan review serve RESULTS` looks for it; return it."""
    workspace = results / "arbetsyta"
    workspace.mkdir(parents=True)
    place = workspace / FILE_NAME
    database = Database(place)
    database.set_setting(SECRET, "5a" * 32)  # so that the same items are always coded twice
    _publish(Items(database), workspace)
    database.close()
    return place


def _publish(items: Items, workspace: Path) -> None:
    book = load()
    samples = Path(corpus.samples.__file__).with_name("reports.jsonl")
    reports = {report.id: report for report in load_reports(samples) if report.id in FILES}
    files = {id: sample_inbox() / name for id, name in FILES.items()}
    files["brev"] = workspace / "Härnösand brev.txt"
    files["brev"].write_text(LETTER, encoding="utf-8")
    reports["brev"] = replace(
        reports["s-14"],
        titel="Lugn hamn",
        gold=replace(reports["s-14"].gold, partner={"kvinnojour": "aktiv"}),
        evidens={"partner.kvinnojour": "Kvinnojouren Fyren har tagit emot varje vecka"},
    )
    documents: dict[str, Document] = {}
    behind: dict[str, Behind] = {}
    projects: list[Project] = []
    codings: dict[str, tuple[Coding, ...]] = {}
    stored = []
    for id, file in files.items():
        document = read(file, file.name)
        submissions = parse(document)
        header = submissions[0].header
        project = f"{header.kommun} 2009: {reports[id].titel}"
        documents[file.name] = document
        behind[project] = Behind(submissions, scored=True)
        projects.append(Project(project, header, (file.name,), ROUND))
        stored.append(StoredDocument(document, submissions, str(file)))
        codings[project] = tuple(_codings(reports[id], document, book))
    made = list(proposals(projects, codings, behind, documents, book))
    waiting = [p for p in made if not p.automatic]
    items.publish(
        ROUND,
        made,
        Bases({id: known.submissions for id, known in behind.items()}, documents),
        stored,
        ranks={p.key: float(n) for n, p in enumerate(waiting)},
        model="prov",
        codebook=book.version,
    )


def _codings(report: Report, document: Document, book: Codebook) -> Iterator[Coding]:
    """Yield a coding for every leaf: what has words in the report holds and waits for a person."""
    quotes = {_CELLS.get(key, key): quote for key, quote in report.evidens.items()}
    for variable in ("maluppfyllelse", "status"):
        if variable in quotes:
            quotes[f"{variable}.{getattr(report.gold, variable)}"] = quotes.pop(variable)
    for number, leaf in enumerate(book.leaves()):
        key = f"{leaf.variable}.{leaf.id}"
        plain = Coding(leaf.variable, leaf.id, False, None, 0.99, Status.AUTO, Origin.MODEL)
        if key not in quotes:
            yield plain
            continue
        start = document.text.index(quotes[key])
        page = document.page_at(start)
        role = report.gold.partner.get(leaf.id) if leaf.variable == "partner" else None
        yield replace(
            plain,
            value=True,
            role=Role(role) if role else None,
            confidence=0.41 + 0.07 * (number % 8),
            status=Status.REVIEW,
            evidence=Span(
                document.name, start, start + len(quotes[key]), page.number if page else None
            ),
            reasons=(_REASONS[number % len(_REASONS)],),
        )
