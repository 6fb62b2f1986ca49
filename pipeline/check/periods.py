"""Periods told differently, and forms that consist of different numbers of questions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.months import MONTHS
from pipeline.check.claims import Claim
from pipeline.check.types import Sentence, shown
from pipeline.check.words import Words
from pipeline.tables.types import Finding, Severity

_DATE = (
    r"(?:(?P<y{0}>(?:19|20)\d\d)-(?P<m{0}>\d\d)-(?P<d{0}>\d\d)"
    r"|(?:\bden\s+)?(?:(?P<dd{0}>\d{{1,2}})\s+)?(?P<mm{0}>" + "|".join(MONTHS) + r")"
    r"(?:\s+(?P<yy{0}>(?:19|20)\d\d))?)"
)
_SPAN = re.compile(
    _DATE.format(1) + r"\s*(?:–|—|-|till och med|t\.o\.m\.|tom|till|och)\s*" + _DATE.format(2),
    re.IGNORECASE,
)
_NAME_BEFORE = 70
_THING_BEFORE = 120


@dataclass(frozen=True, slots=True)
class _Period:
    start: str
    end: str
    sentence: Sentence
    at: int
    name: str = ""

    @property
    def shown(self) -> str:
        return f"{self.start} – {self.end}"

    @property
    def where(self) -> str:
        return self.sentence.at()


def periods(sentences: Sequence[Sentence], words: Words) -> Iterator[Finding]:
    """Yield named periods that begin or end alike, but not both."""
    found = [p for s in sentences for p in _periods(s, words)]
    for earlier in (False, True):
        group = [p for p in found if p.sentence.scope.earlier is earlier]
        counted = Counter((p.start, p.end) for p in group)
        done: set[tuple[str, str]] = set()
        for expected, _ in counted.most_common():
            done.add(expected)
            source = next(p for p in group if (p.start, p.end) == expected)
            for other in group:
                alike = (other.start == source.start) != (other.end == source.end)
                named = {source.name, other.name} - {""}
                if alike and len(named) < 2 and (other.start, other.end) not in done:
                    done.add((other.start, other.end))
                    what = f"Perioden sägs olika: {source.shown} i {source.where}"
                    yield Finding(other.where, what, source.shown, other.shown, Severity.ERROR)


def consists(claims: Sequence[Claim], words: Words) -> Iterator[Finding]:
    """Yield forms that are said to have different numbers of questions."""
    told: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        after = claim.sentence.text[claim.number.end :]
        before = claim.sentence.text[: claim.number.start][-_THING_BEFORE:]
        part = re.match(rf"\s+(?:\w+\s+)?{words.consists.parts}\b", after, re.IGNORECASE)
        thing = re.search(
            rf"\b{words.consists.things}\b.*?\b{words.consists.verbs}\s+(?:\w+\s+){{0,2}}$",
            before,
            re.IGNORECASE,
        )
        if part and thing:
            key = (thing["thing"].lower(), part["part"].lower())
            told.setdefault(key, []).append(claim)
    for (form, parts), same in told.items():
        first = same[0]
        for other in same[1:]:
            if other.value != first.value:
                what = (
                    f"Antalet {parts} i {form}en sägs olika: {shown(first.value)} i {first.where}"
                )
                yield Finding(
                    other.where, what, shown(first.value), shown(other.value), Severity.ERROR
                )


def _periods(sentence: Sentence, words: Words) -> Iterator[_Period]:
    for match in _SPAN.finditer(sentence.text):
        before = sentence.text[max(0, match.start() - _NAME_BEFORE) : match.start()]
        if not re.search(words.period.named, before, re.IGNORECASE):
            continue
        end = _date(match, 2, "")
        start = _date(match, 1, end[:4])
        if len(start) >= 7 and len(end) >= 7 and len(start) == len(end):
            names = [n for n, p in words.period.names.items() if re.search(p, before.lower())]
            yield _Period(start, end, sentence, match.start(), names[-1] if names else "")


def _date(match: re.Match[str], n: int, year: str) -> str:
    """Return 2008-09-01, or 2008-09 where no day is given; without a year that of the other."""
    if match[f"y{n}"]:
        return f"{match[f'y{n}']}-{match[f'm{n}']}-{match[f'd{n}']}"
    told = str(match[f"yy{n}"] or year)
    month = MONTHS.index(match[f"mm{n}"].lower()) + 1
    day = match[f"dd{n}"]
    return f"{told}-{month:02d}" + (f"-{int(day):02d}" if day else "") if told else ""
