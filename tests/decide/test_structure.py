"""What a project does with the forms of collaboration, by phenomenon."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.types import Header
from tests.decide.build import case, decided, held

END = Header(period_start=date(2018, 1, 1), period_slut=date(2019, 12, 31))

FOUNDED = [
    # founded before the project, or by it
    ("Nätverket bildades 2013 av skolan och polisen.", {"befintlig"}),
    ("Nätverket bildades i maj 2018 av skolan och polisen.", {"ny"}),
    ("År 2011 startade gruppen med fyra parter.", {"befintlig"}),
    ("Gruppen startade med fyra parter.", {"ny"}),
    ("Kommunerna tecknade 2012 ett avtal om jourhem.", {"befintlig"}),
]


@pytest.mark.parametrize(("goal", "expected"), FOUNDED)
def test_the_year_tells_new_from_old(goal: str, expected: set[str]) -> None:
    assert held("struktur", decided(case({"mal": goal}, header=END))) == expected


TOLD = [
    ("Före 2017 fanns ingen gemensam grupp på orten.", {"ny"}),
    ("Något gemensamt mellan kommunerna fanns inte innan.", {"ny"}),
    ("Våldsgrupperna är nya för projektet och möts var tredje vecka.", {"ny"}),
    ("Gemensam rutin mellan skolan och socialtjänsten ska finnas.", {"ny"}),
    ("Att bygga vidare på samarbetet i gruppen.", {"befintlig"}),
    ("Att bygga ut samarbetet så att vården är med.", {"befintlig"}),
    ("Att göra om ett gammalt samarbete, inte att börja ett nytt.", {"befintlig"}),
    ("Nätverket är äldre än bidraget och har fått fler medlemmar.", {"befintlig"}),
    ("Högskolan har följt nätverket genom intervjuer.", {"utvardering"}),
    ("FoU-enheten har genomfört granskningen av samverkan.", {"utvardering"}),
    ("Kommunen har låtit utvärdera samverkansgruppen.", {"utvardering"}),
    ("Tidigare hade skolan och vården var sin rutin. Nu möts vi varje månad.", {"ny"}),
    ("Ärendena sköttes från fall till fall, sedan i maj möts vi varje vecka.", {"ny"}),
    ("En checklista ska tas fram tillsammans med häktet.", {"ny"}),
    ("Ha ett skriftligt avtal med habiliteringen om stöd åt varandra.", {"ny"}),
    ("Utveckla den arbetsgrupp som bildades 2004.", {"befintlig"}),
    ("Nätverket bildades 2003. Efter granskningen har det kortat mötena.", {"befintlig"}),
    ("Egen brottsofferjour på orten. En grupp, en rutin och två kvällar.", {"ny"}),
    ("Mottagningen öppnade i mars med två behandlare från vården.", {"ny"}),
    ("En grupp med rektorn, diakonen och en åklagare bildades i maj.", {"ny"}),
    ("En psykologstudent intervjuade parterna i samrådet.", {"utvardering"}),
    ("Ta fram en handlingsplan för kommunens socialtjänst.", {"annat"}),
    ("Handlingsplan mot våld", {"annat"}),
    ("Pengarna gick till tryckning av en broschyr.", {"annat"}),
]


@pytest.mark.parametrize(("goal", "expected"), TOLD)
def test_what_the_goal_says(goal: str, expected: set[str]) -> None:
    assert held("struktur", decided(case({"mal": goal}))) == expected


@pytest.mark.parametrize(
    "told",
    [
        "Nio kvinnor har gått vidare till samtal.",
        "Distansundervisning infördes under våren.",
        "Alla arbetar efter samma modell.",
        "Området har fått bättre belysning.",
        "I grannorten finns redan en kö till lägenheterna.",
        "Rummet ligger i den gamla tandvårdsmottagningen.",
    ],
)
def test_what_is_no_word_of_a_form_of_collaboration(told: str) -> None:
    cells = decided(case({"insatser": told}))
    assert held("struktur", cells).isdisjoint({"befintlig", "ny"})


def test_a_box_that_the_text_denies_falls() -> None:
    told = {"insatser": "Tidigare fanns det inte någon gemensam grupp. Nu möts alla varje månad."}
    cells = decided(case(told, ["struktur.befintlig"]))
    assert held("struktur", cells) == {"ny"}
