"""From a Document and the form definitions to Submissions: what a document says and holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from annotations.documents import Kinds
from annotations.forms import Form, load_forms
from annotations.places.places import Places, load_places
from corpus.types import Document, DocumentKind, Header, Note, Submission
from pipeline.parse.fill import Filled
from pipeline.parse.fold import folded
from pipeline.parse.forms import ENOUGH, Reading, kind_of, likeness, read_form
from pipeline.parse.header import fallback, from_form, from_text, money_answer
from pipeline.parse.kind import Verdict, decide_kind
from pipeline.parse.sections import sections

PROJECTS = frozenset(
    {
        DocumentKind.BLANKETT_SLUT,
        DocumentKind.BLANKETT_DEL,
        DocumentKind.TJANSTEUTLATANDE_REDOVISNING,
        DocumentKind.TJANSTEUTLATANDE_ANSOKAN,
        DocumentKind.FRI_REDOVISNING,
    }
)
DECISION_NOTE = "beslut_om_bidrag"
APPENDIX = 6000  # letters beside an empty form from which the form is only an appendix
LONG_REPORT = 15_000  # letters from which a form may be the appendix of a printed report
HEAD = 6000  # letters in which a form that opens a document is known as one
_PROJECT = re.compile(
    r"^[\s#*]*projekt\s*(?:nr\.?\s*)?(?P<number>[1-9])\b"
    r"[ \t]*[:.)–-]?[ \t]*(?P<title>[^\n]{0,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_PART_LETTERS = 150  # a project of its own needs at least this much text


def parse(
    document: Document,
    forms: Sequence[Form] | None = None,
    places: Places | None = None,
    kinds: Kinds | None = None,
) -> tuple[Submission, ...]:
    """Return what the document says, one submission for each project it reports (at least one)."""
    forms = load_forms() if forms is None else forms
    places = places or load_places()
    reading = read_form(document, folded(document.text), forms)
    if reading is not None:
        filled = [copy for copy in reading.copies if not _blank(document, copy)]
        appendix = not (filled and _at_head(filled[0])) and _is_report(document, kinds)
        if filled and not appendix:
            return _from_copies(document, reading, filled, places)
        if not appendix and len(document.text) - _form_letters(reading) < APPENDIX:
            return (_blank_form(document, reading, places),)
    return _from_text(document, places, kinds)


def _at_head(copy: Filled) -> bool:
    """True where the form's own wording is met at the head: what follows it is its annex."""
    return likeness([label for label in copy.labels if label.start < HEAD]) >= ENOUGH


def _is_report(document: Document, kinds: Kinds | None) -> bool:
    """True for a long printed report: a form in it is an appendix, whatever its headings match."""
    if len(document.text) < LONG_REPORT:
        return False
    return decide_kind(document.text, kinds).kind is DocumentKind.RAPPORT


def becomes_project(submission: Submission) -> bool:
    """True when the submission reports or applies for a project of its own."""
    return submission.kind in PROJECTS and not submission.empty


def _from_copies(
    document: Document, reading: Reading, copies: Sequence[Filled], places: Places
) -> tuple[Submission, ...]:
    submissions = []
    shared = Header()
    for part, copy in enumerate(copies, start=1):
        header, notes = from_form(document, copy.header, copy.answers, places)
        if len(copies) == 1:
            header, more = fallback(header, document, places)
            notes += more
        elif part == 1:
            shared, _ = fallback(header, document, places)
            header = replace(shared, titel=header.titel)
        elif header.kommunkod is None:
            header = replace(
                header,
                lan=shared.lan,
                lanskod=shared.lanskod,
                kommun=shared.kommun,
                kommunkod=shared.kommunkod,
            )
        if len(copies) > 1 and header.titel is None:
            header = replace(header, titel=_part_title(document.text[copy.start : copy.end]))
        kind, reason = kind_of(reading.form, copy)
        submissions.append(
            Submission(
                document=document.name,
                part=part,
                kind=kind,
                kind_confidence=round(min(0.99, 0.6 + reading.likeness / 50), 3),
                kind_reason=reason,
                form=reading.form.id,
                header=header,
                answers=copy.answers,
                choices=copy.choices,
                notes=copy.notes + notes + _several(len(copies), part),
                start=copy.start,
                end=copy.end,
            )
        )
    return tuple(submissions)


