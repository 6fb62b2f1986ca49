"""What a document is: reports of funded projects against everything that only looks like them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from corpus.types import DocumentKind
from pipeline.parse import becomes_project, parse
from pipeline.parse.sections import sections
from tests.parse.documents import document

SHARED = Path(__file__).resolve().parents[3] / "shared" / "documents"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="../shared saknas")

NO_PROJECT = {
    "beslut": (
        "LÄNSSTYRELSEN I VÄRMLANDS LÄN\n"
        "BESLUT\n"
        "2009-03-12  Dnr 801-1234-2009\n"
        "Till Sunne kommun\n"
        "Beslut om utvecklingsmedel för lokal samverkan\n"
        "Länsstyrelsen beslutar att bevilja Sunne kommun 120 000 kronor för projektet "
        "Trygg hemma under tiden 2009-04-01–2010-08-31.\n"
        "Villkor för bidraget\n"
        "Bidraget ska användas för det ändamål som anges i ansökan. Redovisning ska "
        "lämnas senast den 30 september 2010. Medel som inte förbrukats ska "
        "återbetalas.\n"
        "Beslutet kan inte överklagas.\n"
    ),
    "missiv": (
        "Hej!\n"
        "\n"
        "Bifogat finns vår redovisning av utvecklingsmedlen.\n"
        "\n"
        "Med vänlig hälsning\n"
        "Kaja Lindh\n"
        "Torsby kommun\n"
    ),
    "missiv2": (
        "Till Länsstyrelsen i Dalarnas län\n"
        "Översändande av slutredovisning\n"
        "Socialnämnden i Orsa kommun översänder härmed slutredovisning av de "
        "utvecklingsmedel som nämnden beviljats. Redovisningen finns i bilaga 1.\n"
        "Orsa den 3 oktober 2010\n"
        "Per Ek\n"
    ),
    "protokoll": (
        "SAMMANTRÄDESPROTOKOLL\n"
        "Socialnämnden 2010-10-05\n"
        "Närvarande: Lena Ek (S), Olof Ny (M)\n"
        "§ 88 Slutredovisning av utvecklingsmedel, kvinnofrid\n"
        "Förvaltningen har lämnat slutredovisning av projektet Trygg. Nämnden "
        "beviljades 120 000 kronor av länsstyrelsen.\n"
        "Beslut\n"
        "Socialnämnden godkänner redovisningen och lägger den till handlingarna.\n"
        "Paragrafen är justerad\n"
    ),
    "inbjudan": (
        "INBJUDAN\n"
        "Välkommen till en halvdag om våld i nära relationer!\n"
        "Tid: 12 mars kl 13.00-16.30\n"
        "Plats: Folkets Hus, Arvika\n"
        "Dagen ingår i det samverkansprojekt som länsstyrelsen beviljat medel till. "
        "Polisen, kvinnojouren och socialtjänsten medverkar.\n"
        "Anmäl dig senast 1 mars. Kostnadsfritt.\n"
    ),
    "nyhet": (
        "Arboga får pengar till kvinnofrid\n"
        "Publicerad 2010-04-12\n"
        "Kommunen har fått 150 000 kronor från Länsstyrelsen i Västmanlands län för "
        "att samverka bättre mot våld i nära relationer. – Det är glädjande, säger "
        "socialchefen Eva Lind. Polisen och kvinnojouren ska vara med i arbetet, som "
        "börjar efter sommaren.\n"
        "Foto: Arboga kommun\n"
    ),
    "press": (
        "PRESSMEDDELANDE\n"
        "2021-11-25\n"
        "Uppsala kommun satsar mot hedersvåld\n"
        "Kommunen har beviljats 900 000 kronor av Jämställdhetsmyndigheten. Satsningen "
        "omfattar skolor och socialtjänst. Presskontakt: 018-000 00 00\n"
    ),
    "plan": (
        "Handlingsplan mot våld i nära relationer 2010–2012\n"
        "Kumla kommun\n"
        "Antagen av kommunfullmäktige 2010-02-22\n"
        "Inledning\n"
        "Mäns våld mot kvinnor är ett samhällsproblem. Mål\n"
        "Alla våldsutsatta kvinnor ska få stöd.\n"
        "Samverkan\n"
        "Socialtjänsten ska samverka med polis, kvinnojour och hälso- och sjukvård.\n"
        "Uppföljning\n"
        "Planen följs upp årligen.\n"
    ),
    "remissvar": (
        "Tjänsteutlåtande\n"
        "Till socialnämnden\n"
        "Yttrande över remiss: nationell strategi mot mäns våld mot kvinnor\n"
        "Förslag till beslut\n"
        "Nämnden avger förvaltningens yttrande som sitt svar på remissen.\n"
        "Förvaltningen har 2009 beviljats 200 000 kronor i utvecklingsmedel av "
        "länsstyrelsen och har goda erfarenheter av samverkan med polisen och "
        "kvinnojouren.\n"
    ),
    "vb": (
        "Verksamhetsberättelse 2010\n"
        "Kvinnojouren Solrosen\n"
        "Styrelsen har under året haft 11 möten. Jouren har tagit emot 43 kvinnor och "
        "51 barn. Vi har fått 300 000 kronor i bidrag från kommunen. Vi har deltagit i "
        "kommunens samverkansgrupp. Jourens medlemmar har utbildats.\n"
    ),
    "minnes": (
        "Minnesanteckningar styrgrupp Trygg, 2010-02-03\n"
        "Närvarande: Kim, Ali, Britta\n"
        "1. Föregående möte\n"
        "2. Lägesrapport. Projektet har hållit 4 möten. Polisen deltog.\n"
        "3. Ekonomi. Vi har 60 000 kronor kvar av pengarna från länsstyrelsen.\n"
        "Nästa möte 3 mars\n"
    ),
    "utlysning": (
        "Utvecklingsmedel till lokal samverkan 2010\n"
        "Länsstyrelsen inbjuder kommunerna i länet att söka medel för lokal samverkan "
        "mot mäns våld mot kvinnor. Vem kan söka? Kommuner och stadsdelar. Ansök "
        "senast 15 februari. Redovisning ska ske på särskild blankett.\n"
    ),
    "paminnelse": (
        "Påminnelse om redovisning\n"
        "Till Kils kommun\n"
        "Ni har ännu inte lämnat slutredovisning av de utvecklingsmedel om 80 000 "
        "kronor som ni beviljades 2009. Var god inkom med redovisning senast 15 maj. "
        "Länsstyrelsen i Värmlands län\n"
    ),
    "revision": (
        "Granskning av socialnämndens arbete mot våld i nära relationer\n"
        "Revisionsrapport\n"
        "Eksjö kommun\n"
        "På uppdrag av de förtroendevalda revisorerna har vi granskat ... Nämnden har "
        "fått projektmedel om 300 000 kr från länsstyrelsen. Projektet har genomfört "
        "utbildningar.\n"
    ),
    "annatprojekt": (
        "Slutrapport - Energieffektivisering i kommunens fastigheter\n"
        "Projektet har beviljats 500 000 kronor av Energimyndigheten. Vi har bytt "
        "ventilation i 12 skolor. Målet om 10 procents minskning har uppnåtts. "
        "Projekttiden var 2009-2010.\n"
    ),
}

PROJECTS = {
    "mail": (
        "Hej Agneta!\n"
        "\n"
        "Här kommer redovisningen av kvinnofridspengarna för Kramfors. Vi fick 60 000 "
        "kr.\n"
        "\n"
        "Vi har haft sex träffar med polisen, kvinnojouren och hälsocentralen. Gruppen "
        "är ny. Tillsammans har vi skrivit en rutin för hur vi ringer varandra. "
        "Försäkringskassan bjöds in men kom inte.\n"
        "\n"
        "Målet nåddes i stort sett. Gruppen fortsätter i ordinarie verksamhet.\n"
        "\n"
        "Hälsningar Mona\n"
    ),
    "brev": (
        "Torsås den 2 september 2010\n"
        "Länsstyrelsen i Kalmar län\n"
        "\n"
        "Vi vill med detta brev berätta hur det gick med vårt samverkansprojekt som ni "
        "stödde med 75 000 kronor. Under två år har socialtjänsten, polisen och skolan "
        "träffats varje månad. Tillsammans har vi byggt upp en rutin för barn som "
        "upplevt våld. Av pengarna är allt använt. Arbetet fortsätter nu utan "
        "projektmedel.\n"
        "\n"
        "Med vänlig hälsning\n"
        "Bodil Sten, IFO-chef\n"
    ),
    "slutrapport": (
        "SLUTRAPPORT\n"
        "Projekt Samsyn\n"
        "Marks kommun\n"
        "Inledning\n"
        "Marks kommun beviljades 250 000 kronor för perioden 2009-01-01–2010-12-31.\n"
        "Syfte\n"
        "Att bygga upp samverkan kring hedersrelaterat våld.\n"
        "Genomförande\n"
        "En styrgrupp med polis, skola och socialtjänst har träffats åtta gånger.\n"
        "Resultat\n"
        "Målen har delvis uppnåtts.\n"
        "Fortsättning\n"
        "Nätverket fortsätter.\n"
    ),
    "modern": (
        "Slutrapport till Jämställdhetsmyndigheten\n"
        "Projekt: Trygg i Eslöv\n"
        "Beviljade medel: 1,2 mnkr\n"
        "Projektperiod: 1 mars 2020 – 31 december 2021\n"
        "Bakgrund\n"
        "Fler orosanmälningar gällande hedersrelaterat våld.\n"
        "Aktiviteter\n"
        "Vi har utbildat 140 medarbetare i FREDA och startat ett konsultationsteam med "
        "region och polis.\n"
        "Måluppfyllelse\n"
        "Tre av fyra mål är uppnådda.\n"
        "Implementering\n"
        "Teamet är permanentat.\n"
    ),
    "pm": (
        "PM\n"
        "Socialförvaltningen Tranås\n"
        "Lägesrapport samverkansprojekt kvinnofrid\n"
        "Länsstyrelsen har beviljat 90 000 kronor. Hittills har två möten hållits med "
        "kvinnojouren och BUP. Projektledaren slutade i maj. Målet är ännu inte "
        "uppnått. 40 000 kronor är förbrukade.\n"
    ),
    "noheads": (
        "Ljusdal. Vi sökte och fick 45 000 kr av länsstyrelsen till en samverkansgrupp "
        "mot våld. Det blev fyra möten med närpolisen och distriktssköterskan. Prästen "
        "var med en gång. Pengarna gick till vikarier och fika. Gruppen träffas "
        "fortfarande.\n"
    ),
    "tju": (
        "TJÄNSTEUTLÅTANDE\n"
        "Socialförvaltningen, Vadstena\n"
        "2011-01-10\n"
        "Till socialnämnden\n"
        "Återrapportering av stimulansmedel för kvinnofrid\n"
        "Förslag till beslut\n"
        "Nämnden godkänner återrapporteringen.\n"
        "Ärendet\n"
        "Nämnden beviljades 2009 stimulansmedel om 130 000 kronor från Länsstyrelsen i "
        "Östergötland. Medlen har använts till en samordnare på deltid.\n"
        "Resultat\n"
        "Samordnaren har samlat polis, vårdcentral och kvinnojour till tio möten. En "
        "rutin har antagits.\n"
    ),
}


@pytest.mark.parametrize("name", NO_PROJECT)
def test_no_project(name):
    (submission,) = parse(document(NO_PROJECT[name]))
    assert not becomes_project(submission), submission.kind_reason


@pytest.mark.parametrize("name", PROJECTS)
def test_project(name):
    (submission,) = parse(document(PROJECTS[name]))
    assert becomes_project(submission), submission.kind_reason
    assert submission.kind_reason.startswith("Läses som en redovisning")
    assert 0 < submission.kind_confidence <= 1


def test_a_decision_is_marked_and_is_no_project():
    (submission,) = parse(document(NO_PROJECT["beslut"]))
    assert submission.kind is DocumentKind.ANNAT
    assert [note.code for note in submission.notes] == ["beslut_om_bidrag"]


def test_the_whole_text_is_covered_by_the_sections():
    d = document(PROJECTS["slutrapport"])
    (submission,) = parse(d)
    covered = sum(a.end - a.start for a in submission.answers)
    headings = sum(len(a.heading) for a in submission.answers)
    assert covered + headings >= 0.9 * len(d.text)
    by_question = {a.question: d.text[a.start : a.end] for a in submission.answers}
    assert by_question["mal"].startswith("Att bygga upp samverkan")
    assert by_question["maluppfyllelse"] == "Målen har delvis uppnåtts."
    assert by_question["integrering"] == "Nätverket fortsätter."


@pytest.mark.parametrize(
    ("line", "question", "words"),
    [
        ("Syfte: stöd till unga i byarna", "mal", "stöd till unga i byarna"),
        ("Ekonomi: lämnas av kamreren", "belopp", "lämnas av kamreren"),
        ("Måluppfyllelse: hur gick det?", "maluppfyllelse", "Vi kom halvvägs med rutinen."),
        ("Takt: varannan torsdag", "fritext", "Takt: varannan torsdag"),
        ("Fortsättning efter 2011", "integrering", "Vi kom halvvägs med rutinen."),
    ],
)
def test_what_follows_a_label_on_its_line_is_read(line, question, words):
    text = f"Slutrapport\nHej, här kommer det.\n{line}\nVi kom halvvägs med rutinen.\n"
    (answer,) = (a for a in sections(document(text), 0, len(text)) if a.start >= text.index(line))
    assert (answer.question, text[answer.start : answer.end].split("\n")[0]) == (question, words)


def test_projects_one_and_two_in_one_report():
    text = (
        "Slutredovisning av utvecklingsmedel, Hylte kommun\nTill Länsstyrelsen i Hallands län\n"
        "Projekt 1: Kvinnofrid på landet\nVi beviljades 80 000 kr. "
        + "Vi har träffat polisen och kvinnojouren varje månad om våld i nära relationer. " * 3
        + "\nProjekt 2: Barnspår\nVi beviljades 45 000 kr. "
        + "Skolan och vi har haft barngrupp för barn som upplevt våld tolv gånger. " * 3
    )
    first, second = parse(document(text))
    assert (first.header.titel, second.header.titel) == ("Kvinnofrid på landet", "Barnspår")
    assert (first.header.beviljat_belopp, second.header.beviljat_belopp) == (
        Decimal(80000),
        Decimal(45000),
    )
    assert second.header.kommun == "Hylte"


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize(
    ("start", "kind"),
    [
        ("000", DocumentKind.TJANSTEUTLATANDE_ANSOKAN),
        ("001", DocumentKind.RAPPORT),
        ("002", DocumentKind.TJANSTEUTLATANDE_OVRIGT),
        ("003", DocumentKind.ANNAT),
        ("004", DocumentKind.TJANSTEUTLATANDE_OVRIGT),
    ],
)
def test_the_real_documents(start, kind):
    (path,) = SHARED.glob(f"{start}_*.txt")
    (submission,) = parse(document(path.read_text(encoding="utf-8")))
    assert submission.kind is kind
    if start == "000":
        assert submission.header.sokt_belopp == 916210
        assert submission.header.kommun == "Stockholm"


@needs_shared
@pytest.mark.shared
def test_no_real_text_of_the_genre_becomes_a_project():
    wrong = [
        path.name
        for path in sorted((SHARED / "text").glob("*.txt"))
        for s in parse(document(path.read_text(encoding="utf-8")))
        if becomes_project(s)
    ]
    assert wrong == []
