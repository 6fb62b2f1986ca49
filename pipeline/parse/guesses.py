"""Labels that no known wording fits: recognised by key words, only where labels stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.parse.fold import Folded
from pipeline.parse.slots import Layout, Slot

BOX_LABEL = 90  # letters beside a box that may be its label
QUESTION_LINE = 75  # letters a retyped question on a line of its own may have
_WORDS = 11
_BULLET = re.compile(r"\s*[-–•*·]\s")
_SENTENCE = re.compile(r"[.:!]\s+\S")
_GOES_ON = re.compile(r"[a-zåäö](?![.)])")
_END = re.compile(r"[ :]+[xX✓✔](?=\s*(?:\n|$))|\n|\t|\||☐|☒|☑|\[[ xX]?\]")


def beside_boxes(
    words: Folded, form: Layout, starts: Iterable[int]
) -> Iterable[tuple[int, Slot, int]]:
    """Yield (word, option, end of label) for words beside a box that hold an option's key words."""
    options = [s for s in form.slots if s.role == "option" and s.keys]
    for word in starts:
        begin = words.starts[word]
        label = _label(words, begin)
        for slot in options:
            for key in slot.keys:
                match = _pattern(key).search(label)
                if match and match.start() <= 30:
                    yield word, slot, begin + _label_end(label, match.end())
                    break


def short_lines(
    words: Folded, form: Layout, starts: Iterable[int]
) -> Iterable[tuple[int, Slot, int]]:
    """Yield (word, question, end of label) for short lines that hold a question's key words."""
    questions = [s for s in form.slots if s.role in ("question", "section") and s.keys]
    for word in starts:
        begin = words.starts[word]
        stop = words.text.find("\n", begin)
        stop = stop if stop >= 0 else len(words.text)
        line = words.flat[begin:stop].rstrip()
        before = words.text[words.text.rfind("\n", 0, begin) + 1 : begin]
        if (
            _BULLET.match(before)
            or not line
            or len(line) > QUESTION_LINE
            or len(line.split()) > _WORDS
        ):
            continue
        if line[-1] in ".,;!" or words.text[begin].islower() or _SENTENCE.search(line):
            continue
        if len(line) > 45 and _GOES_ON.match(words.text, stop + 1):
            continue
        for slot in questions:
            if any(_pattern(key).search(line) for key in slot.keys):
                yield word, slot, begin + len(line)


def _label(words: Folded, begin: int) -> str:
    end = _END.search(words.text, begin, begin + BOX_LABEL)
    return words.flat[begin : end.start() if end else begin + BOX_LABEL]


def _label_end(label: str, key_end: int) -> int:
    """Return where the label ends: at its colon, at the line's end, else after the key's word."""
    colon = label.find(":", key_end)
    if colon >= 0:
        return colon
    if len(label) < BOX_LABEL and len(label.split()) <= 9:
        return len(label.rstrip())
    tail = re.match(r"\w*", label[key_end:])
    return key_end + (tail.end() if tail else 0)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(key)
