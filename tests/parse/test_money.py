"""Sums of money: which numbers are sums, and which of them is the grant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.money import applied, granted, sums

GRANTED = [
    ("916 210 kr", 916210),
    ("1,2 mkr", 1200000),
    ("0,9 mnkr", 900000),
    ("45000:-", 45000),
    ("45 tkr", 45000),
    ("1.250.000 kr", 1250000),
    ("12 500,50 kr", Decimal("12500.50")),
    ("300 000 + 50 000", 350000),
    ("25 000 + 35 000 = 60 000 kr", 60000),
    ("164 000 kronor, varav 151 250 kronor förbrukats", 164000),
    ("Upparbetat: 91 000 kr. Beviljat: 95 000 kr.", 95000),
    ("80 000 kr, 12 000 kr går tillbaka", 80000),
    ("Vi fick 64 000 kr och kommunens egen insats var 20 000 kr", 64000),
    ("åttiofemtusen", 85000),
    ("trettiotvåtusenfemhundra", 32500),
    ("cirka 70.000 om jag minns rätt", 70000),
    ("120 000 kr (50 000 för 2009 och 70 000 för 2010)", 120000),
    ("93 000 kr beviljade, 71 400 kr förbrukade", 93000),
    ("88 000:- (kvar 2.410)", 88000),
    ("Beviljat: 150 000 Förbrukat: 138 200 Åter: 11 800", 150000),
    ("66 000 – förbrukat 61 350", 66000),
    ("270 000 och vi betalar tillbaka 14 000", 270000),
    ("45 000 kr + egen insats i form av arbetstid 30 000", 45000),
    ("310 000 kronor, varav stiftelsen fick 120 000", 310000),
    ("86 300 av 90 000", 90000),
    ("54 000: tryck 20 000, hyra 9 000, annons 25 000", 54000),
    ("2009: 100 000 kr\n2010: 140 000 kr\nSumma 240 000 kr", 240000),
    ("320' varav 290' använt", 320000),
    ("35´", 35000),
    ("Sökta medel: 300 000 kr. Beviljade medel: 200 000 kr.", 200000),
    ("Egna medel 50 000 kr, bidrag 100 000 kr", 100000),
    ("Förbrukade medel: 120 000 kr. Beviljade medel: 150 000 kr.", 150000),
    ("Sökt belopp 300 000 kr Beviljat belopp 200 000 kr", 200000),
    ("Beviljat belopp: 150 000 kr Använt belopp: 140 000 kr", 150000),
    ("Totalt 400 000 kr varav utvecklingsmedel 250 000 kr", 250000),
    ("Beviljat: projekt 'Trygg 2008' 80 000 kr", 80000),
    ("År 1: 50 000, år 2: 70 000, år 3: 120 000", 50000),
]
STATED = [
    (
        "Kartläggningen finansierades med 140 000 kr från länsstyrelsen och 20 000 kr egna medel.",
        140000,
    ),
    ("Nämnden sökte och fick 75 000 kronor av länsstyrelsen.", 75000),
    ("Medlen, 48 000 kr, är förbrukade: hyra 40 000 kr.", 48000),
    ("Vi fick 32 000. För det köpte vi en kurs.", 32000),
    ("Pengarna (51 000) gick åt till möten.", 51000),
    ("Angående redovisning 44 000\nHej!", 44000),
    ("Beviljat: 205 000. Kvar: ca 31 000.", 205000),
    ("Bidraget uppgick till 610 000 kronor och är förbrukat.", 610000),
    ("Vi beviljades 200 000 kr av 400 000 kr.", 200000),
    ("Projektet 'Steg 2' beviljades 80 000 kr.", 80000),
    ("Vi ansökte om 300 000 kr från länsstyrelsen men fick 200 000 kr.", 200000),
    ("Statsbidraget på 250 000 kr användes till löner.", 250000),
    ("Vi fick 1 200 underskrifter.", None),
    ("Enkäten gick till alla och vi fick 1 200 av 2 000 svar.", None),
    ("Ekonomisk redovisning 2345", None),
    ("Mötet tog 45’.", None),
    ("Återstående medel: 20 000 kr.", None),
    ("Ansökan om bidrag (300 000 kr) avslogs", None),
    ("1" * 40 + " kr beviljades", None),
    ("Kvar av pengarna: 9 300 kr.", None),
    ("Av medlen 12 000 kr till lokaler.", None),
    ("Pengarna räckte till resor för 2 000 kr.", None),
]


@pytest.mark.parametrize(("text", "amount"), STATED)
def test_granted_in_running_text(text, amount):
    assert granted(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(("text", "amount"), GRANTED)
def test_granted(text, amount):
    assert granted(text, bare=True) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "se ovan",
        "enligt 2 a § och 6 kap. 19 §",
        "under 2009 och 2010",
        "19510203-1236",
        "070-174 06 05",
        "Dnr 701-1234-2009",
        "IJ2009/1711/JÄM",
        "50 % av en tjänst",
        "1200 personer deltog",
    ],
)
def test_no_sum(text):
    assert granted(text, bare=True) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Nämnden ansöker om sammanlagt 410 500 kronor.", 410500),
        ("Sökt belopp: 90 tkr. Medfinansiering 30 tkr.", 90000),
        ("Vi beviljades 60 000 kr.", None),
    ],
)
def test_applied(text, amount):
    assert applied(text) == (None if amount is None else Decimal(amount))


@given(st.integers(min_value=1000, max_value=9_999_999))
def test_every_way_to_write_a_sum_gives_the_sum(kronor):
    spaced = f"{kronor:,}".replace(",", " ")
    for text in (
        f"{spaced} kr",
        f"{kronor} kronor",
        f"{kronor}:-",
        f"{spaced.replace(' ', '.')} kr",
    ):
        found = sums(f"Vi beviljades {text} i år")
        assert [s.amount for s in found] == [Decimal(kronor)], text
        assert found[0].meaning == "beviljat"


PARAGRAPH = (
    "Vi beviljades 120 000 kr och sökte 150 tkr. Resor kostade 1 500 kr.\n\n"
    "Tjugofemtusen gick tillbaka, 4 000 + 6 000 stod kvar.\n\n"
)


def test_a_sum_means_the_same_wherever_in_a_long_text_it_stands():
    one = sums(PARAGRAPH)
    many = sums(PARAGRAPH * 400)
    assert [int(s.amount) for s in one] == [120_000, 150_000, 1_500, 25_000, 4_000, 6_000]
    assert [s.amount for s in many] == [s.amount for s in one] * 400
    assert [s.meaning for s in many] == [s.meaning for s in one] * 400
    assert many[-1].start - one[-1].start == 399 * len(PARAGRAPH)
