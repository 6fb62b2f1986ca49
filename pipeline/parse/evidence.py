"""How much speaks for two submissions being about the same project, and what, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from annotations.identity import IdentityPoints
from corpus.types import DocumentKind, Header, Submission
from pipeline.parse.fold import fold

_GOAL_LETTERS = 40  # goals shorter than this say too little to be compared
_STAGE = {
    DocumentKind.TJANSTEUTLATANDE_ANSOKAN: 0,
    DocumentKind.BLANKETT_DEL: 2,
    DocumentKind.BLANKETT_SLUT: 3,
    DocumentKind.TJANSTEUTLATANDE_REDOVISNING: 3,
    DocumentKind.FRI_REDOVISNING: 3,
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """Points that two submissions are one project, and the words for what speaks for it."""

    points: float
    reasons: tuple[str, ...]


def stage(submission: Submission) -> int:
    """Return 0 application, 1 decision or other paper, 2 interim, 3 final: the order in time."""
    return _STAGE.get(submission.kind, 1)


def weigh(
    a: Submission, b: Submission, points: IdentityPoints, texts: Mapping[str, str]
) -> Evidence | None:
    """Weigh two submissions; None where they cannot be one project (other place, one file)."""
    if a.document == b.document:
        return None
    x, y = a.header, b.header
    if x.kommunkod and y.kommunkod and x.kommunkod != y.kommunkod:
        return None
    if x.lanskod and y.lanskod and x.lanskod != y.lanskod:
        return None
    parts: list[tuple[float, str]] = []
    if not (x.kommunkod and y.kommunkod):
        parts.append((points.place_unknown, ""))
    parts += [_stages(a, b, points), _number(x, y, points), _title(x, y, points)]
    parts += [_period(x, y, points), _amount(x, y, points), _words(a, b, points, texts)]
    return Evidence(sum(p for p, _ in parts), tuple(why for p, why in parts if p > 0 and why))


def _stages(a: Submission, b: Submission, points: IdentityPoints) -> tuple[float, str]:
    if stage(a) != stage(b):
        return points.stages, "handlingarna är olika skeden"
    return (points.same_interim if stage(a) == 2 else points.same_stage), ""


def _number(x: Header, y: Header, points: IdentityPoints) -> tuple[float, str]:
    same = bool(x.dnr and y.dnr) and _plain(x.dnr or "") == _plain(y.dnr or "")
    return (points.same_number, "samma diarienummer") if same else (0.0, "")


def _title(x: Header, y: Header, points: IdentityPoints) -> tuple[float, str]:
    if not (x.titel and y.titel):
        return 0.0, ""
    a, b = fold(x.titel), fold(y.titel)
    alike = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    if min(len(a.split()), len(b.split())) >= 2:
        alike = max(alike, fuzz.token_set_ratio(a, b))
    if alike >= points.title_same_from:
        return points.title_same, f"samma projektnamn ({x.titel})"
    if alike >= points.title_alike_from:
        return points.title_alike, "liknande projektnamn"
    return (points.title_other if alike < points.title_other_below else points.title_unlike), ""


def _period(x: Header, y: Header, points: IdentityPoints) -> tuple[float, str]:
    if not (x.period_start and x.period_slut and y.period_start and y.period_slut):
        return 0.0, ""
    if (x.period_start, x.period_slut) == (y.period_start, y.period_slut):
        return points.period_same, "samma period"
    if x.period_start == y.period_start:
        return points.period_start, "samma startdatum"
    if x.period_start <= y.period_slut and y.period_start <= x.period_slut:
        return points.period_overlap, "perioderna överlappar"
    return points.period_apart, ""


def _amount(x: Header, y: Header, points: IdentityPoints) -> tuple[float, str]:
    if x.beviljat_belopp and y.beviljat_belopp:
        if x.beviljat_belopp == y.beviljat_belopp:
            return points.amount_same, "samma beviljade belopp"
        return points.amount_other, ""
    for applied, granted in (
        (x.sokt_belopp, y.beviljat_belopp),
        (y.sokt_belopp, x.beviljat_belopp),
    ):
        if applied and granted and granted <= applied:
            same = applied == granted
            return (points.amount_same if same else points.amount_applied), "beloppen går ihop"
    return 0.0, ""


def _words(
    a: Submission, b: Submission, points: IdentityPoints, texts: Mapping[str, str]
) -> tuple[float, str]:
    """Compare the texts: two copies of one report, or the same goal told twice."""
    if a.document not in texts or b.document not in texts:
        return 0.0, ""
    one, other = _body(a, texts), _body(b, texts)
    if one and one == other:
        return points.copy, "samma text"
    goal, its = _goal(a, texts), _goal(b, texts)
    if min(len(goal), len(its)) < _GOAL_LETTERS:
        return 0.0, ""
    alike = fuzz.token_set_ratio(goal, its)
    if alike >= points.goal_same_from:
        return points.goal_same, "samma mål"
    return (points.goal_other if alike < points.goal_other_below else 0.0), ""


def _body(s: Submission, texts: Mapping[str, str]) -> str:
    text = texts[s.document]
    return " ".join(" ".join(fold(text[a.start : a.end]).split()) for a in s.answers)


def _goal(s: Submission, texts: Mapping[str, str]) -> str:
    text = texts[s.document]
    return " ".join(fold(text[a.start : a.end]) for a in s.answers if a.question == "mal")


def _plain(number: str) -> str:
    return "".join(c for c in fold(number) if c.isalnum())
