"""The interim report that some projects sent before their final one: it says less, never more."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from corpus.records import QUESTIONS, Gold, Report
from corpus.simulate.library import COUNTED, gold_codes
from corpus.simulate.pieces import Piece, sentences
from corpus.simulate.weave import Woven, carried
from corpus.simulate.words import words

_KEPT = ("mal", "sarskilt_utsatta", "belopp", *(q for q in QUESTIONS if q.startswith("aktor_")))


def interim(final: Report, woven: Woven, rng: random.Random) -> Report | None:
    """Return the interim report of a project, or None where its final report cannot have had one.

    Its codes are among the final report's but for goals, integration and status, and of these it
    speaks only where the final report does too, so that the newest statement is always the final's.
    """
    if final.blankett != "slut" or final.kryss is None or final.period is None:
        return None
    start, end = (date.fromisoformat(day) for day in final.period.split("–"))
    if (end - start).days < 300:
        return None
    fields = {q: woven.fields[q] for q in _KEPT if q in woven.fields}
    fields["insatser"] = _first_half(woven.fields.get("insatser", Piece("")))
    said = carried(woven.fields.values())
    answered = {q for q, piece in woven.fields.items() if piece.text.strip()}
    if "maluppfyllelse" in answered and any(c.startswith("maluppfyllelse.") for c in said):
        fields["maluppfyllelse"] = Piece(rng.choice(words().own["maluppfyllelse.oklart"]))
    plans = "integrering" in answered and any(c.startswith("integrering.") for c in said)
    if plans and "integrering.ej" not in said:
        fields["integrering"] = Piece(rng.choice(words().own["integrering.plan"]))
    middle = start + (end - start) * 0.6
    return replace(
        final,
        id=f"{final.id}-del",
        blankett="del",
        period=f"{start}–{middle}",
        svar={q: fields[q].text if q in fields else "" for q in QUESTIONS},
        kryss=replace(final.kryss, redovisning="del", integrering=()),
        gold=_gold(final.gold, fields, woven, plans and "integrering" in fields),
        evidens={},
    )


def _first_half(piece: Piece) -> Piece:
    spans = list(sentences(piece.text))
    if len(spans) < 2:
        return piece
    return piece.cut(0, spans[(len(spans) - 1) // 2][1])


def _gold(final: Gold, fields: Mapping[str, Piece], woven: Woven, plans: bool) -> Gold:
    """Return what the interim report by itself is to be coded as."""
    told = carried(fields.values()) | woven.ticked | woven.source.unsaid
    held = {c for c in gold_codes(final) if c in told}
    return replace(
        final,
        struktur=tuple(s for s in final.struktur if f"struktur.{s}" in held),
        partner={
            p: role
            for p, role in final.partner.items()
            if f"partner.{p}" in told and role in COUNTED
        },
        malgrupp=tuple(m for m in final.malgrupp if f"malgrupp.{m}" in held),
        maluppfyllelse="oklart",
        integrering=("plan",) if plans else (),
        utbildning="utbildning" in held,
        status="pagar",
    )
