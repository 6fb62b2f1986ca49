"""The columns of the sheet to decide on, and what of a row its mark covers."""

from __future__ import annotations

from collections.abc import Mapping

SHEET = "Granska"
HEADER_ROW = 4
"""The row of the headings, counted from 1 as the reviewer sees it."""
DECISION, COMMENT, MARK, CHOICES = "Ditt beslut", "Kommentar", "Märke", "Svarslista"
STANDS = "Gäller nu"
"""What is decided already; its seal is the length of the log."""

COLUMNS: Mapping[str, int] = {
    "Nr": 6,
    "Projekt": 28,
    "Län": 15,
    "Kommun": 16,
    "Fråga": 30,
    "Förslag": 18,
    "Sannolikhet": 12,
    STANDS: 18,
    DECISION: 22,
    COMMENT: 28,
    "Varför granska": 34,
    "Citat": 56,
    "Dokument": 28,
    "Sida": 6,
    MARK: 8,
    CHOICES: 8,
}
"""Heading → width in characters; in this order on the sheet, in any order when read back."""

HIDDEN = frozenset({MARK, CHOICES})
OPEN = frozenset({DECISION, COMMENT})
"""The columns a reviewer writes in; the others are locked."""

SEALED = ("Projekt", "Län", "Kommun", "Fråga", "Förslag", "Citat", "Dokument")
"""What a decision rests on: the mark of a row fits only these words."""
