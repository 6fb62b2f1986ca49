"""Regular expressions for what stands between names and how answers refer: data with examples."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from annotations.strict import DefinitionError, load

PATH = Path(__file__).with_name("lexicon") / "phrases.yaml"
CLASS = re.compile(r"<(\w+)>")
Expressions = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Phrase:
    """One regular expression, in which `<name>` stands for a class of words.

    It is tried on all of a text (`whole`), where a text begins (`start`) or anywhere in it, with
    capitals told apart where it is `cased`. It must fit each of `hits` and none of `misses`.
    """

    id: str
    expression: str
    hits: tuple[str, ...]
    misses: tuple[str, ...] = ()
    whole: bool = False
    start: bool = False
    cased: bool = False


@dataclass(frozen=True)
class Phrases:
    """The whole file; `words` are the classes."""

    phrases: tuple[Phrase, ...]
    words: Mapping[str, str] = field(default_factory=dict)


@cache
def load_phrases(path: Path = PATH) -> Expressions:
    """Return the compiled expressions by id. Raises DefinitionError with every fault."""
    file = load(path, Phrases)
    return compiled(file.phrases, file.words, path.name)


def compiled(phrases: Sequence[Phrase], words: Mapping[str, str], name: str) -> Expressions:
    """Return the expressions by id, their classes of words spelt out.

    Raises DefinitionError for each that cannot be read, that comes twice, that names an unknown
    class, or that does not read its own examples; `name` is the file's.
    """
    found: dict[str, re.Pattern[str]] = {}
    faults: list[str] = []
    for phrase in phrases:
        where = f"{name}[{phrase.id}]"
        text = CLASS.sub(lambda match: words.get(match[1], match[0]), phrase.expression)
        faults += [f"okänd ordklass <{c}> @ {where}" for c in CLASS.findall(text)]
        faults += [f"id {phrase.id!r} förekommer två gånger @ {where}"] * (phrase.id in found)
        try:
            found[phrase.id] = re.compile(text, 0 if phrase.cased else re.IGNORECASE)
        except re.error as error:
            faults.append(f"uttrycket kan inte läsas ({error}) @ {where}")
            continue
        faults += [f"{fault} @ {where}" for fault in _example_faults(phrase, found[phrase.id])]
    if faults:
        raise DefinitionError(faults)
    return found


def _example_faults(phrase: Phrase, expression: re.Pattern[str]) -> list[str]:
    fits = expression.fullmatch if phrase.whole else expression.search
    fits = expression.match if phrase.start else fits
    faults = [] if phrase.hits else ["exempel saknas"]
    faults += [f"exemplet hittas inte: {text!r}" for text in phrase.hits if not fits(text)]
    return faults + [f"motexemplet hittas: {text!r}" for text in phrase.misses if fits(text)]
