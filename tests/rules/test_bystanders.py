"""Names that stand for no participant, years before the project, professions with an employer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from annotations.codebook import load
from corpus.types import Context, Role
from pipeline.decide.case import Analysed
from pipeline.decide.partners import decide_partners
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build

AKTIV, ANNAN, OMNAMND = Context.AKTIV, Context.ANNAN, Context.OMNAMND
NEJ, INBJUDEN, PLAN = Context.NEJ, Context.INBJUDEN, Context.PLANERAD


def read(text: str, begins: date | None = None) -> dict[str, Context]:
    document, submission = build({"insatser": text}, None, "Norrby")
    header = replace(submission.header, period_start=begins)
    submission = replace(submission, header=header)
    mentions = find_partners(document, submission, analyse(document.text))
    return {m.category: m.context for m in mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi har läst polisens nya rapport.", {"polis": OMNAMND}),
        ("Polisens utredare sitter i gruppen.", {"polis": AKTIV}),
        ("Har gruppen samarbetat med polisen?", {"polis": OMNAMND}),
        ("Gruppen har samarbetat med polisen.", {"polis": AKTIV}),
        ("Från: Polisen i Storby\nVi ses i maj.", {"polis": OMNAMND}),
        ("Från: Gunn, polisen i Storby\nVi ses i maj.", {"polis": AKTIV}),
        ("En docent vid universitetet föreläste en kväll.", {"hogskola": OMNAMND}),
        ("Universitetet har handlett gruppen.", {"hogskola": AKTIV}),
        ("En advokat höll i kvällen mot arvode.", {"rattsvasende_annan": OMNAMND}),
        ("En pensionerad polis höll i kvällen.", {"polis": OMNAMND}),
        ("En advokat föreläste en kväll.", {"rattsvasende_annan": OMNAMND}),
        ("Åklagaren föreläste en kväll.", {"aklagare": AKTIV}),
        ("Handboken från Rädda Barnen finns hos alla.", {"radda_barnen": OMNAMND}),
        ("Två från Rädda Barnen sitter i gruppen.", {"radda_barnen": AKTIV}),
        ("En advokat är med i gruppen.", {"rattsvasende_annan": AKTIV}),
        ("Kommunpolisens nr fanns med i annonsen.", {"polis": OMNAMND}),
        ("Vi har följt med kvinnor till möten och tingsrätten.", {"rattsvasende_annan": OMNAMND}),
        ("På kortet finns numret till oss och jouren.", {"kvinnojour": OMNAMND}),
        ("Vi följer upp ärendena tillsammans med polisen.", {"polis": AKTIV}),
    ],
)
def test_names_of_no_participant(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2004 drev jouren en egen grupp.", ANNAN),
        ("Jouren driver gruppen sedan 2004.", AKTIV),
        ("I mars 2009 ledde jouren gruppen.", AKTIV),
    ],
)
def test_a_year_before_the_project_is_history(text, expected):
    assert read(text, date(2009, 1, 1)) == {"kvinnojour": expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Barnmorskan på ungdomsmottagningen sitter med.", {"ungdomsmottagning"}),
        ("Ungdomsmottagningens barnmorska sitter med.", {"ungdomsmottagning"}),
        (
            "Barnmorskan på ungdomsmottagningen sitter med. Barnmorskan leder gruppen.",
            {"ungdomsmottagning"},
        ),
        ("Barnmorskan på hälsocentralen sitter med.", {"mvc_bvc"}),
        ("Ungdomsmottagningen i Malå: barnmorska och kurator.", {"ungdomsmottagning"}),
        ("Vittnesstödet vid tingsrätten är med.", {"rattsvasende_annan"}),
        ("Vittnesstödet är med.", {"brottsofferjour"}),
        ("Djurkliniken är med. Klinikens personal är med.", {"ovrig_annan"}),
        ("Psykiatrin är med. Överskötaren på kliniken är med.", {"psykiatri"}),
        ("Kyrkans familjerådgivning är med.", {"kyrka"}),
        ("Regionens FoU är med.", {"fou"}),
        ("Röda Korsets volontärer sitter med.", {"roda_korset"}),
        ("Volontärer och polisen sitter med.", {"frivillig_annan", "polis"}),
    ],
)
def test_a_profession_counts_as_its_employer(text, expected):
    assert set(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyrkan söktes två gånger utan att svara.", NEJ),
        ("Frågan om kyrkan diskuterades men föll.", NEJ),
        ("Kyrkan var med i planeringen.", NEJ),
        ("Kyrkan trädde ur gruppen.", NEJ),
        ("Kyrkan meddelade förhinder.", NEJ),
        ("Före omorganisationen satt kyrkan i gruppen.", ANNAN),
        ("Vi hänvisar till kyrkan när det behövs.", OMNAMND),
        ("Ett möte med kyrkan är inplanerat.", PLAN),
        ("Kyrkan ansluter från hösten.", PLAN),
        ("Kyrkan säger ja i princip.", PLAN),
        ("Parallellt pågår ett projekt där kyrkan medverkar.", ANNAN),
        ("Affischer sattes upp på vårdcentralen och hos kyrkan.", OMNAMND),
        ("Kyrkan deltar när vi planerar lägren.", AKTIV),
        ("Kyrkan lyssnade på föreläsningen men har därefter inte deltagit.", INBJUDEN),
    ],
)
def test_declined_planned_and_others(text, expected):
    assert read(text)["kyrka"] is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi bjöd in polisen och kyrkan. Ingen av dem kom.", {"polis": NEJ, "kyrka": NEJ}),
        (
            "Vi bjöd in polisen och kyrkan. Kyrkan kom. Övriga hade förhinder.",
            {"polis": NEJ, "kyrka": INBJUDEN},
        ),
        ("Vi bjöd in polisen och kyrkan. Båda kom.", {"polis": INBJUDEN, "kyrka": INBJUDEN}),
        ("Vi bjöd in polisen. Jouren hade inga lokaler.", {"polis": INBJUDEN}),
    ],
)
def test_the_rest_of_those_invited(text, expected):
    document, submission = build({"insatser": text}, None, "Norrby")
    found = find_partners(document, submission, analyse(document.text))
    said = {c: {m.context for m in found if m.category == c} for c in expected}
    assert all((NEJ in said[c]) is (wanted is NEJ) for c, wanted in expected.items())


def test_a_name_after_a_preposition_of_aim_weighs_less():
    def weight(text: str) -> float:
        document, submission = build({"insatser": text}, None, "Norrby")
        return find_partners(document, submission, analyse(document.text))[0].weight

    assert weight("Pappret kom till kyrkan.") < weight("Kyrkan, skolan.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Malåbostäders vaktmästare deltar i gruppen.", {"bostad"}),
        ("Kulturskolan har en grupp ihop med oss.", {"ovrig_annan"}),
        ("Stadsdelsnämnden beviljades pengar.", set()),
        ("Andra stadsdelar deltar i gruppen.", {"kommuner"}),
        ("En polisutredare ingår i gruppen.", {"polis"}),
        ("Polisutredningen lades ned.", set()),
        ("Regionens hemsjukvård sitter med.", {"halso_sjukvard_annan"}),
    ],
)
def test_words_that_name_a_category(text, expected):
    assert set(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I Malå leder jouren en grupp.", {"kvinnojour": ANNAN}),
        ("I Norrby leder jouren en grupp.", {"kvinnojour": AKTIV}),
        ("Hon väntar på beslut från polisen.", {"polis": ANNAN}),
        ("I länet finns sedan länge ett projekt där polisen medverkar.", {"polis": ANNAN}),
        ("Kyrkan inbjöds till kursen, ingen kom därifrån.", {"kyrka": NEJ}),
        ("FoU-enheten vid regionförbundet följde arbetet.", {"fou": AKTIV}),
    ],
)
def test_elsewhere_and_others(text, expected):
    assert read(text) == expected


def test_who_was_taught_and_then_did_not_join_was_taught():
    text = "Polisen var på kursen i mars. De har inte deltagit därutöver."
    document, submission = build({"insatser": text}, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text))
    codings = decide_partners([Analysed(document, submission, mentions)], load())
    assert next(c.role for c in codings if c.category == "polis") is Role.INBJUDEN
