"""What one document says about one actor: a role or none, and what that rests on.

A later clear word of taking part beats a refusal; who left after having taken part did take part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from annotations.partner_weights import load_weights
from annotations.scope import load_scope
from corpus.types import Context, Mention, Role

ROLES = {
    Context.AKTIV: Role.AKTIV,
    Context.INBJUDEN: Role.INBJUDEN,
    Context.PLANERAD: Role.PLANERAD,
}
BARE = "+namn"
ABOVE = "omnamnd.ovan"  # "se ovan": what stands there decides
STRONG_NO = 0.9
OFTEN = 2  # so many mentions of taking part outweigh a refusal, which is then often another's
TAUGHT = 0.7  # a clear word of having been taught, informed or merely mentioned
COOPERATES = 0.64  # a word of working together, which stands even if the actor was also invited
WORKS = 0.8  # a clear word of working together; it stands even if others like the actor declined


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one document says about one actor.

    `kind`: what the decision rests on; `support`: how many mentions say that the actor takes part;
    `disputed`: others say that it does not.
    """

    role: Role | None
    kind: str
    weight: float
    mention: Mention | None
    support: int = 0
    disputed: bool = False

    @property
    def basis(self) -> str:
        """The row of the confidence table."""
        if self.disputed and (self.role or self.support):
            return "disputed" if self.role else "refused_disputed"
        again = self.support >= OFTEN and self.kind in ("bare", "cue", "weak")
        if again:
            return f"{self.kind}_again"
        return "cue_invited" if self.kind == "cue" and self.role is Role.INBJUDEN else self.kind


def of_several(mentions: Sequence[Mention], ticked: bool | None) -> Verdict:
    """Several municipalities are several actors: one that declined does not speak for the rest.

    In categories with many actors (skola, kyrka) a refusal leaves alone what is said of others.
    """
    mentions = _read_above(mentions)
    whole = _verdict(mentions, ticked)
    scope = load_scope()
    category = mentions[0].category if mentions else ""
    if whole.role in (Role.AKTIV, Role.INBJUDEN) or category not in scope.separate | scope.many:
        return whole
    taking_part = (Role.AKTIV, Role.INBJUDEN)
    with_us = [ms for ms in _by_actor(mentions) if _verdict(ms, ticked).role in taking_part]
    rest = _verdict([m for ms in with_us for m in ms], ticked)
    return rest if rest.role and (rest.weight >= WORKS or category in scope.separate) else whole


def _by_actor(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return the mentions of each actor; "sfi" and "sfi-läraren" are one."""
    actors: dict[str, list[Mention]] = {}
    for m in sorted(mentions, key=lambda m: len(_actor(m))):
        own = _actor(m)
        key = next((a for a in actors if own.startswith(f"{a}-")), own)
        actors.setdefault(key, []).append(m)
    return list(actors.values())


def _read_above(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions without "se ovan", unless nothing above says how the actor took part."""
    told = [m for m in mentions if _cue(m) != ABOVE]
    points = max((m.start for m in mentions if _cue(m) == ABOVE), default=-1)
    if any(m.context is not Context.AKTIV and m.start < points for m in told):
        return told
    return [_as_named(m) for m in mentions]


def _as_named(mention: Mention) -> Mention:
    if _cue(mention) != ABOVE:
        return mention
    return replace(mention, context=Context.AKTIV, rule=f"{_actor(mention)}{BARE}")


def _actor(mention: Mention) -> str:
    return mention.rule.split("+")[0]


def _verdict(mentions: Sequence[Mention], ticked: bool | None) -> Verdict:
    if not mentions:
        return Verdict(None, "silent", 0.0, None)
    limits = load_weights().limits
    best: dict[Context, Mention] = {}
    for m in mentions:
        if m.context not in best or m.weight > best[m.context].weight:
            best[m.context] = m
    positive = {c: m for c, m in best.items() if c in ROLES}
    # What is hardly said stands back for what is.
    positive = {c: m for c, m in positive.items() if m.weight >= limits.value} or positive
    top = max(positive.values(), key=lambda m: m.weight, default=None)
    said = max(
        (m for m in positive.values() if not m.rule.endswith(BARE)),
        key=lambda m: m.weight,
        default=None,
    )
    no = best.get(Context.NEJ)
    other = best.get(Context.ANNAN) or best.get(Context.OMNAMND)
    support = sum(
        m.context in (Context.AKTIV, Context.INBJUDEN) and m.weight >= limits.value
        for m in mentions
    )
    disputed = no is not None and _refuses(no, said, top)
    if no and disputed and support < OFTEN:
        return Verdict(None, "refused", no.weight, no, support, disputed)
    if top is None:
        return Verdict(None, "mentioned", other.weight if other else 0.0, other)
    chosen = _stronger(positive)
    limit = limits.unticked if ticked is False and support < OFTEN else limits.value
    if chosen.context is Context.PLANERAD and chosen.weight < limit:
        return Verdict(None, "mentioned", chosen.weight, chosen)
    if chosen.weight < limit and not (
        ticked and chosen.weight >= limits.value * 0.6 and other is None
    ):
        return Verdict(None, "mentioned", chosen.weight, chosen)
    role = ROLES[chosen.context]
    kind = "planned" if role is Role.PLANERAD else "bare" if chosen.rule.endswith(BARE) else "cue"
    if chosen.weight < limits.weak:
        kind = "weak"
    elif ticked is False and kind in ("bare", "cue"):
        kind += "_unticked"
    return Verdict(role, kind, chosen.weight, chosen, support, disputed)


def _refuses(no: Mention, said: Mention | None, top: Mention | None) -> bool:
    """A clear refusal beats a name in a list; a later clear "is with us" beats it.

    Who was taught or informed and then did not join was still taught.
    """
    if said is not None and _worked(said) and _cue(no) in load_scope().departures:
        return False
    if said is not None and _taught(said) and _cue(no) in load_scope().mild_refusals:
        return False
    if no.weight >= STRONG_NO:
        return said is None or said.weight < 0.86 or said.start <= no.start or _own_question(no)
    return (
        top is None
        or (said is None and no.weight >= top.weight * 0.95)
        or (said is not None and no.weight > said.weight)
    )


def _taught(said: Mention) -> bool:
    return said.weight >= TAUGHT and _cue(said) in load_scope().received


def _worked(said: Mention) -> bool:
    """Whether the actor did take part, so that it took part also if it has left since."""
    return said.context is Context.AKTIV and said.weight >= COOPERATES


def _cue(mention: Mention) -> str:
    return mention.rule.rpartition("+")[2]


def _own_question(mention: Mention) -> bool:
    return mention.question.startswith("aktor_")


def _stronger(positive: Mapping[Context, Mention]) -> Mention:
    """The strongest; said beats merely named, and active wins when equal."""

    def rank(m: Mention) -> float:
        works = m.context is Context.AKTIV and m.weight >= COOPERATES
        came = m.context is Context.INBJUDEN and not m.rule.endswith(BARE)
        return (
            m.weight
            - (0.35 if m.rule.endswith(BARE) else 0.0)
            + (1.0 if works else 0.0)
            + (0.1 if came else 0.0)
        )

    return max(positive.values(), key=rank)
