"""The bench of review on a small round: every figure is there, and every decision came in."""

from __future__ import annotations

import json

import pytest

from bench import review


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.fonts
def test_the_bench_measures_what_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(review, "PAUSES", {"": 0.0})
    size = ["--items", "600", "--part", "50", "--decisions", "3", "--projects", "4"]
    review.main([*size, "--keep", str(tmp_path)])
    printed = capsys.readouterr().out
    figures = json.loads(printed.splitlines()[-1])
    assert set(review.LIMITS) <= set(figures)
    assert all(value > 0 for value in figures.values())
