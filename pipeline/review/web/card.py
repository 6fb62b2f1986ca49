"""One decision as it is shown: the question, the answer, the proposal and the ways to decide."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.codebook import Category, Codebook, Variable
from annotations.decisions.rulings import Ruling
from annotations.decisions.types import Head, Item, Proposal, State
from annotations.forms import Form
from corpus.types import Header, Submission
from pipeline.review.web.documents import Opened
from pipeline.review.web.extract import Extract, around, cut, veiled
from pipeline.review.web.source import FREE, evidence
from pipeline.review.web.ticks import ShownTick, asked, submission_at
from pipeline.review.web.words import (
    Option,
    choice_label,
    offered,
    percent,
    question,
    sureness,
    title,
)
from pipeline.rulings.register import about, standing

_NEAR = 2000  # evidence this near its answer is shown in one piece with it


@dataclass(frozen=True, slots=True)
class Answering:
    """One button: an option, and how it stands to the proposal and to what holds."""

    choice: str
    label: str
    keys: tuple[str, ...]
    definition: str
    proposed: bool
    chosen: bool
    enter: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an item's log, in words; of its comment, which pieces are rulings' marks."""

    at: str
    reviewer: str
    label: str
    comment: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the left-hand side of a card shows. `token` is new for each rendering.

    `rulings` are those about what is asked, `other_rulings` what else may be applied.
    """

    item: Item
    token: str
    seq: int
    urval: str
    address: str
    title: str
    eyebrow: str
    asked: str
    place: str
    period: str
    document_name: str
    form_question: str
    form_ticks: tuple[ShownTick, ...]
    ticks_beside: str
    project_title: str
    extract: Extract | None
    hides: int
    revealed: bool
    proposal: str
    sureness: str
    percent: str
    probability: float | None
    reasons: tuple[str, ...]
    options: tuple[Answering, ...]
    undecidable: bool
    standing: str
    keep: str
    keep_by_enter: bool
    definition: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    comment: str
    history: tuple[Line, ...]
    rulings: tuple[Ruling, ...]
    other_rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """How a card is to be shown, besides its item.

    `head` is the lane the reviewer decides in. `conflict`: somebody was faster, so Enter means
    nothing. `clear` shows personal data. `standing` says in words what holds, "" while open.
    """

    head: Head
    urval: str = ""
    address: str = ""
    clear: bool = False
    conflict: bool = False
    comment: str = ""
    standing: str = ""
    history: tuple[Line, ...] = ()
    rulings: tuple[Ruling, ...] = ()


def card(
    item: Item, opened: Opened | None, codebook: Codebook, forms: Sequence[Form], shown: Shown
) -> Card:
    """Return an item as a card. Raises KeyError for a variable the codebook does not know."""
    proposal = item.proposal
    variable = codebook.variable(proposal.variable)
    category = variable.category(proposal.category) if proposal.category else None
    submission = submission_at(opened.submissions, proposal.answer_start) if opened else None
    form = asked(
        submission, forms, proposal.question, _boxes(variable, category), proposal.answer_start
    )
    extract = _extract(item, opened, submission, shown.clear)
    settled = shown.head.state.settled and not shown.conflict
    enter = not settled and not shown.conflict
    own = about(shown.rulings, codebook, proposal.variable, proposal.category)
    return Card(
        item=item,
        token=secrets.token_hex(16),
        seq=shown.head.seq,
        urval=shown.urval,
        address=shown.address,
        title=title(codebook, proposal.variable, proposal.category),
        eyebrow=_eyebrow(variable, category),
        asked=question(codebook, proposal.variable),
        place=", ".join(filter(None, (proposal.municipality, proposal.county)))
        or veiled(proposal.project, shown.clear),
        period=_period(submission),
        document_name=veiled(proposal.document, shown.clear),
        form_question=veiled(form.text, shown.clear),
        form_ticks=form.ticks,
        ticks_beside=form.beside,
        project_title=veiled(submission.header.titel or "", shown.clear) if submission else "",
        extract=extract,
        hides=extract.hides if extract else 0,
        revealed=shown.clear,
        proposal=choice_label(codebook, proposal.variable, proposal.choice),
        sureness=sureness(proposal.probability),
        percent=percent(proposal.probability),
        probability=proposal.probability,
        reasons=proposal.reasons,
        options=tuple(
            _answering(option, proposal.choice, shown.head, enter)
            for option in offered(codebook, proposal.variable)
        ),
        undecidable=shown.head.state is State.UNDECIDABLE,
        standing=shown.standing,
        keep="Behåll och gå vidare" if settled or shown.conflict else "",
        keep_by_enter=settled,
        definition=category.definition if category else variable.definition,
        examples=category.examples if category else (),
        counterexamples=category.counterexamples if category else (),
        comment=shown.comment,
        history=shown.history,
        rulings=own,
        other_rulings=tuple(r for r in standing(shown.rulings) if r not in own),
    )


def known(codebook: Codebook, proposal: Proposal) -> bool:
    """Whether the codebook has what a proposal is about."""
    try:
        variable = codebook.variable(proposal.variable)
        return (variable.kind == "one") != bool(
            proposal.category and variable.category(proposal.category)
        )
    except KeyError:
        return False


def deciding_lane(item: Item, reviewer: str) -> str:
    """Return the lane this reviewer decides in: of his own in blind double coding."""
    return reviewer if item.double else ""


def _answering(option: Option, proposed: str, head: Head, enter: bool) -> Answering:
    is_proposed = option.choice == proposed
    return Answering(
        option.choice,
        option.label,
        option.keys,
        option.definition,
        proposed=is_proposed,
        chosen=head.state is State.DECIDED and head.choice == option.choice,
        enter=enter and is_proposed,
    )


def _eyebrow(variable: Variable, category: Category | None) -> str:
    if category is None:
        return ""
    group = variable.group_of(category.id) if variable.groups else None
    repeated = group is None or group.label == category.label
    return variable.label if group is None or repeated else f"{variable.label}: {group.label}"


def _boxes(variable: Variable, category: Category | None) -> tuple[str, ...]:
    """Return the form's boxes that mean a category, its group, or any of a whole variable."""
    if category is None:
        return tuple(box for _, boxes in variable.ticks() for box in boxes)
    of = {category.id, category.part_of}
    return tuple(box for id, boxes in variable.ticks() if id in of for box in boxes)


