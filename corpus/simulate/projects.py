"""A simulated round, project by project, in blocks of one whole round: memory stays flat."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from corpus.records import QUESTIONS, Gold, Report
from corpus.simulate.choose import choose, traits
from corpus.simulate.draw import FAMILY, Margins, draw, margins
from corpus.simulate.interim import interim
from corpus.simulate.library import COUNTED, Library, Source
from corpus.simulate.pieces import Mark, Piece
from corpus.simulate.preset import Preset
from corpus.simulate.rename import Country, Home, amount, settle
from corpus.simulate.slots import Slot, slots
from corpus.simulate.ticks import tick
from corpus.simulate.weave import Lending, Target, Woven, weave
from corpus.simulate.words import sign, words

_MINE, _UNCHANGEABLE = 6.0, 60.0
_LETTER = -2.0  # adding to a letter is harder than adding to a form
_AGAINST = -2.0  # the report speaks of it already, in another way
_UNFIT = -4.0  # partners in a project that is no collaboration


@dataclass(frozen=True)
class Project:
    """One project: its place in the round, its final (or only) report, the interim one before.

    A project that never began has an application instead, whose gold means nothing, and no `woven`.
    """

    id: str
    slot: Slot
    report: Report
    before: Report | None = None
    woven: Woven | None = None


def projects(
    preset: Preset, library: Library, country: Country, count: int, seed: int
) -> Iterator[Project]:
    """Yield `count` projects. Every run of `preset.granted` projects holds all margins exactly.

    What is left over at the end is a random sample of one more such run.
    """
    size, made = preset.granted, 0
    while made < count:
        block = made // size
        rng = random.Random(f"{seed} {block}")
        wanted = min(size, count - made)
        for project in _block(preset, library, country, wanted, made, rng):
            yield project
            made += 1


def _block(
    preset: Preset, library: Library, country: Country, wanted: int, made: int, rng: random.Random
) -> Iterator[Project]:
    every = slots(preset, rng)
    began = [slot for slot in every if slot.started]
    targets_of = margins(preset)
    chosen = choose(library.sources, began, targets_of, rng)
    groups = {f"partner.{p}": g.grupp for g in preset.partner for p in (*g.delar, *g.fria)}
    figured = frozenset(f"partner.{p}" for g in preset.partner for p in g.delar)
    drawn = draw(targets_of, [_wishes(s, targets_of) for s in chosen], rng)
    fixed = _fixed_roles(preset, chosen, drawn, rng)
    plan = iter(zip(chosen, drawn, fixed, strict=True))
    parts = [(slot, next(plan) if slot.started else None) for slot in every]
    kept = sorted(rng.sample(range(len(parts)), wanted))
    towns = _towns(country, rng)
    lending = Lending(library)
    for number, index in enumerate(kept, start=made + 1):
        slot, part = parts[index]
        own = random.Random(rng.random())
        id = f"S{number:06d}"
        if part is None:
            yield Project(id, slot, _never_began(id, slot, next(towns[slot.county]), own))
            continue
        source, codes, roles = part
        town = next(towns[slot.county])
        if source.of_a_city:
            town = words().stader.get(slot.county, town)
        home = Home(country, slot.county, town, slot.amount, slot.year, own, source.kommun)
        target = _target(source, codes, roles, slot, groups, figured)
        woven = weave(source, target, home, lending, own)
        report = _report(id, woven, target, home, preset, own)
        first = interim(report, woven, own) if own.random() < preset.delredovisning else None
        yield Project(id, slot, report, first, woven)


def _towns(country: Country, rng: random.Random) -> dict[str, Iterator[str]]:
    """Return each county's municipalities, over and over, in a random order."""

    def around(names: Sequence[str]) -> Iterator[str]:
        while True:
            yield from rng.sample(names, len(names))

    return {county: around(names) for county, names in country.counties.items()}


