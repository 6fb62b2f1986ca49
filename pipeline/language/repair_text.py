"""Damaged text to the likeliest sound one: Viterbi over the readings of its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from pipeline.language.repair_counts import load_counts
from pipeline.language.repair_words import readings

WORD = re.compile(r"(?<!\w)&?[^\W_](?:&?[^\W_])*&?(?!\w)|(?<=[.!?] )\|(?=\s[a-zé])")
# What does not break the chain of words: a space or one line break.
CLOSE = re.compile(r"[ \t]*\n?[ \t]*")
# Left as they are: amounts, years, numbered questions, short acronyms and what looks like code.
LONGEST_ACRONYM = 5
NAMED = {"MAN": "MÄN", "BRA": "BRÅ"}  # organisations that are written in capitals
LONGEST_WORD = 45
NUMBERED = re.compile(r"\d+[a-zé]?", re.IGNORECASE)
YEARS = re.compile(r"(?:\d{1,2}|halv[ta]?|ett|två|tva|tre|fyra|fem|sex|sju|åtta|atta|nio|tio|per)")
A_YEAR, NO_YEAR = log(0.2), log(0.05)
# "6st", "10st", "4ar" are amounts; "6ver" and "4ven" are words.
AMOUNT = re.compile(
    r"\d{2}(?:.{0,3}|\d.*)|\d(?:st|m?kr|tkr|[aå]r|[hmvp]|km|min|tim|dgr|ggr|pers|mån|man)"
)
AFTER_FIGURE = re.compile(
    r"\s+(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec|st\b|kr|mkr|tkr|mnkr|milj|proc|dag|"
    r"veck|man|mån|ar\b|år|tim|gang|gång|ggr|person|till\b|och\b|eller\b|av\b|kap\b|ja\b|nej\b|"
    r"[vhefp]m?\b|[^\W\d_]?\d)"
)
BEFORE_FIGURE = frozenset(
    {"den", "fråga", "fraga", "punkt", "bilaga", "kap", "§", "nr", "steg", "fas", "del", "sid"}
    | {"tabell", "kapitel", "paragraf", "nivå", "niva", "grupp", "år", "ar"}
    | {"mål", "mal", "delmål", "delmal", "effektmål", "effektmal"}
)
A_NAME = log(2e-6)  # a capital inside a sentence: the word as it stands may be somebody's name
AN_ODD_NAME = log(3e-7)
NAME = re.compile(r"[A-Z][a-z]{1,8}[a-zé]")
MISREAD_CAPITAL = re.compile(r"[A-Z][AO][a-z]{2,}")  # "VAld", "MOte"
AS_IT_STANDS = log(3)  # how much likelier a well-known word must be replaced for it to be
WELL_KNOWN = log(2e-6)
WRAPPED = 40
RARELY_CAPITAL = log(0.02)
ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*")


@dataclass(frozen=True, slots=True)
class Change:
    """One repaired word: `before` stood at `start:end` of the original text."""

    start: int
    end: int
    before: str
    after: str


def changes_in(text: str, start: int, end: int, lost: float = 0.99) -> tuple[Change, ...]:
    """Return the repairs of `text[start:end]` in text order; offsets into `text`.

    `lost` is the share of å, ä and ö that is gone. Acronyms, figures and words that no confusion
    makes a Swedish word stay as they are.
    """
    found: list[Change] = []
    for chain in _chains(text, start, end, lost):
        for word, after in zip(chain, _best(chain), strict=True):
            if after != word.seen:
                found.append(Change(word.start, word.start + len(word.seen), word.seen, after))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its readings (as written here, as counted, log P(word), log P(seen | word))."""

    start: int
    seen: str
    readings: tuple[tuple[str, str, float, float], ...]


def _chains(text: str, start: int, end: int, lost: float) -> Iterator[list[_Word]]:
    chain: list[_Word] = []
    last = start
    for match in WORD.finditer(text, start, end):
        if chain and not CLOSE.fullmatch(text, last, match.start()):
            yield chain
            chain = []
        first = _begins_sentence(text, match.start(), bool(chain))
        before = chain[-1].seen.lower() if chain else ""
        # "mål 3 är nått", not "mål 3 år": a number that names something counts no years.
        named = len(chain) > 1 and chain[-2].seen.lower() in BEFORE_FIGURE
        chain.append(_word(text, match, lost, first, before, named))
        last = match.end()
    if chain:
        yield chain


def _begins_sentence(text: str, at: int, chained: bool) -> bool:
    before = text[max(0, at - 200) : at].rstrip(" \t")
    if before.endswith("\n"):
        # A wrapped line goes on; after a heading or a short line something new begins.
        line = before.rstrip().rpartition("\n")[2]
        return len(line) < WRAPPED or line[-1] in ".!?:"
    return not before or (not chained and before[-1] not in ",-–/(")