def _blank(document: Document, copy: Filled) -> bool:
    """True for a form nobody filled in; a lone dash is no answer here."""
    words = any(re.search(r"\w", document.text[a.start : a.end]) for a in copy.answers)
    return not words and not any(c.checked for c in copy.choices)


def _form_letters(reading: Reading) -> int:
    return sum(copy.end - copy.labels[0].start for copy in reading.copies if copy.labels)


def _blank_form(document: Document, reading: Reading, places: Places) -> Submission:
    copy = reading.copies[0]
    header, _ = from_form(document, copy.header, (), places)
    kind, _ = kind_of(reading.form, copy)
    return Submission(
        document=document.name,
        part=1,
        kind=kind,
        kind_confidence=0.95,
        kind_reason=f"Blanketten ”{reading.form.name}” känns igen men är inte ifylld.",
        form=reading.form.id,
        header=header,
        choices=copy.choices,
        empty=True,
        notes=(Note("tom_blankett", "Blanketten är tom: inga svar och inga kryss."),),
        start=0,
        end=len(document.text),
    )


def _from_text(document: Document, places: Places, kinds: Kinds | None) -> tuple[Submission, ...]:
    verdict = decide_kind(document.text, kinds)
    if verdict.kind not in PROJECTS:
        return (_whole(document, verdict, places),)
    parts = _project_parts(document.text)
    if len(parts) < 2:
        return (_whole(document, verdict, places),)
    shared, _ = from_text(document, 0, len(document.text), places)
    submissions = []
    for part, (start, end, title) in enumerate(parts, start=1):
        one = _stretch(document, verdict, places, part, start, end)
        header = replace(
            one.header,
            titel=title or one.header.titel,
            lan=shared.lan,
            lanskod=shared.lanskod,
            kommun=shared.kommun,
            kommunkod=shared.kommunkod,
            datum=one.header.datum or shared.datum,
            dnr=one.header.dnr or shared.dnr,
        )
        submissions.append(
            replace(one, header=header, notes=one.notes + _several(len(parts), part))
        )
    return tuple(submissions)


def _whole(document: Document, verdict: Verdict, places: Places) -> Submission:
    return _stretch(document, verdict, places, 1, 0, len(document.text))


def _stretch(
    document: Document, verdict: Verdict, places: Places, part: int, start: int, end: int
) -> Submission:
    applying = verdict.kind is DocumentKind.TJANSTEUTLATANDE_ANSOKAN
    header, notes = from_text(document, start, end, places, applying)
    answers = sections(document, start, end)
    if header.beviljat_belopp is None and not applying:
        header = replace(header, beviljat_belopp=money_answer(document.text, answers, form=False))
    return Submission(
        document=document.name,
        part=part,
        kind=verdict.kind,
        kind_confidence=verdict.confidence,
        kind_reason=verdict.reason,
        header=header,
        answers=answers,
        notes=notes + _decision(verdict),
        start=start,
        end=end,
    )


def _decision(verdict: Verdict) -> tuple[Note, ...]:
    """Mark a decision: it belongs to the project it grants, but is none of its own."""
    if not verdict.decision or verdict.kind in PROJECTS:
        return ()
    return (Note(DECISION_NOTE, "Ser ut som länsstyrelsens beslut om bidrag."),)


def _project_parts(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, title) of sections headed "Projekt 1", "Projekt 2" … in running order."""
    heads: list[re.Match[str]] = []
    for match in _PROJECT.finditer(text):
        if int(match.group("number")) == len(heads) + 1:
            heads.append(match)
    if len(heads) < 2:
        return []
    ends = [*(m.start() for m in heads[1:]), len(text)]
    parts = [
        (m.start(), end, m.group("title").strip(" :.–-*#"))
        for m, end in zip(heads, ends, strict=True)
        if end - m.end() >= _PART_LETTERS
    ]
    return parts if len(parts) == len(heads) else []


def _part_title(text: str) -> str | None:
    match = _PROJECT.search(text[:400])
    return (match.group("title").strip(" :.–-*#") or None) if match else None


def _several(count: int, part: int) -> tuple[Note, ...]:
    if count < 2:
        return ()
    return (Note("flera_projekt", f"Filen redovisar {count} projekt; detta är nummer {part}."),)
