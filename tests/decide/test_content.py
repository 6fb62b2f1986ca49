"""Training that took place, and parties really at work together: what tells, what does not."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

TRAINED = [
    "Två kvällar för receptionister på campingen om vad man ska titta efter.",
    "Introduktionen av nyanställda hölls en gång per termin.",
    "Nio vårdbiträden fick en introduktion av enhetschefen.",
    "Hon har gått en kurs och skrivit ett förslag till rutin.",
    "En av oss gick kursen i Sundsvall i feb. Inga barn anmäldes.",
    "Alla fick en eftermiddags genomgång av kuratorn.",
    "Vi bjöd in Lena Strand som talade inför 80 personer.",
    "På mötet visades en film och kuratorn ledde en diskussion om våld.",
    "Teatergruppen spelade för sjuorna med efterföljande samtal.",
    "Nya i tjänst introduceras i rutinen, hittills tio personer.",
    "Fyrtio personer utbildades. I södra kommundelen har det inte kommit igång.",
]
NOT_TRAINED = [
    "Utbildningsdagen fick vi ställa in två gånger.",
    "Två gånger har vi fått ställa in kursen.",
    "Tanken var en folder och en utbildningsdag.",
    "En temadag om stalkning ges den 12 oktober.",
    "Ledarna har fått utbildning av sitt riksförbund.",
    "Teamet har ärendekonferens varje vecka.",
    "Rektorn på vuxenutbildningen satt med.",
    "En genomgång av förvaltningens barnutredningar gjordes.",
    "Samråd hålls i genomsnitt efter nio dagar.",
    "Kvinnorna lyssnade på höstmötet.",
    "Vi informerade om projektet på APT.",
    "Vi har beställt en kurs men den är inte hållen.",
    "Studiebesöket fick skjutas upp.",
    "Behandlarna är utbildade sedan tidigare.",
    "Gruppen tog emot ett studiebesök från Kalmar.",
    "Gruppen och forskarna hade två gemensamma analysdagar.",
]
TOGETHER = [
    "Sju möten i kvinnofridsgruppen med polisen.",
    "12 möten hållna med polisen och jouren, nästa i maj.",
    "Regelbundna möten med polisen och vården.",
    "Möten med polisen, handlingsplanen reviderad.",
    "Planeringsgrupp med polisen, 6 träffar ht09. Inga grupper för kvinnor startade.",
    "Bedömningarna har gjorts i par, en polis och en utredare.",
]
APART = [
    "En broschyr trycktes. Polisen och biblioteket fick hundra var.",
    "Vi fick 80 000 kr för att starta en grupp ihop med jouren. Det blev inte av.",
    "Har inte kunnat starta.",
    "Den som frågar hänvisas till Bris.",
    "Eleverna ska veta vad våld är, oavsett vem de är tillsammans med.",
    "Jag har haft cirklar på tre gruppbostäder, fyra träffar på varje ställe.",
    "Någon projektgrupp har inte funnits.",
    "Samtalsgruppen för kvinnor träffades tio gånger.",
    "Våra egna enheter träffas varje vecka.",
    "I utvärderingen var samtal i par det bästa.",
    "Vi deltar i länsstyrelsens nätverksträff i juni.",
]


@pytest.mark.parametrize(
    ("answer", "expected"), [(t, True) for t in TRAINED] + [(t, False) for t in NOT_TRAINED]
)
def test_training_that_took_place(answer: str, expected: bool) -> None:
    assert ("utbildning" in held("innehall", decided(case({"insatser": answer})))) is expected


@pytest.mark.parametrize(
    ("answer", "expected"), [(t, True) for t in TOGETHER] + [(t, False) for t in APART]
)
def test_parties_at_work_together(answer: str, expected: bool) -> None:
    assert ("reell_samverkan" in held("innehall", decided(case({"insatser": answer})))) is expected


def test_partners_of_something_else_than_a_structure_helped_with_it() -> None:
    """A box for something else weighs against the number of partners."""
    answers = {
        "insatser": "En utställning visades.",
        "aktor_ovriga": "Biblioteket upplät sin sal. Skolan hjälpte till med bilderna.",
    }
    assert "reell_samverkan" not in held("innehall", decided(case(answers, ["struktur.annat"])))
