"""Which figures a text holds, and which digits are none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.check.numerals import Numerals, agree
from pipeline.check.types import About, Kind, shown
from pipeline.check.words import load_words

NUMERALS = Numerals(load_words())


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("148 projekt", [(148, Kind.COUNT)]),
        ("sex miljoner kronor", [(6_000_000, Kind.MONEY)]),
        ("20 170 607 kr", [(20_170_607, Kind.MONEY)]),
        ("21 950 000kr", [(21_950_000, Kind.MONEY)]),
        ("2,5 mnkr", [(2_500_000, Kind.MONEY)]),
        ("37,5 %", [(Decimal("37.5"), Kind.PERCENT)]),
        ("fem procent", [(5, Kind.PERCENT)]),
        ("sju kommuner", [(7, Kind.COUNT)]),
        ("1.250 deltagare", [(1250, Kind.COUNT)]),
        ("under 2010 och åren 2008–2010", []),
        ("den 31 mars 2010", []),
        ("2008-09-01 till 2010-08-31", []),
        ("dnr 2011/39 och skr. 2007/08:39", []),
        ("se tabell 3 och bilaga 2, s. 14", []),
        ("enligt 5 kap. 11 §", []),
        ("tfn 08-123 45 67", []),
        ("2010 beviljades 82 projekt", [(82, Kind.COUNT)]),
    ],
)
def test_figures(text, values):
    assert [(n.value, n.kind) for n in NUMERALS.find(text)] == values


@pytest.mark.parametrize(
    ("text", "value", "fits"),
    [
        ("148 projekt", "148", True),
        ("148 projekt", "147", False),
        ("23 miljoner kronor", "22950000", True),
        ("23 miljoner kronor", "22100000", False),
        ("knappt 40 procent", "37.2", True),
        ("knappt 40 procent", "41", False),
        ("drygt 60 procent", "61.3", True),
        ("cirka 100 projekt", "94", True),
        ("minst 10 projekt", "40", True),
    ],
)
def test_as_exactly_as_it_is_written(text, value, fits):
    (number,) = NUMERALS.find(text)
    assert agree(number, Decimal(value)) is fits


@given(st.integers(min_value=0, max_value=10**9).filter(lambda n: not 1900 <= n < 2100))
def test_what_we_print_we_read(value):
    (number,) = NUMERALS.find(f"{shown(Decimal(value))} kronor")
    assert (number.value, number.about) == (value, About.EXACT)
