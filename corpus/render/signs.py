"""The typed signs for a ticked and an unticked box, in the ways people and programs write them."""

from __future__ import annotations

from typing import Literal

from corpus.render.layout import Layout

Kind = Literal["bracket", "round", "glyph", "pasted"]

_SIGNS: dict[Kind, tuple[tuple[str, str], ...]] = {
    "bracket": (("[x]", "[ ]"), ("[X]", "[ ]"), ("[x]", "[]"), ("[ x ]", "[   ]")),
    "round": (("(x)", "( )"), ("(X)", "( )"), ("(x)", "()"), ("( x )", "(   )")),
    "glyph": (("☒", "☐"), ("☑", "☐"), ("■", "□"), ("✔", "☐")),
    # What is left of a Word table with a typed x when it is pasted as text.
    "pasted": (("x", ""), ("X", ""), ("x", ""), ("X", "")),
}


def signs(kind: Kind, layout: Layout) -> tuple[str, str]:
    """Return (ticked, unticked) as the layout writes them."""
    return _SIGNS[kind][layout.signs]