def _wishes(source: Source, margins: Margins) -> dict[str, float]:
    """Return how well each code suits a report."""
    has = traits(source)
    text = "\n".join(p.text for p in source.fields.values())
    spoken = {m.code.lstrip("-") for p in source.fields.values() for m in p.marks}
    easier = 0.0 if source.blankett != "fri" else _LETTER
    codes = {*margins.rest, *FAMILY, "integrering.integrerad", "integrering.plan", "integrering.ej"}
    fixed = {*margins.rest} - {c for c in margins.rest if c.startswith("malgrupp.")}
    fixed -= {"utbildning", "lansstyrelsen_aktiv"}
    for group in margins.groups:
        codes |= {*group.parts, *group.free} | ({group.own} if group.own else set())
    wishes = {}
    for code in codes:
        if code in has:
            wishes[code] = _MINE if code.startswith("partner.") else _UNCHANGEABLE
        elif code in fixed or code.startswith("integrering."):
            wishes[code] = -_UNCHANGEABLE
        else:
            found = sign(code)
            met = code in spoken or bool(found and found.search(text))
            wishes[code] = easier + (_AGAINST if met else 0.0)
            if code.startswith("partner.") and "reell_samverkan" not in has:
                wishes[code] += _UNFIT
    return wishes


def _fixed_roles(
    preset: Preset, sources: Sequence[Source], drawn: Sequence[set[str]], rng: random.Random
) -> list[dict[str, str]]:
    """Return the roles that have figures of their own: so many active, the others invited."""
    roles: list[dict[str, str]] = [{} for _ in drawn]
    for group in preset.partner:
        if group.aktiva is None:
            continue
        part = next(iter(group.delar))
        code = f"partner.{part}"
        having = [p for p, codes in enumerate(drawn) if code in codes]

        def active(p: int, part: str = part) -> float:
            role = sources[p].gold.partner.get(part)
            real = 0.5 if sources[p].gold.reell_samverkan else 0.0
            return {"aktiv": 2.0, "inbjuden": -2.0}.get(role or "", real) + rng.random() * 0.4

        ranked = sorted(having, key=active, reverse=True)
        for n, p in enumerate(ranked):
            roles[p][code] = "aktiv" if n < group.aktiva else "inbjuden"
    return roles


def _target(
    source: Source,
    drawn: set[str],
    fixed: Mapping[str, str],
    slot: Slot,
    groups: Mapping[str, str],
    figured: frozenset[str],
) -> Target:
    """Return a project's codes: the drawn ones, and what the report has where nothing was drawn."""
    gold = source.gold
    codes = {c for c in drawn if c not in ("mal_natt", "status.pagar")}
    codes |= {f"struktur.{s}" for s in slot.structures}
    if not slot.structures:
        codes.add("struktur.annat")
    reached = gold.maluppfyllelse in ("helt", "delvis")
    if ("mal_natt" in drawn) == reached:
        codes.add(f"maluppfyllelse.{gold.maluppfyllelse}")
    else:
        codes.add(f"maluppfyllelse.{'delvis' if 'mal_natt' in drawn else 'oklart'}")
    codes.add("status.pagar" if "status.pagar" in drawn else "status.avslutat")
    in_groups = {groups[c] for c in codes if c in groups}
    for code in source.codes:
        if code in groups and groups[code] in in_groups and code not in figured:
            # A tick without words means the group alone; words for a part of it say more.
            alone = code in source.ticked and any(
                c != code and groups.get(c) == groups[code] for c in codes
            )
            if not alone:
                codes.add(code)
    real = "reell_samverkan" in codes
    roles = {}
    for code in codes & groups.keys():
        written = gold.partner.get(code.removeprefix("partner."))
        default = written if written in COUNTED else ("aktiv" if real else "inbjuden")
        roles[code] = fixed.get(code, str(default))
    return Target(frozenset(codes), roles, groups, frozenset(fixed))


