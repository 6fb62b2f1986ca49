"""Form definitions: what a form asks, in which words, and which boxes it has. Data, not code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.strict import DefinitionError, load
from corpus.types import DocumentKind

FOLDER = Path(__file__).with_name("forms")
# eq=False below: definitions are keys of caches, and hashing a whole form each time costs more than
# what the caches save. A definition is loaded once, so identity is equality.
HeaderField = Literal["lan", "kommun", "period", "titel", "dnr", "datum", "sokande", "ovrigt"]


@dataclass(frozen=True, eq=False)
class FieldLabel:
    """A label of the form's head ("Sökande kommun"); `field` says what its value is."""

    field: HeaderField
    anchors: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Option:
    """A box of a question. `text` is the id under which words written beside it are answers.

    `kind`, where given, is the document kind that ticking the box decides.
    """

    id: str
    anchors: tuple[str, ...]
    text: str = ""
    label: str = ""
    kind: DocumentKind | None = None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Question:
    """One question of the form.

    `kind`: `text` is answered in words, `choice` by boxes (words beside them go to the option's
    `text`, otherwise to this question's `text` or id), `section` is a heading; words that stand
    directly under it go to its `text`.
    `anchors` are wordings that open the question, fullest first. A `weak` anchor counts only as a
    line of its own. `keys` are patterns over a folded line (an option's: over the words beside a
    box) that recognise a retyped label no anchor fits. `numbers` are the numbers the form itself
    uses ("2 a").
    """

    id: str
    kind: Literal["text", "choice", "section"]
    anchors: tuple[str, ...]
    weak: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    text: str = ""
    label: str = ""
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """A whole form. `header` labels come first, then `questions` in printed order.

    `titles` are wordings of the form's own title, `instructions` texts of the form that are never
    part of an answer, `instruction_lines` patterns of whole lines that are not (folded), `kind`
    what
    a filled-in copy is.
    """

    id: str
    name: str
    kind: DocumentKind
    header: tuple[FieldLabel, ...]
    questions: tuple[Question, ...]
    titles: tuple[str, ...] = ()
    instructions: tuple[str, ...] = ()
    instruction_lines: tuple[str, ...] = ()

    def question(self, id: str) -> Question | None:
        """Return the question with this id, or None."""
        return next((q for q in self.questions if q.id == id), None)


@cache
def load_forms(folder: Path = FOLDER) -> tuple[Form, ...]:
    """Read every form in the folder. Raises DefinitionError with all faults of all files."""
    forms: list[Form] = []
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            form = load(path, Form)
        except DefinitionError as error:
            faults += error.faults
        else:
            faults += check(form, path.name)
            forms.append(form)
    faults += [
        f"två blanketter heter {id!r} @ {folder.name}" for id in _twice([f.id for f in forms])
    ]
    if faults:
        raise DefinitionError(faults)
    return tuple(forms)


def check(form: Form, name: str) -> list[str]:
    """Return the faults of a form that types cannot tell, in Swedish: what @ where."""
    faults = [
        f"frågans id {id!r} står två gånger @ {name}"
        for id in _twice([q.id for q in form.questions])
    ]
    faults += _bad_patterns(form.instruction_lines, f"{name}.instruction_lines")
    for i, question in enumerate(form.questions):
        where = f"{name}.questions[{i}] ({question.id})"
        if not question.anchors and not question.weak:
            faults.append(f"frågan saknar ankare @ {where}")
        if question.kind == "choice" and not question.options:
            faults.append(f"en kryssfråga måste ha alternativ @ {where}")
        if question.kind != "choice" and question.options:
            faults.append(f"bara en kryssfråga får ha alternativ @ {where}")
        faults += [
            f"alternativets id {id!r} står två gånger @ {where}"
            for id in _twice([o.id for o in question.options])
        ]
        faults += [
            f"alternativet saknar ankare @ {where}.options[{j}] ({option.id})"
            for j, option in enumerate(question.options)
            if not option.anchors
        ]
        texts = [
            *question.anchors,
            *question.weak,
            *(a for o in question.options for a in o.anchors),
        ]
        patterns = [*question.keys, *(k for o in question.options for k in o.keys)]
        faults += _bad_patterns(patterns, where)
        faults += [f"ett ankare är tomt @ {where}" for text in texts if not text.strip()]
    return faults


def _bad_patterns(patterns: Sequence[str], where: str) -> list[str]:
    faults = []
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            faults.append(f"ogiltigt mönster {pattern!r}: {error} @ {where}")
    return faults


def _twice(ids: Sequence[str]) -> list[str]:
    return [id for id, n in Counter(ids).items() if n > 1]
