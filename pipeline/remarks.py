"""What reading, parsing and joining want a person to look at: rows of avvikelser.csv."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from corpus.types import DocumentKind, Submission
from pipeline.parse import becomes_project
from pipeline.parse.identity import Joined
from pipeline.reading import Library
from pipeline.tables.types import Finding, Repair, Severity

# Notes that state a fact nobody need check.
_PLAIN_FACTS = frozenset({"flera_projekt", "tom_blankett"})
# A kind decided with less than this is told; the scores are not calibrated yet. A report taken for
# something else is lost, so more doubt is told there.
_DOUBTFUL_PROJECT = 0.6
_DOUBTFUL_OTHER = 0.75
_MAY_BE_REPORTS = frozenset({DocumentKind.TJANSTEUTLATANDE_OVRIGT, DocumentKind.ANNAT})


def remarks(
    library: Library,
    submissions: Mapping[str, Sequence[Submission]],
    joined: Sequence[Joined],
) -> Iterator[Finding]:
    """Yield equal files, damaged texts, doubtful kinds, the parser's notes and uncertain joins."""
    yield from _equal_files(library)
    yield from _damaged(library)
    for name, ones in sorted(submissions.items()):
        yield from (_doubt(s) for s in ones if _is_doubtful(s))
        for submission in ones:
            if becomes_project(submission):
                yield from (
                    Finding(name, note.text, "", "", Severity.WARNING)
                    for note in submission.notes
                    if note.code not in _PLAIN_FACTS
                )
    for one in joined:
        if one.uncertain:
            yield Finding(
                one.id,
                one.reason,
                "samma projekt",
                "; ".join(one.documents),
                Severity.WARNING,
            )


def repairs(library: Library) -> Iterator[Repair]:
    """Yield every word repaired in damaged text, document by document."""
    for name in library.readable:
        if changes := library.analysis(name).repairs:
            document = library.document(name)
            for c in changes:
                page = document.page_at(c.start)
                number = page.number if page else None
                yield Repair(name, number, c.start, c.end, c.before, c.after)


def _equal_files(library: Library) -> Iterator[Finding]:
    """Yield files of one content: sent twice, or one was meant to be another."""
    names: dict[str, list[str]] = defaultdict(list)
    for name in library.readable:
        names[library.sources[name].sha256].append(name)
    for first, *others in names.values():
        for other in others:
            yield Finding(
                other, "Filen har samma innehåll som en annan.", "", first, Severity.WARNING
            )


def _damaged(library: Library) -> Iterator[Finding]:
    for name in library.readable:
        if changes := library.analysis(name).repairs:
            yield Finding(
                name,
                "Skadad text: å, ä och ö är förlorade. Orden lagades före kodningen "
                "(lagningar.csv); citaten är ur originalet.",
                "",
                f"{len(changes)} lagade ord",
                Severity.WARNING,
            )


def _is_doubtful(submission: Submission) -> bool:
    """True where a report may have been missed, or something else taken for one."""
    if submission.empty:
        return False
    if becomes_project(submission):
        return submission.kind_confidence < _DOUBTFUL_PROJECT
    return submission.kind in _MAY_BE_REPORTS and submission.kind_confidence < _DOUBTFUL_OTHER


def _doubt(submission: Submission) -> Finding:
    return Finding(
        submission.document,
        f"Osäker dokumenttyp. {submission.kind_reason} Är det fel: ange projektet i manifestet.",
        "",
        submission.kind.value,
        Severity.WARNING,
    )
