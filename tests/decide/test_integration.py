"""Whether collaboration lives on, by phenomenon: lasting, handed over, awaited, ended, not told."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.types import DocumentKind, Header
from tests.decide.build import case, decided, held

LIVES = [
    "Kuratorn tog över mötena och de rullar på var sjunde vecka.",
    "Stödet har förts över till öppenvården, som betalar det själv.",
    "Telefonen bemannas numera av socialjouren inom ram.",
    "Frågan ligger inne i verksamhetssystemet och ställs till alla.",
    "Rutinen är fastställd av ledningsgruppen och följs på enheterna.",
    "Utan bidrag lever gruppen vidare som förut.",
    "Samordnarens tjänst är gjord om till en tillsvidaretjänst.",
    "Det är så vi jobbar nu.",
    "Samrådet var ordinarie redan före projektet och är det fortfarande.",
    "Från september bekostar kommunen lokalen och mötena ingår i kuratorns tjänst.",
    "Nämnden har beslutat att teamet ska drivas av öppenvården.",
    "Samtalen med papporna bekostas av kommunens egen budget.",
    "Tjänsten inryms i ram.",
    "Partnerskapet är förlängt till 2027 i nämndens ram.",
    "Vi ses varje höst framöver, bestämt i planen.",
    "Gruppen träffas i fortsättningen varannan månad.",
    "Mötena har lagts som arbetsuppgift på enhetschefen.",
    "Gruppen antog i höstas en egen arbetsordning och följer den.",
    "Arbetsgruppen är upplöst. Metoden används numera av öppenvården.",
    "Frågan om djur finns i mallen för alla samtal.",
    "Forumet är ordinarie.",
]
PLANNED = [
    "Kommunstyrelsen tar ställning efter sommaren.",
    "En skrivelse om fast tjänst är inlämnad till nämnden.",
    "Vi väntar på besked från politikerna.",
    "Om nämnden säger ja tar öppenvården över gruppen.",
    "Öppenvården tar över gruppen i höst.",
    "Tanken finns att det blir en del av elevhälsan.",
    "Rutinen ska in i årshjulet.",
    "Integreringen sker stegvis med början nästa vår.",
    "Chefen har lovat att lägga in det i budgeten.",
    "Vi håller på att ta fram ett avtal.",
    "Avtalet är undertecknat och träder i kraft vid halvårsskiftet.",
    "Grannkommunen fattar sitt beslut i majnämnden.",
    "Utgångspunkten är att gruppen leds av skolan.",
    "Gruppen fortsätter nog.",
    "När godkännandet kommit förs rutinen in i handboken.",
    "Nämnden tar ställning till tjänsten i budgeten för nästa år.",
    "Häktet ansluter sig till hösten.",
    "Tre kommuner har den uppe för beslut i vår.",
    "Arbetssättet skrivs in i handboken när prövotiden är över.",
    "Nuvarande avtal löper ut i juni. Ett förslag ligger hos nämnden.",
    "Nämnden har beslutat att behandla frågan i budgeten.",
    "Avtalet är ännu inte undertecknat av rektorn.",
    "Förvaltningen har hemställt om att mottagningen permanentas.",
    "Dagen är tänkt att återkomma.",
]
ENDED = [
    "Teamet avvecklades i maj.",
    "Nämnden avslog begäran och mottagningen stänger.",
    "Det ryms inte i budget.",
    "Tjänsten drogs in och med den föll allt.",
    "Rutinen togs aldrig i bruk.",
    "Fler kvällar är inte planerade.",
    "Krysset var tanken från början, så fortsätter vi inte.",
    "Kursen är hållen och upprepas inte.",
    "Planerna på en gemensam jour är skrinlagda.",
    "Vi återgår till att arbeta var för sig.",
    "Det rörde sig bara om två halvdagar.",
    "Knappast.",
    "Några planer på att börja om har vi inte.",
    "Mässan gällde i år, nästa blir det ingen.",
    "Den som ringer hänvisas till grannkommunen.",
    "Ingen planerad.",
    "Ärendet är avslutat för vår del.",
    "I krysset står att mottagningen ska bli permanent. Så blir det inte.",
    "Ingenting mer planeras.",
    "Blanketten läggs åt sidan.",
    "Inte tänkt.",
]
UNTOLD = [
    "Diskuteras.",
    "Vi får se hur det blir.",
    "Vet ej.",
    "Går inte att svara på.",
    "Alla parter är positiva.",
    "Mer pengar behövs.",
    "Mitt vikariat upphör i juni.",
    "Kvinnorna fortsätter att ses på egen hand.",
    "Personalen på ordinarie enheter är informerad.",
    "Frågan är inte aktuell förrän kursen hållits.",
    "Ska övervägas när boendets framtid är känd.",
    "Jag tog över samordningen i våras.",
    "Se även svaret ovan.",
    "Har ännu inte diskuterats.",
    "Redovisas i slutrapporten.",
]
ANSWERS = [
    *((text, {"integrerad"}) for text in LIVES),
    *((text, {"plan"}) for text in PLANNED),
    *((text, {"ej"}) for text in ENDED),
    *((text, set[str]()) for text in UNTOLD),
]


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_what_the_answer_says(answer: str, expected: set[str]) -> None:
    assert held("integrering", decided(case({"integrering": answer}))) == expected


def test_a_part_that_ends_is_not_the_whole() -> None:
    answer = "Mötena ligger nu i ordinarie verksamhet, på ordinarie tid. Kursen upprepas inte."
    assert held("integrering", decided(case({"integrering": answer}))) == {"integrerad"}


def test_the_time_to_come_plans_only_in_the_present() -> None:
    took = decided(case({"integrering": "Öppenvården tog över gruppen i höst."}))
    takes = decided(case({"integrering": "Öppenvården tar över gruppen i höst."}))
    assert held("integrering", took) == {"integrerad"}
    assert held("integrering", takes) == {"plan"}


def test_what_others_lay_down_is_no_end_of_the_project() -> None:
    told = "Åklagaren lade ned förundersökningen i tre ärenden."
    assert held("integrering", decided(case({"insatser": told}))) == set()


def test_what_runs_until_the_decision_lives_and_is_planned() -> None:
    answer = "Kommunen tar ställning i juni. Till dess finansieras boendet av de två nämnderna."
    assert held("integrering", decided(case({"integrering": answer}))) == {"integrerad", "plan"}


def test_work_in_an_interim_form_is_still_to_become_ordinary() -> None:
    answer = {"integrering": "Driften tas över av socialtjänsten."}
    final = case(answer, kind=DocumentKind.BLANKETT_SLUT)
    interim = case(answer, kind=DocumentKind.BLANKETT_DEL)
    assert held("integrering", decided(final)) == {"integrerad"}
    assert held("integrering", decided(interim)) == {"plan"}


def test_what_was_ordinary_before_lives_in_an_interim_form_too() -> None:
    answer = {
        "integrering": "Nätverket fanns redan före projektet. Kursen ska in i introduktionen."
    }
    interim = case(answer, kind=DocumentKind.BLANKETT_DEL)
    assert held("integrering", decided(interim)) == {"integrerad", "plan"}


@pytest.mark.parametrize(
    "told",
    ["Undertecknad har haft en halvtid.", "Kuratorn finns inte längre i kommunen.",
     "Digitala möten används ibland.", "Mottagningen har stängt v. 35.",
     "Rapporten läggs fram för nämnden.", "Redovisningen skickas till Länsstyrelsen.",
     "Vi hänvisar dem till jouren tills vidare."],
)  # fmt: skip
def test_what_is_no_word_about_going_on(told: str) -> None:
    assert held("integrering", decided(case({"fritext": told}))) == set()


@pytest.mark.parametrize(
    ("day", "expected"), [("2012-05-20", {"plan"}), ("2014-05-20", {"integrerad"})]
)
def test_what_is_decided_from_a_later_day_is_planned(day: str, expected: set[str]) -> None:
    told = {"integrering": "Kursen läggs in i introduktionen från hösten 2013."}
    report = case(told, header=Header(datum=date.fromisoformat(day)))
    assert held("integrering", decided(report)) == expected
