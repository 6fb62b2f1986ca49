"""Each project's standing at each step, and why it goes no further."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from corpus.types import Coding, DocumentKind, Origin, Submission
from pipeline.parse import DECISION_NOTE
from pipeline.parse.identity import Joined
from pipeline.projects.arrange import Arranged, Given
from pipeline.projects.granted import Grant
from pipeline.projects.profiles import key_of
from pipeline.projects.types import Answer, ProjectFlow, ProjectRow, Standing, Step
from pipeline.projects.versions import REPORTS
from pipeline.projects.words import load_words

_STATUS = "status"
_BY = {
    Origin.REVIEWER: "avgjort av granskare",
    Origin.TICK: "enligt kryss",
    Origin.RULE: "enligt texten",
    Origin.MODEL: "enligt modellen",
}
Standings = tuple[Standing, Standing, Standing, Standing]


def project_flow(arranged: Arranged, given: Given) -> ProjectFlow:
    """Return where every granted or known project stands, sorted by county, town and id.

    With a list of grants, granted is what stands there; without one what the papers tell of.
    Whether a project has ended is for its codings to say: `restated`.
    """
    grants = arranged.matched.grants
    listed = given.grants is not None
    sent = _days(arranged)
    aside = _aside(arranged)
    rows = [
        _project(one, grants.get(one.id), listed, sent, aside, given.due)
        for one in arranged.counting
    ]
    matched = {grant.name for grant in grants.values()}
    taken = {one.id for one in arranged.counting}
    for grant in given.grants.rows if given.grants else ():
        if grant.name not in matched:
            rows.append(_only_listed(grant, taken, given.due))
            taken.add(rows[-1].project)
    rows.sort(key=lambda r: (r.lanskod, r.kommun, r.project))
    return ProjectFlow(tuple(rows), listed, arranged.pairs, given.due)


def restated(flow: ProjectFlow, codings: Mapping[str, Sequence[Coding]]) -> ProjectFlow:
    """Return the flow with what the codings say of the reported projects' end."""
    rows = tuple(_restated(row, codings.get(row.project, ())) for row in flow.rows)
    return replace(flow, rows=rows)


def _restated(row: ProjectRow, codings: Sequence[Coding]) -> ProjectRow:
    if not row.holds(Step.REPORTED):
        return row
    ended, reason = _ended(codings, row.at(Step.REPORTED).document)
    kept = row.reason if row.at(Step.GRANTED).answer is not Answer.YES else reason
    return replace(row, standings=(*row.standings[:3], ended), reason=kept)


def _project(
    one: Joined,
    grant: Grant | None,
    listed: bool,
    sent: Mapping[str, date],
    aside: Mapping[str, tuple[list[str], list[str]]],
    deadline: date | None,
) -> ProjectRow:
    dropped = load_words().reason(grant.reason).step if grant and grant.reason else None
    stopped_early = dropped in (Step.STARTED, Step.REPORTED)
    reports = [s for s in one.submissions if _is_report(s, known_kinds=stopped_early)]
    granted, why = _granted(one, reports, grant, listed)
    started, reported, ended, stopped = _later(one, reports, grant, deadline)
    header = one.header
    asked = grant.header if grant else header
    due = (grant.due if grant else None) or deadline
    replaced, copies = aside.get(one.id, ([], []))
    received, late = _received(reports, [*replaced, *copies], sent, due)
    return ProjectRow(
        project=one.id,
        standings=(granted, started, reported, ended),
        reason=why or stopped,
        lan=header.lan or asked.lan or "",
        lanskod=header.lanskod or asked.lanskod or "",
        kommun=header.kommun or asked.kommun or "",
        titel=header.titel or asked.titel or "",
        amount=header.beviljat_belopp or asked.beviljat_belopp,
        row=grant.row if grant else None,
        interim=tuple(s.document for s in reports if s.kind is DocumentKind.BLANKETT_DEL),
        final=tuple(s.document for s in reports if s.kind is not DocumentKind.BLANKETT_DEL),
        received=received,
        due=due,
        late=late,
        replaced=tuple(replaced),
        copies=tuple(copies),
        contradicted=grant.dropout if grant and reports and stopped_early else "",
    )


def _is_report(s: Submission, *, known_kinds: bool) -> bool:
    """True for a report, and for a paper of no kind we know that people put into the project.

    With `known_kinds` only for a report: the list's word goes before a paper that may be anything.
    """
    if s.empty or s.kind is DocumentKind.TJANSTEUTLATANDE_ANSOKAN:
        return False
    if s.kind in REPORTS:
        return True
    return not known_kinds and not any(note.code == DECISION_NOTE for note in s.notes)


def _granted(
    one: Joined, reports: Sequence[Submission], grant: Grant | None, listed: bool
) -> tuple[Standing, str]:
    if grant is not None:
        return _yes(f"rad {grant.row} i listan över beviljade projekt"), ""
    if listed:
        return Standing(Answer.NO, "står inte i listan över beviljade projekt"), "utanfor_listan"
    for s in one.submissions:
        if any(note.code == DECISION_NOTE for note in s.notes):
            return _yes("beslut om bidrag", s.document), ""
    for s in reversed(one.submissions):
        if s.header.beviljat_belopp is not None:
            return _yes("beviljat belopp anges", s.document), ""
    if reports:
        return _yes("projektet har redovisats", reports[0].document), ""
    paper = one.submissions[-1].document if one.submissions else ""
    return Standing(Answer.UNKNOWN, "bara en ansökan är känd", paper), "okant_beslut"


