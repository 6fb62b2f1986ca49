"""Shares of goals reached ("fem av elva"): what words alone cannot tell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from spacy.tokens import Span

from annotations.figures import load_figures
from annotations.statements import load_decisions
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of

NEARLY_ALL = 0.85
SHORT = 40  # a sentence of this many characters that begins with a share tells nothing else
UNTOLD = 0.4
MOST = 300  # percent
MOST_OF = 20_000
LEAST = 2  # "en av två" may be of anything
YEARS = range(1980, 2100)  # such a whole is a year, unless the goals name it
WEIGHT = 1.6
SHARE_RULE = "mal_andel"


def find_shares(sentence: Span, question: str, numbers: Collection[int] = ()) -> Iterator[Mention]:
    """Yield what a share of goals says of goal attainment: all, some or none.

    `numbers`: those of the goals; a share of one of them is one of goals.
    """
    text = text_of(sentence)
    figures = load_figures()
    phrases = figures.expressions
    if question != "maluppfyllelse" and not phrases["share_expected"].search(text.lower()):
        return
    factor = load_decisions().question_factor("maluppfyllelse", question)
    for match, part, whole, turned in _shares(text):
        short = len(text.strip()) <= SHORT and question == "maluppfyllelse"
        leads = not turned and not text[: match.start()].strip()
        opens = leads or (short and "/" not in match[0])
        if not 1 < whole < MOST_OF or part > whole:
            continue
        if whole in YEARS and whole not in numbers:  # "§ 9/2010"
            continue
        told = (
            phrases["about_goals"].search(text) is not None
            or phrases["counted"].match(text, match.end()) is not None
            or (whole in numbers and whole > LEAST)
        )
        if told or opens or (phrases["done"].search(text) and question == "maluppfyllelse"):
            sure = factor if told or (opens and len(text) <= SHORT) else factor * UNTOLD
            yield _mention(sentence, match, category_of(part, whole), question, sure)
    instead = phrases["instead"].finditer(text) if question == "maluppfyllelse" else ()
    for match in instead:
        part, whole = map(_number, match.groups())
        if whole >= LEAST:
            yield _mention(sentence, match, category_of(part, whole), question, factor)
    for match in phrases["percent_share"].finditer(text):
        share, before = int(match[1]), text[: match.start()].strip().lower()
        if phrases["changed_by"].search(f"{before} "):
            continue
        alone = not before and len(text.strip()) <= SHORT and question == "maluppfyllelse"
        if share <= MOST and (alone or before.endswith(figures.before_percent)):
            yield _mention(sentence, match, category_of(share, 100), question, factor)


def _shares(text: str) -> Iterator[tuple[re.Match[str], int, int, bool]]:
    """Yield each share, its part and whole, and whether it is turned: "av fem kom fyra"."""
    phrases = load_figures().expressions
    plain = False
    for match in phrases["share"].finditer(text):
        plain = True
        part, whole = (_number(g) for g in match.groups() if g is not None)
        yield match, part, whole, False
    for match in phrases["share_turned"].finditer(text):
        if not plain:
            yield match, _number(match[2]), _number(match[1]), True


def _number(word: str) -> int:
    word = word.replace(" ", "")
    return int(word) if word.isdigit() else load_figures().counts[word.casefold()]


def category_of(part: int, whole: int) -> str:
    """Return the category of so many out of, or against, so many."""
    return "helt" if part >= NEARLY_ALL * whole else "ej" if part == 0 else "delvis"


def _mention(
    sentence: Span, match: re.Match[str], category: str, question: str, factor: float
) -> Mention:
    start = sentence.start_char
    return Mention(
        variable="maluppfyllelse",
        category=category,
        start=start + match.start(),
        end=start + match.end(),
        sent_start=start,
        sent_end=start + len(text_of(sentence).rstrip()),
        context=Context.AKTIV,
        rule=SHARE_RULE,
        question=question,
        weight=round(WEIGHT * factor, 4),
    )
