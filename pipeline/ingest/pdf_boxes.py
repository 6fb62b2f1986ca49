"""Drawn boxes as ticks: a small square is empty or has ink in it, and stands beside a label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.types import Box, TickSign
from pipeline.ingest.pdf_shapes import DARK, SQUARE_MAX, SQUARE_MIN, Shapes, Square
from pipeline.ingest.pdf_words import Word
from pipeline.ingest.signs import OFF, ON

INK = re.compile(r"[xX×хХ✓✔✗✘✕✖√vVþýüû☒☑⊠■●•*/+]{1,2}")
BLANK = re.compile(r"[☐□_.\-]+")
NEAR_LABEL = 250.0
"""A box further from any word of its row than this many points is an ornament."""

COLUMN = 3
"""Boxes right below each other that make a column of boxes."""

MAX_BOXES = 120


def place_boxes(shapes: Shapes, words: list[Word]) -> list[Word]:
    """Return the words with a tick word for every drawn box; what stood inside the box is gone.

    Letters in a box tick it (`X`, a check mark); other letters mean that it is no box.
    """
    squares = _distinct([*shapes.squares, *_from_lines(shapes.lines)])
    open_sides = [_side(s) for s in squares if s.fill is None]
    kept = list(words)
    ticks: list[Word] = []
    for square in squares:
        checked, certainty = _ink(square, shapes)
        if square.fill is not None and not checked:
            twin = any(abs(side - _side(square)) <= 0.25 * side for side in open_sides)
            if square.fill <= DARK and twin:
                checked, certainty = True, 0.85
            elif square.fill <= DARK or not square.outlined:
                continue  # A list mark, or the colour key of a chart.
        inside = [w for w in kept if _holds(square.box, w)]
        text = "".join(w.text for w in inside)
        if INK.fullmatch(text):
            checked, certainty = True, 0.99
        elif text and not BLANK.fullmatch(text):
            continue
        kept = [w for w in kept if not any(w is i for i in inside)]
        checked = _cut_joined(square.box, kept) or checked
        ticks.append(tick_word(square.box, checked, TickSign.DRAWN, certainty))
    ticks = [t for t in ticks if align(t, kept, _in_column(t, ticks)) or _above(t, kept, ticks)]
    return kept + ticks if len(ticks) <= MAX_BOXES else kept


def ruled(shapes: Shapes) -> list[Box]:
    """Return the ruled lines that are no sides of a small square: what tables are made of."""
    squares = [s.box for s in _from_lines(shapes.lines)]
    return [
        line
        for line in shapes.lines
        if max(line.x1 - line.x0, line.bottom - line.top) > SQUARE_MAX
        or not any(_within(line, square) for square in squares)
    ]


def tick_word(box: Box, checked: bool, sign: TickSign, certainty: float) -> Word:
    """Return the sign for a box of the page as a word that stands where the box stands."""
    base = box.bottom - 0.15 * (box.bottom - box.top)
    text = ON if checked else OFF
    return Word(text, box.x0, box.top, box.x1, box.bottom, base, tick=(checked, sign, certainty))


def align(tick: Word, words: Iterable[Word], column: bool = False) -> bool:
    """Set the sign on the baseline of the words beside it; return False where there are none.

    `column`: boxes below each other may stand at the margin, as far from their labels as it is.
    """
    middle = (tick.top + tick.bottom) / 2
    side = tick.bottom - tick.top
    best: tuple[float, Word] | None = None
    for word in words:
        apart = abs((word.top + word.bottom) / 2 - middle)
        if word.tick or apart > 0.75 * max(side, word.bottom - word.top):
            continue
        gap = max(word.x0 - tick.x1, tick.x0 - word.x1, 0.0)
        score = gap + 4 * apart
        if (column or gap <= NEAR_LABEL) and (best is None or score < best[0]):
            best = (score, word)
    if best:
        tick.base = best[1].base
    return best is not None


def _in_column(tick: Word, ticks: Sequence[Word]) -> bool:
    return sum(abs(tick.x0 - other.x0) <= 1.5 for other in ticks) >= COLUMN


def _above(tick: Word, words: Iterable[Word], ticks: Sequence[Word]) -> bool:
    """Tell whether the box is one of a column, each on a line of its own over its label."""
    side = tick.bottom - tick.top
    return _in_column(tick, ticks) and any(
        not word.tick and abs(word.x0 - tick.x0) <= 3 and -1 <= word.top - tick.bottom <= side
        for word in words
    )


def _distinct(squares: Sequence[Square]) -> list[Square]:
    """Return the squares without the second outline of a double frame, in reading order."""
    kept: list[Square] = []
    for square in sorted(squares, key=lambda s: (-_side(s), s.fill is not None)):
        for i, other in enumerate(kept):
            if _offset(square.box, other.box) > 0.3 * _side(other):
                continue
            if square.fill is not None and square.fill <= DARK:
                kept[i] = Square(other.box, other.fill, other.outlined, inked=True)
            break
        else:
            kept.append(square)
    return sorted(kept, key=lambda s: (s.box.top, s.box.x0))


def _from_lines(lines: Sequence[Box]) -> list[Square]:
    """Return squares that four short ruled lines make, where no longer line goes on from them."""
    level = [b for b in lines if SQUARE_MIN <= b.x1 - b.x0 <= SQUARE_MAX and b.bottom - b.top < 3]
    upright = [b for b in lines if SQUARE_MIN <= b.bottom - b.top <= SQUARE_MAX and b.x1 - b.x0 < 3]
    if len(level) > 400 or len(upright) > 400:
        return []
    squares = []
    for top in level:
        side = top.x1 - top.x0
        for bottom in level:
            tall = bottom.top - top.top
            if not 0.7 * side <= tall <= 1.4 * side or abs(bottom.x0 - top.x0) > 1.5:
                continue
            if abs(bottom.x1 - top.x1) > 1.5:
                continue
            box = Box(top.x0, top.top, top.x1, bottom.bottom)
            left = [b for b in upright if _along(b, box) and abs(b.x0 - box.x0) <= 1.5]
            right = [b for b in upright if _along(b, box) and abs(b.x1 - box.x1) <= 1.5]
            if left and right and not _goes_on(box, lines):
                squares.append(Square(box))
    return squares


def _within(line: Box, box: Box) -> bool:
    return (
        box.x0 - 1 <= line.x0
        and line.x1 <= box.x1 + 1
        and box.top - 1 <= line.top
        and line.bottom <= box.bottom + 1
    )


def _along(line: Box, box: Box) -> bool:
    return abs(line.top - box.top) <= 1.5 and abs(line.bottom - box.bottom) <= 1.5


def _goes_on(box: Box, lines: Sequence[Box]) -> bool:
    """Tell whether a line touches the square from outside: then it is a cell of a table."""
    for line in lines:
        if line.x1 < box.x0 - 1.5 or line.x0 > box.x1 + 1.5:
            continue
        if line.bottom < box.top - 1.5 or line.top > box.bottom + 1.5:
            continue
        if line.x0 < box.x0 - 3 or line.x1 > box.x1 + 3:
            return True
        if line.top < box.top - 3 or line.bottom > box.bottom + 3:
            return True
    return False


def _ink(square: Square, shapes: Shapes) -> tuple[bool, float]:
    """Tell whether strokes or a small picture lie in the square, and how sure that is."""
    side = _side(square)
    if square.inked:
        return True, 0.95
    for stroke in shapes.strokes:
        size = max(stroke.x1 - stroke.x0, stroke.bottom - stroke.top)
        if 0.3 * side <= size <= 2 * side and _offset(stroke, square.box) <= 0.5 * side:
            return True, 0.98
    for picture in shapes.pictures:
        size = max(picture.x1 - picture.x0, picture.bottom - picture.top)
        if 0.3 * side <= size <= 1.5 * side and _offset(picture, square.box) <= 0.4 * side:
            return True, 0.85
    return False, 0.98


def _holds(box: Box, word: Word) -> bool:
    """Tell whether the middle of a word, no wider than the box by much, lies in the box."""
    slack = 0.15 * (box.x1 - box.x0)
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    return (
        not word.tick
        and box.x0 - slack <= x <= box.x1 + slack
        and box.top - slack <= y <= box.bottom + slack
        and word.x1 - word.x0 <= 1.6 * (box.x1 - box.x0)
    )


def _cut_joined(box: Box, words: list[Word]) -> bool:
    """Cut an X off a label that it was set too close to (`XKommuner`); tell whether it was."""
    for word in words:
        if not re.match(r"[xX][A-ZÅÄÖ][a-zåäö]", word.text) or word.x1 < box.x1 + 4:
            continue
        middle = (word.top + word.bottom) / 2
        if box.top <= middle <= box.bottom and box.x0 - 1 <= word.x0 < box.x1 - 2:
            word.text, word.x0 = word.text[1:], box.x1 + 1
            return True
    return False


def _side(square: Square) -> float:
    return max(square.box.x1 - square.box.x0, square.box.bottom - square.box.top)


def _offset(a: Box, b: Box) -> float:
    """Return how far apart the middles of two boxes are along the worse axis."""
    across = abs(a.x0 + a.x1 - b.x0 - b.x1) / 2
    return max(across, abs(a.top + a.bottom - b.top - b.bottom) / 2)
