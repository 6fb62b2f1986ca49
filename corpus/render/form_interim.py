"""The interim form's questions as data, in the order printed."""

from __future__ import annotations

from corpus.render.wording import (
    AREAS,
    ATTAINMENT,
    TICK,
    TICK_WHICH,
    Question,
    Words,
    actors,
    structures,
)

INTERIM = (
    Question(
        "1",
        Words("Målet med samverkansinsatsen", "Mål", "Mål med insatsen"),
        Words(
            "Beskriv kort målet/målen med insatsen för att utveckla lokal samverkan. Beskriv varje "
            "insats för sig och vad vill kommunen uppnå med insatsen?",
            "",
            "Vad vill ni uppnå? Ta varje insats för sig.",
        ),
        answer="mal",
    ),
    Question(
        "a",
        Words("Vilken samverkan avses att utveckla?", "Typ av samverkan", "Vilken samverkan?"),
        TICK,
        ticks="struktur",
        options=structures("Utveckla befintlig samverkansstruktur"),
    ),
    Question(
        "2",
        Words("Beviljade medel", "Beviljat", "Beviljat belopp"),
        Words("Hur mycket har kommunen beviljats?"),
        answer="belopp",
    ),
    Question(
        "3",
        Words("Vilka aktörer involveras i insatsen?", "Aktörer", "Vilka samverkar ni med?"),
        TICK_WHICH,
        ticks="aktor",
        options=actors(
            (
                "Ange vilka:",
                "Ange vilket/vilka områden (ex MVC):",
                "Ange vilket/vilka områden (ex, polis, domstol)",
                "",
                "",
                "Ange vilken/vilka:",
                "ange vilken/vilka:",
            )
        ),
    ),
    Question(
        "a",
        Words(
            "Om insatsen avser befintlig samverkansstruktur kommer några nya aktörer att "
            "involveras utöver de som redan ingår? Om ja, ange vilka",
            "Nya aktörer",
            "Kommer nya aktörer med?",
        ),
        answer="nya_aktorer",
    ),
    Question(
        "4",
        Words("Vilka områden involveras i insatsen?", "Områden", "Områden som berörs"),
        ticks="omrade",
        options=AREAS,
        columns=2,
    ),
    Question(
        "a",
        Words(
            "Om insatsen avser befintliga samverkansstrukturer kommer några nya områden att "
            "integreras utöver de som redan ingår? Om ja, ange vilka",
            "Nya områden",
            "Tillkommer nya områden?",
        ),
        answer="nya_omraden",
    ),
    Question(
        "5",
        Words("Måluppfyllelse", "Måluppfyllelse", "Resultat hittills i förhållande till målen"),
        ATTAINMENT,
        answer="maluppfyllelse",
    ),
    Question(
        "6",
        Words(
            "Integrera i ordinarie verksamhet",
            "Integrering",
            "Integrering i den ordinarie verksamheten",
        ),
        Words(
            "Hur ska samverkan integreras i den ordinarie verksamheten?", "", "Hur ska det gå till?"
        ),
        answer="integrering",
    ),
)
