"""Wording that both versions of the form share: header, titles, instructions, boxes.

As published, abbreviated and retyped; where things stand on the page is `compose`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One phrase in three wordings: as published, abbreviated, retyped by a municipality."""

    form: str
    short: str = ""
    retyped: str = ""

    def pick(self, wording: str) -> str:
        """Return the phrase in `wording` (form, short or retyped)."""
        if wording == "short":
            return self.short
        return self.retyped if wording == "retyped" and self.retyped else self.form


@dataclass(frozen=True, slots=True)
class Option:
    """A box: its id, label, the hint after it, and the question its free text answers."""

    id: str
    label: Words
    hint: Words = Words("")
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One numbered place on the form: boxes (`options`), an answer, or both.

    `number` is as printed ("2", "a"); a lower-case letter goes under the section before it.
    `answer` is the id of the text question, `ticks` of the choice question.
    """

    number: str
    title: Words
    prompt: Words = Words("")
    answer: str = ""
    ticks: str = ""
    options: tuple[Option, ...] = ()
    columns: int = 1


LABELS = {
    "lan": Words("Länsstyrelse", "Länsstyrelse", "Till länsstyrelsen i"),
    "kommun": Words("Sökande kommun", "Kommun", "Sökande"),
    "period": Words("Rapportperiod", "Period", "Redovisningen gäller tiden"),
    "titel": Words("Projektets namn", "Projekt", "Benämning på insatsen"),
}

TITLES = {
    "slut": Words(
        "Redovisning av utvecklingsmedel till lokal samverkan för kvinnofrid 2008-2010",
        "Redovisning, lokal samverkan kvinnofrid",
        "Kommunens redovisning av utvecklingsmedel till lokal samverkan",
    ),
    "del": Words(
        "Delredovisning av utvecklingsmedel till lokal samverkan för kvinnofrid 2008-2010",
        "Delredovisning, lokal samverkan kvinnofrid",
        "Kommunens delredovisning av utvecklingsmedel till lokal samverkan",
    ),
}

COVER = (
    ("", "Länsstyrelserna ska redovisa:"),
    ("-", "Hur mycket medel som har beviljats"),
    ("-", "Vad utvecklingsmedlen har använts till"),
    ("-", "Om målet för insatsen har uppnåtts"),
    ("", "Övriga frågor i mallen baseras på de riktlinjer som regeringen angivit för uppdraget."),
    ("", "Redovisningsperioden är 2008-09-01 till 2009-12-01"),
    (
        "",
        "Redovisningsblanketten består sex frågor. Frågorna gäller redovisning av varje ansökan "
        "som beviljats medel. Frågorna kan kopieras så många gånger ni behöver beroende på hur "
        "många ni har beviljat medel till.",
    ),
    (
        "",
        "Vad gäller frågan om måluppfyllelse avser frågan om någon eller några av delmålen i "
        "projektet uppnåtts. Och/eller om man kan redogöra för om någon förändring har skett i "
        "rätt riktning mot målet för insatsen.",
    ),
    ("#", "Uppdraget avser samverkan på lokal nivå"),
    ("", "Redovisningen ska vara Länsstyrelsen tillhanda senast den 15 december 2009"),
)

# What people add below the interim form when they have more to say than it asks for.
EXTRA = {"forutsattningar": "Vad som krävs framöver", "ovrigt": "Övrigt"}

TICK = Words("Kryssa för rätt alternativ:", "", "Sätt kryss")
TICK_WHICH = Words(
    "Kryssa för samt ange vilket/vilka områden hos respektive aktör",
    "",
    "Kryssa för och skriv vilka och på vilket sätt",
)
ATTAINMENT = Words(
    "Har någon eller några av insatsens mål eller delmål uppnåtts? Har annars någon förändring "
    "skett i rätt riktning mot målet för insatsen? Beskriv varje insats för sig.",
    "",
    "Är målen eller delmålen nådda? Går det åt rätt håll?",
)
AREAS = (
    Option(
        "kvinnor",
        Words("stöd till våldsutsatta kvinnor", "våldsutsatta kvinnor", "Kvinnor utsatta för våld"),
    ),
    Option(
        "barn",
        Words("stöd till barn som bevittnat våld", "barn som bevittnat", "Barn som upplevt våld"),
    ),
    Option("heder", Words("hedersrelaterat våld", "heder", "Hedersrelaterat våld")),
    Option("skyddat_boende", Words("skyddat boende", "skyddat boende", "Skyddat boende")),
    Option(
        "utovare",
        Words("insatser för våldsutövande män", "våldsutövande män", "Män som utövar våld"),
    ),
    Option(
        "sarskilt_utsatta",
        Words("insatser för särskilt utsatta grupper", "särskilt utsatta", "Särskilt utsatta"),
        Words("ange vilka:", "vilka:", "nämligen:"),
        "sarskilt_utsatta",
    ),
)


def structures(existing: str) -> tuple[Option, ...]:
    """Return the boxes for the kind of collaboration; the forms word the first differently."""
    return (
        Option("befintlig", Words(existing, "Befintlig", "Befintlig samverkan")),
        Option(
            "ny", Words("Etablera en ny samverkansstruktur", "Ny", "Ny samverkan som byggs upp")
        ),
        Option(
            "utvardering",
            Words(
                "Utvärdera befintlig samverkansstruktur",
                "Utvärdering",
                "Utvärdering av befintlig samverkan",
            ),
        ),
        Option(
            "annat",
            Words("Annat", "Annat", "Annat"),
            Words("ange vad:", "vad:", "nämligen:"),
            "struktur_annat",
        ),
    )


def actors(hints: tuple[str, ...]) -> tuple[Option, ...]:
    """Return the seven actors' boxes with what the form asks for after each."""
    names = (
        (
            "kommuner",
            "Flera kommuner/stadsdelar omfattas av insatsen",
            "Kommuner",
            "Andra kommuner eller stadsdelar",
        ),
        ("halso_sjukvard", "Hälso- och sjukvården", "Hälso- o sjukvård", "Hälso- och sjukvård"),
        ("rattsvasende", "Rättsväsendet", "Rättsväsende", "Rättsväsende"),
        ("kyrka_samfund", "Kyrkor och samfund", "Kyrka/samfund", "Kyrka och trossamfund"),
        ("forsakringskassa", "Försäkringskassan", "F-kassan", "Försäkringskassa"),
        (
            "frivilligorganisation",
            "Frivilliga organisationer",
            "Frivilligorg.",
            "Frivilligorganisationer",
        ),
        ("ovriga", "Annan/andra aktörer", "Övriga", "Övriga aktörer"),
    )
    return tuple(
        Option(
            key,
            Words(form, short, retyped),
            Words(hint, "", "vilka och hur:" if hint else ""),
            f"aktor_{key}",
        )
        for (key, form, short, retyped), hint in zip(names, hints, strict=True)
    )
