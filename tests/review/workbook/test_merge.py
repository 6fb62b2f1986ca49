from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from annotations.decisions.types import Kind, State
from pipeline.review.labels import UNDECIDABLE, Labels
from pipeline.review.workbook.columns import COLUMNS, COMMENT, DECISION, HEADER_ROW, MARK, SEALED
from pipeline.review.workbook.marks import Mark, sign
from pipeline.review.workbook.merge import FaultKind, Plan, plan
from pipeline.review.workbook.read import Row, _rows, read_workbook
from pipeline.review.workbook.write import shown, write_workbook
from tests.review.workbook.made_up import CODEBOOK, QUESTIONS, item

LABELS = Labels(CODEBOOK)
POLICE = QUESTIONS.index(("partner", "polis"))


def row(number: int, one, decision: str = "", comment: str = "") -> Row:
    words = tuple(shown(one, LABELS)[name] for name in SEALED)
    return Row(number, words, decision, comment, sign("k", Mark(one.id, one.seq), words))


def planned(rows, items, known=()) -> Plan:
    by_id = {one.id: one for one in items}
    return plan(
        rows,
        lambda ids: {id: by_id[id] for id in ids if id in by_id},
        lambda tokens: set(known) & set(tokens),
        LABELS,
        "k",
        "Ada",
    )


ONE = item(POLICE)


@pytest.mark.parametrize(
    ("decision", "kind", "choice"),
    [
        ("Ja, aktiv", Kind.DECIDE, "aktiv"),
        ("ja,  INBJUDEN ", Kind.DECIDE, "inbjuden"),
        ("Nej", Kind.DECIDE, "nej"),
        (UNDECIDABLE, Kind.UNDECIDABLE, ""),
    ],
)
def test_a_decision_becomes_an_event(decision, kind, choice):
    (change,) = planned([row(9, ONE, decision, "se s. 2")], [ONE]).changes
    assert (change.row, change.item, change.kind, change.choice) == (9, ONE, kind, choice)
    assert change.comment == "se s. 2"


def test_rows_without_a_decision_change_nothing():
    result = planned([row(5, ONE), row(6, item(2))], [ONE, item(2)])
    assert result == Plan(untouched=2)


def test_a_comment_alone_is_a_comment():
    (change,) = planned([row(5, ONE, comment="ring dem")], [ONE]).changes
    assert change.kind is Kind.COMMENT


def test_the_same_file_twice_changes_nothing():
    rows = [row(5, ONE, "Nej"), row(6, item(2), comment="hm")]
    first = planned(rows, [ONE, item(2)])
    again = planned(rows, [ONE, item(2)], [change.token for change in first.changes])
    assert again == Plan(same=2)


FAULTS = [
    (lambda: [replace(row(5, ONE, "Nej"), mark="")], [ONE], FaultKind.DAMAGED),
    (lambda: [replace(row(5, ONE, "Nej"), shown=("annat",) * 7)], [ONE], FaultKind.DAMAGED),
    (lambda: [row(5, ONE, "Kanske")], [ONE], FaultKind.INVALID),
    (lambda: [row(5, ONE, "Delvis uppnådda")], [ONE], FaultKind.INVALID),
    (lambda: [row(5, ONE, "Nej", "x" * 10_001)], [ONE], FaultKind.INVALID),
    (lambda: [row(5, ONE, "Nej")], [], FaultKind.UNKNOWN),
    (lambda: [row(5, ONE, "Nej")], [replace(ONE, gone=True)], FaultKind.UNKNOWN),
    (lambda: [row(5, ONE, "Nej"), row(8, ONE, "Ja, aktiv")], [ONE], FaultKind.DUPLICATE),
    (
        lambda: [row(5, ONE, "Nej")],
        [replace(ONE, seq=ONE.seq + 2, state=State.REOPENED)],
        FaultKind.STALE,
    ),
    (lambda: [row(5, ONE, "Nej")], [replace(ONE, double=True)], FaultKind.STALE),
    (
        lambda: [row(5, ONE, "Nej")],
        [replace(ONE, seq=ONE.seq + 1, state=State.DECIDED, choice="aktiv", reviewer="Bo")],
        FaultKind.CONFLICT,
    ),
    (
        lambda: [row(5, ONE, "Nej")],
        [replace(ONE, seq=ONE.seq + 1, state=State.UNDECIDABLE, reviewer="Bo")],
        FaultKind.CONFLICT,
    ),
]


