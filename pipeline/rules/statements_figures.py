"""Shares of goals reached ("fem av elva"): what words alone cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span

from annotations.statements import load_decisions
from corpus.types import Context, Mention
from pipeline.language.swedish import text_of

NUMBERS = {"noll": 0, "inget": 0, "inga": 0, "ingen": 0, "en": 1, "ett": 1} | {
    word: n
    for n, word in enumerate(
        ("två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv"), start=2
    )
}
ONE = r"(\d{1,4}|" + "|".join(NUMBERS) + ")"
SHARE = re.compile(
    rf"\b{ONE}(?: \w+)? (?:av|utav|/|mot)(?: de| våra| dom| totalt| sammanlagt| planerade)* {ONE}\b"
    rf"|\b{ONE} ?/ ?{ONE}\b(?!\d)",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\b(\d{1,3}) ?(?:%|procent)", re.IGNORECASE)
ABOUT_GOALS = re.compile(
    r"\bmål(?!grupp)|delmål|uppnå|nådd|planera|uppfyll|klar\b|klara\b|tänkt", re.IGNORECASE
)
DONE = re.compile(
    r"\b(?:håll(?:it|its|na)|hölls|klara[td]|genomför|fullfölj|deltog|delta(?:git|r)|utbilda|inför[dt]|anta(?:git|gen)"
    r"|antog|fyll[dt]|starta[dt]|kommit|kom igång|anslut|besök[tt]|nå(?:tt|dd))",
    re.IGNORECASE,
)
COUNTED = re.compile(
    r"\s*(?:av )?(?:(?:del)?mål|punkt|träff|möte|tillfäll|insats|aktivitet)", re.IGNORECASE
)
EXPECTED = re.compile(
    r"\b(del)?mål(en|et|s)?\b|tänkt|hoppats|räknat med|planera(t|de)", re.IGNORECASE
)
ABOUT = ("till", "ungefär", "cirka", "ca", "omkring", "drygt", "knappt")
GOALS = ("måluppfyllelse", "måluppfyllelsen", "uppfyllt", "uppnått")
NEARLY_ALL = 0.85
SHORT = 40  # a sentence of this many characters that begins with a share tells nothing else
UNTOLD = 0.4
MOST = 300  # percent
WEIGHT = 1.6
SHARE_RULE = "mal_andel"


def find_shares(sentence: Span, question: str) -> Iterator[Mention]:
    """Yield what a share of goals says of goal attainment: all, some or none."""
    text = text_of(sentence)
    if question != "maluppfyllelse" and not EXPECTED.search(text):
        return
    factor = load_decisions().question_factor("maluppfyllelse", question)
    for match in SHARE.finditer(text):
        part, whole = (_number(g) for g in match.groups() if g is not None)
        short = len(text.strip()) <= SHORT and question == "maluppfyllelse"
        opens = (short and "/" not in match[0]) or not text[: match.start()].strip()
        if not 1 < whole < 2000 or part > whole:
            continue
        told = ABOUT_GOALS.search(text) or COUNTED.match(text, match.end())
        if told or opens or (DONE.search(text) and question == "maluppfyllelse"):
            sure = factor if told or (opens and len(text) <= SHORT) else factor * UNTOLD
            yield _mention(sentence, match, _category(part, whole), question, sure)
    for match in PERCENT.finditer(text):
        share, before = int(match[1]), text[: match.start()].strip().lower()
        alone = not before and len(text.strip()) <= SHORT and question == "maluppfyllelse"
        if share <= MOST and (alone or before.endswith((*ABOUT, *GOALS))):
            yield _mention(sentence, match, _category(share, 100), question, factor)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word.lower()]


def _category(part: int, whole: int) -> str:
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
