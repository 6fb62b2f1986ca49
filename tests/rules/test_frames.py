"""What verbs and nouns say about the actor that hangs on them."""

from __future__ import annotations

import re

import pytest

from annotations.frames import Frame, load_frames
from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.context import read, scene

MARK = re.compile(r"\[\[(.+?)\]\]")


def read_marked(text: str) -> list[tuple[str, Context | None, str]]:
    """Return name, context and deciding cue of each actor in [[ ]]."""
    spans, plain, at = [], "", 0
    for m in MARK.finditer(text):
        plain += text[at : m.start()]
        spans.append((len(plain), len(plain) + len(m[1])))
        plain += m[1]
        at = m.end()
    plain += text[at:]
    found = []
    for sentence in analyse(plain, parsed=True).sents:
        own = [s for s in spans if sentence.start_char <= s[0] < sentence.end_char]
        stage = scene(sentence, own, "insatser")
        for start, end in own:
            reading = read(stage, start, end)
            found.append((plain[start:end], reading.context, reading.cue))
    return found


EXAMPLES = [(f, text) for f in load_frames().values() for text in f.hits]
COUNTER = [(f, text) for f in load_frames().values() for text in f.misses]


@pytest.mark.parametrize(("frame", "text"), EXAMPLES, ids=lambda v: getattr(v, "id", v))
def test_an_example_is_read_as_its_frame_says(frame: Frame, text: str):
    assert {context for _, context, _ in read_marked(text)} == {frame.category}


@pytest.mark.parametrize(("frame", "text"), COUNTER, ids=lambda v: getattr(v, "id", v))
def test_a_counterexample_is_not_read_by_its_frame(frame: Frame, text: str):
    assert frame.id not in {cue for _, _, cue in read_marked(text)}
