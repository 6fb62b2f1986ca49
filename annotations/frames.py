"""Frames: what a verb or noun says about the actor that is its subject, object, "till" or "av".

Where `context.yaml` tells what words near an actor say, a frame asks which part it has in them:
"vi utbildade skolan" and "skolan utbildade oss".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.lexicon import HERE, Cue, load_posts
from annotations.strict import DefinitionError
from corpus.types import Context

PATH = HERE / "frames.yaml"
Tense = Literal["present", "past", "none"]


@dataclass(frozen=True, slots=True)
class Frame:
    """`patterns`: the verbs or nouns an actor hangs on; without any, every word will do.

    `roles`: subject, object, recipient, agent, alone, or a preposition; without any, every role.
    `subjects`: of which one is the subject of the statement. `beside`: words of which one stands in
    the same statement; `unless`: none of these does. `tenses`: of the statement's verb, "none"
    where it has no verb. `negated` is the context where the statement is denied, "" where the frame
    then says nothing. `hits` are examples that give the frame's context to each actor marked with
    [[ ]], `misses` examples that do not.
    """

    id: str
    category: Context
    patterns: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    subjects: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    tenses: frozenset[Tense] = frozenset()
    negated: Literal["", "tackat_nej_eller_lamnat", "omnamnd"] = ""
    strength: float = 0.9
    hits: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    note: str = ""

    @property
    def cue(self) -> Cue:
        """The frame as a cue, for weighing it with the others."""
        return Cue(self.id, self.category, (), strength=self.strength)


@cache
def load_frames(path: Path = PATH) -> Mapping[str, Frame]:
    """Return the frames by id, in file order. Raises DefinitionError."""
    frames = load_posts([path], Frame)
    faults = [
        f"ramen säger inget om ord, roll eller det som står bredvid @ {path.name}[{f.id}]"
        for f in frames
        if not (f.patterns or f.beside or f.subjects)
    ]
    faults += [
        f"styrkan {f.strength} är inte 0–1 @ {path.name}[{f.id}].strength"
        for f in frames
        if not 0 <= f.strength <= 1
    ]
    if faults:
        raise DefinitionError(faults)
    return {f.id: f for f in frames}
