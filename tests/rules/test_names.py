"""How partners are named: abbreviations, professions, associations, and look-alikes."""

from __future__ import annotations

import pytest

from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build


def named(text: str, question: str = "insatser") -> set[tuple[str, str]]:
    document, submission = build({question: text}, None, "Norrby")
    mentions = find_partners(document, submission, analyse(document.text))
    return {
        (m.category, document.text[m.start : m.end])
        for m in mentions
        if not m.rule.startswith("svar.")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vc Backen är med i gruppen.", {("primarvard", "Vc")}),
        ("En dsk är med i gruppen.", {("primarvard", "dsk")}),
        ("BoJ är med i gruppen.", {("brottsofferjour", "BoJ")}),
        ("Gruppen består av skolkurator, jour.", {("skola", "skolkurator")}),
        ("Gruppen består av polis och jour.", {("polis", "polis"), ("kvinnojour", "och jour")}),
        ("Psykakuten deltar i gruppen.", {("psykiatri", "Psykakuten")}),
        ("Övervakarna kom till mötet.", {("frivard", "Övervakarna")}),
        ("Krinsp. Frank deltar i gruppen.", {("polis", "Krinsp.")}),
        ("Anstaltsprästen håller i samtalen.", {("kyrka", "Anstaltsprästen")}),
        ("Muslimska föreningen är med.", {("kyrka", "Muslimska föreningen")}),
        ("Budoklubben håller i kursen.", {("frivillig_annan", "Budoklubben")}),
        ("Byggfacket är med i gruppen.", {("frivillig_annan", "Byggfacket")}),
        ("Hyresgästföreningen är med.", {("frivillig_annan", "Hyresgästföreningen")}),
        ("Räddningsmissionen är med.", {("frivillig_annan", "Räddningsmissionen")}),
        ("Kulturförvaltningen är med.", {("ovrig_annan", "Kulturförvaltningen")}),
        ("Gymn. är med i gruppen.", {("skola", "Gymn.")}),
        ("Byggebo är med i gruppen.", {("bostad", "Byggebo")}),
        ("FoUrum är med i gruppen.", {("fou", "FoUrum")}),
        ("Qvinnojouren är med i gruppen.", {("kvinnojour", "Qvinnojouren")}),
        ("Teaterföreningen är med i gruppen.", {("frivillig_annan", "Teaterföreningen")}),
        ("Förbundet är med i gruppen.", set()),
        ("Sjukhuset är representerat genom BUP.", {("bup", "BUP")}),
        ("En föreläsning gavs i Folkets hus.", set()),
        ("Folkhögskolan höll kursen med oss.", {("skola", "Folkhögskolan")}),
        ("Länsmuseet är med i gruppen.", {("ovrig_annan", "Länsmuseet")}),
        ("Personligt ombud är med i gruppen.", {("ovrig_annan", "Personligt ombud")}),
        ("Jourföreningen Solrosen är med.", {("kvinnojour", "Jourföreningen")}),
    ],
)
def test_a_name_tells_its_category(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Polismusikkåren spelade på dagen.",
        "Breven ligger i facket.",
        "Vi var på stadsteatern.",
        "Mötet hölls på stadsbiblioteket.",
        "Mötet hölls på Folkets hus.",
        "Föreläsningen gavs på golfklubben.",
        "Barn med IF har fått ett eget material.",
        "Juristkliniken gav råd.",
        "Antalet polisanmälningar ökade.",
    ],
)
def test_look_alikes_name_nobody(text):
    assert named(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kyrkans nattvandrare är med i gruppen.", {"kyrka"}),
        ("Metodistkyrkans ungdomsförbund är med.", {"kyrka"}),
        ("Migrationsverkets boendeenhet är med.", {"migrationsverket"}),
        ("RFSL Norrbys brottsofferstöd är med.", {"rfsl"}),
        ("Skolans bibliotek är med.", {"skola"}),
        ("Polisens brottsoffersamordnare är med.", {"brottsoffersamordnare"}),
        ("Kyrkan och nattvandrarna är med.", {"kyrka", "frivillig_annan"}),
    ],
)
def test_a_part_of_an_owner_counts_as_the_owner(text, expected):
    assert {category for category, _ in named(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vårdcentralen är med.\nMalin leder.\nLäkaren kommer varje gång.", {"primarvard"}),
        (
            "Vårdcentralen är med.\nBUP är med.\nMalin leder.\nLäkaren kommer.",
            {"primarvard", "bup"},
        ),
        (
            "Två föreningar har en telefonkedja: BOJ och Röda Korset.",
            {"brottsofferjour", "roda_korset"},
        ),
        ("Lasarettet med en kurator från akutmottagningen är med.", {"akutsjukvard"}),
        ("En undersköterska från hemtjänsten är med.", set()),
        ("Djurkliniken tar emot hunden.", {"ovrig_annan"}),
        ("Studenthälsan har två grupper.", {"hogskola"}),
        ("Kvinnofridsmottagningen leder mötena.", set()),
        ("Regionens kvinnofridsmottagning leder mötena.", {"halso_sjukvard_annan"}),
        ("Mötet var i församlingsgården.", set()),
        ("Från ungdomsmottagningen i Boden deltog en barnmorska.", {"ungdomsmottagning"}),
        (
            "Från vårdcentralen kom en kurator och MVC sände en barnmorska.",
            {"primarvard", "mvc_bvc"},
        ),
        ("RFSL är med.\nFöreningen Lyktan håller cirkeln.", {"rfsl", "frivillig_annan"}),
        ("RFSL är med.\nFöreningen håller cirkeln.", {"rfsl"}),
        (
            "Kyrkan är med.\nStadsmissionen kör mat.\nJouren ringer.",
            {"kyrka", "frivillig_annan", "kvinnojour"},
        ),
        ("Mansjouren är med.\nJouren håller en cirkel.", {"frivillig_annan"}),
        ("Brottsofferjouren är med.\nMalin leder.\nJouren ringer.", {"brottsofferjour"}),
        (
            "Brottsofferjouren och kvinnojouren är med.\nMalin leder.\nJouren ringer.",
            {"brottsofferjour", "kvinnojour"},
        ),
        (
            "Läraren, barnmorskan och kuratorn på ungdomsmottagningen möts.",
            {"skola", "ungdomsmottagning"},
        ),
    ],
)
def test_whom_a_profession_or_the_jour_means(text, expected):
    assert {category for category, _ in named(text)} == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("Avtalet med Bodens Bostäder gäller.", "insatser", {("bostad", "Bodens Bostäder")}),
        ("Hyresbostäder håller en etta.", "aktor_ovriga", {("bostad", "Hyresbostäder")}),
        ("Ekbygden AB håller en etta åt oss.", "insatser", {("bostad", "Ekbygden")}),
        ("Härnösandshus håller en etta åt oss.", "insatser", {("bostad", "Härnösandshus")}),
        ("Vi har avtal med Kanins Fastigheter.", "insatser", {("bostad", "Kanins Fastigheter")}),
        ("KFAB håller en etta åt oss.", "aktor_ovriga", {("bostad", "KFAB")}),
        ("ABFAB spelade på festen.", "insatser", set()),
        ("Treklöverhem håller en etta åt oss.", "insatser", {("bostad", "Treklöverhem")}),
        ("Malålägenheter AB ritar huset.", "insatser", {("bostad", "Malålägenheter")}),
        ("Stiftelsen AF Bostäder ringer oss.", "insatser", {("bostad", "AF Bostäder")}),
        ("Familjehem saknas i kommunen.", "insatser", set()),
        ("Kvinnan bor på Rosenhem.", "insatser", set()),
        (
            "Diakonen i Bodenbygdens församling är med.",
            "insatser",
            {("kyrka", "Diakonen"), ("kyrka", "församling")},
        ),
        ("Bostäder saknas i kommunen.", "insatser", set()),
        ("Vi har fler skyddade bostäder.", "insatser", set()),
    ],
)
def test_a_housing_company_is_told_by_the_form_of_its_name(text, question, expected):
    assert named(text, question) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Försäkringkassan är med i gruppen.", {"forsakringskassa"}),
        ("Brottsoferjouren är med i gruppen.", {"brottsofferjour"}),
        ("Kvinojouren är med i gruppen.", {"kvinnojour"}),
        ("Arbetsförmedligen är med i gruppen.", {"arbetsformedling"}),
        ("Vådcentralen och barmorskan är med.", {"primarvard", "mvc_bvc"}),
        ("Ungdomsmotagningen är med i gruppen.", {"ungdomsmottagning"}),
        ("Hälsocentarlen är med i gruppen.", {"primarvard"}),
        ("Kvinnofridsgruppen har mötts.", set()),
        ("Av resursskäl blev det inget.", set()),
        ("Handlingsplanen är klar.", set()),
        ("Frivilligcentralen har öppet.", set()),
    ],
)
def test_long_names_with_one_letter_wrong(text, expected):
    assert {category for category, _ in named(text)} == expected
