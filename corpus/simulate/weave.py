"""Making a project's text: a written report, cut where it contradicts the codes, and completed.

What is lacking comes from other reports where a sentence can be lent, else from sentences of our
own; now and then, for what the form has a box for, from the tick alone.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.simulate.library import COUNTED, Library, Loan, Source
from corpus.simulate.pieces import Mark, Piece, join, sentences, without
from corpus.simulate.rename import Home, settle
from corpus.simulate.words import sign, words

_AREAS = ("kvinnor", "barn", "heder", "skyddat_boende", "utovare")
_ANSWERED = ("maluppfyllelse", "integrering")
_EXPOSED = "malgrupp.sarskilt_utsatta"
_TICK_ONLY = {"struktur": 0.5, "malgrupp": 0.25}
_OF_BOXES = re.compile(r"\bkryss|\brutan?\b|\brutorna|överkryss", re.I)
_NOT = re.compile(
    r"\b(?:inte|ej|nej|aldrig|ing(?:en|et|a)|utan|släppte?s?|avbö\w+|utgick|struk\w+|kryss)\b", re.I
)
_LEND = 0.7  # how often a loan goes before a sentence of our own
_MOST_LOANS = 3  # of one sentence in a round


@dataclass(frozen=True)
class Target:
    """What a project is to be coded as; `roles` by partner, `groups` each partner's group."""

    codes: frozenset[str]
    roles: Mapping[str, str]
    groups: Mapping[str, str]
    fixed_roles: frozenset[str] = frozenset()


@dataclass
class Woven:
    """A project's text by field, the codes that a tick alone carries, and the report under it."""

    source: Source
    fields: dict[str, Piece]
    ticked: set[str] = field(default_factory=set)
    added: Counter[str] = field(default_factory=Counter)


@dataclass
class Lending:
    """The library, and how often each loan has been taken in this round."""

    library: Library
    taken: Counter[str] = field(default_factory=Counter)


def weave(
    source: Source, target: Target, home: Home, lending: Lending, rng: random.Random
) -> Woven:
    """Return the text of a project with these codes, made from `source`."""
    unwanted = source.codes - target.codes
    unwanted |= {
        c
        for c in target.fixed_roles & source.codes
        if source.gold.partner[c.removeprefix("partner.")] != target.roles[c]
    }
    new = target.codes - source.codes
    fields = {
        name: _cleaned(piece, unwanted, new) for name, piece in source.fields.items() if piece.text
    }
    woven = Woven(source, {n: settle(p, source, home) for n, p in fields.items() if p.text})
    for question in _ANSWERED:
        _answer(question, woven, target, home, lending, rng)
    woven.ticked = set((source.ticked - unwanted) & target.codes)
    _complete(woven, target, home, lending, rng)
    return woven


def carried(fields: Iterable[Piece]) -> set[str]:
    """Return the codes that some words of the text carry."""
    return {m.code for p in fields for m in p.marks if m.context in ("", *COUNTED)}


def _cleaned(piece: Piece, unwanted: Iterable[str], new: Iterable[str]) -> Piece:
    """Return a piece without sentences that speak for what is unwanted or against what is new."""
    gone, come = set(unwanted), set(new)
    spans = []
    for start, end in sentences(piece.text):
        marks = piece.cut(start, end).marks
        text = piece.text[start:end]
        for_it = any(m.code in gone and m.context in ("", *COUNTED) for m in marks)
        against = any(m.code in come and m.context not in ("", *COUNTED) for m in marks)
        against |= any(m.code.startswith("-") and m.code[1:] in come for m in marks)
        against |= bool(_NOT.search(text)) and _brings_up(text, come)
        # The boxes are ticked anew, so what is said about them no longer holds.
        boxes = not marks and _OF_BOXES.search(text)
        if for_it or against or boxes or _brings_up(text, gone):
            spans.append((start, end))
    return without(piece, spans) if spans else piece


def _brings_up(text: str, codes: Iterable[str]) -> bool:
    return any(pattern.search(text) for code in codes if (pattern := sign(code)))


def _answer(
    question: str, woven: Woven, target: Target, home: Home, lending: Lending, rng: random.Random
) -> None:
    """Put another answer about goals or integration where the report's own says something else."""
    wanted = {c for c in target.codes if c.startswith(f"{question}.")}
    said = {c for c in woven.source.codes if c.startswith(f"{question}.")}
    if wanted == said:
        return
    for name, piece in list(woven.fields.items()):
        spans = [
            span
            for span in sentences(piece.text)
            if any(m.code.startswith(f"{question}.") for m in piece.cut(*span).marks)
        ]
        woven.fields[name] = without(piece, spans)
    if woven.source.blankett == "fri" or not wanted:
        return
    fitting = [
        loan
        for code in sorted(wanted)
        for loan in lending.library.answers.get(code, ())
        if {c for c in loan.codes if c.startswith(f"{question}.")} == wanted
        and _suits(loan, target, home)
    ]
    loan = _take(fitting, lending, rng)
    if loan is not None:
        woven.fields[question] = settle(loan.piece, loan.source, home)
        woven.added["lån"] += len(wanted)


