"""What is done with forms of collaboration, and training that took place or did not."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

STRUCTURE: list[tuple[str, set[str]]] = [
    ("Teamet har funnits sedan 2014 och har nu fått två nya medlemmar.", {"befintlig"}),
    ("Någon rutin över länsgränsen har inte funnits tidigare. Nu möts vi varje månad.", {"ny"}),
    ("Polisen, skolan och vi möts varannan vecka och tar upp ärenden ihop.", {"ny"}),
    ("Ett kommunalt kvinnofridsråd instiftades.", {"ny"}),
    ("Parterna hade inte suttit vid samma bord tidigare, nu är mötena månatliga.", {"ny"}),
    ("Överenskommelsen förnyades och fler myndigheter anslöt sig.", {"befintlig"}),
    ("Samma råd som förut fast med en årsplan.", {"befintlig"}),
    ("Två studenter skrev en uppsats om hur samrådet fungerar.", {"utvardering"}),
    ("Översynen av samjouren gjordes av en konsult.", {"utvardering"}),
    ("Granskningen av gruppens arbete har utförts av en konsult.", {"utvardering"}),
    ("Teamet inrättades 2003, nu har vi skrivit om arbetsplanen.", {"befintlig"}),
    ("Pjäsen spelades för alla nior.", {"annat"}),
    ("Tack för pengarna!", set()),
    ("Handläggaren var föräldraledig under våren.", set()),
]
TRAINING = [
    ("Utbildningen bokades två gånger men avbokades.", False),
    ("Kursen blev inställd på grund av snöoväder.", False),
    ("Mottagningen har öppet två eftermiddagar i veckan.", False),
    ("Vi berättade om mottagningen på deras apt.", False),
    ("Personaldag om trauma, 40 personer.", True),
    ("Tre cirklar har gått, med sammanlagt 31 deltagare.", True),
    ("Vi har rest till Skövde och fått se hur de arbetar.", True),
    ("Rektorerna fick en eftermiddag om barn som slås.", True),
    ("Två av oss har läst 15 poäng om våld.", True),
    ("Handledaren kom var tredje vecka.", True),
    ("Länet gav genom ett annat projekt en kurs.", False),
    ("Sex kollegor kom på studiebesök hos oss.", False),
    ("Webbkursen är beställd men inte genomförd.", False),
    ("Kurslokalen användes för mötena.", False),
    ("Tre av oss gick Trappans påbyggnad i Lund.", True),
    ("Volontärerna handleds av en kurator varje månad.", True),
    ("Två handläggare har åkt till Kalmar och tittat på deras mottagning.", True),
    ("Väntetiden har gått ned till fyra dagar.", False),
    ("Flickorna går i årskurs nio.", False),
    ("Någon annan utbildning har inte ingått. Rutinen är klar.", False),
    ("Den föreläsning som var bokad ställdes in.", False),
    ("Ett besök på jouren i Ystad är uppskjutet till mars.", False),
]


TOGETHER = [
    ("Enkäten utarbetades av regionen, jouren och oss ihop.", True),
    ("Parterna har enats om en blankett och följer den.", True),
    ("Barngruppen leds av en av oss och en av deras pedagoger.", True),
    ("Veckovis avstämning inom familjeenheten.", False),
    ("Apoteket har satt upp våra lappar.", False),
    ("Kuratorn på vårdcentralen och jag tar emot tillsammans på torsdagar.", True),
    ("Nätverket är däremot inte bildat.", False),
]


@pytest.mark.parametrize(("answer", "expected"), TOGETHER)
def test_parties_at_work_together(answer: str, expected: bool) -> None:
    cells = decided(case({"insatser": answer}))
    assert ("reell_samverkan" in held("innehall", cells)) is expected


@pytest.mark.parametrize(("answer", "expected"), STRUCTURE)
def test_structure(answer: str, expected: set[str]) -> None:
    assert held("struktur", decided(case({"insatser": answer}))) == expected


@pytest.mark.parametrize(("answer", "expected"), TRAINING)
def test_training_that_took_place(answer: str, expected: bool) -> None:
    cells = decided(case({"insatser": answer}))
    assert ("utbildning" in held("innehall", cells)) is expected


def test_an_evaluation_that_was_not_made_loses_its_tick() -> None:
    told = "Rutinen skrevs. Den utvärdering vi tänkt oss har inte kunnat genomföras."
    cells = decided(case({"insatser": told}, ["struktur.ny", "struktur.utvardering"]))
    assert held("struktur", cells) == {"ny"}