def _period(submission: Submission | None) -> str:
    header = submission.header if submission else Header()
    return "–".join(str(day) for day in (header.period_start, header.period_slut) if day)


def _extract(
    item: Item, opened: Opened | None, submission: Submission | None, clear: bool
) -> Extract | None:
    if opened is None:
        return None
    text, marks = opened.document.text, evidence(item)
    start, end = item.proposal.answer_start, item.proposal.answer_end
    if not marks and item.proposal.question in FREE and submission is not None:
        # Nothing points anywhere in a letter without questions: all of it is the answer.
        start, end = submission.start, max(submission.end, end or 0)
    elif start is None or end is None:
        if not marks:
            return None
        return _window(opened, marks[0], clear)
    elif marks and not start <= marks[0][0] <= marks[0][1] <= end:
        low, high = min(start, marks[0][0]), max(end, marks[0][1])
        if high - low > end - start + _NEAR:
            return _window(opened, marks[0], clear)
        start, end = low, high
    return cut(text, start, end, marks, () if clear else opened.hidden)


def _window(opened: Opened, mark: tuple[int, int], clear: bool) -> Extract:
    """Return the lines around the evidence, where there is no answer to show."""
    text = opened.document.text
    start, end = around(text, *mark)
    shown = cut(text, start, end, (mark,), () if clear else opened.hidden)
    return replace(shown, cut_before=start > 0, cut_after=end < len(text))
