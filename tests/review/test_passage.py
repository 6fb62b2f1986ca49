"""The stretch of text that a reviewer is shown around some words."""

from __future__ import annotations

import pytest

from pipeline.review.passage import window


@pytest.mark.parametrize("at", [0, 1, 40, 99, 180, 199])
@pytest.mark.parametrize("most", [10, 60, 1000])
def test_a_window_is_whole_paragraphs_or_whole_words(at, most):
    text = "\n".join(["ett två tre fyra fem sex sju åtta"] * 6)
    end = min(at + 5, len(text))
    start_, end_ = window(text, at, end, 0, len(text), most)
    assert start_ <= at < end_ and (end_ >= end or text[end_:end].isspace())
    assert end_ - start_ <= max(most, 40)
    assert start_ == 0 or text[start_ - 1] in " \n" or start_ == at


def test_a_window_keeps_to_its_bounds():
    text = "utanför\ninnanför ett\ninnanför två\nutanför"
    low, high = 8, len(text) - 8
    start, end = window(text, 10, 14, low, high)
    assert text[start:end] == "innanför ett\ninnanför två"
