"""A goal set in figures held against what came of it: "skulle vara 40, blev 46"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from annotations.statements import load_decisions
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of
from pipeline.rules.statements_figures import NEARLY_ALL, NUMBERS

WORDS = {word: n for word, n in NUMBERS.items() if n > 1}
WORDS |= {
    word: n
    for n, word in (
        *((13, "tretton"), (14, "fjorton"), (15, "femton"), (16, "sexton"), (17, "sjutton")),
        *((18, "arton"), (19, "nitton"), (20, "tjugo"), (25, "tjugofem"), (30, "trettio")),
        *((40, "fyrtio"), (50, "femtio"), (60, "sextio"), (70, "sjuttio"), (80, "åttio")),
        *((90, "nittio"), (100, "hundra"), (200, "tvåhundra"), (500, "femhundra")),
    )
}
NUMBER = r"(?<![\d:.,/§-])(\d{1,3}(?: \d{3})+|\d{1,4}|" + "|".join(WORDS) + r")\b(?![/:.,–-]\d)"
GAP = r"(?:[^\s\d.;:?!]+ ){0,5}?"
FILLED = r"(?:[^\s\d.;:?!]+ ){0,3}?"
EXPECTED = re.compile(
    r"\b(?:(?:del|effekt|process)?mål(?:et|en|sättningen|värdet?)?\b(?! \d)|planer(?:at|ade|ats)"
    r"|beräkna(?:t|des|de)|räknat med|hoppats|tänkt(?: oss)?|i ansökan|enligt ansökan"
    r"|(?:hade|har) satt|skulle(?! ha?ft)|förväntat|utlovat|lovade|gräns(?:en)?)"
    rf"[:,]? {GAP}{NUMBER}"
    rf"|{NUMBER} {FILLED}(?:skulle\b|som (?:vi |man )?(?:satte som |var )?mål|var målet|i ansökan)",
    re.IGNORECASE,
)
CAME = re.compile(
    r"\b(?:blev|blivit|har|hade|fick|fått|nått|nådde|kom|deltog|gick|är|var|snittet|utfallet"
    r"|hölls|hållits|gjorts|gjordes|genomförts|genomfördes|resultat(?:et)?)"
    rf"[:,]? {GAP}{NUMBER}"
    rf"|{NUMBER} {FILLED}(?:har|hade|blev|fick|fått|kom|deltog|gick|nåddes|utbilda\w+|rekryterades"
    r"|genomför\w+|hölls|deltagare|träffar|lämnat|bott|gjorts)\b",
    re.IGNORECASE,
)
AT_MOST = re.compile(
    r"\b(?:högst|max(?:imalt)?|under|inom|kortare|färre|mindre|överstiga)\b", re.IGNORECASE
)
PERCENT = re.compile(r" ?(?:%|procent)")
OTHER_UNIT = re.compile(
    r" ?(?:kronor|kr|tkr|mkr|år|månad|vecko|dagar|timm|januari|februari|mars|april|maj|juni|juli"
    r"|augusti|september|oktober|november|december|av (?:\d|de |dom |[a-zåäö]{2,4}\b))",
    re.IGNORECASE,
)
BY_THEN = re.compile(r"\b(?:hade|i ansökan)\b", re.IGNORECASE)  # the goal told after the outcome
TOLD = re.compile(r"\bmål(?!grupp)|\bdelmål|ansökan", re.IGNORECASE)
DENIED = re.compile(r"\b(?:inget|inga|ingen) av\b", re.IGNORECASE)
YEARS = range(1980, 2100)
FEW = 0.1
LEAST = 2
WEIGHT = 1.5
TARGET = "mal_antal"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a text, whether it is a percentage, and where its words stand."""

    value: int
    percent: bool
    start: int
    end: int


def find_targets(sentences: Sequence[Span], question: str) -> Iterator[Mention]:
    """Yield what goals set in figures say of goal attainment in the sentences of one answer."""
    around: Sequence[Span | None] = [None, *sentences, None]
    for before, sentence, after in zip(around, sentences, around[2:], strict=False):
        yield from _in_sentence(sentence, before, after, question)


def _in_sentence(
    sentence: Span, before: Span | None, after: Span | None, question: str
) -> Iterator[Mention]:
    """What came of the goal may stand in the rest of its sentence, the one after or before it."""
    text = text_of(sentence)
    if question != "maluppfyllelse" and not TOLD.search(text):
        return
    match = EXPECTED.search(text)
    if match is None:
        return
    at_most = bool(AT_MOST.search(match[0]))
    target = _figure(match, text, timed=at_most)
    if target is None:
        return
    rest = " " * match.end() + text[match.end() :]
    lead = text[: match.start()]
    came = _came(rest, target) or _came(lead, target, last=True)
    around = [(after, False), (before, True)]
    for other, last in reversed(around) if BY_THEN.search(text) else around:
        if came is None and other is not None and not EXPECTED.search(other.text):
            came = _came(other.text, target, last=last)
    if came is None:
        return
    if DENIED.search(text):
        return
    category = _category(came.value, target.value, at_most)
    factor = load_decisions().question_factor("maluppfyllelse", question)
    start = sentence.start_char
    yield Mention(
        variable="maluppfyllelse",
        category=category,
        start=start + match.start(),
        end=start + match.end(),
        sent_start=start,
        sent_end=start + len(text.rstrip()),
        context=Context.AKTIV,
        rule=TARGET,
        question=question,
        weight=round(WEIGHT * factor, 4),
    )


def _came(text: str, target: _Figure, *, last: bool = False) -> _Figure | None:
    found = (_figure(m, text, timed=True) for m in CAME.finditer(text))
    figures = [f for f in found if f is not None]
    alike = [f for f in figures if f.percent == target.percent]
    return alike[-1 if last else 0] if alike else None


def _figure(match: re.Match[str], text: str, *, timed: bool) -> _Figure | None:
    """Return the number matched; None for years and, unless `timed`, for times and sums."""
    group = next(i for i, g in enumerate(match.groups(), start=1) if g is not None)
    word = match[group].lower().replace(" ", "")
    value = int(word) if word.isdigit() else WORDS[word]
    if value in YEARS or value < LEAST:
        return None
    if not timed and OTHER_UNIT.match(text, match.end(group)):
        return None
    percent = bool(PERCENT.match(text, match.end(group)))
    return _Figure(value, percent, match.start(), match.end())


def _category(came: int, target: int, at_most: bool) -> str:
    if at_most:
        return "helt" if came <= target else "delvis"
    return "helt" if came >= NEARLY_ALL * target else "ej" if came <= FEW * target else "delvis"
