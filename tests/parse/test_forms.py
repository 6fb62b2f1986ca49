"""Filled-in forms, mangled in the ways people mangle them."""
# ruff: noqa: E501  (the form's own lines are long)

from __future__ import annotations

import pytest

from annotations.forms import Form, check, load_forms
from annotations.strict import DefinitionError, parse_yaml, structure
from corpus.types import Document, DocumentKind, Submission
from pipeline.parse import parse
from tests.parse.documents import document, table

FINAL = """Länsstyrelse: Värmland
Sökande kommun: Torsby
Projektets namn: Tryggt i norr
Rapportperiod: 2009-02-01–2010-08-31
1. Redovisningen avser
Kryssa för rätt alternativ
☒ En slutredovisning av samverkansprojektet
☐ En delredovisning av samverkansprojektet
2. Målet med samverkansinsatsen
a) Beskriv kort målet/målen med insatsen för att utveckla lokal samverkan samt vad kommunen vill uppnå med insatsen
Få fram en gemensam arbetsgång.
b) Beskriv därefter de insatser som genomförts, varje insats för sig
Måluppfyllelsen har varit god sedan starten.
Polisen, Kyrkan och skolan har träffats nio gånger.
a) Vilken samverkan avses?
☐ Befintlig samverkansstruktur
☒ Etablera en ny samverkansstruktur
☐ Utvärdera befintlig samverkansstruktur
☐ Annat, ange vad:
3. Beviljade medel
Hur mycket pengar har kommunen beviljats?
75 000 kr
4. Vilka aktörer involveras i insatsen?
☒ Flera kommuner/stadsdelar omfattas av insatsen Ange vilka och hur kommuner/stadsdelar involverats:
Hagfors
☐ Hälso- och sjukvården Ange vilket/vilka områden och hur de involverats (ex MVC):
☒ Rättsväsendet Ange vilket/vilka områden och hur de involverats (ex, polis, domstol):
Närpolisen
☐ Kyrkor och samfund Ange vilka och hur de involverats:
☐ Försäkringskassan Ange hur den involverats:
☒ Frivilliga organisationer Ange vilken/vilka och hur de involverats:
Kvinnojouren håller i gruppen
☐ Annan/andra aktörer Ange vilken/vilka och hur de involverats:
5. Vilka av nedan nämnda områden involveras i insatsen?
☒ stöd till våldsutsatta kvinnor\t☐ stöd till barn som bevittnat våld
☐ hedersrelaterat våld\t☐ skyddat boende
☒ insatser för våldsutövande män
☐ insatser för särskilt utsatta grupper, ange vilka:
6. Måluppfyllelse
Har någon eller några av insatsens mål eller delmål uppnåtts? Har annars någon förändring skett i rätt riktning mot målet för insatsen? Beskriv varje insats för sig.
Delvis.
7. Integrera i ordinarie verksamhet
☐ Har samverkan integrerats i den ordinarie verksamheten?
☒ Om projektet inte är slutfört, ska samverkan integreras i den ordinarie verksamheten?
☐ Finns det en konkret plan för hur samverkan ska integreras i den ordinarie verksamheten?
☐ Frågan är inte relevant för projektet därför att (om insatsen exempelvis avser en utbildning)?
8. Förutsättningar inför framtida satsningar på området
a) Vad bedömer ni krävs i framtiden för att utveckla en strukturerad samverkan för kvinnofrid på kommunal nivå?
Tid.
b) Övrig information som ni vill dela med er av, exempelvis framgångsfaktorer eller hinder ni stött på under projektets genomförande
Inget.
"""
TICKED = {
    "redovisning.slut", "struktur.ny", "aktor.kommuner", "aktor.rattsvasende",
    "aktor.frivilligorganisation", "omrade.kvinnor", "omrade.utovare", "integrering.ska_integreras",
}  # fmt: skip
ANSWERS = {
    "mal": "Få fram en gemensam arbetsgång.",
    "insatser": "Måluppfyllelsen har varit god sedan starten.\n"
    "Polisen, Kyrkan och skolan har träffats nio gånger.",
    "belopp": "75 000 kr",
    "aktor_kommuner": "Hagfors",
    "aktor_rattsvasende": "Närpolisen",
    "aktor_frivilligorganisation": "Kvinnojouren håller i gruppen",
    "maluppfyllelse": "Delvis.",
    "forutsattningar": "Tid.",
    "ovrigt": "Inget.",
}