@pytest.mark.parametrize(("rows", "items", "kind"), FAULTS)
def test_faults_are_told_by_row(rows, items, kind):
    result = planned(rows(), items)
    assert not result.changes
    assert {(fault.row, fault.kind) for fault in result.faults} == {
        (one.number, kind) for one in rows()
    }
    assert all(fault.text for fault in result.faults)


def test_what_others_did_meanwhile_is_merged():
    later = replace(ONE, seq=ONE.seq + 1)
    agreed = replace(later, state=State.DECIDED, choice="nej", reviewer="Bo")
    assert planned([row(5, ONE, "Nej")], [agreed]) == Plan(same=1)
    only_commented = planned([row(5, ONE, "Nej")], [later])
    assert [change.choice for change in only_commented.changes] == ["nej"]


def test_conflicts_can_be_left_to_the_web():
    theirs = replace(ONE, seq=9, state=State.DECIDED, choice="aktiv", reviewer="Bo")
    rows = [row(5, ONE, "Nej"), row(6, item(2), "Kanske")]
    result = planned(rows, [theirs, item(2)]).without_conflicts()
    assert [fault.kind for fault in result.faults] == [FaultKind.INVALID] and result.same == 1


@pytest.mark.parametrize("theirs", ["nej", "aktiv"])
def test_what_was_written_beside_is_kept_whatever_others_decided(theirs):
    decided = replace(ONE, seq=9, state=State.DECIDED, choice=theirs, reviewer="Bo")
    result = planned([row(5, ONE, "Nej", "se s. 2")], [decided]).without_conflicts()
    (kept,) = result.changes
    assert (kept.kind, kept.choice, kept.comment) == (Kind.COMMENT, "", "se s. 2")
    assert not result.faults and result.same == 0
    assert planned([row(5, ONE, "Nej", "se s. 2")], [decided], [kept.token]) == Plan(same=1)


def test_equal_rows_count_once():
    result = planned([row(5, ONE, "Nej"), row(8, ONE, "Nej")], [ONE])
    assert len(result.changes) == 1 and result.same == 1 and not result.faults


# --- whatever is done to the sheet, a decision never lands on another row's item -----------------

NAMES = list(COLUMNS)


def _decide(grid, rng):
    cells = rng.choice(grid)
    cells[NAMES.index(DECISION)] = rng.choice(["Ja", "Nej", "Ja, aktiv", UNDECIDABLE, "Kanske"])


def _comment(grid, rng):
    rng.choice(grid)[NAMES.index(COMMENT)] = rng.choice(["oklart", "=1+1", "ring"])


def _swap_rows(grid, rng):
    a, b = rng.sample(range(len(grid)), 2)
    grid[a], grid[b] = grid[b], grid[a]


def _sort_one_column(grid, rng):
    column = rng.choice([NAMES.index(name) for name in (*SEALED, MARK)])
    values = sorted(str(cells[column] or "") for cells in grid)
    for cells, value in zip(grid, values, strict=True):
        cells[column] = value


def _shift_column(grid, rng):
    column = rng.choice([NAMES.index(name) for name in (*SEALED, MARK)])
    values = [cells[column] for cells in grid]
    for cells, value in zip(grid, values[1:] + values[:1], strict=True):
        cells[column] = value


def _delete(grid, rng):
    if len(grid) > 3:
        del grid[rng.randrange(len(grid))]


def _duplicate(grid, rng):
    decided = [cells for cells in grid if cells[NAMES.index(DECISION)]]
    copied = list(rng.choice(decided or grid))
    if rng.random() < 0.5:
        copied[NAMES.index(DECISION)] = rng.choice(["Ja", "Nej"])
    grid.insert(rng.randrange(len(grid)), copied)


