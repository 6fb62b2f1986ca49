"""Names of municipalities and districts: partners, places, or the sender itself."""

from __future__ import annotations

import pytest

from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from pipeline.rules.places import likely_sender
from tests.decide.partner_reports import build


def places(text: str, question: str = "insatser", own: str = "Norrby") -> set[str]:
    document, submission = build({question: text}, None, own)
    mentions = find_partners(document, submission, analyse(document.text))
    return {document.text[m.start : m.end] for m in mentions if m.category == "kommuner"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi och Vindeln delar på en tjänst.", {"Vindeln"}),
        ("Vindeln, Malå och vi har en gemensam jour.", {"Vindeln", "Malå"}),
        ("Nästa år betalar Vindeln halva tjänsten.", {"Vindeln"}),
        ("Tjänsten delas sedan i höstas med Vindeln.", {"Vindeln"}),
        ("Två kuratorer från Vindeln var med på kursen.", {"Vindeln"}),
        ("Personal från Mora deltog.", {"Mora"}),
        ("Rutinen är framtagen av Vindeln ihop med oss.", {"Vindeln"}),
        ("- Vindeln: två platser i gruppen", {"Vindeln"}),
        ("Vindelns socialchef leder gruppen.", {"Vindelns"}),
        ("I gruppen ingår Åsa, Ida från Vindeln och jag.", {"Vindeln"}),
        ("I gruppen finns vi, Skarpnäcks stadsdelsförvaltning och polisen.", {"Skarpnäcks"}),
        ("Det är Vindeln som håller i mötena.", {"Vindeln"}),
        ("Vindeln nu har beslutat att gå in.", {"Vindeln"}),
        ("Vi leds väl från Vindeln, som håller i schemat.", {"Vindeln"}),
        ("Två från hemtjänsten i Vindeln kom.", {"Vindeln"}),
        ("IFO Vindeln 8", {"Vindeln"}),
        ("Möte: soc Vindeln + soc Malå", {"Vindeln", "Malå"}),
        ("I gruppen: Ida Berg (Vindeln), Åsa Ek (Malå)", {"Vindeln", "Malå"}),
        ("Vi tog bussen Malå-Vindeln en gång.", set()),
        ("Det finns en uppgörelse med Vindeln om jäv.", {"Vindeln"}),
        ("Deltagare: SDF Lärjedalen, SDF Gunnared", {"Lärjedalen", "Gunnared"}),
        ("En socialsekreterare per kommun är avdelad.", {"socialsekreterare per kommun"}),
        ("Närvaro:\n- Vindeln 13/14", {"Vindeln"}),
        ("Kvinnojouren (Vindeln) är med.", set()),
        ("Ulla Berg från Vindeln föreläste.", set()),
        ("Kvinnor från Vindeln kan inte tas emot.", set()),
        ("Mötet hölls i Vindeln.", set()),
        ("Polisen Ove från Vindeln sitter i gruppen.", set()),
        ("Migrationsverkets handläggare i Vindeln är med.", set()),
        ("Ort: Vindeln", set()),
        ("Hon hade flyttat hit från Vindeln.", set()),
        ("Skarpnäck är trevligt.", set()),
        ("Vindeln 13/14", {"Vindeln"}),
        ("Vindeln 15 maj 2010", set()),
        ("Vindeln 2010-05-15", set()),
        ("Jour delas m. Vindeln.", {"Vindeln"}),
        ("Fyra personer kom från Vindeln.", {"Vindeln"}),
        ("Fyra kvinnor hade kommit hit från Vindeln.", set()),
        ("Till kursen bjöds Skarpnäcks stadsdelsförvaltning in.", {"Skarpnäcks"}),
        ("Skarpnäcks stadsdelsförvaltning", set()),
        ("BOJ Vindeln–Malå sitter med.", set()),
    ],
)
def test_another_municipality_stands_as_a_partner(text, expected):
    assert places(text) == expected


def test_two_municipalities_in_one_word_are_partners_where_one_is_the_sender():
    assert places("Samråd Malå-Vindeln fyra gånger.", own="Malå") == {"Malå-Vindeln"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett avtal mellan Malå och Vindeln gäller.", {"Vindeln"}),
        ("Nätverk Malå – Vindeln träffas varje månad.", {"Vindeln"}),
        ("Samtal för Malå-Vindeln.", {"Malå-Vindeln"}),
        ("Socialnämnderna i Malå och Vindeln beslutade.", {"Socialnämnderna"}),
        ("Gruppen består av Malå, Vindeln och polisen.", {"Vindeln"}),
        ("Två handläggare från Malå och Vindeln leder den.", {"Vindeln"}),
        ("Polisen i Malå och Vindeln är med.", set()),
        ("Kursen hölls i Malå och Vindeln.", set()),
    ],
)
def test_a_list_with_the_senders_own_name_tells_whose_work_it_is(text, expected):
    assert places(text, own="Malå") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Länets socialnämnder har fått boken.", {"Länets socialnämnder"}),
        ("De fyra socialcheferna träffas varje kvartal.", {"socialcheferna"}),
        ("Samtliga västkommuner är anslutna.", {"Samtliga västkommuner"}),
        ("Vår kommun är liten.", set()),
    ],
)
def test_several_municipalities_without_their_names(text, expected):
    assert places(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vindeln deltog med två handläggare.", {"Vindeln"}),
        ("Vindeln är litet. Vindeln deltog i länets träffar.", set()),
    ],
)
def test_without_a_header_the_place_named_often_is_the_sender(text, expected):
    document, submission = build({"insatser": text}, None, "")
    mentions = find_partners(document, submission, analyse(document.text))
    found = {document.text[m.start : m.end] for m in mentions if m.category == "kommuner"}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lilla Edet sökte medel. Gruppen i Lilla Edet har setts.", "Lilla Edet"),
        ("Östra Göinges grupp har setts. I Östra Göinge finns en jour.", "Östra Göinge"),
        ("Strängnäs sökte medel. Strängnäs kommun leder gruppen.", "Strängnäs"),
        ("Lilla Edet och Vindeln delar jour. Vindeln betalar.", "Vindeln"),
        ("Lilla Edet sökte medel.", ""),
    ],
)
def test_the_municipality_named_most_often_is_likely_the_sender(text, expected):
    assert likely_sender(list(analyse(text).sents)) == expected


def test_a_sender_of_two_words_is_no_partner_of_its_own():
    text = "Vi i Lilla Edet och Vindeln delar jour. Lilla Edet och Vindeln betalar hälften var."
    assert places(text, own="") == {"Vindeln"}