def ticked(s: Submission) -> set[str]:
    return {f"{c.question}.{c.option}" for c in s.choices if c.checked}


def answers(d: Document, s: Submission) -> dict[str, str]:
    return {a.question: d.text[a.start : a.end] for a in s.answers}


def only(d: Document) -> Submission:
    (submission,) = parse(d)
    return submission


def damaged(text: str) -> str:
    """The text as an OCR engine without Swedish leaves it."""
    return text.translate(str.maketrans("åäöÅÄÖ", "aaoAAO")).replace("il", "1l")


MANGLED = {
    "as printed": FINAL,
    "upper case labels": "\n".join(
        line.upper() if line.startswith(tuple("123456789abBH")) and "?" in line else line
        for line in FINAL.split("\n")
    ),
    "numbers gone": "\n".join(
        line[3:] if line[:2] in {f"{n}." for n in range(1, 9)} | {"a)", "b)"} else line
        for line in FINAL.split("\n")
    ),
    "brackets": FINAL.replace("☒", "[x]").replace("☐", "[ ]"),
    "box after the label": "\n".join(
        f"{line[2:]} {line[0]}"
        if line[:1] in "☒☐" and "\t" not in line and "Ange" not in line and line
        else line
        for line in FINAL.replace("\t", "\n").split("\n")
    ).replace(" Ange", "\nAnge"),
}


@pytest.mark.parametrize("how", ["as printed", "upper case labels", "numbers gone", "brackets"])
def test_reads_every_answer_and_tick(how):
    d = document(MANGLED[how])
    s = only(d)
    assert s.form == "redovisning_slut"
    assert s.kind is DocumentKind.BLANKETT_SLUT
    assert ticked(s) == TICKED
    assert answers(d, s) == ANSWERS


def test_header_of_a_form():
    header = only(document(FINAL)).header
    assert (header.lan, header.kommun, header.kommunkod) == ("Värmland", "Torsby", "1737")
    assert header.titel == "Tryggt i norr"
    assert str(header.period_start) == "2009-02-01"
    assert header.beviljat_belopp == 75000


def test_ocr_damage():
    d = document(damaged(FINAL))
    s = only(d)
    assert ticked(s) == TICKED
    assert set(answers(d, s)) == set(ANSWERS)
    assert s.header.kommunkod == "1737"


def test_every_option_that_is_printed_gets_a_choice():
    s = only(document(FINAL))
    assert len(s.choices) == 23
    assert len({(c.question, c.option) for c in s.choices}) == 23


def test_hand_typed_mail_with_half_of_the_questions():
    d = document(
        "Hej! Blanketten gick inte att öppna så jag skriver här.\n"
        "Kommun: Arjeplog\n"
        "1. Mål: en rutin för natt och helg\n"
        "2. Genomförda insatser: tre möten med distriktssköterskan\n"
        "3. Beviljade medel: 30 tkr\n"
        "4. Aktörer\n"
        "x Hälso- och sjukvård: distriktssköterskan\n"
        "x Kyrkor och samfund: diakonen\n"
        "Försäkringskassan\n"
        "5. Måluppfyllelse: nästan\n"
        "6. Övrigt: hälsningar Mia\n"
    )
    s = only(d)
    found = answers(d, s)
    assert found["mal"] == "en rutin för natt och helg"
    assert found["insatser"] == "tre möten med distriktssköterskan"
    assert found["aktor_halso_sjukvard"] == "distriktssköterskan"
    assert found["maluppfyllelse"] == "nästan"
    assert {"aktor.halso_sjukvard", "aktor.kyrka_samfund"} <= ticked(s)
    assert "aktor.forsakringskassa" not in ticked(s)
    assert s.header.beviljat_belopp == 30000


