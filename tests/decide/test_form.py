"""Meant for a while only, and the county board in the work itself: what tells, what does not."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

TEMPORARY = [
    "Arbetsgruppen löstes upp när broschyren var tryckt.",
    "En kortvarig samverkan inför flytten till det nya huset.",
    "Satsningen var begränsad till ett läsår.",
    "Affischeringen pågick i tre veckor runt den 25 november.",
    "Det sades redan från början att gruppen bara skulle finnas under sommaren.",
    "Seminariet hålls inte igen.",
    "Vi gick ihop bara den här gången.",
    "Lägret avslutades i augusti, precis som det var tänkt.",
    "Rapporten är lämnad och gruppen entledigad.",
    "En provverksamhet i sex månader, därefter nedlagd.",
    "Gruppen har inte haft någon annan uppgift än utställningen.",
]
LASTING = [
    "Gruppen dog ut när samordnaren flyttade.",
    "Kampanjen återkommer varje höst i två veckor.",
    "Tillfälliga lokaler ordnades under ombyggnaden.",
    "Vi fick bara ett års pengar och sedan rann det ut i sanden.",
    "Försöksverksamheten är nu permanent.",
    "Rutinen är klar och gruppen fortsätter med nästa.",
    "Det gick som planerat.",
    "Styrgruppen har inte träffats så ofta som det var tänkt.",
    "Det var aldrig meningen att ha barngrupp men det blev en.",
    "Vid annonseringen anställdes en kurator som slutade efter två veckor.",
    "Vården säger att uppdraget är tidsbegränsat för deras del.",
    "Vi ses en gång i månaden.",
    "Gruppen finns inte längre, ingen ville kalla.",
]
BOARD = [
    "Länsstyrelsens utvecklingsledare höll ihop gruppen och kallade till mötena.",
    "Projektgrupp: polis, jouren, lst och två kommuner.",
    "Idén kom från länsstyrelsen.",
    "Vi skrev planen tillsammans med länsstyrelsen.",
    "Länsrådet har suttit med i styrgruppen.",
    "Länsst. drog i det hela och samlade kommunerna.",
    "Föreläsare från Länsstyrelsen Östergötland var med båda dagarna.",
    "Länsstyrelsen i Gävleborg genomförde tre halvdagars utbildning åt oss.",
    "Kursen har hållits av Länsstyrelsen Dalarnas kompetensteam vid två tillfällen.",
    "Länsstyrelsens jämställdhetsstrateg var en av fem i redaktionen.",
    "Ledamöter: socialchefen i Ånge, chefen för BUP samt länsstyrelsens utredare.",
    "I rådet ingår skolchefen, Brottsofferjouren och en representant för länsstyrelsen.",
    "Länsstyrelsen tog under 2012 initiativ till arbetet och har sedan kallat till mötena.",
    "Länsstyrelsens samordnare frågade de tre cheferna om de kunde arbeta ihop.",
    "Länsstyrelsen var medarrangör.",
    "I den sitter rektorn, två chefer och oss samt Lo Ek från länsstyrelsen.",
    "Vi ses varje månad: vårdcentralen, biståndsenheten och er egen Lo Ek som är medlem.",
    "Projektgruppen har bestått av mig, en handläggare per kommun, kvinnojouren och en"
    " veterinär från länsstyrelsen.",
]
NO_BOARD = [
    "Länsstyrelsen har beviljat 60 000 kronor.",
    "Länsstyrelsens handläggare gjorde ett uppföljningsbesök i mars.",
    "Länsstyrelsen bjöd in alla kommuner till en länsträff.",
    "Länsstyrelsen har fått en lägesrapport.",
    "Vi önskar att länsstyrelsen samordnade mer.",
    "Länsstyrelsen hade inte möjlighet att delta.",
    "Rapporten har skickats till länsstyrelsen.",
    "Länsstyrelsens broschyrer delades ut.",
    "Vi var på den länskonferens som länsstyrelsen arrangerade.",
    "Länsstyrelsen har bjudit in oss att berätta på en träff i maj.",
    "Vi deltog i en av Länsstyrelsen Kalmar anordnad dag, öppen för alla kommuner.",
    "Bytet är godkänt i mejl från er handläggare.",
    "Arbetet har betalats med 90 000 kronor från länsstyrelsen samt med egen tid.",
    "Delen utgick i samråd med länsstyrelsen när beloppet sattes ned.",
    "Vi deltog i länsstyrelsens nätverk för projektledare.",
]


# What the answer about going on says of an exhibition, and of a group.
ENDED = [
    "Bara den här omgången var planerad.",
    "En undersökning av det slaget görs en enda gång.",
    "Satsningen var tänkt för 2014.",
    "Nej, utställningen visades en gång.",
    "Kampanjen gällde 2019 och är över.",
    "Avsåg endast vecka 47.",
    "Nej, det var just den här terminen.",
    "Det rörde sig om en avgränsad kursinsats som är klar.",
    "Det blir inget mer än de här dagarna.",
    "Kampanjen kördes i fjol, sedan inget mer.",
    "Någon ny mässa blir det inte, ingen ny utställning planeras.",
    "Gruppen var knuten till projektet och upplöstes i juni.",
    "Kampanjveckan är över.",
    "Gruppen hade till uppgift att skriva texten och är nu upplöst.",
    "Arbetsgruppen avslutades när texten antogs.",
    "Det var ett projekt för sommaren.",
    "Nej, det var en enskild händelse.",
    "Tanken var att göra detta en gång, så blev det.",
    "Fortsätter inte, det var tänkt som ett projekt på 14 månader.",
]
GOES_ON = [
    "Undersökningen görs en gång per år.",
    "Rutinen gäller från 1 mars 2012.",
    "Utan nya pengar blir det inget mer.",
    "Arbetsgruppen är upplöst, dess frågor tas i rådet.",
    "Samordnaren gick i pension och sedan blev det inget mer.",
    "Fortsatt arbete enligt plan.",
    "Tjänsten är tidsbegränsad till årsskiftet.",
    "Samordnartjänsten är tillfällig, beslut tas i höst.",
    "Kampanjen är avslutad men affischerna hänger kvar.",
    "Nätverket fortsätter.",
]
SHOWN = "Vi hade en utställning på biblioteket."
MET = "Nätverket med polisen träffas. En tillfällig arbetsgrupp skrev mallen."


@pytest.mark.parametrize(
    ("answer", "expected"), [(t, True) for t in TEMPORARY] + [(t, False) for t in LASTING]
)
def test_meant_for_a_while_only(answer: str, expected: bool) -> None:
    assert ("tillfallig" in held("form", decided(case({"insatser": answer})))) is expected


@pytest.mark.parametrize(
    ("answer", "expected"), [(t, True) for t in BOARD] + [(t, False) for t in NO_BOARD]
)
def test_the_county_board_in_the_work(answer: str, expected: bool) -> None:
    cells = decided(case({"insatser": answer}))
    assert ("lansstyrelsen_aktiv" in held("form", cells)) is expected


@pytest.mark.parametrize(
    ("done", "answer", "expected"),
    [(SHOWN, t, True) for t in ENDED]
    + [(MET, t, False) for t in GOES_ON[-1:]]
    + [("Gruppen har haft åtta möten.", t, False) for t in GOES_ON],
)
def test_what_became_of_it_tells_that_it_was_for_a_while(
    done: str, answer: str, expected: bool
) -> None:
    cells = decided(case({"insatser": done, "integrering": answer}))
    assert ("tillfallig" in held("form", cells)) is expected
