"""The goals as written held against what is told of them."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from tests.decide.build import case, decided, held

# The goals, the account of the work, the answer about the goals.
MADE = [
    ("Ta fram en broschyr.", "Broschyren är tryckt.", "", "helt"),
    ("Lokal rutin", "Rutin för inläggning. Två möten.", "", "helt"),
    ("En kurs för nattpersonalen.", "En kursdag hölls i april.", "", "helt"),
    ("En kurs för nattpersonalen.", "Kursen blev inte av.", "", "oklart"),
    ("En kurs för nattpersonalen.", "Lokalen är bokad.", "", "oklart"),
    ("Bättre rutiner kring barnen.", "Rutinen är skriven.", "", "oklart"),
    ("Lokal rutin och en kurs.", "Rutinen är skriven. Kursen blev inte av.", "", "delvis"),
    ("Lokal rutin", "- rutin, arbetsversion hos alla", "", "delvis"),
    ("Lokal jourlista", "Möten. Lista.", "", "helt"),
    (
        "75 familjer ska få stöd.",
        "",
        "58 familjer har fått stöd av två familjebehandlare.",
        "delvis",
    ),
    ("Nå 100 personer.", "", "104.", "helt"),
    ("Nå 100 personer.", "", "Vi nådde 63.", "delvis"),
    ("Nå 100 personer.", "", "Målet är nått, i nio fall av tolv som vi har följt upp.", "helt"),
    ("Dela ut kort.", "", "Korten är utdelade. Om de har hjälpt någon vet vi inte.", "helt"),
    ("Färre ska utsättas.", "", "Korten är utdelade. Om de har hjälpt vet vi inte.", "oklart"),
    ("Kort och en kurs.", "", "Korten är klara. Den andra delen vet vi inte.", "delvis"),
    ("Tryggare kvinnor och ett kort.", "", "Korten är klara. Resten vet vi inte.", "delvis"),
    ("Ökad trygghet.", "", "Kursen är hållen. Tryggheten går ännu inte att mäta.", "oklart"),
    ("Utbilda 30 sköterskor i att upptäcka våld.", "utbildn. 33 st, 2 tillf.", "", "helt"),
    ("Upptäcka våld genom en utbildning.", "utbildn. 33 st, 2 tillf.", "", "oklart"),
    ("En larmtelefon", "Telefonen ska köpas in i höst.", "", "oklart"),
]
COUNTED = [
    ("40 samtal under året.", "", "Vi har haft 12 samtal hittills i år.", "delvis"),
    ("40 samtal under året.", "", "Vi har haft 43 samtal med unga kvinnor.", "helt"),
    ("Under året ska 40 samtal hållas.", "", "Vi har haft 12 samtal hittills i år.", "delvis"),
    ("Besök inom 7 dagar.", "", "Det tar nu 12 dagar i snitt.", "delvis"),
    ("Högst fem dagars väntetid.", "", "Den är nu nio dagar i snitt här.", "delvis"),
    ("Nå alla 1 200 hushåll.", "", "Ungefär 700 hushåll av 1 200.", "delvis"),
    ("Nå alla 5 000 hushåll.", "", "2 300 av 5 000 hushåll nåddes.", "delvis"),
    ("Nå alla hushåll.", "", "Broschyren är utdelad enligt § 9/2010.", "helt"),
]


@pytest.mark.parametrize(("goal", "work", "answer", "expected"), [*MADE, *COUNTED])
def test_goals_held_against_what_is_told(goal: str, work: str, answer: str, expected: str) -> None:
    answers = {"mal": goal, "insatser": work, "maluppfyllelse": answer}
    cells = decided(case({q: text for q, text in answers.items() if text}))
    assert held("maluppfyllelse", cells) == {expected}


def test_an_interim_form_has_reached_nothing_by_its_work() -> None:
    answers = {"mal": "Ta fram en broschyr.", "insatser": "Broschyren är tryckt."}
    cells = decided(case(answers, kind=DocumentKind.BLANKETT_DEL))
    assert held("maluppfyllelse", cells) == {"oklart"}