def _report(
    id: str, woven: Woven, target: Target, home: Home, preset: Preset, rng: random.Random
) -> Report:
    source = woven.source
    _tell_amount(woven, home, rng)
    title = settle(Piece(source.titel), source, home).text or None
    quotes: dict[str, str] = {}
    for piece in woven.fields.values():
        for mark in piece.marks:
            if mark.code in target.codes and mark.context in ("", *COUNTED):
                key = mark.code
                if key.startswith(("maluppfyllelse.", "status.")):
                    key = key.partition(".")[0]
                quotes.setdefault(key, piece.text[mark.start : mark.end])
    quotes |= {c: "KRYSS" for c in sorted(woven.ticked) if c not in quotes}
    free = source.blankett == "fri"
    texts = {q: woven.fields[q].text if q in woven.fields else "" for q in QUESTIONS}
    return Report(
        id=id,
        lan=home.lan,
        kommun=home.kommun,
        blankett=source.blankett,  # type: ignore[arg-type]
        gold=_gold(source.gold, target),
        titel=title,
        period=_period(source, home.year, preset.period.last_day),
        belopp=home.belopp,
        stil=f"simulerad, av {source.id}",
        kryss=None if free else tick(woven, target.codes, target.groups, preset.kryssfel, rng),
        svar=None if free else texts,
        text=woven.fields["text"].text if free else None,
        evidens=dict(sorted(quotes.items())),
    )


def _tell_amount(woven: Woven, home: Home, rng: random.Random) -> None:
    """See to it that the granted amount stands in the report."""
    shown = amount(home.belopp)
    if woven.source.blankett == "fri":
        text = woven.fields["text"]
        if shown not in text.text.replace("\xa0", " ") and str(home.belopp) not in text.text:
            line = f"\n\nBeviljat belopp: {shown} kronor."
            woven.fields["text"] = Piece(text.text.rstrip() + line, text.marks)
        return
    answer = woven.fields.get("belopp", Piece(""))
    digits = answer.text.replace(" ", "").replace("\xa0", "").replace(".", "")
    if str(home.belopp) not in digits:
        told = any(m.context or not m.code.startswith("-") for m in answer.marks)
        line = rng.choice(words().belopp).format(belopp=shown)
        kept = answer if told else Piece("")
        marks: tuple[Mark, ...] = kept.marks
        woven.fields["belopp"] = Piece(f"{kept.text}\n{line}".strip(), marks)


def _gold(written: Gold, target: Target) -> Gold:
    codes = target.codes

    def several(variable: str) -> tuple[str, ...]:
        return tuple(sorted(c.partition(".")[2] for c in codes if c.startswith(f"{variable}.")))

    partners = {c.removeprefix("partner."): role for c, role in target.roles.items()}
    planned = {
        p: role for p, role in written.partner.items() if role not in COUNTED and p not in partners
    }
    return Gold(
        struktur=several("struktur"),  # type: ignore[arg-type]
        partner=dict(sorted((partners | planned).items())),  # type: ignore[arg-type]
        malgrupp=several("malgrupp"),
        maluppfyllelse=several("maluppfyllelse")[0],  # type: ignore[arg-type]
        integrering=several("integrering"),  # type: ignore[arg-type]
        utbildning="utbildning" in codes,
        reell_samverkan="reell_samverkan" in codes,
        status=several("status")[0],  # type: ignore[arg-type]
        tillfallig="tillfallig" in codes,
        lansstyrelsen_aktiv="lansstyrelsen_aktiv" in codes,
    )


def _period(source: Source, year: int, last: date) -> str:
    """Return the source's period moved to begin in `year`, not beyond the round's last day."""
    start = source.start or date(year, 1, 1)
    length = (source.end - start) if source.end else timedelta(days=480)
    start = start.replace(year=year, day=min(start.day, 28))
    end = min(start + length, last)
    return f"{start}–{max(end, start + timedelta(days=30))}"


def _never_began(id: str, slot: Slot, town: str, rng: random.Random) -> Report:
    """Return the application of a granted project that never began; its gold means nothing."""
    title = rng.choice(words().ej_startade.titlar)
    year = slot.begins or slot.year + 1
    start, end = f"{year}-01-01", f"{year}-12-31"
    text = rng.choice(words().ej_startade.texter).format(
        kommun=town, lan=slot.county, belopp=amount(slot.amount), titel=title, start=start, slut=end
    )
    nothing = Gold((), {}, (), "oklart", (), False, False, "oklart")
    return Report(
        id=id,
        lan=slot.county,
        kommun=town,
        blankett="fri",
        gold=nothing,
        titel=title,
        period=f"{start}–{end}",
        belopp=slot.amount,
        stil="simulerad, startade aldrig",
        text=text,
    )
