"""Boxes bound to the options they stand beside: left or right, the same way throughout."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.types import Cell, Choice, Document, Note, Reading, Tick, TickSign
from pipeline.parse.anchors import Candidate
from pipeline.parse.fold import Folded

UNSIGNED = 0.9  # certainty that an option without any sign, beside options with signs, is unticked
LOST = 0.6  # the same on a scanned page with boxes: this one's box may not have been found
LISTED = 0.7  # certainty that the only options written out are the chosen ones
SAID = 0.85  # certainty of "Ja" or "Nej" written beside an option
_TYPED_BEFORE = re.compile(r"(?:^|\n|\t|\|)[ \t*•\-–]*([xX✓✔]|\([xX ]?\)|_[xX]_)[ \t.:)\-]+$")
_TYPED_AFTER = re.compile(r"[ \t:.,?\-–)_]*([xX✓✔]|\([xX]\)|_[xX]_)[ \t.]*(?=\n|\t|\||$)")
_INPUT = re.compile(r"<input[^>\n]*checkbox[^>\n]*>", re.IGNORECASE)
_SAID = re.compile(r"[\s:.,?)\-–]*(?P<word>ja|nej|JA|NEJ|Ja|Nej)(?![\wåäö])(?P<rest>[^\n]*)")
_BEGINS = re.compile(r"(?:^|\n|\t|\|)[ *•\-–]*$")
_ENDS = re.compile(r"[ .]*(?:\n|\t|\||$)")
_GAP = re.compile(r"[\s|:.,;\-–—*_()>]*")


@dataclass(frozen=True, slots=True)
class Labelled:
    """An option label of the path with the stretch that is its own.

    `begin` is where the label before ends, `until` where the next one starts; `after` is where the
    label and its instruction end.
    """

    candidate: Candidate
    question: str
    begin: int
    after: int
    until: int


def bind(
    document: Document,
    words: Folded,
    labels: Sequence[Labelled],
    options: Mapping[str, Sequence[str]],
) -> tuple[list[Choice], set[tuple[int, int]], list[Note]]:
    """Return the choices, the stretches that are signs and not answers, and what to tell a human.

    `options` maps each choice question to all its options, so that one whose label is missing is
    told apart from one that is there without a sign.
    """
    ticks = sorted(_signs(document, words, labels), key=lambda t: t.start)
    by_question: dict[str, list[Labelled]] = defaultdict(list)
    for label in labels:
        by_question[label.question].append(label)
    sides = {q: _sides(words, group, ticks, document) for q, group in by_question.items()}
    leaning = sum(len(left) - len(right) for left, right in sides.values())
    boxes = any(not t.checked for t in ticks)
    choices: list[Choice] = []
    used: set[tuple[int, int]] = set()
    notes: list[Note] = []
    for question, group in by_question.items():
        left, right = sides[question]
        lefty = _lefty(words, group, left, right, ticks, leaning, _columns(document, group, ticks))
        bound = left if lefty else right
        signed = bool(bound)
        found: list[Choice] = []
        for i, label in enumerate(group):
            choice = _choice(words, label, bound.get(i), signed, len(group), len(options[question]))
            if choice is not None:
                lost = signed and i not in bound and boxes and _scanned(document, label)
                found.append(replace(choice, certainty=LOST) if lost else choice)
            if choice is not None and not signed and (alone := _said_alone(words, label)):
                used.add(alone)
        used |= {(t.start, t.end) for t in bound.values()}
        merged, note = _merged(found)
        choices += merged
        notes += note
    return choices, used, notes


def _signs(document: Document, words: Folded, labels: Sequence[Labelled]) -> list[Tick]:
    """Return the reader's ticks and those only a reader of forms can see: a typed x, an <input>."""
    ticks = [t for page in document.pages for t in page.ticks]
    taken = [(t.start, t.end) for t in ticks]

    def free(start: int, end: int) -> bool:
        return not any(a < end and start < b for a, b in taken)

    for match in _INPUT.finditer(words.text):
        if free(*match.span()):
            ticks.append(
                _tick(
                    match.start(), match.end(), "checked" in match.group().lower(), TickSign.GLYPH
                )
            )
            taken.append(match.span())
    for label in labels:
        line = words.text.rfind("\n", 0, label.candidate.label) + 1
        before = _TYPED_BEFORE.search(words.text, max(0, line - 1), label.candidate.label)
        if before and free(*before.span(1)):
            checked = any(c in before.group(1) for c in "xX✓✔")
            ticks.append(_tick(*before.span(1), checked, TickSign.TYPED_X))
            taken.append(before.span(1))
        after = _TYPED_AFTER.match(words.text, label.after, label.until)
        if after and free(*after.span(1)):
            ticks.append(_tick(*after.span(1), True, TickSign.TYPED_X))
            taken.append(after.span(1))
    return ticks


