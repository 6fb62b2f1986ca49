"""Words by which a clause says, denies, plans, wishes, or tells of others: data with a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from annotations.statements import LEXICON, Voice, load_cues
from annotations.strict import DefinitionError, load

COMMON = "voice"
FOLDER = LEXICON / "statements"


@dataclass(frozen=True)
class VoiceCues:
    """`voices` are patterns by voice, `never` patterns whose words are no cue after all.

    `boundaries` always part clauses; `starters` begin a clause after a comma or "och" (`joints`),
    `relatives` one before a verb or one of the starters. `later` are times to come: a clause with
    one plans, unless one of `past` stands in it ("tog över i höst"). `dated` are days from which
    something holds ("från hösten 2013"); they plan where the report was written before.
    """

    voices: Mapping[Voice, tuple[str, ...]]
    never: tuple[str, ...]
    boundaries: tuple[str, ...] = ()
    starters: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    relatives: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()


@cache
def load_voice(name: str = COMMON) -> VoiceCues:
    """Read one file of words. Raises DefinitionError."""
    return load(FOLDER / f"{name}.yaml", VoiceCues)


def load_voices() -> Mapping[str, VoiceCues]:
    """Return every file of words by name.

    Raises DefinitionError with every fault, and where cues ask for a file that is not there.
    """
    voices: dict[str, VoiceCues] = {}
    faults: list[str] = []
    for path in sorted(FOLDER.glob(f"{COMMON}*.yaml")):
        try:
            voices[path.stem] = load_voice(path.stem)
        except DefinitionError as error:
            faults += error.faults
    if faults:
        raise DefinitionError(faults)
    asked = {file.voices: file.id for file in load_cues() if file.voices}
    faults += [
        f"{id}: filen {name}.yaml finns inte @ {FOLDER.name}"
        for name, id in asked.items()
        if name not in voices
    ]
    if faults:
        raise DefinitionError(faults)
    return voices
