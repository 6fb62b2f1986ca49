"""What the words around an actor say about its part in the work, in the tradition of ConText.

Cues are data (`annotations/lexicon/context.yaml`); here is only how far they reach: their clause, a
following clause without a subject of its own, or the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from annotations.lexicon import Cue
from annotations.scope import load_scope
from corpus.types import Context
from pipeline.rules.cues import SKIP, CueHit
from pipeline.rules.scenes import Scene

IMPERSONAL = frozenset({Context.NEJ, Context.PLANERAD})  # "…, men det blev aldrig av"
CLIENT = "annan.klient"  # the actor is somewhere a helped person goes
ABOVE = "omnamnd.ovan"  # "se ovan": by itself it says nothing
BUT = "nej.men"  # "bjöds in men …"
DECLINED = 0.91
TAKING_PART = frozenset({Context.AKTIV, Context.INBJUDEN})
PLAIN = 0.8  # strength of a clear word of taking part
INHERITED = 0.97  # a clause that goes on about the actor of the clause before it


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words say: context, how strongly (0–1), and the cue that decided ("" for none)."""

    context: Context | None
    strength: float
    cue: str = ""


def read(scene: Scene, start: int, end: int) -> Reading:
    """Return what the sentence says about the actor named at `start:end`."""
    framed = [(cue, cue.strength) for cue in scene.framed.get(start, ())]
    if any(c.category == Context.NEJ for c, _ in framed) and any(
        hit.cue.category == Context.NEJ and _turned(scene, hit, start) for hit in scene.cues
    ):
        framed = [(c, weight) for c, weight in framed if c.category != Context.NEJ]
    said = [*_reaching(scene, start, end), *framed]
    if any(c.category in TAKING_PART and weight >= PLAIN for c, weight in said):
        rest = {hit.cue.id for hit in scene.cues if _of_the_rest(scene, hit, start)}
        said = [(c, weight) for c, weight in said if c.id not in rest]
    reading = weigh(said)
    if reading.cue in load_scope().invitations and _but(scene, end):
        return Reading(Context.NEJ, DECLINED, BUT)
    if reading.context is Context.AKTIV and _is_clients(scene, start):
        return Reading(Context.ANNAN, reading.strength, CLIENT)
    return reading


def _of_the_rest(scene: Scene, hit: CueHit, start: int) -> bool:
    """Whether a refusal is only of what else there was: "höll kursen, i övrigt inte med"."""
    if hit.cue.category != Context.NEJ or hit.start < start:
        return False
    home = next((c for c in scene.clauses if c.holds(hit.start)), None)
    return home is not None and not home.holds(start) and any(home.holds(r) for r in scene.rest)


def _but(scene: Scene, end: int) -> bool:
    """Whether an invitation is followed by "men" and by nothing that tells of taking part."""
    turn = next((t for t in scene.turns if t >= end), None)
    if turn is None or any(end <= at < turn for at in scene.came):
        return False
    refused = any(h.start > turn and h.cue.category == Context.NEJ for h in scene.cues)
    if not refused and any(at > turn for at in scene.came):  # "men endast deltagit i det ena"
        return False
    return not any(
        hit.start > turn and hit.cue.category in TAKING_PART | {Context.PLANERAD}
        for hit in scene.cues
    )


def _is_clients(scene: Scene, start: int) -> bool:
    home = next((c for c in scene.clauses if c.holds(start)), None)
    return home is not None and any(home.holds(c) and c < start for c in scene.clients)


def read_all(scene: Scene, *, about: bool = False) -> Reading:
    """Return what a sentence that names nobody says about whoever it is about.

    `about`: that is somebody named before it, so what points forward is somebody else's.
    """
    cues = [c.cue for c in scene.cues if c.cue.category != SKIP and c.cue.id != ABOVE]
    if about:
        cues = [c for c in cues if c.direction != "forward"]
    return weigh([(c, c.strength) for c in cues])


