"""A group that is disowned, dropped or only named does not count, whatever is ticked."""

from __future__ import annotations

import pytest

from tests.decide.build import case, decided, held

AIM = "Att hitta våldsutsatta kvinnor tidigare."
PART = "omrade.sarskilt_utsatta"
ROWS: list[tuple[str, dict[str, str], list[str], str, bool]] = [
    ("work", {"insatser": "Skolan lärde sig om hedersvåld."}, ["omrade.heder"], "heder", True),
    ("own box", {"nya_omraden": "Heder stod i ansökan, inget arbete har gjorts."},
     ["omrade.heder"], "heder", False),
    ("denied", {"insatser": "Vi har inte arbetat med heder."}, ["omrade.heder"], "heder", False),
    ("another's", {"insatser": "Hedersvåld hanteras av ett annat projekt i staden."},
     ["omrade.heder"], "heder", False),
    ("tick explained", {"ovrigt": "Heder är ikryssat för att det kan förekomma."},
     ["omrade.heder"], "heder", False),
    ("next sentence", {"mal": "Vi skulle också starta en mansgrupp. Den blev aldrig av."},
     ["omrade.utovare"], "utovare", False),
    ("outside", {"insatser": "Skyddat boende ligger utanför vårt uppdrag."},
     ["omrade.skyddat_boende"], "skyddat_boende", False),
    ("other group is the dropped one",
     {"insatser": "Barnen fick egna samtal men äldre nådde vi inte."}, [], "barn", True),
    ("asked of", {"sarskilt_utsatta": "Missbruk förekommer hos sju men det har inte studerats."},
     [PART], "missbruk", False),
    ("asked of, denied", {"sarskilt_utsatta": "Kvinnor med missbruk kommer inte hit."}, [PART],
     "missbruk", False),
    ("asked of, then more", {"sarskilt_utsatta": "Äldre. Demens är det inte fråga om."}, [PART],
     "aldre", True),
    ("staff who only listened", {"insatser": "Hemtjänsten deltog i kursen."}, [PART],
     "aldre", False),
    ("asked of, real", {"sarskilt_utsatta": "Kvinnor med missbruk."}, [PART], "missbruk", True),
    ("values", {"sarskilt_utsatta": "Alla är välkomna oavsett ålder eller funktionsnedsättning."},
     [PART], "funktionsnedsattning", False),
    ("a lecturer", {"insatser": "RFSL höll ett föredrag."}, [PART], "samkonade", False),
    ("a verb", {"insatser": "Kyrkan drog sig ur."}, [PART], "missbruk", False),
    ("an organisation", {"insatser": "Rädda Barnen hade inget material."}, [], "barn", False),
    ("young women", {"insatser": "Unga kvinnor har fått stöd."}, [], "barn", False),
    ("one course of many",
     {"insatser": "Skolan lärde sig om hedersvåld. Elva flickor som riskerar tvångsgifte fick stöd."
      " En sista kurs om heder ställdes in."}, [], "heder", True),
    ("the aim alone", {"mal": "Samtal för män som slår.", "insatser": "De kom aldrig igång."
      " Manssamtalen ströks."}, ["omrade.utovare"], "utovare", False),
    ("dropped part takes the tick", {"sarskilt_utsatta": "Äldre stod i ansökan men ströks."},
     [PART], "sarskilt_utsatta", False),
    ("convicted men", {"insatser": "Samtal hölls med män som häktats för misshandel."}, [],
     "utovare", True),
    ("told in other words",
     {"insatser": "Nyanlända kvinnor från Syrien, som inte talar svenska, fick stöd."},
     [], "utlandsk_bakgrund", True),
    ("leaflets in many languages", {"insatser": "Foldern trycktes på åtta olika språk."}, [PART],
     "utlandsk_bakgrund", False),
    ("a national minority", {"insatser": "Samråd hölls med de nationella minoriteterna."}, [PART],
     "utlandsk_bakgrund", False),
    ("told by what they fear", {"insatser": "Samtal hölls med unga som vaktas av sin släkt."}, [],
     "heder", True),
    ("a guest of honour", {"insatser": "Hedersgästen höll tal på kursdagen."}, [], "heder", False),
    ("guarded rooms", {"insatser": "Två larmade rum med nattbemanning har öppnats."}, [],
     "skyddat_boende", True),
    ("one was placed", {"insatser": "En kvinna har placerats i skyddat boende i Umeå."}, [],
     "skyddat_boende", False),
    ("fathers", {"insatser": "Grupp för fäder som varit våldsamma."}, [], "utovare", True),
    ("husbands of those helped", {"insatser": "Stödgrupp för kvinnor vars män dricker."}, [],
     "utovare", False),
    ("school children", {"insatser": "Kuratorn pratar med elever som har det våldsamt hemma."}, [],
     "barn", True),
    ("a childhood", {"insatser": "Boken: hur han levde som barn."}, [], "barn", False),
    ("those who meet them", {"insatser": "Hemtjänsten lärde sig se våld."}, [], "aldre", True),
    ("their place", {"insatser": "Mötena hölls i äldreboendets matsal."}, [], "aldre", False),
    ("by age", {"insatser": "Tre 80-åringar har fått stöd efter våldet."}, [], "aldre", True),
    ("figures", {"insatser": "Av kommunens invånare är 20 procent äldre."}, [], "aldre", False),
    ("women by women", {"insatser": "Rutin för kvinnor som slås av en annan kvinna."}, [],
     "samkonade", True),
    ("by language", {"insatser": "Rysktalande kvinnor nåddes genom egna träffar."}, [],
     "utlandsk_bakgrund", True),
    ("not sober", {"insatser": "Boendet tar emot dem som inte är nyktra."}, [], "missbruk", True),
    ("elsewhere", {"insatser": "Ett annat projekt ordnade kurser om missbruk."}, [],
     "missbruk", False),
    ("next time", {"nya_omraden": "Kvinnor med missbruk får bli nästa projekt."}, [],
     "missbruk", False),
    ("part taken back", {"insatser": "Stöd angavs även för äldre kvinnor. Den delen lyftes bort."},
     [], "aldre", False),
    ("not only", {"insatser": "Behandlarna möter inte bara män som slår."},
     ["omrade.utovare"], "utovare", True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "ticks", "group", "expected"),
    [row[1:] for row in ROWS],
    ids=[row[0] for row in ROWS],
)
def test_the_group_the_work_is_for(
    answers: dict[str, str], ticks: list[str], group: str, expected: bool
) -> None:
    ticked = ["omrade.kvinnor", *ticks] if ticks else []
    cells = decided(case({"mal": AIM} | answers, ticked))
    assert (group in held("malgrupp", cells)) is expected
