"""More answers, in words that no cue was written for at first; kept as examples of Swedish."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

INTEGRATION: list[tuple[str, set[str]]] = [
    ("Vuxenenheten har lagt in samtalen i sin årsplan.", {"integrerad"}),
    ("Jourlistan har överförts till räddningstjänsten.", {"integrerad"}),
    ("Mötena är sedan i mars ett vanligt arbete för kuratorn.", {"integrerad"}),
    ("Läkartiden tar vi upp med regionen efter jul.", {"plan"}),
    ("Sjukhuset avser göra tjänsterna fasta.", {"plan"}),
    ("Inget bestämt än.", set()),
    ("I ansökan angavs att gruppen skulle fortsätta. Den är nedlagd.", {"ej"}),
    ("Planen finns men är inte aktuell, gruppen är upplöst.", {"ej"}),
    ("Diskuteras i budget 2014.", {"plan"}),
    ("Om det blir någon fortsättning är inte avgjort.", set()),
    ("Någon fortsättning blir det inte.", {"ej"}),
    ("Kommunstyrelsen har tagit över huvudmannaskapet för rådet.", {"integrerad"}),
    ("Metoden är en av våra basinsatser.", {"integrerad"}),
    (
        "Sedan i oktober sköts telefonen av socialjouren som en del av deras uppdrag.",
        {"integrerad"},
    ),
    ("Alla nyanställda får genomgången vid introduktionen.", {"integrerad"}),
    ("Samordnaren blev fast anställd på 50 % fr.o.m. 2011.", {"integrerad"}),
    ("Mötena fortsätter som förut, ingen tycker att det är betungande.", {"integrerad"}),
    ("Avtalet mellan kommunerna löper tills vidare.", {"integrerad"}),
    ("Vi jobbar så här nu.", {"integrerad"}),
    ("Lägenheten ligger kvar i vårt bestånd av jourlägenheter.", {"integrerad"}),
    ("Redan en del av linjen.", {"integrerad"}),
    ("Frågan bereds till kommunfullmäktige.", {"plan"}),
    ("Förvaltningschefen har lovat att ta upp det i verksamhetsplanen.", {"plan"}),
    ("Under förutsättning att nämnden säger ja fortsätter gruppen.", {"plan"}),
    ("På sikt ska allt ligga hos familjecentralen.", {"plan"}),
    ("Samverkansavtal under framtagande.", {"plan"}),
    ("Vi siktar på att göra om projektanställningen till en tjänst.", {"plan"}),
    ("Hur samverkan ska organiseras utreds just nu.", {"plan"}),
    ("Ambition finns.", {"plan"}),
    ("Det är inte klart än men chefen är positiv.", {"plan"}),
    ("När pengarna tog slut försvann också samordnaren och därmed mötena.", {"ej"}),
    ("Projektets resultat kommer inte att tas tillvara.", {"ej"}),
    ("Kursen är hållen och därmed är det avklarat.", {"ej"}),
    ("Ingen har tid att kalla till möten längre.", {"ej"}),
    ("Nämnden avslog vår begäran om fortsatta medel.", {"ej"}),
    ("Det var fråga om en ren informationsinsats.", {"ej"}),
    ("Ingen fortsättning är planerad.", {"ej"}),
    ("Tyvärr sade politikerna nej till tjänsten.", {"ej"}),
    ("Tveksamt.", set()),
    ("Vet ej.", set()),
]

GOALS = [
    ("Två dagar ställdes in men vi bedömer att målet ändå är uppnått.", "helt"),
    ("Rutinen används nästan aldrig på natten. Syftet får därmed anses uppfyllt.", "helt"),
    ("Ja, alla punkter i planen är gjorda.", "helt"),
    ("112 %", "helt"),
    ("För skolan ja, för vården nej.", "delvis"),
    ("Målet är nått vad gäller rutinen men inte för utbildningen.", "delvis"),
    ("✔ rutin\n✘ barngrupp", "delvis"),
    ("45 %", "delvis"),
    ("Målet uppnåddes inte, inget möte blev av.", "ej"),
    ("Ingen uppföljning gjord, det går därför inte att bedöma.", "oklart"),
    ("Kan besvaras först när nämnden har behandlat planen.", "oklart"),
    ("Halva tiden har gått, kan ännu inte svara.", "oklart"),
    ("Samtliga aktiviteter i projektplanen är genomförda.", "helt"),
    ("Ja, till 100 %.", "helt"),
    ("Vi har gjort det vi skulle.", "helt"),
    ("Målsättningen att nå 80 personer överträffades.", "helt"),
    ("Boendet invigdes i maj och har varit fullbelagt.", "helt"),
    ("Mycket god måluppfyllelse!", "helt"),
    ("Goda resultat, deltagarna är mycket nöjda.", "helt"),
    ("Projektmålen bedöms vara uppfyllda.", "helt"),
    ("Måluppfyllelsen är god vad gäller utbildning men sämre för samverkan.", "delvis"),
    ("Vi kom en bit på väg.", "delvis"),
    ("Nätverket är bildat. Handlingsplanen är ännu bara ett utkast.", "delvis"),
    ("Det mesta är gjort.", "delvis"),
    ("Rutinen finns men används inte av alla.", "delvis"),
    ("Nästan alla.", "delvis"),
    ("Två av målen uppnåddes, det tredje fick utgå.", "delvis"),
    ("Medvetenheten har ökat och vi ser fler anmälningar, även om mycket återstår.", "delvis"),
    ("Målet om 100 utbildade nåddes inte, det blev 64.", "delvis"),
    ("Första delen avklarad, andra delen börjar i höst.", "delvis"),
    ("Förankringen tog längre tid än väntat men vi har nu alla parter med oss.", "delvis"),
    ("Bara en av tio träffar blev av.", "delvis"),
    ("Inte alls.", "ej"),
    ("Vi lyckades inte få till någon samverkan.", "ej"),
    ("Nej, det föll på att polisen omorganiserades.", "ej"),
    ("Målet bedöms inte vara uppnått.", "ej"),
    ("Projektet startade i maj så det är svårt att uttala sig.", "oklart"),
    ("Det återstår att se.", "oklart"),
    ("Utvärdering pågår.", "oklart"),
    ("Har inte mätts.", "oklart"),
    ("Ej aktuellt i nuläget.", "oklart"),
    ("Kommer att redovisas senare.", "oklart"),
]

TRAINING = [
    ("80 personer har fått lära sig metoden PATRIARK under två dagar.", True),
    ("Brottsofferjouren berättade om sitt arbete på en temakväll.", True),
    ("Personalen har fått kompetensutveckling i bemötande.", True),
    ("Juristen informerade om sekretess vid ett lunchmöte.", True),
    ("Fortbildning av barnmorskor, 12 st.", True),
    ("Vi har deltagit i länets kvinnofridskonferens.", True),
    ("Rollspel och övningar för all personal på boendet.", True),
    ("Vi vill gärna gå en utbildning.", False),
    ("Utbildningen fick ställas in.", False),
    ("Kommunens utbildningsförvaltning var med.", False),
]

COLLABORATION = [
    ("Varannan torsdag sitter polisen, skolan och vi och pratar igenom läget.", True),
    ("Vårdcentralen ringer oss direkt när de misstänker våld, så har vi kommit överens.", True),
    ("Kommunerna hyr en lägenhet ihop och jouren har jouren.", True),
    ("Styrgruppen med polismästaren och socialchefen har haft åtta sammanträden.", True),
    ("Vi har tryckt upp affischer.", False),
    ("Hemtjänsten fick en föreläsning.", False),
    ("En enkät skickades ut till 300 hushåll.", False),
    ("Inget har hänt på grund av sjukskrivningar.", False),
]

AIMED_AT = [
    ("Att ge stöd åt kvinnor som blir slagna av sin man.", {"kvinnor"}),
    ("Att unga som växer upp med våld hemma upptäcks tidigt.", {"barn"}),
    ("Barngrupper enligt Trappan-modellen.", {"barn"}),
    ("Att förebygga könsstympning och månggifte.", {"heder"}),
    ("Flickor som lever under släktens kontroll ska få hjälp.", {"heder"}),
    ("Gemensam jourlägenhet med larm och spärrad adress.", {"skyddat_boende"}),
    ("Att erbjuda våldsamma män samtal.", {"utovare"}),
    ("Män som misshandlar sin fru ska få behandling.", {"utovare"}),
    ("Manscentrum ska starta grupper.", {"utovare"}),
    ("Att den som använder våld får hjälp att sluta.", {"utovare"}),
    (
        "Hela familjen: mamma, pappa och barn, där pappan är våldsam.",
        {"barn", "kvinnor", "utovare"},
    ),
]

EXPOSED = [
    ("kvinnor i prostitution", {"kvinnor", "sarskilt_utsatta"}),
    ("Dövas förening samt synskadade", {"funktionsnedsattning", "sarskilt_utsatta"}),
    ("De som bor på LSS-boenden", {"funktionsnedsattning", "sarskilt_utsatta"}),
    ("Alkohol- och drogproblem", {"missbruk", "sarskilt_utsatta"}),
    ("80-plussare med hemtjänst", {"aldre", "sarskilt_utsatta"}),
    ("Lesbiska och bisexuella kvinnor", {"kvinnor", "samkonade", "sarskilt_utsatta"}),
    ("Kvinnor med annan etnisk bakgrund", {"kvinnor", "sarskilt_utsatta", "utlandsk_bakgrund"}),
    ("Gömda flyktingar", {"sarskilt_utsatta", "utlandsk_bakgrund"}),
    ("Kvinnor med psykisk sjukdom", {"funktionsnedsattning", "kvinnor", "sarskilt_utsatta"}),
    ("psyk, missbruk, äldre", {"aldre", "funktionsnedsattning", "missbruk", "sarskilt_utsatta"}),
    ("Utvecklingsstörda", {"funktionsnedsattning", "sarskilt_utsatta"}),
    ("Personer i samkönade förhållanden", {"samkonade", "sarskilt_utsatta"}),
]

STRUCTURE = [
    ("Att skapa ett forum där vi kan lyfta svåra ärenden.", {"ny"}),
    ("Upprätta ett team kring våldsutsatta.", {"ny"}),
    ("Komma igång med samverkan mellan skola och socialtjänst.", {"ny"}),
    ("Starta upp Kvinnofrid Vansbro.", {"ny"}),
    ("Vi vill bygga en organisation som håller över tid, i dag finns ingen.", {"ny"}),
    ("Stärka den samverkan som redan sker i Rådet för kvinnofrid.", {"befintlig"}),
    ("Få fart på kvinnofridsgruppen igen.", {"befintlig"}),
    ("Att utöka nätverket med skola och BUP.", {"befintlig"}),
    ("Revidering av samverkansplanen från 2005.", {"befintlig"}),
    ("Utvärdering av kommunens arbete mot våld.", {"utvardering"}),
    ("Att följa upp hur väl vår samverkansmodell fungerar.", {"utvardering"}),
    ("Kartlägga omfattningen av våld mot äldre.", {"annat"}),
    ("Kunskapshöjande insatser för skolpersonal.", {"annat"}),
]

TEMPORARY = [
    ("Teamet var ett försök på två år.", True),
    ("Redaktionen skulle bara finnas under projekttiden.", True),
    ("Gruppen bildades i maj och upplöstes enligt plan i december.", True),
    ("Insatsen gällde bara säsongen.", True),
    ("Projektet var ettårigt.", True),
    ("Nej, det var en kväll.", True),
    ("Gruppen är upplöst, ingen orkade kalla.", False),
    ("Detta var tänkt som ett eget spår i planen.", False),
    ("Kvinnorna bor tillfälligt på hotell.", False),
    ("Det finns inget att integrera.", False),
    ("Projektet var tidsbegränsat och arbetsgruppen är nu avslutad.", True),
    ("Gruppen hade ett enda uppdrag och slutade när det var klart.", True),
    ("Kampanjen pågick under en vecka och upprepas inte.", True),
    ("Samverkan var tänkt för projekttiden.", True),
    ("Mötena fortsätter efter sommaren.", False),
    ("Nätverket självdog efter ett år.", False),
]

BOARD = [
    ("Länsstyrelsen har inte bara deltagit utan även lett gruppen.", True),
    ("Ordf. är Bengt Ask, länsstyrelsen.", True),
    ("Länsstyrelsens handläggare svarade på våra frågor.", False),
    ("Länsstyrelsens jämställdhetsexpert ledde processen.", True),
    ("Vi ingår i länsstyrelsens länsnätverk.", False),
    ("Länsstyrelsen samordnade kommunernas projekt och höll i träffarna.", True),
    ("Länsstyrelsen bjöd in till en uppstartsdag och satt med i gruppen.", True),
    ("Stort tack till länsstyrelsen för pengarna!", False),
    ("Rapporten lämnas till länsstyrelsen i mars.", False),
    ("Sammankallande har varit länsstyrelsen.", True),
    ("På uppdrag av länsstyrelsen redovisas projektet här.", False),
]

STATUS = [
    ("Vi har fått flytta fram slutdatum till mars.", "pagar"),
    ("Länsstyrelsen har godkänt att medlen används under 2012.", "pagar"),
    ("Projektet är nu avslutat.", "avslutat"),
    ("Nästa steg i projektet är att starta barngruppen.", "oklart"),
    ("Gruppen möts varannan tisdag på familjecentralen.", "oklart"),
    ("Om projektet räknas som slut vet jag inte.", "oklart"),
    ("Undertecknad kan inte uttala sig om arbetet är avslutat.", "oklart"),
    ("Vi har anhållit om uppskov till maj med resten av pengarna.", "pagar"),
    ("Hyresavtalet har förlängts. Projektet avslutades i juni.", "avslutat"),
    ("Doktorandens delrapport finns hos oss. Projektet är avslutat.", "avslutat"),
    ("Projektet fortsätter till årsskiftet.", "pagar"),
]
AREAS = {"kvinnor", "barn", "heder", "skyddat_boende", "utovare"}


@pytest.mark.parametrize(("answer", "expected"), INTEGRATION)
def test_integration(answer: str, expected: set[str]) -> None:
    assert held("integrering", decided(case({"integrering": answer}))) == expected


@pytest.mark.parametrize(("answer", "expected"), GOALS)
def test_goal_attainment(answer: str, expected: str) -> None:
    assert held("maluppfyllelse", decided(case({"maluppfyllelse": answer}))) == {expected}


@pytest.mark.parametrize(("answer", "expected"), TRAINING)
def test_training(answer: str, expected: bool) -> None:
    assert ("utbildning" in held("innehall", decided(case({"insatser": answer})))) == expected


@pytest.mark.parametrize(("answer", "expected"), COLLABORATION)
def test_real_collaboration(answer: str, expected: bool) -> None:
    cells = decided(case({"insatser": answer}))
    assert ("reell_samverkan" in held("innehall", cells)) == expected


@pytest.mark.parametrize(("answer", "expected"), AIMED_AT)
def test_whom_the_goal_is_aimed_at(answer: str, expected: set[str]) -> None:
    assert held("malgrupp", decided(case({"mal": answer}))) & AREAS == expected


@pytest.mark.parametrize(("answer", "expected"), EXPOSED)
def test_parts_of_the_particularly_exposed(answer: str, expected: set[str]) -> None:
    cells = decided(case({"sarskilt_utsatta": answer}, ["omrade.sarskilt_utsatta"]))
    assert held("malgrupp", cells) == expected


@pytest.mark.parametrize(("answer", "expected"), STRUCTURE)
def test_structure(answer: str, expected: set[str]) -> None:
    assert held("struktur", decided(case({"mal": answer}))) == expected


@pytest.mark.parametrize(("answer", "expected"), TEMPORARY)
def test_temporary(answer: str, expected: bool) -> None:
    cells = decided(case({"integrering": answer}))
    assert ("tillfallig" in held("form", cells)) == expected


@pytest.mark.parametrize(("answer", "expected"), BOARD)
def test_county_board(answer: str, expected: bool) -> None:
    assert ("lansstyrelsen_aktiv" in held("form", decided(case({"insatser": answer})))) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Gruppen möts varannan tisdag.", "avslutat"),
        ("Om projektet räknas som slut vet jag inte.", "oklart"),
        ("Projektet pågår fortfarande, ni har beviljat förlängning till juni.", "pagar"),
    ],
)
def test_a_ticked_final_form_is_done_unless_it_says_otherwise(answer: str, expected: str) -> None:
    cells = decided(case({"ovrigt": answer}, ["redovisning.slut"]))
    assert held("status", cells) == {expected}


@pytest.mark.parametrize(("answer", "expected"), STATUS)
def test_status_of_a_final_form(answer: str, expected: str) -> None:
    assert held("status", decided(case({"ovrigt": answer}))) == {expected}
