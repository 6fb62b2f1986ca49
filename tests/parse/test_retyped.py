"""Forms that a person has typed anew: questions cut short, turned and numbered otherwise."""
# ruff: noqa: E501  (the form's own lines are long)

from __future__ import annotations

from dataclasses import replace

import pytest

from annotations.forms import load_forms
from corpus.types import Document, Reading
from pipeline.parse import parse
from pipeline.parse.fold import folded
from pipeline.parse.tails import tail_end
from tests.parse.documents import document, table

FORM = next(f for f in load_forms() if f.id == "redovisning_slut")


def answers(d: Document) -> dict[str, str]:
    (s,) = parse(d)
    return {a.question: d.text[a.start : a.end] for a in s.answers}


def ticked(d: Document) -> set[str]:
    (s,) = parse(d)
    return {f"{c.question}.{c.option}" for c in s.choices if c.checked}


@pytest.mark.parametrize(
    ("label", "rest", "tail"),
    [
        ("Beskriv målet med insatsen", " och vad kommunen vill uppnå\n", " och vad kommunen vill uppnå"),
        ("Övrig information", ", exempelvis framgångsfaktorer eller hinder\n", ", exempelvis framgångsfaktorer eller hinder"),
        ("Rättsväsende", " vilka områden och hur (t.ex. polis, domstol): Polisen", " vilka områden och hur (t.ex. polis, domstol)"),
        ("Har nya aktörer involverats", "? Vilka?\nMVC", "? Vilka?"),
        ("Annat", ", nämligen:\nEn kurs", ", nämligen"),
        ("Kyrkor och samfund", " (vilka): Pastorn", " (vilka)"),
        ("Hälso- och sjukvård (t", ".ex. MVC, psykiatri): BUP", ".ex. MVC, psykiatri)"),
        ("Har några nya aktörer tillkommit", "? Ange vilka.\nStiftet", "? Ange vilka."),
        ("Har målen uppnåtts", "? Vad har förändrats?\nAllt", "? Vad har förändrats?"),
        ("Övrig information", " till länsstyrelsen\nInget", " till länsstyrelsen"),
        # The reader joined the answer to the label's last line.
        ("Beskriv målet", " med insatsen för att utveckla samverkan Att fler söker", " med insatsen för att utveckla samverkan"),
        # Answers, though in words of the form.
        ("Rättsväsendet", " polis och domstol\n", ""),
        ("Kyrkor och samfund", " Pastorn och diakonen\n", ""),
        ("Försäkringskassan", " har inte velat\n", ""),
        ("Beviljade medel", ": 45 000 kr\n", ""),
        ("Har nya aktörer involverats", "? Ja, två\n", ""),
        ("Frivilliga organisationer", " i Torsby\n", ""),
    ],
)  # fmt: skip
def test_the_rest_of_a_retyped_label(label, rest, tail):
    at = len(label)
    assert (label + rest)[at : tail_end(folded(label + rest), FORM, at)] == tail


RETYPED = """Slutredovisning av utvecklingsmedel
Kommun: Torsby
1. Vad avser redovisningen?
{on} Slutredovisning
{off} Delredovisning
2a. Beskriv kort målet med insatsen och vad kommunen vill uppnå
En gemensam arbetsgång.
2b. Beskriv de insatser som genomförts
Nio träffar.
2c. Vilken samverkan avses (kryssa)
{off} Utveckla befintlig samverkan
{on} Etablera ny samverkan
{off} Utvärdera befintlig samverkan
{off} Annat (ange vad):
3. Beviljat belopp
Hur mycket har kommunen fått beviljat?
se ovan, fel ruta
4. Vilka aktörer är involverade i insatsen?
Kryssa och ange vilka
{on} Flera kommuner/stadsdelar vilka och hur: Hagfors
{off} Hälso- och sjukvård vilka områden och hur (t.ex. MVC):
{on} Rättsväsende vilka områden och hur (t.ex. polis, domstol): Närpolisen
{off} Försäkringskassan hur:
{off} Andra aktörer vilka och hur:
4a. Har några nya aktörer involverats utöver de som redan ingick? Vilka?
Diakonen
5. Vilka områden omfattar insatsen?
{on} Stöd till våldsutsatta kvinnor
{off} Skyddat boende
6. Måluppfyllelse
Har något av målen uppnåtts? Har annars någon förändring skett i rätt riktning?
Delvis.
7. Integrering i ordinarie verksamhet
{off} Samverkan har integrerats i ordinarie verksamhet
{on} Det finns en konkret plan för hur samverkan ska integreras
Beslut tas i vår.
8. Framtida satsningar
a) Vad krävs i framtiden för en strukturerad samverkan för kvinnofrid på kommunal nivå?
Tid.
b) Övrig information, exempelvis framgångsfaktorer eller hinder
Inget.
"""
TICKED = {
    "redovisning.slut", "struktur.ny", "aktor.kommuner", "aktor.rattsvasende", "omrade.kvinnor",
    "integrering.konkret_plan",
}  # fmt: skip
ANSWERS = {
    "mal": "En gemensam arbetsgång.",
    "insatser": "Nio träffar.",
    "belopp": "se ovan, fel ruta",
    "aktor_kommuner": "Hagfors",
    "aktor_rattsvasende": "Närpolisen",
    "nya_aktorer": "Diakonen",
    "maluppfyllelse": "Delvis.",
    "integrering": "Beslut tas i vår.",
    "forutsattningar": "Tid.",
    "ovrigt": "Inget.",
}


