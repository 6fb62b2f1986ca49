"""How a filled-in form is laid out: one frozen `Layout` of independent switches, chosen by a seed.

Seed 0 is the form as published. Every other seed draws each switch by itself.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Layout:
    """What municipalities vary. Defaults are the published form.

    numbering     numbers as printed / 1, 2, 3 … over all questions / none
    wording       question texts as printed / abbreviated to a word or two / retyped in own words
    drop_empty    questions nobody answered are deleted (tick questions when nothing is ticked)
    answer_place  answer in a box below the question / in the cell beside it / in the same cell
    option_place  "ange vilka" answer in a paragraph of its own under the label / run on after the
                  label / in a cell of its own to the right
    area_columns  area boxes in two columns, or one below the other
    box_side      the box before its label, or after it (areas only)
    tables        tables with borders, or plain paragraphs
    interim       an interim report on the interim form, or on the final form with "delredovisning"
    header_place  header label and value in one cell, or side by side
    title_place   project title: nowhere / a row of its own / after the municipality's name
    signs         which of four ways a typed box is written ([x], [X], [x] and [], [ x ])
    dates         how the period is written
    cover         the instructions that come with the interim form are sent along
    break_inside  a page break falls inside the longest answer
    holder        Word only: what answers stand in
    noise         Word only: tracked changes and hidden text
    hyphens       drawn PDF only: long words are divided at line ends
    font, size    typeface (Word name) and size in points
    """

    seed: int = 0
    numbering: Literal["form", "running", "none"] = "form"
    wording: Literal["form", "short", "retyped"] = "form"
    drop_empty: bool = False
    answer_place: Literal["below", "beside", "same"] = "below"
    option_place: Literal["under", "inline", "beside"] = "under"
    area_columns: Literal[1, 2] = 2
    box_side: Literal["before", "after"] = "before"
    tables: bool = True
    interim: Literal["interim", "final"] = "interim"
    header_place: Literal["same", "beside"] = "same"
    title_place: Literal["none", "row", "applicant"] = "none"
    dates: Literal["iso", "long", "hyphen", "short"] = "iso"
    signs: Literal[0, 1, 2, 3] = 0
    cover: bool = True
    break_inside: bool = False
    holder: Literal["plain", "control", "textbox", "nested"] = "plain"
    noise: bool = False
    hyphens: bool = False
    font: str = "Arial"
    size: float = 11.0


def layout(seed: int) -> Layout:
    """Return the layout of a seed; 0 is the form as published."""
    if seed == 0:
        return Layout()
    rng = random.Random(f"layout {seed}")
    return Layout(
        seed=seed,
        numbering=rng.choice(("form", "form", "running", "none")),
        wording=rng.choice(("form", "form", "retyped", "short")),
        drop_empty=rng.random() < 0.35,
        answer_place=rng.choice(("below", "below", "beside", "same")),
        option_place=rng.choice(("under", "under", "inline", "beside")),
        area_columns=rng.choice((1, 2, 2)),
        box_side=rng.choice(("before", "before", "after")),
        tables=rng.random() < 0.75,
        interim=rng.choice(("interim", "final")),
        header_place=rng.choice(("same", "beside", "beside")),
        title_place=rng.choice(("none", "row", "row", "applicant")),
        dates=rng.choice(("iso", "hyphen", "long", "short")),
        signs=random.Random(f"signs {seed}").choice((0, 0, 1, 2, 3)),
        cover=rng.random() < 0.3,
        break_inside=rng.random() < 0.25,
        holder=rng.choice(("plain", "plain", "control", "textbox", "nested")),
        noise=rng.random() < 0.35,
        hyphens=rng.random() < 0.5,
        font=rng.choice(("Arial", "Times New Roman", "Calibri", "Verdana", "Garamond")),
        size=rng.choice((9.5, 10.0, 11.0, 11.0, 12.0)),
    )
