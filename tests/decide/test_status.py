"""Whether a project has ended, told in words on a form without ticks, and against its ticks."""

from __future__ import annotations

import pytest

from corpus.types import DocumentKind
from tests.decide.build import case, decided, held

ROWS = [
    ("ovrigt", "Satsningen upphörde vid årsskiftet.", "avslutat"),
    ("ovrigt", "Vi avbröt projektet redan efter tre månader.", "avslutat"),
    ("integrering", "Sedan projektet avslutades leder skolan gruppen.", "avslutat"),
    ("insatser", "Sista träffen hölls i oktober.", "avslutat"),
    ("ovrigt", "Lades ner i maj.", "avslutat"),
    ("insatser", "Projektet är inne i sin andra fas.", "pagar"),
    ("ovrigt", "Starten är framflyttad till våren.", "pagar"),
    ("insatser", "Arbetet har ännu inte kommit i gång.", "pagar"),
    ("maluppfyllelse", "Vi har ett halvår kvar, så det är för tidigt.", "pagar"),
    ("insatser", "Just nu går den andra kursen.", "pagar"),
    ("integrering", "Så länge projektet pågår kallar projektledaren.", "pagar"),
    ("ovrigt", "Det går inte att få besked om huruvida arbetet bedrivs ännu.", "oklart"),
    ("insatser", "Nätverk och två kurser.", "oklart"),
    ("integrering", "När projektet är slut tar vårdcentralen över.", "oklart"),
    ("integrering", "Vi har begärt uppskov till juni med resten av pengarna.", "pagar"),
    ("maluppfyllelse", "Enkäten görs först när projektet slutar.", "pagar"),
    ("integrering", "Om träffarna används i dag går inte att utläsa av pärmen.", "oklart"),
    # without a box the tense of what was done decides, and notes of what was held
    ("insatser", "Vi ordnade tre kvällar. Alla kom. En kurator ledde samtalen.", "avslutat"),
    ("insatser", "Gruppen möts varje vecka och har fått en lokal. Den ligger i skolan.", "oklart"),
    ("insatser", "Föreläsning 3/5, 60 deltagare. 400 ex tryckta och utdelade.", "avslutat"),
]


@pytest.mark.parametrize(("question", "answer", "expected"), ROWS)
def test_status_in_words(question: str, answer: str, expected: str) -> None:
    assert held("status", decided(case({question: answer}))) == {expected}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Projektet är inne i sin andra fas.", "pagar"),
        ("Samverkan fortsätter i gruppen.", "avslutat"),
    ],
)
def test_words_go_before_a_tick(answer: str, expected: str) -> None:
    cells = decided(case({"insatser": answer}, ["redovisning.slut"]))
    assert held("status", cells) == {expected}


ACCOUNTS = [
    # an interim report by its own words, and one that is only spoken of
    ("Lägesrapport, Trygg hemma\nVi har mötts tre gånger.", "pagar"),
    ("Rör: Delredovisning\nKursen gick i mars och alla kom.", "pagar"),
    ("Styrgruppen fick en muntlig lägesrapport. Alla kom till mötena.", "avslutat"),
    ("Delrapporten lämnades i maj. Kursen gick i juni.", "avslutat"),
    ("> Vi har bett om en lägesrapport.\nKursen gick i mars och alla kom.", "avslutat"),
    # the project's time is prolonged, or something else is
    ("Länsstyrelsen har beviljat förlängning. Vi har börjat.", "pagar"),
    ("Kyrkan har förlängt sin medverkan. Kursen gick i mars och alla kom.", "avslutat"),
    (
        "Kursen gick i mars och alla kom. Till dess bekostas tjänsten av medel som"
        " länsstyrelsen medgett att vi får använda till juni.",
        "avslutat",
    ),
    ("Halvtidsavstämning, Trygg hemma\nVi har mötts tre gånger.", "pagar"),
    ("Vikariernas tid förlängdes. Kursen gick i mars och alla kom.", "avslutat"),
    # the writer cannot say
    ("Huruvida gruppen har mötts sedan dess framgår inte av akten. Kursen gick i maj.", "oklart"),
    (
        "Om teamet fortsatt efter sommaren står ingenstans. Fem möten ordnades och alla kom.",
        "oklart",
    ),
    ("Om kvinnorna fortsatt träffas vet vi inte. Fem möten ordnades och alla kom.", "avslutat"),
    ("Om rutinen används vet vi inte. Fem möten ordnades och alla kom.", "avslutat"),
    ("Om teamet fortsätter eller ej kan jag inte svara på. Fem möten ordnades.", "oklart"),
    ("Delen om tolkar har inte påbörjats. Fem möten ordnades och alla kom.", "avslutat"),
    # present tense throughout, and nothing of an end
    ("Teamet ses varje månad. Polisen och jouren deltar. En lista finns i pärmen.", "oklart"),
    ("Teamet sågs varje månad. Polisen och jouren deltog. En lista lades i pärmen.", "avslutat"),
    ("Teamet har setts varje månad. Polisen har deltagit. En lista finns.", "avslutat"),
]


@pytest.mark.parametrize(("text", "expected"), ACCOUNTS)
def test_an_account_without_a_form(text: str, expected: str) -> None:
    account = case({"fritext": text}, kind=DocumentKind.FRI_REDOVISNING)
    assert held("status", decided(account)) == {expected}


def test_an_interim_form_is_of_a_project_that_goes_on() -> None:
    told = {"insatser": "Alla möten har hållits och pengarna är slut."}
    cells = decided(case(told, kind=DocumentKind.BLANKETT_DEL))
    assert held("status", cells) == {"pagar"}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Rapporten är klar.", "avslutat"),
        ("Rutinen är inte klar.", "oklart"),
        ("Affischer finns.", "oklart"),
    ],
)
def test_a_finished_product_ends_a_project_without_ticks(answer: str, expected: str) -> None:
    assert held("status", decided(case({"insatser": answer}))) == {expected}