@pytest.mark.parametrize(
    ("on", "off"), [("☒", "☐"), ("[x]", "[ ]"), ("(x)", "( )"), ("_x_", "___"), ("X", "")]
)
def test_shortened_questions_and_instructions(on, off):
    lines = RETYPED.format(on=on, off=off).split("\n")
    d = document("\n".join(line.lstrip() for line in lines))
    assert ticked(d) == TICKED
    assert answers(d) == ANSWERS


@pytest.mark.parametrize(("on", "off"), [("X", ""), ("x", ""), ("[X]", "[ ]"), ("☒", "☐")])
def test_signs_after_labels_that_ask_in_lower_case(on, off):
    d = document(
        f"Vilka aktörer involveras i insatsen?\n"
        f"Flera kommuner/stadsdelar omfattas av insatsen Ange vilka och hur kommuner/stadsdelar "
        f"involverats: {on}\nHagfors\n"
        f"Kyrkor och samfund Ange vilka och hur de involverats: {off}\n"
        f"Vilka av nedan nämnda områden involveras i insatsen?\n"
        f"stöd till våldsutsatta kvinnor {on}\nstöd till barn som bevittnat våld {on}\n"
        f"hedersrelaterat våld {off}\nskyddat boende {on}\n"
        f"insatser för särskilt utsatta grupper, ange vilka: {on}\nKvinnor med missbruk\n"
        f"Måluppfyllelse\nHar någon eller några av insatsens mål eller delmål uppnåtts?\nJa.\n"
    )
    assert ticked(d) == {
        "aktor.kommuner", "omrade.kvinnor", "omrade.barn", "omrade.skyddat_boende", "omrade.sarskilt_utsatta",
    }  # fmt: skip
    assert answers(d)["sarskilt_utsatta"] == "Kvinnor med missbruk"
    assert answers(d)["aktor_kommuner"] == "Hagfors"


def test_an_answer_that_repeats_the_question_stays_whole():
    d = document(
        "Delredovisning av utvecklingsmedel\n1. Målet med samverkansinsatsen\nEtt nätverk.\n"
        "2. Beviljade medel\nHur mycket har kommunen beviljats?\nBeviljat: 275 000 kr. Kvar: 900 kr.\n"
        "3. Vilka aktörer involveras i insatsen?\n☒ Försäkringskassan\n☐ Kyrkor och samfund\n"
        "5. Måluppfyllelse\nHar någon eller några av insatsens mål eller delmål uppnåtts?\nNej.\n"
        "6. Integrera i ordinarie verksamhet\n"
        "Hur ska samverkan integreras i den ordinarie verksamheten?\n"
        "Samverkan ska integreras i den ordinarie verksamheten genom att gruppen får en budget.\n"
    )
    found = answers(d)
    assert found["belopp"] == "Beviljat: 275 000 kr. Kvar: 900 kr."
    assert found["integrering"].startswith("Samverkan ska integreras i den")


