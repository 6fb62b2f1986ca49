"""Runs the examples of the frames, in which the actors spoken about stand in [[ ]]."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotations.frames import Frame, load_frames
from pipeline.language.swedish import analyse
from pipeline.rules.context import Reading, read
from pipeline.rules.scenes import scene

MARK = re.compile(r"\[\[(.+?)\]\]")
QUESTION = "insatser"


def check_frames() -> list[str]:
    """Return Swedish lines about every example that the rules do not read as it says."""
    return [fault for frame in load_frames().values() for fault in _faults(frame)]


def read_marked(text: str) -> list[tuple[str, Reading]]:
    """Return each marked actor of a text and what is said about it."""
    plain, spans = _unmarked(text)
    found = []
    for sentence in analyse(plain, parsed=True).sents:
        own = [s for s in spans if sentence.start_char <= s[0] < sentence.end_char]
        stage = scene(sentence, own, QUESTION)
        found += [(plain[start:end], read(stage, start, end)) for start, end in own]
    return found


def _faults(frame: Frame) -> Iterator[str]:
    for text in frame.hits:
        if any(reading.context != frame.category for _, reading in read_marked(text)):
            yield f"frames.{frame.id}: exemplet ger inte {frame.category}: {text!r}"
    for text in frame.misses:
        if any(reading.cue == frame.id for _, reading in read_marked(text)):
            yield f"frames.{frame.id}: motexemplet läses av ramen: {text!r}"


def _unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    spans: list[tuple[int, int]] = []
    plain, at = "", 0
    for mark in MARK.finditer(text):
        plain += text[at : mark.start()]
        spans.append((len(plain), len(plain) + len(mark[1])))
        plain += mark[1]
        at = mark.end()
    return plain + text[at:], spans
