"""From a round's codings to what a person is asked: one proposal an item, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotations.codebook import Codebook, Variable
from annotations.decisions.types import NO, YES, Proposal
from corpus.types import Coding, Document, Project, Role, Span, Status, Submission
from pipeline.review.basis import basis, whole
from pipeline.review.passage import Passage, around, asked

Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind one project: its submissions, oldest first.

    `scored` says whether the learnt coder judged the codings: only then is their confidence
    calibrated.
    """

    submissions: tuple[Submission, ...]
    scored: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of a project: what the machine chose, and the codings it is made of.

    `leading` is the coding that holds (of a `one` variable) or the only one.
    """

    variable: str
    category: str
    choice: str
    leading: Coding
    codings: tuple[Coding, ...]

    @property
    def automatic(self) -> bool:
        """Whether no person is asked to look: every coding of the item is automatic."""
        return all(c.status is Status.AUTO for c in self.codings)


def proposals(
    projects: Iterable[Project],
    codings: Mapping[str, Sequence[Coding]],
    behind: Mapping[str, Behind],
    documents: Mapping[str, Document],
    codebook: Codebook,
) -> Iterator[Proposal]:
    """Yield a proposal for every item, project by project; `codings` are the machine's own."""
    for project in projects:
        known = behind[project.id]
        nothing = whole(known.submissions, documents)
        for item in items(codings[project.id], codebook):
            yield _proposal(project, item, known, documents, codebook, nothing)


def items(codings: Sequence[Coding], codebook: Codebook) -> Iterator[Asked]:
    """Yield a project's items in the codebook's order: a `one` variable is one, else each category.

    A category that has no coding is left out.
    """
    by_cell = {(c.variable, c.category): c for c in codings}
    for variable in codebook.variables:
        own = [c for k in variable.categories if (c := by_cell.get((variable.id, k.id)))]
        if variable.kind == "one":
            if own:
                leading = _leading(variable, own)
                yield Asked(variable.id, "", leading.category, leading, tuple(own))
        else:
            for coding in own:
                choice = choice_of(coding, bool(variable.roles))
                yield Asked(variable.id, coding.category, choice, coding, (coding,))


def choice_of(coding: Coding, roles: bool) -> str:
    """Return what a coding says of its category: nej, ja, or where there are roles the role."""
    if not coding.value:
        return NO
    # A partner without a role is a tick without text: the domain says it takes part actively.
    return (coding.role or Role.AKTIV).value if roles else YES


def _leading(variable: Variable, own: Sequence[Coding]) -> Coding:
    """Return the category that holds, or where none does the one that means so."""
    held = [c for c in own if c.value]
    if held:
        return max(held, key=lambda c: c.confidence)
    return next((c for c in own if c.category == variable.unknown), own[0])


def _proposal(
    project: Project,
    item: Asked,
    behind: Behind,
    documents: Mapping[str, Document],
    codebook: Codebook,
    nothing: str,
) -> Proposal:
    evidence = _evidence(item)
    place = _place(item, evidence, behind, documents, codebook)
    leading = item.leading
    return Proposal(
        project=project.id,
        variable=item.variable,
        category=item.category,
        choice=item.choice,
        probability=leading.confidence if behind.scored else None,
        automatic=item.automatic,
        origin=leading.origin.value,
        reasons=_reasons(item),
        document=evidence.document if evidence else place.document if place else "",
        page=evidence.page if evidence else place.page if place else None,
        start=evidence.start if evidence else None,
        end=evidence.end if evidence else None,
        answer_start=place.start if place else None,
        answer_end=place.end if place else None,
        question=place.question if place else "",
        quote=_quote(evidence, documents),
        basis=basis(evidence, behind.submissions, documents) if evidence else nothing,
        county=project.header.lan or "",
        municipality=project.header.kommun or "",
    )


def _evidence(item: Asked) -> Span | None:
    if item.leading.evidence is not None:
        return item.leading.evidence
    return next((c.evidence for c in item.codings if c.evidence is not None), None)


def _place(
    item: Asked,
    evidence: Span | None,
    behind: Behind,
    documents: Mapping[str, Document],
    codebook: Codebook,
) -> Passage | None:
    if evidence is not None:
        return around(evidence, behind.submissions, documents)
    return asked(item.variable, item.category, behind.submissions, documents, codebook)


def _reasons(item: Asked) -> tuple[str, ...]:
    """Return every coding's reasons, those of the one that holds first, each once."""
    others = (r for c in item.codings if c is not item.leading for r in c.reasons)
    return tuple(dict.fromkeys((*item.leading.reasons, *others)))


def _quote(evidence: Span | None, documents: Mapping[str, Document]) -> str:
    if evidence is None or evidence.document not in documents:
        return ""
    return documents[evidence.document].text[evidence.start : evidence.end]