def _word(
    text: str, match: re.Match[str], lost: float, first: bool, before: str, named: bool
) -> _Word:
    seen = match[0]
    if seen in NAMED and not _in_capitals(text, match):
        return _Word(match.start(), seen, ((NAMED[seen], NAMED[seen].lower(), -1.0, 0.0),))
    if _is_protected(text, match, before):
        return _Word(match.start(), seen, ((seen, seen.lower(), -1.0, 0.0),))
    found = []
    known = seen.lower() in load_counts().words
    for word, likely, cost in _readings(seen, lost):
        written = _like(word, seen)
        if seen[0].isupper() and not first and not seen.isupper():
            if word != seen.lower():
                cost += RARELY_CAPITAL if known else 0.0
            elif NAME.fullmatch(seen) and (as_name := A_NAME if known else AN_ODD_NAME) > likely:
                word, likely = "", as_name  # A name makes no pairs with the words beside it.
        if word == seen.lower() and likely > WELL_KNOWN:
            cost += AS_IT_STANDS
        if word == "år" and not named and YEARS.fullmatch(before):
            likely = max(likely, A_YEAR)
        elif word == "år" and f"{before} år" not in load_counts().pairs:
            likely += NO_YEAR
        found.append((written, word, likely, cost))
    return _Word(match.start(), seen, tuple(found))


def _readings(seen: str, lost: float) -> Sequence[tuple[str, float, float]]:
    if seen in ("1", "|"):  # "fatt 1 uppgift": read as the preposition where no figure belongs.
        return (("i", load_counts().alone("i"), 0.0),)
    return readings(seen.lower(), lost)


def _is_protected(text: str, match: re.Match[str], before: str) -> bool:
    """Whether the word is an acronym, an amount, a year or the like."""
    seen = match[0]
    if len(seen) > LONGEST_WORD or _in_address(text, match):
        return True
    if seen == "1":
        return _is_figure(text, match, before)
    if seen.isdigit() or (NUMBERED.fullmatch(seen) and seen.lower() not in ("4r", "4n")):
        return True
    if AMOUNT.fullmatch(seen.lower()):
        return True
    if seen.isupper() and len(seen) <= LONGEST_ACRONYM:
        return not _in_capitals(text, match)
    if MISREAD_CAPITAL.fullmatch(seen):
        return False
    return seen[1:] != seen[1:].lower() and not seen.isupper()  # FoU


def _is_figure(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a lone 1 is a figure: not between two words of one sentence, or in a date."""
    if not before or before in BEFORE_FIGURE or before[-1].isdigit():
        return True
    after = text[match.end() : match.end() + 20]
    named = re.match(r" [A-Z][a-zé]", after) and before.islower()
    word = re.match(r"\s+[a-zåäöé&46]", after) or named
    return not word or AFTER_FIGURE.match(after) is not None


def _in_address(text: str, match: re.Match[str]) -> bool:
    """Whether the word is part of an e-mail or web address."""
    at = 1 + max(text.rfind(c, 0, match.start()) for c in " \n\t")
    found = ADDRESS.match(text, at)
    return found is not None and found.end() >= match.end()


def _in_capitals(text: str, match: re.Match[str]) -> bool:
    line = text[text.rfind("\n", 0, match.start()) + 1 : _end_of_line(text, match.end())]
    return line.isupper() and len(line.split()) > 1


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _like(word: str, seen: str) -> str:
    """Write a lower-case word with the capitals of the word it stands for."""
    if word == seen.lower():
        return seen
    if seen == "|":
        return word.upper()
    letters = [c for c in seen if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters) and len(word) > 1:
        # "VAld" is no such word; "VALD" in a heading of capitals is.
        return word.upper()
    return word.capitalize() if seen[0].isupper() else word


def _best(chain: Sequence[_Word]) -> list[str]:
    """Return the likeliest row of words, as written."""
    counts = load_counts()
    scores = [likely + cost for _, _, likely, cost in chain[0].readings]
    back: list[list[int]] = []
    for before, word in pairwise(chain):
        reached: list[float] = []
        came: list[int] = []
        for _, counted, likely, cost in word.readings:
            ways = [
                score + counts.after(previous[1], counted, likely)
                for score, previous in zip(scores, before.readings, strict=True)
            ]
            best = max(range(len(ways)), key=ways.__getitem__)
            reached.append(ways[best] + cost)
            came.append(best)
        scores = reached
        back.append(came)
    at = max(range(len(scores)), key=scores.__getitem__)
    row = [at]
    for came in reversed(back):
        row.append(came[row[-1]])
    return [word.readings[i][0] for word, i in zip(chain, reversed(row), strict=True)]
