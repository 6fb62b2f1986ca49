"""What can be read by a person, and what only looks like text."""

from __future__ import annotations

import pytest

from pipeline.errors import ReadError
from pipeline.ingest.legible import refuse_illegible

LETTER = "Vi träffades en gång i månaden i församlingshemmet, polisen och kyrkan och vi. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 000 kr ☒ ☐ 2010-05-01",
        LETTER,
        LETTER + "Broschyren finns på arabiska: معا ضد العنف",
        "Ąžuolas Čapek Łódź naïve Þór " * 4,
    ],
)
def test_swedish_and_its_guests_pass(text):
    refuse_illegible(text)


@pytest.mark.parametrize(
    "text", ["筜牴㢴ꟲ㜍鸦ว፥傤ꎦ큿尌㌯謒" * 10, "Привет всем участникам проекта. " * 5]
)
def test_noise_and_other_scripts_are_refused(text):
    with pytest.raises(ReadError) as error:
        refuse_illegible(text)
    assert error.value.code == "obegriplig"