def _later(
    one: Joined,
    reports: Sequence[Submission],
    grant: Grant | None,
    deadline: date | None,
) -> tuple[Standing, Standing, Standing, str]:
    """Return the later steps' standings and the reason; a report goes before the list's word."""
    if not reports:
        paper = one.submissions[-1].document if one.submissions else ""
        end = one.header.period_slut
        return _unreported(grant, paper, one.header.period_start, end, deadline)
    first, last = reports[0], reports[-1]
    final = last.kind is not DocumentKind.BLANKETT_DEL
    started = _yes("projektet har redovisat", first.document)
    reported = _yes("slutredovisning" if final else "delredovisning", last.document)
    ended, reason = _ended((), last.document)
    return started, reported, ended, reason


def _unreported(
    grant: Grant | None,
    paper: str,
    start: date | None,
    end: date | None,
    deadline: date | None,
) -> tuple[Standing, Standing, Standing, str]:
    row = f"rad {grant.row} i listan" if grant else ""
    due = (grant.due if grant else None) or deadline
    no, none = Standing(Answer.NO, "ingen redovisning", ""), Standing(Answer.UNKNOWN)
    reason = grant.reason if grant else ""
    step = load_words().reason(reason).step if reason else None
    if grant is not None and step is Step.STARTED:
        stopped = Standing(Answer.NO, f"{row}: {grant.dropout}")
        return stopped, no, Standing(Answer.NO, "har inte startat"), reason
    if grant is not None and reason:
        begun = _yes(f"{row}: {grant.dropout}") if step is Step.ENDED else none
        return begun, no, Standing(Answer.NO, row) if step is Step.ENDED else none, reason
    if due and start and start > due:
        later = Standing(Answer.NO, f"börjar {start.isoformat()}", paper)
        return later, no, Standing(Answer.NO, "har inte startat"), "senarelagt"
    if due and end and end > due:
        return none, no, none, "redovisas_senare"
    return none, no, none, "ingen_uppgift"


def _ended(codings: Sequence[Coding], paper: str) -> tuple[Standing, str]:
    held = next((c for c in codings if c.variable == _STATUS and c.value), None)
    if held is None or held.category not in ("avslutat", "pagar"):
        return Standing(Answer.UNKNOWN, "redovisningen säger det inte", paper), "status_oklar"
    said = f"{_BY[held.origin]}"
    where = held.evidence.document if held.evidence else paper
    if held.category == "avslutat":
        return _yes(said, where), ""
    return Standing(Answer.NO, said, where), "pagar"


def _only_listed(grant: Grant, taken: set[str], deadline: date | None) -> ProjectRow:
    """Return the row of a grant of which no paper is known."""
    header = grant.header
    due = grant.due or deadline
    later = _unreported(grant, "", header.period_start, header.period_slut, deadline)
    started, reported, ended, reason = later
    return ProjectRow(
        project=_free(grant.project or grant.name.removeprefix("beviljad/"), taken),
        standings=(_yes(f"rad {grant.row} i listan över beviljade projekt"),
                   started, reported, ended),
        reason=reason,
        lan=header.lan or "",
        lanskod=header.lanskod or "",
        kommun=header.kommun or "",
        titel=header.titel or "",
        amount=header.beviljat_belopp,
        row=grant.row,
        due=due,
    )  # fmt: skip


def _received(
    reports: Sequence[Submission], older: Sequence[str], sent: Mapping[str, date], due: date | None
) -> tuple[date | None, bool | None]:
    """Return the day the final report first came (else any report), and whether that was too late.

    Without such a day: too late for certain where the report was signed after the last day.
    """
    final = [s for s in reports if s.kind is not DocumentKind.BLANKETT_DEL] or list(reports)
    names = [s.document for s in final]
    days = [sent[n] for n in (*names, *older) if n in sent]
    received = min(days, default=None)
    if due is None or not final:
        return received, None
    if received is not None:
        return received, received > due
    signed = [s.header.datum for s in final if s.header.datum]
    return None, True if signed and min(signed) > due and not older else None


def _days(arranged: Arranged) -> dict[str, date]:
    return {k[0]: p.received for k, p in arranged.read.items() if p.received}


def _aside(arranged: Arranged) -> dict[str, tuple[list[str], list[str]]]:
    project = {key_of(s): one.id for one in arranged.joined for s in one.submissions}
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for version in arranged.superseded.versions:
        found[project[version.older]][0].append(version.older[0])
    for copy in arranged.superseded.copies:
        found[project[copy.copy]][1].append(copy.copy[0])
    return dict(found)


def _yes(evidence: str, document: str = "") -> Standing:
    return Standing(Answer.YES, evidence, document)


def _free(id: str, taken: set[str]) -> str:
    names: Iterator[str] = (id if n < 2 else f"{id}-{n}" for n in range(1, len(taken) + 3))
    return next(name for name in names if name not in taken)
