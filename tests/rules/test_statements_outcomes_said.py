"""The writer's verdict held against what was said or due: "vi gjorde det vi lovade"."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from pipeline.language.swedish import analyse
from pipeline.rules.outcomes import clauses
from pipeline.rules.statements_outcomes import summed
from tests.decide.build import case, decided, held

# What one clause tells.
CLAUSES = [
    ("De tre punkterna är avprickade.", "reached"),
    ("Alla syften är tillgodosedda.", "reached"),
    ("Så blev det.", "reached"),
    ("Så har skett.", "reached"),
    ("Det uppsatta antalet är passerat.", "reached"),
    ("Utfallet svarar väl mot planen.", "reached"),
    ("Rutinen blev klar i oktober.", "reached"),
    ("Rutinen är klar i oktober.", "unknown"),
    ("Vi är i gång utan avbrott.", "begun"),
    ("Teamet leds av två kuratorer.", "begun"),
    ("Resultat saknas ännu.", "unknown"),
    ("Resultatet saknar inte betydelse.", "unknown"),
    ("Räkningen görs i november.", "unknown"),
    ("Det finns inget att jämföra.", "unknown"),
    ("Effekten vet jag inget om.", "unknown"),
    ("Projektet är nyss påbörjat.", "unknown"),
    ("Frågan är för tidigt ställd.", "unknown"),
    ("Något omdöme har hon inte lämnat.", "unknown"),
    ("Några slutsatser bör inte dras.", "unknown"),
    ("Inget mål var formulerat.", "unknown"),
    ("Mål saknas i ansökan.", "unknown"),
    ("Inget av målen saknas.", "reached"),
    ("Vi höll det i Folkets hus.", None),
    ("Inget av målen är uppnått.", "failed"),
    ("Hur många det blev går inte att se.", "unknown"),
    ("Vi ska redovisa i vår.", None),
    ("Det skulle redovisas för nämnden.", None),
    ("Planen gäller i halva länet.", "partly"),
    ("Det kan bara besvaras för vården.", "partly"),
    ("Boendeformen är ännu bräcklig.", "partly"),
    ("Svaren var färre än vad som angavs.", "partly"),
    ("Antalet ligger i stort sett stilla.", "failed"),
    ("Antalet samtal är i stort sett oförändrat.", "failed"),
    ("I stort sett genomfört.", "partly"),
    ("Eleverna uppskattar lektionerna.", "opinion"),
    ("Ingen annan insats ingick i ansökan.", None),
    ("Kanske är det männen som inte söker.", None),
    ("Kanske till hälften.", "partly"),
    ("Vi har hållit vad vi lovade.", "reached"),
    ("Det blev som vi hade tänkt.", "reached"),
    ("Utfallet ligger i linje med planen.", "reached"),
    ("Allt utom affischen är klart.", "reached"),
    ("Allt utom barngruppen är klart.", "partly"),
    ("Samverkan har blivit bättre.", "direction"),
    ("Det blev bra.", "reached"),
    ("Alla mål har inte nåtts.", "partly"),
    ("Målen är inte till fullo uppfyllda.", "partly"),
    ("Vi närmar oss målet.", "partly"),
    ("grupp ja rutin nej", "partly"),
    ("Målet är långt ifrån uppnått.", "failed"),
    ("Frågan har bordlagts.", "failed"),
    ("Lägenheten har stått tom.", "failed"),
    ("Det slutade utan att något av målen uppnåtts.", "failed"),
    ("Kursen hölls utan att någon klagade.", "reached"),
    ("Effekten är okänd.", "unknown"),
    ("Ansökan innehöll inga mätbara mål.", "unknown"),
    ("Hur mäter man trygghet?", "unknown"),
    ("Vi når förmodligen målet.", None),
    ("Jag skulle säga att vi gjort det vi skulle.", "reached"),
    ("Vi skulle ha gjort mer.", None),
    ("Därmed återstår inget av det som angavs.", "reached"),
    ("Utfallet motsvarar det planerade.", "reached"),
    ("Samtliga tre punkter kan bockas av.", "reached"),
    ("Samtliga som har varit i tjänst under året har gått.", "begun"),
    ("Målet var att alla mammor i kommunen skulle ha fått boken.", None),
    ("Enligt ansökan ska alla lag ha en ledare.", None),
    ("Enligt ansökan.", "reached"),
    ("Syftet enligt ansökan var att utveckla ett arbetssätt.", None),
    ("Fyra mål sattes upp.", None),
    ("Glöm inte att ange i vilken mån målen är nådda.", None),
    ("Två är uppfyllda.", "partly"),
    ("Alla tre är uppfyllda.", "reached"),
    ("Två har fått stöd.", "reached"),
    ("Grönt.", "reached"),
    ("Gult.", "partly"),
    ("Ett rött hus.", None),
    ("Konsulten redovisar i december.", "unknown"),
    ("Det går inte att säga förrän enkäten är inne.", "unknown"),
]
# What an answer adds up to.
ANSWERS = [
    # All that was said, asked for or due goes before the setbacks on the way.
    ("Två möten ställdes in. Vi klarade det vi hade lovat.", "helt"),
    ("Tre fattas ännu. Jag anser att vi kommit dit vi skulle.", "helt"),
    ("Sju av nio deltog. Det är vad vi ville.", "helt"),
    ("Tre utbildningar ställdes in. Alla tre delmål har ändå nåtts.", "helt"),
    ("Vården kom inte med. De tre sakerna är gjorda.", "helt"),
    ("Nio kom, en färre än tänkt. Vi betraktar det som uppnått.", "helt"),
    ("Vi gjorde inte det vi hade lovat.", "ej"),
    ("Två av de tre sakerna är gjorda. Den tredje blev inte av.", "delvis"),
    ("Rutinen räknar vi som klar. Kursen blev inte av.", "delvis"),
    ("Kursen enligt den lista som vi skrev är hållen. Gruppen saknas.", "delvis"),
    # An effect that nobody knows takes nothing from it.
    ("Allt vi lovade är gjort. Om våldet minskat vet vi inte.", "helt"),
    ("Jag har inte varit där och kan inte bedöma det.", "oklart"),
    ("Ännu ingen samverkan med vården, vilket var målet.", "ej"),
    ("Nio av tio kom utan kallelse, vilket var målet.", "helt"),
    ("Långt ifrån alla kom, men de fick det vi lovat.", "delvis"),
    # Why nothing is known is no failure of its own.
    ("Om de är tryggare vet jag inte, det skulle ha mätts och det gjordes inte.", "oklart"),
    ("Hjälpen blev bättre för kvinnorna. Men att alla fått den kan jag inte påstå.", "delvis"),
    ("Enligt planen. Resten av målet hör till nästa år.", "delvis"),
]
ELSEWHERE = [
    ("ovrigt", "Samtliga tre led har avklarats.", "helt"),
    ("insatser", "40 torsdagar blev det, vilket var det vi ville.", "helt"),
    ("ovrigt", "Två av tre åtaganden är infriade.", "delvis"),
    ("ovrigt", "Vi är i mål på alla tre punkterna.", "helt"),
    ("ovrigt", "Nästan alla kom. Vi gjorde det vi sa.", "helt"),
    ("ovrigt", "Det vi fick medel till är genomfört.", "helt"),
    ("ovrigt", "Syftet var att starta en grupp. Den startade i mars.", "helt"),
    ("ovrigt", "Syftet var att starta en grupp. Kvinnan startade i mars.", "oklart"),
    ("ovrigt", "Vi skulle utbilda 100 personer. Det blev 61.", "delvis"),
    ("ovrigt", "Vi skulle starta en barngrupp. Det gick inte.", "ej"),
    ("ovrigt", "Av tre delmål är två uppnådda. Två kvinnor har flyttat.", "delvis"),
    ("ovrigt", "Den tänkta mottagningen har aldrig öppnat.", "ej"),
    ("ovrigt", "Projektet har inte kunnat genomföras.", "ej"),
    ("ovrigt", "Projektet har genomförts av tre kommuner.", "oklart"),
    ("ovrigt", "Huruvida målen har nåtts kan avgöras först i höst.", "oklart"),
    ("ovrigt", "Förlåt dröjsmålet. Lokalen är klar.", "oklart"),
    ("ovrigt", "De visste inte vad man skulle göra.", "oklart"),
    ("ovrigt", "Ansökan gällde ett nätverk. Nätverket startade i april.", "helt"),
    ("ovrigt", "Ansökan gällde ett nätverk. Kvinnan startade i april.", "oklart"),
    ("ovrigt", "Vi fick pengar till en jour. Ingen lokal gick att hitta.", "ej"),
    ("ovrigt", "Uppdraget var att räkna ärenden. Det gjordes i maj. Vården tackade nej.", "helt"),
    ("ovrigt", "Vi ville nå kvinnor och män. Kvinnorna har kommit, männen inte.", "delvis"),
    ("ovrigt", "Vad som gjorts vet jag inte.", "oklart"),
    ("ovrigt", "Nådde vi målen? Nej.", "ej"),
    ("insatser", "Alla tre grupperna åt lunch ihop.", "oklart"),
    ("ovrigt", "Syfte: att kvinnor får stöd och att personal på plats vet hur.", "oklart"),
    ("ovrigt", "Syfte: uppnått.", "helt"),
    ("insatser", "Det första samtalet hålls alltid av jouren och fungerar bra.", "oklart"),
    ("insatser", "Psykologen lovade komma men det blev inte av.", "oklart"),
    ("ovrigt", "Uppgiften var att räkna ärenden. Så har skett.", "helt"),
    ("ovrigt", "Huruvida kvinnorna är tryggare går inte att säga.", "oklart"),
    ("ovrigt", "De frågor som ställdes i ansökan är besvarade.", "helt"),
    ("ovrigt", "Det ena var en mottagning med två rum på plats. Det andra var en kurs.", "oklart"),
    ("insatser", "Polisen delade ut det kort som vi skrev ihop.", "oklart"),
]
# What is reached halfway is reached in part, unless all that was due by then is done.
INTERIM = [
    ("Ja. Nästa grupp startar i maj.", "helt"),
    ("Allt som skulle vara klart i år är klart.", "helt"),
    ("Årets mål är uppfyllda.", "helt"),
    ("Gruppen är bildad och rutinen är skriven.", "delvis"),
    ("Det första målet är nått.", "delvis"),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
def test_what_a_clause_tells(clause: str, expected: str | None) -> None:
    (read,) = clauses(list(analyse(clause).sents))
    assert read.outcome == expected


@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
def test_what_an_answer_adds_up_to(answer: str, expected: str) -> None:
    assert summed(clauses(list(analyse(answer).sents))) == expected


@pytest.mark.parametrize(("question", "answer", "expected"), ELSEWHERE)
def test_what_other_answers_tell(question: str, answer: str, expected: str) -> None:
    assert held("maluppfyllelse", decided(case({question: answer}))) == {expected}


def test_a_verdict_in_another_answer_goes_before_what_is_not_known() -> None:
    answers = {"maluppfyllelse": "svårt att mäta", "ovrigt": "Båda sakerna är gjorda."}
    assert held("maluppfyllelse", decided(case(answers))) == {"helt"}
    answers["ovrigt"] = "Båda sakerna är svåra att mäta."
    assert held("maluppfyllelse", decided(case(answers))) == {"oklart"}


@pytest.mark.parametrize(("answer", "expected"), INTERIM)
def test_what_was_due_in_an_interim_form(answer: str, expected: str) -> None:
    cells = decided(case({"maluppfyllelse": answer}, kind=DocumentKind.BLANKETT_DEL))
    assert held("maluppfyllelse", cells) == {expected}
