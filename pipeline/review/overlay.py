"""What people decided, laid over a run's codings; the machine's codings yield to theirs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.codebook import Codebook, Variable
from annotations.decisions.types import NO, Head, Key, State, options
from corpus.types import Coding, Origin, Role, Status
from pipeline.tables.types import Finding, Severity

UNDECIDABLE = "Granskaren: går ej att avgöra."
Cells = dict[str, Coding]


@dataclass(frozen=True, slots=True)
class Overlaid:
    """Codings by project, and what people decided that cannot hold together."""

    codings: Mapping[str, tuple[Coding, ...]]
    findings: tuple[Finding, ...]


def overlay(
    codings: Mapping[str, tuple[Coding, ...]], heads: Mapping[Key, Head], codebook: Codebook
) -> Overlaid:
    """Return the codings with every settled head put in, and made to hold together.

    `heads` are by (project, variable, category), the category empty for a whole `one` variable;
    those that are not settled, or whose project or category the run does not have, change nothing.
    """
    decided: dict[tuple[str, str], dict[str, Head]] = {}
    for (project, variable_id, category), head in heads.items():
        if head.state.settled:
            decided.setdefault((project, variable_id), {})[category] = head
    result = dict(codings)
    findings: list[Finding] = []
    for (project, variable_id), own in decided.items():
        if project not in result or variable_id not in {v.id for v in codebook.variables}:
            continue
        variable = codebook.variable(variable_id)
        known, unknown = _known(own, variable, options(codebook, variable_id))
        findings += [_unknown(project, variable, head) for head in unknown]
        cells = {c.category: c for c in result[project] if c.variable == variable_id}
        changed = {**cells}
        findings += [replace(f, where=project) for f in _lay(changed, known, variable)]
        result[project] = tuple(
            changed[c.category] if c.variable == variable_id else c for c in result[project]
        )
    return Overlaid(result, tuple(findings))


def _known(
    heads: Mapping[str, Head], variable: Variable, choices: Sequence[str]
) -> tuple[dict[str, Head], list[Head]]:
    """Part the heads that today's codebook understands from those it does not."""
    places = {""} if variable.kind == "one" else {c.id for c in variable.categories}
    known: dict[str, Head] = {}
    unknown: list[Head] = []
    for category, head in heads.items():
        if category not in places:
            continue  # The item is gone with its category; its decision waits in the log.
        if head.state is State.UNDECIDABLE or head.choice in choices:
            known[category] = head
        else:
            unknown.append(head)
    return known, unknown


def _unknown(project: str, variable: Variable, head: Head) -> Finding:
    return Finding(
        project,
        f"Granskarens beslut om {variable.label} är en kod som inte finns i kodboken längre; "
        "beslutet räknas inte. Granska på nytt.",
        "en kod i kodboken",
        head.choice,
        Severity.WARNING,
    )


def _lay(cells: Cells, heads: Mapping[str, Head], variable: Variable) -> Iterator[Finding]:
    """Put the heads of one variable into its cells; yield what cannot hold together."""
    if variable.kind == "one":
        if "" in heads:
            _only(cells, heads[""], variable)
        return
    said: dict[str, bool] = {}
    for category, head in heads.items():
        if category not in cells:
            continue
        if head.state is State.UNDECIDABLE:
            cells[category] = replace(
                cells[category], status=Status.REVIEWED, reasons=(UNDECIDABLE,)
            )
            continue
        said[category] = head.choice != NO
        role = Role(head.choice) if variable.roles and said[category] else None
        cells[category] = _decided(cells[category], said[category], role)
    yield from _alone(cells, said, variable)
    if (
        not variable.groups
    ):  # A group that is coded itself; those that are not follow in the tables.
        yield from _parts(cells, said, variable)


def _only(cells: Cells, head: Head, variable: Variable) -> None:
    """Settle all categories of a `one` variable: what cannot be told is its unknown category."""
    undecidable = head.state is State.UNDECIDABLE
    chosen = variable.unknown if undecidable else head.choice
    for category, coding in cells.items():
        settled = _decided(coding, category == chosen, None)
        told = undecidable and category == chosen
        cells[category] = replace(settled, reasons=(UNDECIDABLE,)) if told else settled


def _alone(cells: Cells, said: dict[str, bool], variable: Variable) -> Iterator[Finding]:
    """What stands alone and anything else cannot both hold: the machine's word yields."""
    alone = {c.id for c in variable.categories if c.alone}
    labels = {c.id: c.label for c in variable.categories}
    yes = [c for c in cells if said.get(c)]
    for first in yes:
        for other in [c for c in cells if cells[c].value and c != first]:
            if first not in alone and other not in alone:
                continue
            if other not in said:
                cells[other] = _follows(cells[other], False, labels[first])
            elif first in alone and (other not in alone or first < other):
                yield _contradiction(labels[first], "ja", labels[other], "ja", "bara ett av dem")


def _parts(cells: Cells, said: dict[str, bool], variable: Variable) -> Iterator[Finding]:
    """A part that holds brings its group; a group that does not hold takes its parts along."""
    labels = {c.id: c.label for c in variable.categories}
    for category in variable.categories:
        part, group = category.id, category.part_of
        if group not in cells or part not in cells or not cells[part].value:
            continue
        if said.get(part) and said.get(group) is False:
            yield _contradiction(
                labels[part], "ja", labels[group], "nej", "gruppen följer av delen"
            )
        elif said.get(group) is False:
            cells[part] = _follows(cells[part], False, labels[group])
        elif said.get(part) and group not in said:
            brought = _follows(cells[group], True, labels[part])
            evidence = cells[group].evidence or cells[part].evidence
            cells[group] = replace(brought, evidence=evidence)


def _contradiction(first: str, one: str, second: str, other: str, expected: str) -> Finding:
    return Finding(
        "",
        "Granskarnas beslut går inte ihop; ändra ett av dem.",
        expected,
        f"”{first}” {one}, ”{second}” {other}",
        Severity.WARNING,
    )


def _decided(coding: Coding, value: bool, role: Role | None) -> Coding:
    return replace(
        coding,
        value=value,
        role=role,
        confidence=1.0,
        status=Status.REVIEWED,
        origin=Origin.REVIEWER,
        reasons=(),
    )


def _follows(coding: Coding, value: bool, label: str) -> Coding:
    why = f"Följer av granskarens beslut om ”{label}”."
    return replace(_decided(coding, value, None), reasons=(why,))
