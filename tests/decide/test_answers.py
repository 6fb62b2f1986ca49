"""Answers as municipal staff write them, and what a careful coder reads in each."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from tests.decide.build import case, decided, held

INTEGRATION = [
    ("Ja, rutinen är antagen och används av alla enheter.", {"integrerad"}),
    ("Gruppen träffas numera en gång i månaden inom ordinarie arbetstid.", {"integrerad"}),
    ("Samordnaren är tillsvidareanställd sedan i mars.", {"integrerad"}),
    ("Vi fortsätter med våra möten, de kostar ju inget.", {"integrerad"}),
    ("Mottagningen drivs nu av kommunen med egna medel.", {"integrerad"}),
    ("Arbetssättet har blivit vardag för alla som arbetar med barn.", {"integrerad"}),
    ("Handlingsplanen gäller för alla förvaltningar sedan januari.", {"integrerad"}),
    ("Samverkan är väl inarbetad i vår organisation.", {"integrerad"}),
    ("Nätverket lever vidare utan särskilda pengar.", {"integrerad"}),
    ("Frågan har en stående punkt på våra APT.", {"integrerad"}),
    ("Teamet är permanentat från årsskiftet.", {"integrerad"}),
    ("Det ingår i min tjänst.", {"integrerad"}),
    ("Ska tas upp i nämnden före jul.", {"plan"}),
    ("Vi har äskat medel i budget 2012 för en samordnare.", {"plan"}),
    ("Tanken är att gruppen ska fortsätta att mötas.", {"plan"}),
    ("Förslag till avtal mellan parterna är ute på remiss.", {"plan"}),
    ("Det planeras för att modellen ska införas i hela förvaltningen.", {"plan"}),
    ("Vi hoppas att politikerna satsar på en fast tjänst.", {"plan"}),
    ("Samverkan kommer att föras in i ordinarie arbete under 2011.", {"plan"}),
    ("En arbetsgrupp ser över hur samverkan ska se ut framöver.", {"plan"}),
    ("Beslut om fortsättning väntas i december.", {"plan"}),
    ("Avsikten är att socialjouren tar över ansvaret.", {"plan"}),
    ("Målsättningen är att mötena ska fortgå.", {"plan"}),
    ("Vi kommer att fortsätta träffas två gånger per termin.", {"plan"}),
    ("Det var en engångsinsats.", {"ej"}),
    ("Ej relevant då det rör sig om en utbildning.", {"ej"}),
    ("Nej.", {"ej"}),
    ("Verksamheten upphör när projektet är slut.", {"ej"}),
    ("Tyvärr finns inga pengar för att fortsätta.", {"ej"}),
    ("Gruppen lades ner efter sommaren.", {"ej"}),
    ("Kan inte drivas vidare utan statliga medel.", {"ej"}),
    ("Kommer inte att integreras.", {"ej"}),
    ("Inte aktuellt, vi gjorde en kartläggning.", {"ej"}),
    (
        "Gruppmötena är en del av vårt vanliga arbete. Jouren ska tas upp i nämnden före jul.",
        {"integrerad", "plan"},
    ),
    (
        "Rutinen används. Samordnartjänsten tas upp i budgetarbetet för nästa år.",
        {"integrerad", "plan"},
    ),
    (
        "Barngruppen är permanent sedan i våras men för männen söker vi fortfarande en lösning, "
        "förslag läggs fram i höst.",
        {"integrerad", "plan"},
    ),
]

GOALS = [
    ("Ja.", "helt"),
    ("Målen är uppnådda.", "helt"),
    ("Vi har nått alla de mål vi satte upp i ansökan.", "helt"),
    ("Allt vi lovade är gjort.", "helt"),
    ("Målet får anses vara uppfyllt i sin helhet.", "helt"),
    ("Över förväntan!", "helt"),
    ("Handboken är skriven, tryckt och utdelad.", "helt"),
    ("Delmål ett: uppnått. Delmål två: uppnått.", "helt"),
    ("Fem av fem mål är uppnådda.", "helt"),
    ("Genomfört enligt plan.", "helt"),
    ("Hög måluppfyllelse.", "helt"),
    ("Utbildningen genomfördes som planerat med 90 deltagare.", "helt"),
    ("Delvis.", "delvis"),
    ("Målen är delvis uppnådda.", "delvis"),
    ("Till stor del.", "delvis"),
    ("Mål 1 är uppnått. Mål 2 är inte uppnått.", "delvis"),
    ("Tre av fem delmål är nådda.", "delvis"),
    ("Gruppen kom i gång men rutinen hann aldrig bli klar.", "delvis"),
    ("I huvudsak, men barnperspektivet återstår.", "delvis"),
    ("Inte helt, vi saknar fortfarande åklagaren.", "delvis"),
    ("Vi är på god väg.", "delvis"),
    ("Samarbetet har blivit bättre även om alla mål inte är nådda.", "delvis"),
    ("Till ungefär 60 procent.", "delvis"),
    ("Ja och nej.", "delvis"),
    ("Nja, hälften blev av.", "delvis"),
    ("Utbildningsdelen är klar, kartläggningen återstår.", "delvis"),
    ("Nej, tyvärr.", "ej"),
    ("Målet har inte uppnåtts.", "ej"),
    ("Inget av målen nåddes eftersom projektledaren slutade.", "ej"),
    ("Projektet misslyckades helt.", "ej"),
    ("För tidigt att säga.", "oklart"),
    ("Kan ej bedömas ännu.", "oklart"),
    ("Går inte att svara på i nuläget.", "oklart"),
    ("Vet ej", "oklart"),
    ("Vi återkommer i slutrapporten.", "oklart"),
    ("Har ännu inte utvärderats.", "oklart"),
    ("Svårt att mäta.", "oklart"),
    ("?", "oklart"),
]

TRAINING = [
    ("Två utbildningsdagar har hållits för hemtjänsten.", True),
    ("Personalen gick en kurs i motiverande samtal.", True),
    ("Vi bjöd in till en föreläsning på Folkets hus.", True),
    ("Gruppen har fått handledning av en psykolog.", True),
    ("Under våren ordnades tre seminarier.", True),
    ("Fyra av oss åkte på studiebesök till Kvinnofridslinjen.", True),
    ("Alla chefer har utbildats i hot- och riskbedömning.", True),
    ("En heldagskonferens med 120 deltagare avslutade projektet.", True),
    ("Gruppen har träffats sex gånger.", False),
    ("Det finns ett stort behov av utbildning.", False),
    ("En utbildning planeras till hösten.", False),
    ("Någon utbildning har inte hållits.", False),
    ("Fyra av oss har gått Trappan-utb. i mars.", True),
    ("Jag fick gå Att våga fråga på distans, tre dagar.", True),
    ("Arbetsgruppen har besökt barnahuset i Umeå.", True),
    ("Metoden har gåtts igenom på APT med hela enheten.", True),
    ("På ett frukostmöte den 4 mars redovisades kartläggningen.", True),
    ("Handledn. 2 g/mån av en psykolog.", True),
    ("Två kurstillfällen hölls, resten inställda.", True),
    ("Caféet hölls öppet tolv måndagar.", False),
    ("Genomgång av akter från fyra år.", False),
    ("Väntetiden har gått från nio till fyra dagar.", False),
    ("Resultatet presenterades för socialnämnden.", False),
    ("Webbutbildning beställd till mars.", False),
    ("Korten är klara men utbildningen återstår.", False),
    ("Sju kvinnor har besökt mottagningen i Åmål.", False),
    ("Rutinen är skriven av parterna gemensamt.", False),
]

COLLABORATION = [
    ("Polisen, jouren och vi har träffats varje månad och gått igenom ärenden.", True),
    ("En gemensam rutin har tagits fram av vårdcentralen, polisen och socialtjänsten.", True),
    ("Barngruppen leds av BUP och oss tillsammans.", True),
    ("Samverkansgruppen består av polis, skola och kvinnojour och möts varannan vecka.", True),
    ("En föreläsare talade för åttio personer.", False),
    ("Socialkontoret kartlade ärendena på egen hand.", False),
    ("En broschyr trycktes i tvåtusen exemplar.", False),
    ("Inga möten har hållits. Projektet har inte kommit i gång.", False),
]

STATUS = [
    ("Projektet har förlängts till den 31 december 2011.", DocumentKind.BLANKETT_SLUT, "pagar"),
    ("Arbetet pågår för fullt.", DocumentKind.BLANKETT_DEL, "pagar"),
    ("Projektet avslutades i juni.", DocumentKind.BLANKETT_SLUT, "avslutat"),
    ("Gruppen har setts åtta gånger.", DocumentKind.BLANKETT_SLUT, "avslutat"),
    ("Gruppen har setts åtta gånger.", DocumentKind.BLANKETT_DEL, "pagar"),
    ("Gruppen har setts åtta gånger.", DocumentKind.FRI_REDOVISNING, "avslutat"),
    ("Det framgår inte om gruppen är avslutad.", DocumentKind.FRI_REDOVISNING, "oklart"),
    ("Det framgår inte om allt är avslutat.", DocumentKind.BLANKETT_SLUT, "oklart"),
    ("Vi söker medel för att bilda ett nätverk.", DocumentKind.TJANSTEUTLATANDE_ANSOKAN, "oklart"),
]

BOARD = [
    ("Länsstyrelsen tog initiativ till nätverket och leder mötena.", True),
    ("Länsstyrelsens samordnare sitter med i styrgruppen.", True),
    ("Dagen arrangerades tillsammans med länsstyrelsen.", True),
    ("Länsstyrelsen har beviljat 80 000 kronor.", False),
    ("Redovisningen har skickats till länsstyrelsen.", False),
    ("Länsstyrelsen borde ordna fler nätverksträffar.", False),
    ("Länsstyrelsen har inte deltagit i arbetet.", False),
]

TEMPORARY = [
    ("Det var en engångsinsats under en termin.", True),
    ("Gruppen tillsattes enbart för att ta fram handboken och är nu upplöst.", True),
    ("Projektgruppen var tillfällig.", True),
    ("Gruppen fortsätter att träffas.", False),
    ("Det får inte bli en engångsföreteelse.", False),
    ("Kvinnan fick ett tillfälligt boende.", False),
]

STRUCTURE = [
    ("Att bilda ett lokalt nätverk mot våld.", {"ny"}),
    ("Att få i gång en samverkansgrupp, någon sådan har aldrig funnits här.", {"ny"}),
    ("Att vidareutveckla den samverkansgrupp som har funnits sedan 2004.", {"befintlig"}),
    ("Att blåsa liv i det gamla kvinnofridsnätverket.", {"befintlig"}),
    ("Att låta en utomstående utvärdera vår befintliga samverkan.", {"befintlig", "utvardering"}),
]

GROUPS = [
    ("sarskilt_utsatta", "Äldre kvinnor", {"kvinnor", "aldre", "sarskilt_utsatta"}),
    (
        "sarskilt_utsatta",
        "kvinnor med missbruk och psykisk ohälsa",
        {"kvinnor", "missbruk", "funktionsnedsattning", "sarskilt_utsatta"},
    ),
    ("sarskilt_utsatta", "hbt-personer", {"samkonade", "sarskilt_utsatta"}),
    ("sarskilt_utsatta", "Nyanlända, behov av tolk", {"utlandsk_bakgrund", "sarskilt_utsatta"}),
    ("mal", "Samtal för barn som har bevittnat misshandel.", {"barn"}),
    ("mal", "Att män som slår ska erbjudas behandling på hemmaplan.", {"utovare"}),
    ("mal", "Att unga ska slippa hedersförtryck.", {"heder"}),
    ("mal", "Att ordna ett skyddat boende för hotade kvinnor.", {"kvinnor", "skyddat_boende"}),
]

DROPPED = [
    ("Äldre kvinnor diskuterades men valdes bort av tidsskäl.", "aldre"),
    ("Delen om hedersvåld ströks när anslaget blev mindre.", "heder"),
    ("Insatserna för våldsutövande män blev aldrig av.", "utovare"),
    ("Hedersrelaterat våld omfattas inte av projektet.", "heder"),
    ("Det skyddade boendet föll bort ur planen.", "skyddat_boende"),
]


def of(
    variable: str, question: str, answer: str, kind: DocumentKind = DocumentKind.BLANKETT_SLUT
) -> set[str]:
    return held(variable, decided(case({question: answer}, kind=kind)))


@pytest.mark.parametrize(("answer", "expected"), INTEGRATION)
def test_integration(answer: str, expected: set[str]) -> None:
    assert of("integrering", "integrering", answer) == expected


@pytest.mark.parametrize(("answer", "expected"), GOALS)
def test_goal_attainment(answer: str, expected: str) -> None:
    assert of("maluppfyllelse", "maluppfyllelse", answer) == {expected}


@pytest.mark.parametrize(("answer", "expected"), TRAINING)
def test_training(answer: str, expected: bool) -> None:
    assert ("utbildning" in of("innehall", "insatser", answer)) == expected


@pytest.mark.parametrize(("answer", "expected"), COLLABORATION)
def test_real_collaboration(answer: str, expected: bool) -> None:
    assert ("reell_samverkan" in of("innehall", "insatser", answer)) == expected


@pytest.mark.parametrize(("answer", "kind", "expected"), STATUS)
def test_status(answer: str, kind: DocumentKind, expected: str) -> None:
    assert of("status", "insatser", answer, kind) == {expected}


@pytest.mark.parametrize(("answer", "expected"), BOARD)
def test_county_board(answer: str, expected: bool) -> None:
    assert ("lansstyrelsen_aktiv" in of("form", "insatser", answer)) == expected


@pytest.mark.parametrize(("answer", "expected"), TEMPORARY)
def test_temporary(answer: str, expected: bool) -> None:
    assert ("tillfallig" in of("form", "ovrigt", answer)) == expected


@pytest.mark.parametrize(("answer", "expected"), STRUCTURE)
def test_structure(answer: str, expected: set[str]) -> None:
    assert of("struktur", "mal", answer) == expected


@pytest.mark.parametrize(("question", "answer", "expected"), GROUPS)
def test_target_groups(question: str, answer: str, expected: set[str]) -> None:
    assert of("malgrupp", question, answer) == expected


@pytest.mark.parametrize(("answer", "category"), DROPPED)
def test_what_was_dropped_loses_even_its_tick(answer: str, category: str) -> None:
    ticks = ["omrade.kvinnor", "omrade.heder", "omrade.utovare", "omrade.skyddat_boende"]
    assert category not in held("malgrupp", decided(case({"insatser": answer}, ticks)))
