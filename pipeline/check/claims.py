"""From sentences to claims: a figure, what it counts, what it is out of, and about what time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.check.numerals import Numerals
from pipeline.check.sentences import scope_of
from pipeline.check.types import Kind, Number, Scope, Sentence
from pipeline.check.words import Words

_BREAK = re.compile(r"\)?[,;:]\s|\s(?:och|samt|medan|men|varav|alltså)\s|[–—]\s|\)\s|\s\(")
_OUT_OF = re.compile(
    r"\s*(?:(?!av\b)[\w-]+\s+){0,2}av\s+(?:(?:de|dessa|samtliga|totalt|alla|sammanlagt|våra)\s+){0,3}",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\b(?:de|dessa|samtliga|alla)\s+(?:totalt\s+|sammanlagt\s+)?$", re.IGNORECASE
)
_AMONG = re.compile(
    r"\b(?:inom|bland|av|i|för)\s+(?:de|dessa|samtliga|alla)\s+(?:totalt\s+)?$", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"^\W*(?:av|bland)\s+(?:(?:de|samtliga|alla|totalt|sammanlagt|våra)\s+){0,3}$", re.IGNORECASE
)
_NOUN_WITHIN = 4
_WORD = re.compile(r"[^\W\d_][\w-]*")


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure of a sentence.

    `clause` are the words around it without other claims' words; `unit` what it counts ("projekt",
    "" where nothing says), `noun_end` where that word ends in the sentence; `base` what it is out
    of, `base_end` where its noun ends. `is_base` is True for the whole in "87 av 148", `definite`
    for "de 148 projekten".
    """

    number: Number
    sentence: Sentence
    clause: str
    clause_start: int
    unit: str
    noun_end: int
    scope: Scope
    base: Number | None = None
    is_base: bool = False
    definite: bool = False
    base_end: int = 0

    @property
    def own(self) -> str:
        """The clause without the words of what it is out of."""
        if self.base is None:
            return self.clause
        start, end = (at - self.clause_start for at in (self.base.start, self.base_end))
        return self.clause[: max(0, start)] + self.clause[max(0, end) :]

    @property
    def value(self) -> Decimal:
        """The figure."""
        return self.number.value

    @property
    def before(self) -> str:
        """The clause's words before the figure."""
        return self.sentence.text[self.clause_start : self.number.start]

    @property
    def after(self) -> str:
        """The clause's words after the figure."""
        start = self.number.end - self.clause_start
        return self.clause[start:]

    @property
    def where(self) -> str:
        """The place, as a finding says it."""
        return self.sentence.at(self.number)


def claims_of(sentences: Sequence[Sentence], numerals: Numerals, words: Words) -> list[Claim]:
    """Return every figure of the sentences as a claim, in order."""
    return [c for s in sentences for c in _claims(s, numerals.find(s.text), words)]


def _claims(sentence: Sentence, numbers: list[Number], words: Words) -> Iterator[Claim]:
    cuts = _cuts(sentence.text, numbers)
    bases = _bases(sentence.text, numbers)
    for i, number in enumerate(numbers):
        start = max((c for c in cuts if c <= number.start), default=0)
        end = min((c for c in cuts if c >= number.end), default=len(sentence.text))
        base = numbers[bases[i]] if i in bases else None
        stop = min(end, numbers[i + 1].start) if i + 1 < len(numbers) else end
        unit, noun_end = _noun(sentence.text, number, stop, words)
        base_unit, base_end = _noun(sentence.text, base, end, words) if base else ("", 0)
        unit = unit or base_unit
        clause = sentence.text[start:end]
        told = scope_of(clause, words)
        scope = Scope(told.years or sentence.scope.years, sentence.scope.earlier or told.earlier)
        before = sentence.text[: number.start]
        yield Claim(
            number,
            sentence,
            clause,
            start,
            unit,
            noun_end,
            scope,
            base,
            i in bases.values(),
            _DEFINITE.search(before) is not None,
            base_end,
        )


def _cuts(text: str, numbers: list[Number]) -> list[int]:
    """Return where clauses part: at the last comma or conjunction between two figures."""
    cuts = []
    for first, second in pairwise(numbers):
        # "polis (60)": the words before a bracket say what the figure in it counts.
        lead = text[: second.start].rstrip()
        end = len(lead) - 1 if lead.endswith("(") else second.start
        if between := list(_BREAK.finditer(text, first.end, end)):
            cuts.append(between[-1].end())
    return cuts


def _bases(text: str, numbers: list[Number]) -> dict[int, int]:
    """Return which figure is out of which: "87 av 148", "88 strukturer inom de 148 projekten"."""
    found: dict[int, int] = {}
    alike = len(numbers) > 1 and numbers[0].kind is numbers[1].kind
    if alike and _OF_ALL.search(text[: numbers[0].start]):
        found[1] = 0
    for i, (first, second) in enumerate(pairwise(numbers)):
        if first.kind is not Kind.COUNT or second.kind is not Kind.COUNT:
            continue
        between = text[first.end : second.start]
        if _OUT_OF.fullmatch(between) or (
            _AMONG.search(between) and not _BREAK.search(between) and second.value > first.value
        ):
            found[i] = i + 1
    return found


def _noun(text: str, number: Number, end: int, words: Words) -> tuple[str, int]:
    """Return the unit that a figure counts and where its noun ends: "69 olika projekt"."""
    stop = re.search(r"[.,;:()]", text[number.end : end])
    last = number.end + stop.start() if stop else end
    for match in list(_WORD.finditer(text, number.end, last))[:_NOUN_WITHIN]:
        if unit := words.unit_of(match[0]):
            return unit, match.end()
        if match[0].lower() in ("som", "har", "är", "i", "inom", "på", "med", "var"):
            break
    return "", number.end
