"""What a workbook that came back would do: a plan, made before anything is changed. Pure."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annotations.decisions.events import COMMENT_LIMIT
from annotations.decisions.types import Item, Kind, State
from pipeline.review.labels import UNDECIDABLE, Labels, folded
from pipeline.review.workbook.marks import Mark, verify
from pipeline.review.workbook.read import Row


class FaultKind(StrEnum):
    """Why a row cannot be taken in."""

    DAMAGED = "skadad"
    UNKNOWN = "okänd"
    DUPLICATE = "dubblett"
    INVALID = "ogiltigt svar"
    STALE = "inaktuell"
    CONFLICT = "krock"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be taken in. `text` is Swedish and says what to do.

    `remark` is what of the row is taken in all the same where another's decision may stand.
    """

    row: int
    kind: FaultKind
    text: str
    remark: Change | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One event that the workbook asks for. `choice` is "" for what chooses nothing."""

    row: int
    item: Item
    kind: Kind
    choice: str
    comment: str
    token: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen. Nothing at all happens while there are faults.

    `same` are rows already taken in or decided likewise, `untouched` those without a decision.
    """

    changes: tuple[Change, ...] = ()
    faults: tuple[Fault, ...] = ()
    same: int = 0
    untouched: int = 0

    def without_conflicts(self) -> Plan:
        """Return the plan that leaves rows as others have decided in the meantime.

        What was written about them is kept as comments.
        """
        kept = tuple(f for f in self.faults if f.kind is not FaultKind.CONFLICT)
        given_up = [f for f in self.faults if f.kind is FaultKind.CONFLICT]
        remarks = tuple(f.remark for f in given_up if f.remark is not None)
        same = self.same + len(given_up) - len(remarks)
        return Plan((*self.changes, *remarks), kept, same, self.untouched)


def plan(
    rows: Sequence[Row],
    items: Callable[[Collection[int]], Mapping[int, Item]],
    known: Callable[[Collection[str]], Collection[str]],
    labels: Labels,
    secret: str,
    reviewer: str,
) -> Plan:
    """Compare a workbook's rows with the decisions as they stand now.

    `items` gives items by id as they are, `known` those of some tokens that the log has already.
    """
    faults: list[Fault] = []
    written = [row for row in rows if row.decision or row.comment]
    marked: list[tuple[Row, Mark]] = []
    for row in written:
        mark = verify(secret, row.mark, row.shown)
        if mark is None:
            faults.append(Fault(row.number, FaultKind.DAMAGED, _DAMAGED))
        else:
            marked.append((row, mark))
    found = items({mark.item for _, mark in marked})
    twice = _duplicates(marked)
    wanted: list[tuple[Change, Mark]] = []
    seen: set[int] = set()
    same = 0
    for row, mark in marked:
        item = found.get(mark.item)
        if mark.item in twice:
            text = _DUPLICATE.format(rows=" och ".join(map(str, twice[mark.item])))
            faults.append(Fault(row.number, FaultKind.DUPLICATE, text))
        elif item is None or item.gone:
            faults.append(Fault(row.number, FaultKind.UNKNOWN, _UNKNOWN))
        elif mark.item in seen:
            same += 1
        elif len(row.comment) > COMMENT_LIMIT:
            faults.append(Fault(row.number, FaultKind.INVALID, _LONG))
        else:
            seen.add(mark.item)
            change = _change(row, item, labels, reviewer)
            if change is None:
                faults.append(Fault(row.number, FaultKind.INVALID, _invalid(row, item, labels)))
            else:
                wanted.append((change, mark))
    done = known({change.token for change, _ in wanted})
    changes: list[Change] = []
    for change, mark in wanted:
        outcome = None if change.token in done else _merge(change, mark, labels)
        if isinstance(outcome, Fault):
            faults.append(outcome)
        elif outcome is None:
            same += 1
        else:
            changes.append(outcome)
    faults.sort(key=lambda fault: fault.row)
    return Plan(tuple(changes), tuple(faults), same, len(rows) - len(written))


_DAMAGED = (
    "Radens märke stämmer inte med det som står på raden: raden är flyttad, ändrad eller kommer "
    "från en annan arbetsbok. Töm beslutet, eller hämta raden ur en ny export."
)
_UNKNOWN = "Beslutet finns inte längre i den senaste körningen. Ta bort raden."
_DUPLICATE = "Samma beslut står på raderna {rows} med olika svar. Behåll en av dem."
_LONG = f"Kommentaren är för lång: högst {COMMENT_LIMIT} tecken."
_STALE = (
    "Texten som beslutet vilar på har ändrats sedan arbetsboken skrevs. Ta bort raden och granska "
    "på nytt."
)
_UNDECIDABLE = folded(UNDECIDABLE)
_DOUBLE = "Beslutet dubbelkodas nu på granskningssidan. Ta bort raden."


def _duplicates(marked: Sequence[tuple[Row, Mark]]) -> dict[int, list[int]]:
    """Return the items that stand on several rows saying different things, with those rows."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for row, mark in marked:
        rows[mark.item].append(row)
    return {
        item: [row.number for row in ones]
        for item, ones in rows.items()
        if len({(row.decision, row.comment) for row in ones}) > 1
    }


def _change(row: Row, item: Item, labels: Labels, reviewer: str) -> Change | None:
    """Return what a row asks for, or None where the decision is none of the choices."""
    said = folded(row.decision)
    kind, choice = Kind.DECIDE, labels.read(item.proposal.variable, said)
    if not said:
        kind = Kind.COMMENT
    elif said == _UNDECIDABLE:
        kind = Kind.UNDECIDABLE
    elif not choice:
        return None
    # The same row of the same workbook is the same event, however often it is read in.
    message = "\x1f".join((row.mark, kind, choice, row.comment, reviewer))
    token = "excel-" + hashlib.sha256(message.encode()).hexdigest()[:40]
    return Change(row.number, item, kind, choice, row.comment, token)


def _merge(change: Change, mark: Mark, labels: Labels) -> Change | Fault | None:
    """Return what is left to do after what others did since the workbook was written.

    None, or what was written beside it as a comment, where they decided the same; a Fault where
    they decided otherwise.
    """
    item = change.item
    remark = replace(change, kind=Kind.COMMENT, choice="") if change.comment else None
    if change.kind is Kind.COMMENT:
        return change
    if item.double:
        return Fault(change.row, FaultKind.STALE, _DOUBLE)
    if item.seq == mark.seq:
        return change
    if item.state is State.REOPENED:
        return Fault(change.row, FaultKind.STALE, _STALE)
    if not item.state.settled:
        return change
    if item.choice == change.choice:
        return remark
    theirs = labels.choice(item.proposal.variable, item.choice) if item.choice else UNDECIDABLE
    text = (
        f"{item.reviewer} har under tiden beslutat ”{theirs}”. Ändra svaret på raden, töm det, "
        "eller läs in med --keep-web så att det beslutet får stå."
    )
    return Fault(change.row, FaultKind.CONFLICT, text, remark)


def _invalid(row: Row, item: Item, labels: Labels) -> str:
    words = [*labels.choices(item.proposal.variable).values(), UNDECIDABLE]
    return f"”{row.decision[:80]}” är inget av svaren: {'; '.join(words)}."
