"""A copy of the report's texts to edit, with a guide; what is there is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.report.facts_known import KnownFact, load_facts
from pipeline.report.texts import FOLDER, SUFFIX
from pipeline.tables.files import WriteError, write_text

GUIDE = "LAS_MIG.md"


def copy_texts(to: Path) -> list[Path]:
    """Write the texts and the guide to a folder. Raises WriteError where one of them is there."""
    files = {path.name: path for path in sorted(FOLDER.glob(f"*{SUFFIX}"))}
    there = [name for name in (*files, GUIDE) if (to / name).exists()]
    if there:
        raise WriteError(
            f"{to} innehåller redan {there[0]}{' med flera' if len(there) > 1 else ''}. Välj en "
            "annan mapp: ändrade texter ska inte skrivas över."
        )
    written = [write_text(to / n, p.read_text(encoding="utf-8")) for n, p in files.items()]
    return [*written, write_text(to / GUIDE, guide())]


def guide() -> str:
    """Return the guide: how a text is written, and every fact, filter and inset there is."""
    known = load_facts()
    return "\n".join(
        [
            _HOW,
            "## Uppgifter\n",
            *_table(("Uppgift", "Betyder", "Kan se ut så", "Okänd när"), known.facts),
            "\n## Siffror ur tabellerna\n",
            "Tabellernas rader och kolumner heter som i kolumnen `rad` och i rubrikraden i "
            "`tabeller/tabell3.csv`.\n",
            *_table(("Skriv", "Betyder", "Exempel"), known.functions),
            "\n## Hur siffror skrivs\n",
            *_table(("Filter", "Betyder", "Exempel"), known.filters),
            "\n## Inslag\n",
            "Ett inslag står ensamt på sin rad. Har det inget att visa lämnar det inget spår.\n",
            *_table(("Inslag", "Visar", "Skriv"), known.insets),
            "",
        ]
    )


_HOW = """# Rapportens texter

En fil är ett kapitel. Kapitlen kommer i filnamnens ordning; ta bort, lägg till och byt namn fritt.
`titel.txt` har rapportens titel på första raden och undertiteln på nästa.

- En rad som börjar med `#` är en rubrik, `##` en underrubrik.
- Stycken skiljs åt med en tom rad.
- Rader som börjar med `-` blir en punktlista, rader som börjar med `1.` en numrerad.
- `{{ projekt.redovisade }}` byts mot uppgiften. Med ett filter skrivs den på svenska:
  `{{ projekt.redovisade | antal("projekt") }}` blir ”148 projekt” eller ”ett projekt”.
- `{% if projekt.bara_ansokan %} … {% endif %}` visar texten bara när uppgiften inte är noll eller
  okänd.
- `{# … #}` är en anteckning som inte kommer med.

Pröva med `samverkan report check MAPP` och använd med `samverkan run … --report-texts MAPP`.
"""


def _table(headings: tuple[str, ...], facts: Iterable[KnownFact]) -> Iterator[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "| " + " | ".join("---" for _ in headings) + " |"
    for fact in facts:
        cells = [f"`{fact.name}`", fact.means, _code(fact.example), fact.sometimes]
        yield "| " + " | ".join(c.replace("|", "\\|") for c in cells[: len(headings)]) + " |"


def _code(example: str) -> str:
    return f"`{example}`" if any(sign in example for sign in "{[") else example
