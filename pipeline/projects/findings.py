"""What of the projects' papers a person should know: rows of avvikelser.csv."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.parse.identity import Joined
from pipeline.projects.links import Link
from pipeline.projects.profiles import key_of
from pipeline.projects.questions import named
from pipeline.projects.types import Key, Pair, ProjectFlow, Step
from pipeline.projects.versions import Superseded
from pipeline.tables.types import Finding, Layout, Severity, Table
from pipeline.tables.words import some

if TYPE_CHECKING:
    from pipeline.projects.arrange import Given

FLOW, JOINS, LIST = "projektflode.csv", "sammanslagning.csv", "listan över beviljade projekt"


def faults(
    given: Given, wrong: Sequence[tuple[int, str]], refused: Sequence[tuple[Link, str]]
) -> Iterator[Finding]:
    """Yield what is wrong with the coordinator's lists, row by row."""
    for row, fault in given.grants.faults if given.grants else ():
        yield _warning(f"{LIST}, rad {row}", _sentence(fault))
    rows = [*given.decisions.faults, *wrong, *((link.row, why) for link, why in refused)]
    for row, fault in sorted(rows):
        yield _warning(f"{JOINS}, rad {row}", _sentence(f"beslutet följs inte: {fault}"))


def papers(
    joined: Sequence[Joined],
    superseded: Superseded,
    digests: Mapping[str, str],
    pairs: Sequence[Pair],
) -> Iterator[Finding]:
    """Yield copies, replaced versions, and how many joins wait for a person's word."""
    project = {key_of(s): one.id for one in joined for s in one.submissions}
    for copy in superseded.copies:
        # Equal bytes are told of already (pipeline/remarks.py).
        if digests.get(copy.copy[0]) != digests.get(copy.of[0]):
            what = "Samma redovisning finns i en annan fil; den räknas en gång."
            yield _warning(copy.copy[0], what, "", f"{_shown(copy.of)}, {_percent(copy.likeness)}")
    for version in superseded.versions:
        what = f"En nyare version räknas i stället för {_shown(version.older)}: {version.why}."
        changed = ", ".join(named(q) for q in version.changed)
        if not version.sure:
            what += " Kontrollera att rätt version räknas."
        yield _warning(project[version.newer], what, _shown(version.newer), f"ändrat: {changed}")
    open_ = [p for p in pairs if p.open]
    if open_:
        what = "Osäkra sammanslagningar: fyll i kolumnen beslut och kör igen."
        yield _warning(JOINS, what, "0", str(len(open_)))


def flow_findings(flow: ProjectFlow) -> Iterator[Finding]:
    """Yield what of the flow does not hold together: steps, the list against the projects."""
    twice = [id for id, n in Counter(r.project for r in flow.rows).items() if n > 1]
    for id in twice:
        yield _error(FLOW, f"Projektet {id} står två gånger", "1", "flera")
    for row in flow.rows:
        reached = [row.holds(step) for step in Step]
        if (reached[2] and not reached[1]) or (reached[3] and not reached[2]):
            yield _error(row.project, "Ett senare steg är nått men inte det före", "ja", "nej")
        if row.reason == "utanfor_listan":
            what = "Handlingar finns, men projektet står inte i listan över beviljade projekt."
            yield _warning(row.project, what, "en rad i listan", "; ".join(row.final + row.interim))
        if row.contradicted:
            what = f"Listan säger ”{row.contradicted}”, men projektet har redovisat."
            yield _warning(row.project, what, "", row.at(Step.REPORTED).document)
        if row.late:
            received = row.received.isoformat() if row.received else ""
            due = row.due.isoformat() if row.due else ""
            yield _warning(row.project, "Redovisningen kom för sent.", f"senast {due}", received)
    if flow.listed:
        granted = sum(row.holds(Step.GRANTED) for row in flow.rows)
        listed = sum(row.row is not None for row in flow.rows)
        if granted != listed:
            yield _error(FLOW, "Beviljade är inte lika många som listans rader", listed, granted)


def against_tables(flow: ProjectFlow, tables: Sequence[Table]) -> Iterator[Finding]:
    """Yield projects that the tables count without a report, or do not count in spite of one."""
    counted = {
        project
        for table in tables
        if table.layout is Layout.BY_COUNTY and not all(c.money for c in table.columns)
        for row in table.rows
        if row.total
        for cell in row.cells
        for project in cell.projects
    }
    reported = {row.project for row in flow.rows if row.holds(Step.REPORTED)}
    if not counted:
        return
    for what, projects in (
        ("Räknas i tabellerna men har ingen redovisning i projektflödet", counted - reported),
        ("Har redovisat men räknas inte i tabellerna", reported - counted),
    ):
        if projects:
            named = some(sorted(projects))
            yield _warning(FLOW, f"{what}: {named}", "0", len(projects))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def _shown(key: Key) -> str:
    return key[0] if key[1] == 1 else f"{key[0]} (projekt {key[1]})"


def _percent(share: float) -> str:
    return f"{round(100 * share)} % lika"


def _warning(where: str, what: str, expected: object = "", found: object = "") -> Finding:
    return Finding(where, what, str(expected), str(found), Severity.WARNING)


def _error(where: str, what: str, expected: object, found: object) -> Finding:
    return Finding(where, what, str(expected), str(found), Severity.ERROR)