def test_boxes_in_the_cell_to_the_right():
    d = table(
        [
            ["1. Redovisningen avser"],
            ["En slutredovisning av samverkansprojektet", "x"],
            ["En delredovisning av samverkansprojektet", ""],
            ["4. Vilka aktörer involveras i insatsen?"],
            ["Hälso- och sjukvården Ange vilka områden:", "BVC", "x"],
            ["Rättsväsendet Ange vilka:", "", ""],
            ["Kyrkor och samfund", "", ""],
            ["Försäkringskassan", "", "x"],
            ["6. Måluppfyllelse"],
            ["Helt"],
            ["8b. Övrig information som ni vill dela med er av"],
            ["Nej tack"],
        ]
    )
    s = only(d)
    assert ticked(s) == {"redovisning.slut", "aktor.halso_sjukvard", "aktor.forsakringskassa"}
    assert answers(d, s)["aktor_halso_sjukvard"] == "BVC"
    assert answers(d, s)["maluppfyllelse"] == "Helt"


def test_the_interim_box_makes_it_an_interim_report():
    text = FINAL.replace("☒ En slut", "☐ En slut").replace("☐ En del", "☒ En del")
    assert only(document(text)).kind is DocumentKind.BLANKETT_DEL


def test_an_empty_form_is_empty():
    kept = [
        line
        for line in FINAL.split("\n")
        if line not in set("\n".join(ANSWERS.values()).split("\n"))
    ]
    s = only(document("\n".join(kept).replace("☒", "☐")))
    assert s.empty
    assert s.answers == ()


def test_two_forms_in_one_file_are_two_projects():
    second = FINAL.replace("Tryggt i norr", "Barnens rum").replace("75 000", "40 000")
    first, other = parse(document(FINAL + second))
    assert (first.part, other.part) == (1, 2)
    assert first.header.titel == "Tryggt i norr"
    assert other.header.titel == "Barnens rum"
    assert other.header.beviljat_belopp == 40000
    assert first.end <= other.start
    assert ticked(first) == ticked(other) == TICKED


def test_an_answer_that_begins_in_the_form_s_words_stays_whole():
    text = FINAL.replace("Delvis.", "Försäkringskassan kom aldrig, annars nåddes målet.")
    d = document(text)
    assert answers(d, only(d))["maluppfyllelse"].startswith("Försäkringskassan kom aldrig")


def test_all_faults_of_a_form_at_once():
    text = """
id: 7
name: "Prov"
kind: "blankett_slut"
header: []
questions:
  - {id: "a", kind: "text", anchors: ["A"], farg: "blå"}
  - {id: "b", kind: "fel", anchors: ["B"]}
"""
    with pytest.raises(DefinitionError) as error:
        structure(parse_yaml(text, "prov.yaml"), Form, "prov.yaml")
    faults = "\n".join(error.value.faults)
    assert "7 är inte text" in faults
    assert "farg" in faults
    assert "questions[1]" in faults


def test_yaml_with_the_same_key_twice_is_refused():
    with pytest.raises(DefinitionError, match="två gånger"):
        parse_yaml('id: "a"\nid: "b"\n', "prov.yaml")


def test_the_shipped_forms_are_sound():
    for form in load_forms():
        assert check(form, form.id) == []


ANNEX = (
    "Minnesanteckning {}: rapporten från arbetsgruppen lästes igenom och lades till handlingarna."
)


def test_a_long_annex_does_not_overrule_the_form_before_it():
    d = document(FINAL + "Bilaga\n" + "\n".join(ANNEX.format(n) for n in range(1500)))
    s = only(d)
    assert (s.kind, s.form) == (DocumentKind.BLANKETT_SLUT, "redovisning_slut")
    assert ticked(s) == TICKED
    assert {k: v for k, v in answers(d, s).items() if k != "ovrigt"} == {
        k: v for k, v in ANSWERS.items() if k != "ovrigt"
    }


@pytest.mark.parametrize("form", ["", FINAL.replace("☒", "☐")])
def test_an_example_form_at_the_end_of_a_printed_report_is_its_appendix(form):
    pages = "\n".join(ANNEX.format(n) for n in range(1500))
    d = document("Utvärderingsrapport\nISSN 1234-5678\nInnehåll\nSammanfattning\n" + pages + form)
    assert [s.kind for s in parse(d)] == [DocumentKind.RAPPORT]