def _insert_blank(grid, rng):
    grid.insert(rng.randrange(len(grid)), [None] * len(NAMES))


def _edit_locked(grid, rng):
    rng.choice(grid)[NAMES.index(rng.choice([*SEALED, MARK]))] = rng.choice(["x", None, "Nej", 3])


def _copy_mark(grid, rng):
    a, b = rng.sample(range(len(grid)), 2)
    grid[a][NAMES.index(MARK)] = grid[b][NAMES.index(MARK)]


def _reverse(grid, rng):
    grid.reverse()


EDITS = [
    _decide, _decide, _decide, _decide, _comment, _swap_rows, _delete, _duplicate, _insert_blank,
    _edit_locked, _copy_mark, _reverse,
]  # fmt: skip
SHIFTS = [_sort_one_column, _shift_column]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    path = tmp_path_factory.mktemp("bok") / "granskning.xlsx"
    items = [item(n) for n in range(90)]
    write_workbook(items, LABELS, "k", path, title="Granskning", made=date(2026, 1, 2))
    workbook = openpyxl.load_workbook(path)
    rows = list(workbook["Granska"].iter_rows(values_only=True))
    return rows[:HEADER_ROW], rows[HEADER_ROW:]


def _check(grid, result: Plan) -> Counter[str]:
    """Assert that each change is what stands beside the words of its item, and nothing else."""
    where = [NAMES.index(name) for name in SEALED]
    beside: Counter[tuple[tuple[str, ...], str]] = Counter()
    for cells in grid:
        words = tuple(str(cells[i] or "").strip() for i in where)
        beside[words, str(cells[NAMES.index(DECISION)] or "").strip()] += 1
    for change in result.changes:
        words = tuple(shown(change.item, LABELS)[name].strip() for name in SEALED)
        said = {d for (w, d), _ in beside.items() if w == words and d}
        expected = "" if change.kind is Kind.COMMENT else _words(change)
        assert said <= {expected}, (words, said, change)
        assert expected in said or change.kind is Kind.COMMENT
    return Counter(fault.kind.value for fault in result.faults)


def _words(change) -> str:
    if change.kind is Kind.UNDECIDABLE:
        return UNDECIDABLE
    return LABELS.choice(change.item.proposal.variable, change.choice)


def test_200_random_edits_never_change_a_wrong_row(sheet):
    head, body = sheet
    items = [item(n) for n in range(90)]
    changed = 0
    faults: Counter[str] = Counter()
    for seed in range(200):
        rng = random.Random(seed)
        grid = [list(cells) for cells in body]
        for _ in range(rng.randint(3, 25)):
            rng.choice(EDITS)(grid, rng)
        if seed % 3 == 0:  # Destroys nearly every row.
            rng.choice(SHIFTS)(grid, rng)
        columns = list(range(len(NAMES)))
        if seed % 5 == 0:  # Columns may stand in any order.
            rng.shuffle(columns)
        moved = [[cells[i] for i in columns] for cells in [NAMES, *grid]]
        rows = _rows([*head[:-1], *moved])
        assert not isinstance(rows, str), rows
        result = planned(rows, items)
        changed += len(result.changes)
        faults += _check(grid, result)
    # The edits must have bitten: decisions taken in, and every kind of damage met.
    assert changed > 200
    assert faults.keys() >= {"skadad", "dubblett", "ogiltigt svar"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_edits_through_a_real_file(sheet, tmp_path, seed):
    head, body = sheet
    rng = random.Random(1000 + seed)
    grid = [list(cells) for cells in body]
    for _ in range(20):
        rng.choice(EDITS)(grid, rng)
    workbook = openpyxl.Workbook()
    target = workbook.active
    assert isinstance(target, Worksheet)
    target.title = "Granska"
    for at, cells in enumerate([*head, *grid], start=1):
        for column, value in enumerate(cells, start=1):
            cell = target.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
    workbook.save(tmp_path / "g.xlsx")
    result = planned(read_workbook(tmp_path / "g.xlsx"), [item(n) for n in range(90)])
    _check(grid, result)
    assert result.changes or result.faults
