"""The final form's questions as data, in the order printed (it numbers two of them "a")."""

from __future__ import annotations

from corpus.render.wording import (
    AREAS,
    ATTAINMENT,
    TICK,
    TICK_WHICH,
    Option,
    Question,
    Words,
    actors,
    structures,
)

FINAL = (
    Question(
        "1",
        Words("Redovisningen avser", "Avser", "Typ av redovisning"),
        Words("Kryssa för rätt alternativ", "", "Sätt kryss"),
        ticks="redovisning",
        options=(
            Option(
                "slut",
                Words("En slutredovisning av samverkansprojektet", "Slutredov.", "Slutredovisning"),
            ),
            Option(
                "del",
                Words("En delredovisning av samverkansprojektet", "Delredov.", "Delredovisning"),
            ),
        ),
    ),
    Question("2", Words("Målet med samverkansinsatsen", "", "Mål och insatser")),
    Question(
        "a",
        Words("", "Mål", "Vad ville ni uppnå?"),
        Words(
            "Beskriv kort målet/målen med insatsen för att utveckla lokal samverkan samt vad "
            "kommunen vill uppnå med insatsen",
            "",
            "Målet med insatsen",
        ),
        answer="mal",
    ),
    Question(
        "b",
        Words("", "Genomförda insatser", "Vad har gjorts?"),
        Words(
            "Beskriv därefter de insatser som genomförts, varje insats för sig",
            "",
            "Insatser som genomförts",
        ),
        answer="insatser",
    ),
    Question(
        "a",
        Words("Vilken samverkan avses?", "Typ av samverkan", "Vilken slags samverkan gäller det?"),
        TICK,
        ticks="struktur",
        options=structures("Befintlig samverkansstruktur"),
    ),
    Question(
        "3",
        Words("Beviljade medel", "Beviljat", "Beviljat belopp"),
        Words("Hur mycket pengar har kommunen beviljats?"),
        answer="belopp",
    ),
    Question(
        "4",
        Words("Vilka aktörer involveras i insatsen?", "Aktörer", "Vilka har ni samverkat med?"),
        TICK_WHICH,
        ticks="aktor",
        options=actors(
            (
                "Ange vilka och hur kommuner/stadsdelar involverats:",
                "Ange vilket/vilka områden och hur de involverats (ex MVC):",
                "Ange vilket/vilka områden och hur de involverats (ex, polis, domstol):",
                "Ange vilka och hur de involverats:",
                "Ange hur den involverats:",
                "Ange vilken/vilka och hur de involverats:",
                "Ange vilken/vilka och hur de involverats:",
            )
        ),
    ),
    Question(
        "a",
        Words(
            "Om insatsen avser befintlig samverkansstruktur, har några nya aktörer involverats "
            "utöver de som redan ingår? Om ja, ange vilka",
            "Nya aktörer",
            "Har nya aktörer kommit med?",
        ),
        answer="nya_aktorer",
    ),
    Question(
        "5",
        Words(
            "Vilka av nedan nämnda områden involveras i insatsen?", "Områden", "Områden som berörs"
        ),
        ticks="omrade",
        options=AREAS,
        columns=2,
    ),
    Question(
        "a",
        Words(
            "Om insatsen avser befintliga samverkansstrukturer, har några nya områden integrerats "
            "utöver de som redan ingår? Om ja, ange vilka",
            "Nya områden",
            "Har nya områden tillkommit?",
        ),
        answer="nya_omraden",
    ),
    Question(
        "6",
        Words("Måluppfyllelse", "Måluppfyllelse", "Resultat i förhållande till målen"),
        ATTAINMENT,
        answer="maluppfyllelse",
    ),
    Question(
        "7",
        Words(
            "Integrera i ordinarie verksamhet",
            "Integrering",
            "Integrering i den ordinarie verksamheten",
        ),
        Words("Kryssa i det svar som är relevant för projektet.", "", "Kryssa i det som stämmer"),
        answer="integrering",
        ticks="integrering",
        options=(
            Option(
                "har_integrerats",
                Words(
                    "Har samverkan integrerats i den ordinarie verksamheten?",
                    "Har integrerats",
                    "Samverkan är integrerad i ordinarie verksamhet",
                ),
            ),
            Option(
                "ska_integreras",
                Words(
                    "Om projektet inte är slutfört, ska samverkan integreras i den ordinarie "
                    "verksamheten?",
                    "Ska integreras",
                    "Samverkan ska integreras när projektet är slut",
                ),
            ),
            Option(
                "konkret_plan",
                Words(
                    "Finns det en konkret plan för hur samverkan ska integreras i den ordinarie "
                    "verksamheten?",
                    "Konkret plan finns",
                    "Det finns en konkret plan för integreringen",
                ),
            ),
            Option(
                "ej_relevant",
                Words(
                    "Frågan är inte relevant för projektet därför att (om insatsen exempelvis "
                    "avser en utbildning)?",
                    "Ej relevant",
                    "Frågan är inte relevant (t.ex. en utbildning)",
                ),
            ),
        ),
    ),
    Question(
        "8",
        Words(
            "Förutsättningar inför framtida satsningar på området lokal samverkan för kvinnofrid "
            "samt övrig information om",
            "",
            "Framtiden och övrigt",
        ),
    ),
    Question(
        "a",
        Words("", "Vad krävs framöver", "Förutsättningar framåt"),
        Words(
            "Vad bedömer ni krävs i framtiden för att utveckla en strukturerad samverkan för "
            "kvinnofrid på kommunal nivå?",
            "",
            "Vad krävs i framtiden?",
        ),
        answer="forutsattningar",
    ),
    Question(
        "b",
        Words("", "Övrigt", "Övrig information"),
        Words(
            "Övrig information som ni vill dela med er av, exempelvis framgångsfaktorer eller "
            "hinder ni stött på under projektets genomförande",
            "",
            "Framgångsfaktorer och hinder",
        ),
        answer="ovrigt",
    ),
)
