"""Invented items for the tests of the workbook."""

from __future__ import annotations

from annotations.codebook import load
from annotations.decisions.types import Item, Proposal, State, options

CODEBOOK = load()
QUESTIONS = [
    (v.id, "" if v.kind == "one" else c.id)
    for v in CODEBOOK.variables
    for c in (v.categories[:1] if v.kind == "one" else v.categories)
]
_QUOTES = (
    "Närpolisen i Ödeshult sitter med i gruppen.",
    "=1+1 stod det i rutan, och sedan inget mer",
    "Två rader\nav samma svar, med 12,5 procent",
    "",
)


def item(number: int, **changes: object) -> Item:
    """Return the item of this number, the same every time."""
    variable, category = QUESTIONS[number % len(QUESTIONS)]
    choices = options(CODEBOOK, variable)
    proposal = Proposal(
        project=f"Projekt {number // len(QUESTIONS):05d}",
        variable=variable,
        category=category,
        choice=choices[number % len(choices)],
        probability=None if number % 11 == 0 else 0.5 + (number % 50) / 100,
        automatic=False,
        origin="regel",
        reasons=("Krysset säger ja, texten nej.",) if number % 2 else (),
        document=f"blankett {number % 7}.docx",
        page=number % 3 + 1,
        quote=_QUOTES[number % len(_QUOTES)],
        basis="b" * 16,
        county="Östergötland",
        municipality="Ödeshög",
    )
    fields: dict[str, object] = {
        "id": number + 1,
        "round": "2010",
        "proposal": proposal,
        "rank": float(number),
        "audit": False,
        "double": False,
        "gone": False,
        "state": State.OPEN,
        "choice": "",
        "seq": number % 3,
    }
    return Item(**(fields | changes))  # type: ignore[arg-type]
