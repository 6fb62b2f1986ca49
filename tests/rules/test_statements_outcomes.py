"""Answers about the goals, clause by clause, and what they add up to."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from pipeline.language.swedish import analyse
from pipeline.rules.outcomes import clauses
from pipeline.rules.statements_outcomes import summed, with_outcome
from tests.decide.build import case, decided, held
from tests.rules import outcomes_said as said

# What one clause tells.
CLAUSES = [
    ("Rutinen är påskriven.", "reached"),
    ("Stödgruppen kom till stånd.", "reached"),
    ("Arbetet gick i lås.", "reached"),
    ("Alla delar är avklarade.", "reached"),
    ("Inget återstår.", "reached"),
    ("Gruppen har kommit i gång.", "begun"),
    ("Teamet bildades aldrig.", "failed"),
    ("Rutinen föll.", "failed"),
    ("Samtalsgruppen gick i stöpet.", "failed"),
    ("Mötena blev inställda.", "failed"),
    ("Avtalet har inte kunnat undertecknas.", "failed"),
    ("Läget är detsamma.", "failed"),
    ("Vi nådde inte alla.", "partly"),
    ("Målen är så gott som nådda.", "partly"),
    ("En bit på väg.", "partly"),
    ("Kunskapen har ökat.", "direction"),
    ("Det går inte att mäta.", "unknown"),
    ("Får återkomma om det.", "unknown"),
    ("Resultatet visar sig först senare.", "unknown"),
    ("Dagen var uppskattad.", "opinion"),
    ("Gruppen samlas på onsdagar.", None),
    ("Vi skulle utbilda all personal.", None),
    ("Målet var att nå unga män.", None),
    ("Målet var hälften.", None),
    ("Målet var delvis nått redan i juni.", "partly"),
    ("Sexton familjer har följts sedan i våras.", None),
    ("Jämförelsetal saknas.", "unknown"),
    ("Sexton samtal har inte ställts in.", "reached"),
    ("Antalet anmälningar registreras inte hos dem.", "unknown"),
    ("Någon räkning har vi inte.", "unknown"),
    ("Jag hittar inget om det i pärmen.", "unknown"),
    ("Svaret vet vi först efter nyår.", "unknown"),
    ("Vi räknar i november.", "unknown"),
    ("Vi räknar med en grupp till.", None),
    ("Vårdens gensvar har varit stort.", "opinion"),
    ("Det finns flera förklaringar.", "opinion"),
    ("Det finns en grupp.", "reached"),
    ("Andelen stiger.", "direction"),
    ("Samtalen var tre före mot elva efter.", "direction"),
    ("Två personer fattas.", "failed"),
    ("Där är vi inte framme.", "failed"),
    ("Ingen har behövt vänta.", None),
    ("Vad som har gjorts.", None),
    ("Rådet är etablerat.", "reached"),
    ("Alla affischer är ute.", "reached"),
    ("Dörren är öppen.", "reached"),
    ("Inget i planen finns som inte har genomförts.", "reached"),
    ("Verksamheten har varit igång ett år.", "begun"),
    ("Vi är inte nöjda.", "failed"),
    ("Gruppen är nedlagd.", "failed"),
    ("Nedlagda utredningar tog tid.", None),
    ("Ännu syns ingen skillnad.", "failed"),
    ("0 män.", "failed"),
    ("Resultatet blev en minskning.", "failed"),
    ("Metoden är inarbetad.", "reached"),
    ("Inga avvikelser.", "reached"),
    ("I allt väsentligt.", "reached"),
    ("Därför hölls kursen aldrig.", "failed"),
    ("Kursen hölls därför aldrig.", "failed"),
    ("Det gjorde de inte.", "failed"),
    ("Så är dock inte fallet.", "failed"),
    ("Något av målen har inte nåtts.", "failed"),
    ("Kyrkan har sagt nej.", "failed"),
    ("Vi lärde oss en del på vägen.", "opinion"),
    ("Vi är på väg.", "partly"),
    ("Utvärderingen är inte klar.", "unknown"),
    ("Vi har en god grund.", "partly"),
    ("Åldrarna blev fel.", "failed"),
    ("Huset stängdes.", "failed"),
    ("Det vet bara hon.", "unknown"),
    ("Ännu inga resultat.", "unknown"),
    ("Männen är tacksamma.", "opinion"),
    ("Skolan kom med.", "reached"),
    ("Rådet träffas.", "begun"),
    ("Starten har skjutits upp.", "failed"),
    ("Allt stannade av.", "failed"),
    ("Arbetet står still.", "failed"),
    ("Pengarna betalades tillbaka.", "failed"),
    ("Vi kom inte längre än till ett första möte.", "failed"),
    ("Allt utom kvällarna är klart.", "partly"),
    ("Boken finns i utkast.", "partly"),
    ("Vi nådde hälften av byarna.", "partly"),
    ("Vi ser en förbättring.", "direction"),
    ("Det är för få svar för att dra någon slutsats.", "unknown"),
    ("Vi har inte frågat.", "unknown"),
    ("Den frågan får högskolan svara på.", "unknown"),
    ("Boken är under arbete.", "later"),
    ("Första mötet är i januari.", "later"),
    ("Vi har fått mycket beröm.", "opinion"),
    ("Det gick i regel bra.", "partly"),
    ("Telefonen har varit i drift i åtta månader.", "begun"),
    ("Tio ärenden mot inga förra året.", "direction"),
    ("Kursen hölls som var vad ansökan gällde.", "reached"),
    ("Där står vi där vi stod.", "failed"),
    ("Men vi hade hoppats på fler.", "partly"),
    ("Det är en tydlig förbättring.", "direction"),
    ("Väntan har gått ned från 80 till 40 dagar.", "direction"),
    ("Om syftet är nått står ingenstans.", "unknown"),
    ("Någon slutsats drar vi inte.", "unknown"),
    ("Vi har inga årssiffror.", "unknown"),
    ("Manualen antas troligen i höst.", "later"),
    ("Dagen fick mycket goda omdömen.", "opinion"),
    ("Jag trodde aldrig att alla byar skulle få en grupp.", None),
    ("De två som saknas flyttade.", None),
    ("Hon sa att vi skulle köra i stället för att vänta.", None),
]
ANSWERS = [
    # The writer's verdict on the whole goes before the parts and the setbacks on the way.
    ("Två möten ställdes in. Målet är ändå uppnått.", "helt"),
    ("Målen är nådda, fast det tog längre tid.", "helt"),
    ("Ja. Dock hann vi inte trycka foldern.", "helt"),
    ("Trots att barnmorskan slutade är målet nått.", "helt"),
    ("Målet är nått. Några andra mål hade vi inte.", "helt"),
    ("Ja, men skolan nådde vi inte.", "delvis"),
    ("Målet är nått i tätorten, inte i byarna.", "delvis"),
    ("Vi lärde oss mycket men målet nåddes inte.", "ej"),
    ("Kursen hölls men målet nåddes inte.", "delvis"),
    ("Inget av målen är nått. Affischerna är tryckta.", "ej"),
    # Without one the parts are added up.
    ("Teamet är på plats. Blanketten används.", "helt"),
    ("Teamet är på plats, blanketten saknas.", "delvis"),
    ("Kursen är hållen. Om den hjälpt vet vi inte.", "delvis"),
    ("teamet klart blanketten ej", "delvis"),
    ("Gruppen kom aldrig till stånd. Kursen ställdes in.", "ej"),
    # The last word sums up; a part of the goals is not the whole.
    ("Kursen hölls. Sammantaget ej uppnått.", "ej"),
    ("Målet är nått för byarna. Staden saknas. Därför delvis.", "delvis"),
    ("Målet om nätverk är nått. Målet avseende skolan är inte nått.", "delvis"),
    ("Båda delarna av målet är genomförda.", "helt"),
    ("Målet, en plan för alla skolor, är uppnått.", "helt"),
    ("Sammantaget: två mål av tre nåddes inte.", "ej"),
    ("Det första stämmer. Det andra är ingen beredd till.", "delvis"),
    ("Få kvinnor har nåtts.", "delvis"),
    ("Ja, förutom att polisen inte är med.", "delvis"),
    ("✔ Grupp ✘ Rutin", "delvis"),
    ("- grupp: nej\n- kurs: inställd", "ej"),
    ("Målet var blygsamt men det nåddes.", "helt"),
    ("Målet är att skriva en rutin och nå fler män.", ""),
    ("Väl i tätorten men inte i byarna.", "delvis"),
    ("Två möten ställdes in. Resultatet blev ändå det avsedda.", "helt"),
    ("Det långsiktiga målet är inte nått men de kortsiktiga är det.", "delvis"),
    ("Målet är uppfyllt för vuxna. Barnen har vi inte nått.", "delvis"),
    ("Det är en tydlig förbättring men målet är inte nått.", "delvis"),
    ("Den ena platsen är klar, den andra väntar vi fortfarande på.", "delvis"),
    ("Metoden har införts, utom i två byar.", "delvis"),
    ("Träffarna hölls varje vecka, utom i juli.", "helt"),
    ("Av de tre delarna är samtliga på plats. En extra dag ställdes in.", "helt"),
    # What was never a goal; what one cannot tell of the goals, and of something else.
    ("Målen är nådda. Däremot anmäler inte fler, vilket inte heller var ett mål.", "helt"),
    ("Lokalen finns. Så här långt är det för tidigt att uttala sig.", "oklart"),
    ("Lokalen finns. Samtal med barnen var aldrig en del av projektet.", "helt"),
    ("Planerna är klara så när som på två byar.", "delvis"),
    ("Rutinen är klar. Vården antog planen så sent som i maj.", "helt"),
    ("Lokalen finns. Det är för tidigt att säga något om barnen.", "delvis"),
    ("Av de tre målen kom inget i närheten.", "ej"),
    ("Vi skulle se till att vi och skolan fick en grupp. Den kom aldrig till.", "ej"),
    ("Före projektet gjordes ingen uppföljning. Nu är rutinen klar.", "helt"),
    ("Första punkten är klar med råge. På den andra fattas fem.", "delvis"),
    ("Målet var noll, men förändringen är tydlig.", "delvis"),
    # Short answers that point back.
    ("Syftet var att utbilda alla. Det har vi gjort.", "helt"),
    ("Syftet var att utbilda alla. Det har vi inte gjort.", "ej"),
    ("Det får man säga.", "helt"),
    ("Vi startade i höstas, så det är för tidigt att säga.", "oklart"),
    ("Har kvinnorna fått det bättre? Det går inte att mäta.", "oklart"),
    # What people thought of it is no outcome.
    ("Alla var nöjda och maten var god.", "oklart"),
    ("Ett viktigt arbete med stort engagemang.", "oklart"),
    # Not told in clauses: other rules decide.
    ("Kvinnor i kommunen.", ""),
    ("Utvärderingen visar att rutinen används och att skolan saknas.", ""),
]


# Told in another answer, where the question itself has none.
ELSEWHERE = [
    ("insatser", "Samtliga planerade kurser är hållna.", "helt"),
    ("ovrigt", "Projektet nådde sitt syfte.", "helt"),
    ("insatser", "Boken som vi lovade blev aldrig av.", "ej"),
    ("ovrigt", "Delar av målet är nått.", "delvis"),
    ("belopp", "Eftersom allt vi föresatte oss är gjort blev det pengar över.", "helt"),
    ("aktor_polis", "Uppdraget är utfört.", "helt"),
    ("ovrigt", "Målet var två grupper. Det blev ingen.", "ej"),
    ("ovrigt", "I ansökan står att tolv skulle gå. Sexton kom, så där är vi framme.", "helt"),
    ("insatser", "Inställd. Ingen anmälde sig.", "ej"),
    ("ovrigt", "Vi tycker att målet är nått. En person upplöstes i tårar.", "helt"),
    ("ovrigt", "Målet är att nå fler. Om det är nått kan jag inte bedöma.", "oklart"),
    ("belopp", "Återstår 4 000 kr.", "oklart"),
    ("forutsattningar", "Vet ej.", "oklart"),
    ("insatser", "Jag har fått i uppdrag att redovisa det som blev klart.", "oklart"),
    ("insatser", "Gruppen träffades nio gånger.", "oklart"),
    ("insatser", "Två av kvinnorna kom inte till mötet.", "oklart"),
    ("ovrigt", "Gjorde ni det ni sökte för? Ja. Elva par kom.", "helt"),
    ("ovrigt", "Ville ni fortsätta? Ja.", "oklart"),
    ("ovrigt", "Två av tre mål är nådda.", "delvis"),
    ("integrering", "Både a och b är avklarade.", "helt"),
    ("ovrigt", "Vad som var tänkt har också gjorts.", "helt"),
    ("ovrigt", "Avsikten med bidraget har förverkligats.", "helt"),
    ("ovrigt", "Målet vi skrev: två grupper. Den första är klar. Så halvvägs.", "delvis"),
    ("ovrigt", "Bostadsmålet har hållits i sex av åtta fall.", "delvis"),
    ("ovrigt", "Boende: uppnått.", "helt"),
    ("aktor_polis", "Skrevs in i ansökan, blev inte av.", "oklart"),
    ("ovrigt", "Hon bad att vi skulle mötas i stället för att mejla.", "oklart"),
]


@pytest.mark.parametrize(("question", "answer", "expected"), [*ELSEWHERE, *said.ELSEWHERE])
def test_what_other_answers_tell(question: str, answer: str, expected: str) -> None:
    assert held("maluppfyllelse", decided(case({question: answer}))) == {expected}


def test_an_answer_of_its_own_goes_before_others() -> None:
    cells = decided(
        case({"insatser": "Två planerade möten blev inte av.", "maluppfyllelse": "Ja."})
    )
    assert held("maluppfyllelse", cells) == {"helt"}


def test_the_answers_about_the_goals_are_summed_together() -> None:
    findings = "Utvärderingen visar att mötena brister."
    answers = {"maluppfyllelse": findings, "mal": "Ett nätverk.", "ovrigt": ""}
    whole = [list(analyse(findings).sents), list(analyse("Ja. Rapporten är klar.").sents)]
    (told,) = with_outcome([], whole)
    assert (told.category, told.question) == ("helt", "maluppfyllelse")
    assert held("maluppfyllelse", decided(case(answers))) == {"helt"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("Målen är att starta en grupp och nå fler.", "oklart"), ("Gruppen finns.", "helt")],
)
def test_goals_told_over_again_are_no_answer(answer: str, expected: str) -> None:
    assert held("maluppfyllelse", decided(case({"maluppfyllelse": answer}))) == {expected}


def test_a_verdict_in_another_answer_goes_before_details() -> None:
    answers = {"maluppfyllelse": "Gruppen fungerar. Vården deltar inte.", "ovrigt": "Tack."}
    assert held("maluppfyllelse", decided(case(answers))) == {"delvis"}
    answers["ovrigt"] = "Syftet att pröva en modell är uppfyllt."
    assert held("maluppfyllelse", decided(case(answers))) == {"helt"}


def test_a_verdict_in_another_answer_goes_before_what_is_not_known() -> None:
    answers = {"maluppfyllelse": "svårt att mäta", "ovrigt": "Båda sakerna är gjorda."}
    assert held("maluppfyllelse", decided(case(answers))) == {"helt"}
    answers["ovrigt"] = "Båda sakerna är svåra att mäta."
    assert held("maluppfyllelse", decided(case(answers))) == {"oklart"}


# An interim form tells of goals reached in part.
INTERIM = [
    (DocumentKind.BLANKETT_DEL, "Rutinen är klar.", "delvis"),
    (DocumentKind.BLANKETT_DEL, "Rutinen blev inte av.", "ej"),
    (DocumentKind.BLANKETT_SLUT, "Rutinen är klar.", "helt"),
    *((DocumentKind.BLANKETT_DEL, answer, expected) for answer, expected in said.INTERIM),
]


@pytest.mark.parametrize(("kind", "answer", "expected"), INTERIM)
def test_an_interim_form(kind: DocumentKind, answer: str, expected: str) -> None:
    cells = decided(case({"maluppfyllelse": answer}, kind=kind))
    assert held("maluppfyllelse", cells) == {expected}


@pytest.mark.parametrize(("clause", "expected"), [*CLAUSES, *said.CLAUSES])
def test_what_a_clause_tells(clause: str, expected: str | None) -> None:
    (read,) = clauses(list(analyse(clause).sents))
    assert read.outcome == expected


@pytest.mark.parametrize(("answer", "expected"), [*ANSWERS, *said.ANSWERS])
def test_what_an_answer_adds_up_to(answer: str, expected: str) -> None:
    assert summed(clauses(list(analyse(answer).sents))) == expected
