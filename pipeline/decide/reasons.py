"""Reasons why a person should look that hold whatever the learnt coder makes of the words."""

from __future__ import annotations


class Lasting(str):
    """A Swedish reason that no model can answer: what was read is in doubt, or was told otherwise.

    It is its text; that it is of this kind is what keeps it among a coding's reasons.
    """

    __slots__ = ()


UNSURE_TICK = Lasting("Krysset är osäkert läst; se bilden.")
UNSURE_PARTNER_TICK = Lasting("Krysset är osäkert läst; se efter i bilden.")
SCANNED = Lasting("Stycket är inläst från en skannad sida; jämför med bilden.")


def older_differs(document: str) -> Lasting:
    """Return the reason that an older document of this name says otherwise."""
    return Lasting(f"Ett äldre dokument säger något annat: {document}.")
