"""The boxes of one question: rows of box and label, in columns, with the text some ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.render.layout import Layout
from corpus.render.sheet import Block, Box, Cell, Para, Run, Table, answer_paras
from corpus.render.wording import Option, Question

_BOX = 0.06  # a box's cell, as a share of the text width


def tick_blocks(
    question: Question, ticked: tuple[str, ...], texts: Mapping[str, str], layout: Layout
) -> Iterator[Block]:
    """Yield the boxes: those without a text of their own in columns, the others a row each."""
    columns = layout.area_columns if question.columns == 2 else 1
    after = question.columns == 2 and layout.box_side == "after"
    rows: list[tuple[Cell, ...]] = []
    waiting: list[tuple[Box, Option]] = []

    def flush() -> None:
        for n in range(0, len(waiting), columns):
            pairs = waiting[n : n + columns]
            share = 1.0 / columns
            cells = [
                c
                for box, option in pairs
                for c in _pair(box, (_label(option, layout),), share, after)
            ]
            missing = columns - len(pairs)
            rows.append((*cells, *(_empty_pair(share) * missing)))
        waiting.clear()

    for option in question.options:
        box = Box(question.ticks, option.id, option.id in ticked)
        if not option.answer:
            waiting.append((box, option))
            continue
        flush()
        rows.append(_option_row(box, option, texts.get(option.answer, ""), layout, after))
    flush()
    if layout.tables:
        yield from _tables(rows)
    else:
        yield from _lines(rows)


def _empty_pair(share: float) -> tuple[Cell, ...]:
    return (Cell((Para(()),), _BOX), Cell((Para(()),), share - _BOX))


def _pair(box: Box, paras: tuple[Para, ...], share: float, after: bool) -> tuple[Cell, ...]:
    cells = (Cell((Para((box,)),), _BOX), Cell(paras, share - _BOX))
    return cells[::-1] if after else cells


def _label(option: Option, layout: Layout) -> Para:
    label, hint = (words.pick(layout.wording) for words in (option.label, option.hint))
    glue = ", " if hint[:1].islower() else " "
    runs = (Run(label, bold=bool(option.answer)),)
    return Para((*runs, Run(glue + hint))) if hint else Para(runs)


def _option_row(
    box: Box, option: Option, text: str, layout: Layout, after: bool
) -> tuple[Cell, ...]:
    label = _label(option, layout)
    if layout.option_place == "beside" and layout.tables:
        answer = Cell(answer_paras(option.answer, text), 0.5)
        label_cells = _pair(box, (label,), 0.5, after)
        return (*label_cells, answer)
    if not text:
        return _pair(box, (label,), 1.0, after)
    answers = answer_paras(option.answer, text)
    if layout.option_place == "under":
        return _pair(box, (label, *answers), 1.0, after)
    glue = " " if label.text.endswith(":") else ": "
    joined = Para((*label.inlines, Run(glue), *answers[0].inlines), "answer", option.answer)
    return _pair(box, (joined, *answers[1:]), 1.0, after)


def _tables(rows: list[tuple[Cell, ...]]) -> Iterator[Table]:
    """Yield tables of rows with equal cells: a row of other widths is a table of its own."""
    start = 0
    for n in range(1, len(rows) + 1):
        if n == len(rows) or _widths(rows[n]) != _widths(rows[start]):
            yield Table(tuple(rows[start:n]))
            start = n


def _widths(row: tuple[Cell, ...]) -> list[float]:
    return [cell.width for cell in row]


def _lines(rows: list[tuple[Cell, ...]]) -> Iterator[Para]:
    """Yield rows as lines: box and label with a space between, columns with a tab."""
    for row in rows:
        line: list[Run | Box] = []
        for n, cell in enumerate(row):
            if not cell.paras[0].inlines:
                continue
            if line:
                line.append(Run("\t" if n % 2 == 0 else " "))
            line.extend(cell.paras[0].inlines)
        yield Para(
            tuple(line),
            question=next((c.paras[0].question for c in row if c.paras[0].question), ""),
        )
        for cell in row:
            yield from cell.paras[1:]
