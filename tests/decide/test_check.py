"""The codebook's own sentences are coded as it says."""

from __future__ import annotations

from pipeline.decide.check import check_codebook_examples


def test_the_codebooks_examples_are_coded_as_it_says() -> None:
    assert check_codebook_examples() == []