def _tick(start: int, end: int, checked: bool, sign: TickSign) -> Tick:
    return Tick(start, end, checked, sign, 0.95)


def _sides(
    words: Folded, group: Sequence[Labelled], ticks: Sequence[Tick], document: Document
) -> tuple[dict[int, Tick], dict[int, Tick]]:
    """Return, for each label by number, the tick right before it and the tick right after it."""
    left: dict[int, Tick] = {}
    right: dict[int, Tick] = {}
    rows = _rows(document)
    for i, label in enumerate(group):
        place = label.candidate
        before = [t for t in ticks if label.begin <= t.start and t.end <= place.label]
        if before and _near(words, before[-1].end, place.label):
            left[i] = before[-1]
        inside = [t for t in ticks if place.end <= t.start and t.end <= label.until]
        if not inside:
            continue
        said = _yes_no(words, inside)
        row = _row(rows, place.label)
        if said is not None:
            right[i] = said
            left.setdefault(i, said)
        elif _near(words, label.after, inside[0].start) or _near(words, place.end, inside[0].start):
            right[i] = inside[0]
        elif _same_line(words.text, place.end, inside[-1]):
            right[i] = inside[-1]
        elif row is not None and (mates := [t for t in inside if _row(rows, t.start) == row]):
            right[i] = mates[-1]
    return left, right


def _same_line(text: str, end: int, tick: Tick) -> bool:
    """True for a box that ends the line of the label, its answer standing between the two."""
    return "\n" not in text[end : tick.start] and _ENDS.match(text, tick.end) is not None


def _lefty(
    words: Folded,
    group: Sequence[Labelled],
    left: Mapping[int, Tick],
    right: Mapping[int, Tick],
    ticks: Sequence[Tick],
    leaning: int,
    columns: bool | None,
) -> bool:
    """Decide whether the boxes of a question stand left of their labels.

    The columns of a table tell; then, where every option has a box, the side on which the first
    one has it; then boxes that begin a line (left) or end one (right); then the other questions.
    """
    if columns is not None:
        return columns
    if len(left) >= max(3, len(group) - 1) and (0 in left) != (0 in right):
        return 0 in left
    begins = ends = 0
    for tick in ticks:
        if not group[0].begin <= tick.start < group[-1].until:
            continue
        first = _BEGINS.search(words.text[max(0, tick.start - 8) : tick.start]) is not None
        last = _ENDS.match(words.text, tick.end) is not None
        begins += first and not last
        ends += last and not first
    if begins != ends:
        return begins > ends
    if len(left) != len(right):
        return len(left) > len(right)
    return leaning >= 0


def _columns(document: Document, group: Sequence[Labelled], ticks: Sequence[Tick]) -> bool | None:
    """Return True when the boxes of a table stand in columns left of the labels, None unknown."""
    cells = {
        line.start: line for page in document.pages for line in page.lines if line.cell is not None
    }
    if not cells:
        return None
    starts = sorted(cells)

    def cell(offset: int) -> Cell | None:
        at = bisect_right(starts, offset) - 1
        line = cells[starts[at]] if at >= 0 else None
        return line.cell if line is not None and offset <= line.end else None

    labels = [c for label in group if (c := cell(label.candidate.label)) is not None]
    rows = {(c.table, c.row) for c in labels}
    boxes = [c for t in ticks if (c := cell(t.start)) is not None and (c.table, c.row) in rows]
    if not labels or not boxes:
        return None
    first_label, first_box = min(c.column for c in labels), min(c.column for c in boxes)
    if first_label == first_box:
        return None
    return first_label > 0  # a row that begins with a label has its boxes on the right


