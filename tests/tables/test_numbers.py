"""Numbers in words that readers see."""

from __future__ import annotations

import pytest

from pipeline.tables.numbers import NBSP, probability


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.0, "1,00"),
        (0.9999, f">{NBSP}0,99"),
        (0.995, f">{NBSP}0,99"),
        (0.9949, "0,99"),
        (0.873, "0,87"),
        (0.005, "0,01"),
        (0.0049, f"<{NBSP}0,01"),
        (0.0, "0,00"),
    ],
)
def test_only_what_is_certain_is_written_as_certain(value: float, written: str) -> None:
    assert probability(value) == written