def test_yes_and_no_beside_an_option_are_its_box_only_where_there_are_no_boxes():
    rows = "Hälso- och sjukvården: {}\nKyrkor och samfund: Nej\nFörsäkringskassan: {}\n"
    head = "Vilka aktörer involveras i insatsen?\n"
    foot = "Måluppfyllelse\nHar insatsens mål uppnåtts?\nJa.\nÖvrig information\nInget.\n"
    said = document(head + rows.format("Ja", "Nej") + foot)
    assert ticked(said) == {"aktor.halso_sjukvard"}
    assert "aktor_kyrka_samfund" not in answers(said)
    boxed = table(
        [[head.strip()], ["x", "Hälso- och sjukvården", "BVC"], ["", "Kyrkor och samfund", "Nej"]]
        + [[line] for line in foot.strip().split("\n")]
    )
    assert ticked(boxed) == {"aktor.halso_sjukvard"}
    assert answers(boxed)["aktor_kyrka_samfund"] == "Nej"


def test_an_answer_beside_the_next_rows_box_is_no_label():
    d = table(
        [
            ["Vilka aktörer involveras i insatsen?"],
            ["Hälso- och sjukvård, vilka:", "X"],
            ["Hälsocentralen kom med elva"],
            ["Rättsväsende, vilka:", "X"],
            ["Polisen"],
            ["Måluppfyllelse"],
            ["Har insatsens mål uppnåtts?"],
            ["Ja."],
            ["Övrig information som ni vill dela med er av"],
            ["Inget."],
        ]
    )
    assert answers(d)["aktor_halso_sjukvard"] == "Hälsocentralen kom med elva"


@pytest.mark.parametrize(
    "end",
    ["Med vänlig hälsning\nAnnika", "Vänliga hälsningar,\nE. Ek\nTorsby", "Mvh Anna", "--\nIFO"],
)
def test_the_close_of_a_letter_is_no_answer(end):
    d = document(RETYPED.format(on="[x]", off="[ ]") + end + "\n")
    assert answers(d)["ovrigt"] == "Inget."


def test_a_label_cut_inside_its_parenthesis():
    broken = RETYPED.format(on="☒", off="☐").replace(
        "(t.ex. polis, domstol)", "(t.ex. polis,\ndomstol)"
    )
    assert answers(document(broken)) == ANSWERS


def test_a_label_in_other_words_is_known_by_the_box_of_its_row():
    rows = [
        ["Områden"],
        ["våldsutsatta kvinnor", "☐"],
        ["heder", "☒"],
        ["särskilt utsatta, vilka:\nÄldre", "☒"],
    ]
    rows += [
        [line]
        for line in (
            "Måluppfyllelse",
            "Har insatsens mål uppnåtts?",
            "Ja.",
            "Vilka samverkar ni med?",
        )
    ]
    rows += [["Rättsväsendet", "☐"], ["Försäkringskassan", "☐"]]
    assert ticked(table(rows)) == {"omrade.heder", "omrade.sarskilt_utsatta"}


def test_filled_squares_are_ticks_beside_open_ones():
    assert ticked(document(RETYPED.format(on="■", off="□"))) == TICKED


def test_filled_squares_of_a_list_are_no_ticks():
    d = document("■ Träffar\n■ Utbildning\n■ Jourtelefon\nAnmäld □\n")
    assert [t.checked for page in d.pages for t in page.ticks] == [False]


def test_a_lost_box_on_a_scanned_page_is_left_to_a_person():
    d = document(RETYPED.format(on="☒", off="☐").replace("☒ Rättsväsende", "Rättsväsende"))
    scanned = replace(d, pages=tuple(replace(p, reading=Reading.OCR) for p in d.pages))
    for doc, sure in ((d, True), (scanned, False)):
        (s,) = parse(doc)
        choice = next(c for c in s.choices if c.option == "rattsvasende")
        assert (choice.certainty >= 0.9) is sure


def test_an_unticked_option_that_the_reader_joined_to_the_answer_before():
    joined = RETYPED.format(on="X", off="").replace(
        "Närpolisen\n Försäkringskassan", "Närpolisen Försäkringskassan"
    )
    assert "Närpolisen Försäkringskassan hur:" in joined
    assert answers(document("\n".join(line.lstrip() for line in joined.split("\n")))) == ANSWERS


def test_an_option_named_in_an_answer_is_no_label():
    text = RETYPED.format(on="☒", off="☐").replace(
        "Nio träffar.", "Nio träffar med Försäkringskassan: bra."
    )
    assert answers(document(text))["insatser"] == "Nio träffar med Försäkringskassan: bra."


def test_the_whole_line_of_an_option_without_words_is_its_label():
    text = RETYPED.format(on="☒", off="☐").replace(
        "Utveckla befintlig samverkan", "Befintlig struktur har byggts ut"
    )
    assert answers(document(text)) == ANSWERS
    assert ticked(document(text)) == TICKED