def _complete(
    woven: Woven, target: Target, home: Home, lending: Lending, rng: random.Random
) -> None:
    """Add what no word and no tick carries yet."""
    form = woven.source.blankett != "fri"
    missing = sorted(
        target.codes - carried(woven.fields.values()) - woven.ticked - woven.source.unsaid
    )
    additions: dict[str, list[Piece]] = defaultdict(list)
    lists: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code in missing:
        if code in carried(p for some in additions.values() for p in some):
            continue
        variable, _, name = code.partition(".")
        boxed = variable == "struktur" or name in _AREAS
        often = _TICK_ONLY.get(variable, 0.0)
        if variable == "struktur" and "reell_samverkan" not in target.codes:
            often = 1.0  # words about a group would say that there was collaboration
        if form and boxed and rng.random() < often:
            woven.ticked.add(code)
            woven.added["kryss"] += 1
            continue
        place = _place(code, target)
        loan = None
        if rng.random() < _LEND and not code.startswith("integrering."):
            usable = [x for x in lending.library.loans.get(code, ()) if _suits(x, target, home)]
            loan = _take(usable, lending, rng)
        if loan is not None:
            additions[place].append(settle(loan.piece, loan.source, home))
            woven.added["lån"] += 1
        elif code in words().named:
            lists[place, target.roles.get(code, "")].append(code)
            woven.added["egen"] += 1
        else:
            text = rng.choice(words().own.get(code, words().own["reell_samverkan"]))
            additions[place].append(Piece(text, (Mark(code, 0, len(text)),)))
            woven.added["egen"] += 1
    for (place, role), codes in lists.items():
        additions[place].append(_listed(codes, role, place, target, rng))
    if form:
        for place, pieces in additions.items():
            old = woven.fields.get(place, Piece(""))
            between = "\n" if len(old.text) > 250 or "\n" in old.text else " "
            if old.text and old.text[-1] not in ".!?:)":
                old = join([old, Piece(".")], "") if "\n" not in old.text else old
                between = between if old.text.endswith(".") else "\n"
            woven.fields[place] = join([old, join(pieces, " ")], between)
    elif additions:
        ordered = [p for place in sorted(additions) for p in additions[place]]
        woven.fields["text"] = _inserted(woven.fields["text"], join(ordered, " "))


def _place(code: str, target: Target) -> str:
    """Return the answer in which a code is told."""
    variable, _, name = code.partition(".")
    if variable == "partner":
        return f"aktor_{target.groups[code]}"
    if variable == "malgrupp":
        return "mal" if name in _AREAS else "sarskilt_utsatta"
    if variable in _ANSWERED:
        return variable
    return {"tillfallig": "integrering", "status": "integrering"}.get(variable, "insatser")


def _suits(loan: Loan, target: Target, home: Home) -> bool:
    """Tell whether a loan says nothing that the project is not."""
    if not loan.codes <= target.codes or not loan.hints <= target.codes:
        return False
    if any(target.roles.get(code) != role for code, role in loan.roles.items()):
        return False
    against = {m.code.lstrip("-") for m in loan.piece.marks if m.context not in ("", *COUNTED)}
    against |= {m.code[1:] for m in loan.piece.marks if m.code.startswith("-")}
    return not against & target.codes


def _take(loans: Sequence[Loan], lending: Lending, rng: random.Random) -> Loan | None:
    """Return one of the least taken loans, None when all have been taken often."""
    if not loans:
        return None
    least = min(lending.taken[loan.piece.text] for loan in loans)
    if least >= _MOST_LOANS:
        return None
    loan = rng.choice([x for x in loans if lending.taken[x.piece.text] == least])
    lending.taken[loan.piece.text] += 1
    return loan


def _listed(
    codes: Sequence[str], role: str, place: str, target: Target, rng: random.Random
) -> Piece:
    """Return a sentence of our own that names the codes in a row."""
    if role == "inbjuden":
        frames = words().frames["inbjuden_utbildning" if "utbildning" in target.codes else role]
    else:
        # "Riktar sig till" people, but not to sheltered housing.
        folk = not {"malgrupp.heder", "malgrupp.skyddat_boende"} & set(codes)
        frames = words().frames[role or ("malgrupp_folk" if folk else "malgrupp")]
    whole = [c for c in codes if c == _EXPOSED] if len(codes) > 1 else []
    codes = [c for c in codes if c not in whole]
    names = [rng.choice(words().named[code]) for code in codes]
    named = ", ".join(names[:-1]) + (" och " if names[:-1] else "") + names[-1]
    frame = rng.choice(frames)
    text = frame.replace("{lista}", named).replace("{Lista}", named[0].upper() + named[1:])
    marks, position = [], 0
    for code, name in zip(codes, names, strict=True):
        position = text.lower().index(name.lower(), position)
        marks.append(Mark(code, position, position + len(name), role))
        position += len(name)
    # A part of the particularly exposed tells of the whole as well.
    marks += [Mark(code, 0, len(text), role) for code in whole]
    return Piece(text, tuple(marks))


def _inserted(text: Piece, addition: Piece) -> Piece:
    """Put a sentence after the paragraph that tells the most of the work and its partners."""
    ends = [found.start() for found in re.finditer(r"\n|$", text.text)]
    told = Counter(
        next(end for end in ends if end >= m.end)
        for m in text.marks
        if m.context in ("", *COUNTED) and not m.code.startswith(("integr", "mal"))
    )
    end = max(told, key=lambda end: (told[end], -end), default=len(text.text))
    first, last = text.cut(0, end), text.cut(end, len(text.text))
    between = " " if first.text[-1:] in ".!?" else "\n"
    return join([join([first, addition], between), last], "")