def weigh(cues: Sequence[tuple[Cue, float]]) -> Reading:
    """Return the reading that wins; strong refusals first, then plans, then the stronger cue."""
    best: dict[str, tuple[float, str]] = {}
    for cue, strength in cues:
        if strength > best.get(cue.category, (0.0, ""))[0]:
            best[cue.category] = (strength, cue.id)
    if not best:
        return Reading(None, 0.0)

    def strength_of(context: Context) -> float:
        return best.get(context, (0.0, ""))[0]

    active, planned = strength_of(Context.AKTIV), strength_of(Context.PLANERAD)
    order = sorted(best, key=lambda c: -best[c][0])
    winner = order[0]
    scope = load_scope()
    said = {context: cue for context, (_, cue) in best.items()}
    mild = said.get(Context.NEJ) in scope.mild_refusals
    left = said.get(Context.NEJ) in scope.departures
    told = said.get(Context.INBJUDEN) in scope.received
    if left and active and any(cue.id in scope.long_stays for cue, _ in cues):
        winner = Context.AKTIV
    elif told and mild:
        winner = Context.INBJUDEN
    elif mild and active and any(cue.id in scope.held for cue, _ in cues):
        winner = Context.AKTIV
    elif strength_of(Context.NEJ) >= 0.9:
        winner = Context.NEJ
    elif strength_of(Context.ANNAN) >= max(0.9, active):
        winner = Context.ANNAN
    elif (
        strength_of(Context.OMNAMND) >= 0.7
        and told
        and said[Context.OMNAMND] in scope.mild_mentions
    ):
        winner = Context.INBJUDEN
    elif strength_of(Context.OMNAMND) >= 0.9:
        winner = Context.OMNAMND
    elif planned >= 0.7 and any(cue.id in scope.in_use for cue, _ in cues):
        return Reading(Context.AKTIV, planned, said[Context.AKTIV])
    elif told and planned >= 0.7 and not _planned_of_it(cues):
        winner = Context.INBJUDEN
    elif planned >= 0.7 and strength_of(Context.INBJUDEN) < 0.95:
        winner = Context.PLANERAD
    elif strength_of(Context.OMNAMND) >= 0.7 and active < 0.9:
        winner = Context.OMNAMND
    return Reading(Context(winner), *best[winner])


def _planned_of_it(cues: Sequence[tuple[Cue, float]]) -> bool:
    """Whether a plan is of the actor's own clause: "har fått boken och vill gärna läsa" is not."""
    return any(c.category == Context.PLANERAD and weight >= c.strength for c, weight in cues)


def _reaching(scene: Scene, start: int, end: int) -> Iterator[tuple[Cue, float]]:
    home = next((i for i, c in enumerate(scene.clauses) if c.holds(start)), None)
    if home is None:
        return
    for hit in scene.cues:
        place = next((i for i, c in enumerate(scene.clauses) if c.holds(hit.start)), home)
        if hit.start >= start and hit.end <= end:
            continue
        if hit.cue.direction == "forward" and hit.start >= end:
            continue
        if hit.cue.direction == "backward" and hit.end <= start:
            continue
        if hit.cue.id in load_scope().faint and any(end <= r < hit.start for r in scene.helped):
            continue
        refuses = hit.cue.category == Context.NEJ
        if refuses and (_of_another(scene, hit, start) or _set_right(scene, hit, start)):
            continue
        if hit.cue.id in load_scope().deeds and hit.end <= start and start in scene.aimed:
            continue
        if hit.cue.scope != "clause" or place == home:
            yield hit.cue, hit.cue.strength
        elif _carries(scene, home, place, start, hit.cue):
            yield hit.cue, hit.cue.strength * INHERITED


def _set_right(scene: Scene, hit: CueHit, start: int) -> bool:
    """Whether the sentence turns from a refusal to how the same actor did take part.

    "Hann inte komma utan läste utkastet", "föreläste inte men har svarat på våra frågor".
    """
    framed = {cue.id for cue in scene.framed.get(start, ())}
    return _turned(scene, hit, start, framed)


def _turned(scene: Scene, hit: CueHit, start: int, framed: AbstractSet[str] = frozenset()) -> bool:
    """Whether after a refusal's "men" stands a cue of taking part, or one is `framed`."""
    turn = next((t for t in scene.turns if t >= hit.end), None)
    if turn is None or start > turn or any(a > turn for a, _ in scene.actors):
        return False
    said = {c.cue.id for c in scene.cues if c.start > turn} | framed
    scope = load_scope()
    return not said.isdisjoint(scope.received | scope.all_the_same)


def _of_another(scene: Scene, hit: CueHit, start: int) -> bool:
    """Whether a refusal stands in a clause with "som" about another actor than the one at `start`.

    About the one named just before the clause, or inside it: "barn som BUP inte hunnit med".
    """
    relative = max((r for r in scene.relatives if r < hit.start), default=None)
    if relative is None:
        return False
    together = any(c.holds(relative) and c.holds(hit.start) for c in scene.clauses)
    if (
        together and relative in scene.helped and start < relative
    ):  # "för de män som inte vill komma"
        return True
    before = [a for a, _ in scene.actors if a < relative]
    inside = [a for a, _ in scene.actors if relative < a < hit.start]
    if inside:
        return together and start < relative
    return bool(before) and start != before[-1]


def _carries(scene: Scene, home: int, place: int, start: int, cue: Cue) -> bool:
    """Whether clause `place`, which names nobody, goes on about the actor of clause `home`."""
    clause = scene.clauses[place]
    if any(clause.holds(a) for a, _ in scene.actors):
        return False
    if clause.own_subject and not (clause.impersonal and cue.category in IMPERSONAL):
        return False
    if clause.inside:
        before = [a for a, _ in scene.actors if a < clause.start]
        return bool(before) and max(before) == start
    between = scene.clauses[min(home, place) + 1 : max(home, place)]
    if any(c.holds(a) for c in between for a, _ in scene.actors):
        return False
    return place > home or (place == 0 and home == 1)