def _near(words: Folded, start: int, end: int) -> bool:
    """True when nothing but signs and numbering ("2.", "a)") stands between the two offsets."""
    between = words.text[start:end]
    return bool(_GAP.fullmatch(between)) or bool(
        re.fullmatch(r"[\W_]*(?:\d{1,2}|[a-g])[\W_]*", between)
    )


def _yes_no(words: Folded, ticks: Sequence[Tick]) -> Tick | None:
    """Return the tick that answers "☐ Ja ☒ Nej", as ticked when Ja is; None for other ticks."""
    text = words.text
    found: dict[str, Tick] = {}
    for tick in ticks[:3]:
        if match := re.match(r"\s*(ja|nej)\b", text[tick.end : tick.end + 8], re.IGNORECASE):
            found.setdefault(match.group(1).lower(), tick)
    if len(found) < 2:
        found = {}
        for tick in ticks[:3]:
            if match := re.search(
                r"\b(ja|nej)[\s:]*$", text[max(0, tick.start - 8) : tick.start], re.IGNORECASE
            ):
                found.setdefault(match.group(1).lower(), tick)
    if "ja" not in found or "nej" not in found:
        return None
    yes = found["ja"]
    return Tick(
        yes.start,
        yes.end,
        yes.checked and not found["nej"].checked,
        yes.sign,
        yes.certainty,
        yes.box,
    )


def _rows(document: Document) -> list[tuple[int, int, tuple[int, int]]]:
    return [
        (line.start, line.end, (line.cell.table, line.cell.row))
        for page in document.pages
        for line in page.lines
        if line.cell is not None
    ]


def _row(rows: Sequence[tuple[int, int, tuple[int, int]]], offset: int) -> tuple[int, int] | None:
    return next((row for start, end, row in rows if start <= offset <= end), None)


def _choice(
    words: Folded, label: Labelled, tick: Tick | None, signed: bool, written: int, known: int
) -> Choice | None:
    place = label.candidate
    question, option = label.question, place.slot.id
    if tick is not None:
        return Choice(
            question, option, tick.checked, tick.start, tick.end, tick.sign, tick.certainty
        )
    said = _SAID.match(words.text, place.end, label.until)
    if said:
        yes = said.group("word").lower() == "ja"
        alone = not said.group("rest").strip(" .")
        certainty = SAID if alone else SAID - 0.15
        return Choice(question, option, yes, place.label, place.end, TickSign.TYPED_X, certainty)
    if signed:
        return Choice(question, option, False, place.label, place.end, TickSign.GLYPH, UNSIGNED)
    answered = words.word_at(label.after) < words.word_at(label.until)
    if not answered and written < known and written <= max(1, known // 2):
        return Choice(question, option, True, place.label, place.end, TickSign.TYPED_X, LISTED)
    return None


def _scanned(document: Document, label: Labelled) -> bool:
    page = document.page_at(label.candidate.label)
    return page is not None and page.reading is Reading.OCR


def _said_alone(words: Folded, label: Labelled) -> tuple[int, int] | None:
    """Return where "Ja" or "Nej" stands for the box, with nothing written after it."""
    said = _SAID.match(words.text, label.candidate.end, label.until)
    return said.span("word") if said and not said.group("rest").strip(" .") else None


def _merged(choices: Sequence[Choice]) -> tuple[list[Choice], list[Note]]:
    """Join choices of the same option: ticked anywhere is ticked."""
    by_option: dict[str, list[Choice]] = defaultdict(list)
    for choice in choices:
        by_option[choice.option].append(choice)
    merged: list[Choice] = []
    notes: list[Note] = []
    for option, same in by_option.items():
        ticked = [c for c in same if c.checked]
        merged.append((ticked or same)[0])
        if ticked and len(ticked) < len(same):
            notes.append(
                Note(
                    "kryss_olika",
                    f"Rutan ”{option}” finns flera gånger, ikryssad på minst ett ställe.",
                )
            )
    return merged, notes
