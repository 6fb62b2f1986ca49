"""What the coordinator gives beside the reports: read strictly, every part may be left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from annotations.strict import DefinitionError
from annotations.tables import load_tables
from pipeline.tables.given import load_given
from pipeline.tables.types import PreviousRound, RoundFigures

COUNTIES = load_tables().counties


def given(tmp_path, text):
    path = tmp_path / "omgang.yaml"
    path.write_text(text, encoding="utf-8")
    return load_given(path, COUNTIES)


@pytest.mark.parametrize(
    ("text", "figures", "last"),
    [
        ("{}", RoundFigures(), None),
        ("medel: {rekvirerat: 850000}", RoundFigures(rekvirerat=Decimal(850000)), None),
        (
            'forra_omgangen: {namn: "2008–2009", projekt: {Blekinge: 2, "18": 1, Skåne län: 3}}',
            RoundFigures(),
            PreviousRound("2008–2009", {"10": 2, "18": 1, "12": 3}),
        ),
    ],
)
def test_given(tmp_path, text, figures, last):
    assert given(tmp_path, text) == (figures, last)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("medel: {rekvirerade: 850000}", "rekvirerade"),
        ("medel: {rekvirerat: 850 000}", "inte ett heltal"),
        ("medel: {rekvirerat: true}", "inte ett heltal"),
        ("forra_omgangen: {namn: Förra, projekt: {Sandviken: 2}}", "okänt län 'Sandviken'"),
        (
            'forra_omgangen: {namn: Förra, projekt: {Blekinge: 2, "10": 2}}',
            "länet 10 står två gånger",
        ),
    ],
)
def test_faults_are_told(tmp_path, text, fault):
    with pytest.raises(DefinitionError) as error:
        given(tmp_path, text)
    assert fault in str(error.value)
