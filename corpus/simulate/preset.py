"""What a simulated round must add up to: a published round's figures, read strictly from YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import cattrs
import yaml
from cattrs.gen import make_dict_structure_fn

ROUNDS = Path(__file__).parent / "rounds"


class PresetError(ValueError):
    """A preset that cannot be used; `faults` lists every fault with its place."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


@dataclass(frozen=True, slots=True)
class Years:
    """Projects of the interim count begin from `forsta`, others in `nya`; the last day of all."""

    forsta: int
    nya: int
    sista_dag: str

    @property
    def last_day(self) -> date:
        """The last day of the round."""
        return date.fromisoformat(self.sista_dag)


@dataclass(frozen=True, slots=True)
class Money:
    """The round's money in kronor; `beviljat` is the sum over the projects that began."""

    att_fordela: int
    rekvirerat: int
    beviljat: int
    administration: int


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One county's figures; `projekt` are all granted, `ej_startade` those that never began.

    `startar` is the year in which those are to begin after all, 0 where they never will.
    """

    namn: str
    forra: int
    projekt: int
    ny: int
    befintlig: int
    utvardering: int
    bara_annat: int
    anslag: tuple[int, ...]
    beviljat: int
    ej_startade: int = 0
    startar: int = 0
    ej_rekvirerat: int = 0

    @property
    def started(self) -> int:
        """How many of the projects began."""
        return self.projekt - self.ej_startade


@dataclass(frozen=True, slots=True)
class Misprint:
    """A printed cell that contradicts others: where, what is printed, what is right, why."""

    stalle: str
    tryckt: int
    ratt: int
    varfor: str


@dataclass(frozen=True, slots=True)
class PartnerGroup:
    """A partner group's projects, its parts with a figure of their own, and parts without.

    `aktiva`: in how many projects the (only) part takes an active part; the others are invited.
    """

    grupp: str
    antal: int
    delar: Mapping[str, int]
    fria: tuple[str, ...] = ()
    aktiva: int | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """Projects for the particularly exposed, and for the groups among them."""

    antal: int
    delar: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Integration:
    """Projects integrated, with a plan (may be both), and not to be integrated (stands alone)."""

    integrerad: int
    plan: int
    ej: int


@dataclass(frozen=True, slots=True)
class Preset:
    """A round's figures (from the source) and its simulation's shares (not from any source)."""

    id: str
    namn: str
    forra_namn: str
    period: Years
    medel: Money
    lan: tuple[CountyRow, ...]
    partner: tuple[PartnerGroup, ...]
    malgrupp: Mapping[str, int]
    familjeperspektiv: int
    sarskilt_utsatta: Exposed
    mal_natt: int
    integrering: Integration
    reell_samverkan: int
    utbildning: int
    pagar: int
    tillfallig: int
    lansstyrelsen_aktiv: int
    filer: Mapping[str, int]
    delredovisning: float
    kryssfel: float
    tryckfel: tuple[Misprint, ...] = field(default=())

    @property
    def granted(self) -> int:
        """How many projects were granted money."""
        return sum(county.projekt for county in self.lan)

    @property
    def started(self) -> int:
        """How many projects began: those that tables of projects are about."""
        return sum(county.started for county in self.lan)


def load_preset(name: str) -> Preset:
    """Load a preset by name (`2011_39`) or by the path of a YAML file. Raises PresetError."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else ROUNDS / f"{name}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in ROUNDS.glob("*.yaml")))
        raise PresetError([f"no round {name!r}; known: {known}, or give a YAML file"])
    try:
        preset = _CONVERTER.structure(yaml.safe_load(path.read_text(encoding="utf-8")), Preset)
    except yaml.YAMLError as error:
        raise PresetError([f"not YAML @ {path.name}: {error}"]) from error
    except (cattrs.BaseValidationError, TypeError, ValueError) as error:
        raise PresetError(cattrs.transform_error(error, path=path.name)) from error
    if faults := list(_contradictions(preset)):
        raise PresetError([f"{fault} @ {path.name}" for fault in faults])
    return preset


def _contradictions(p: Preset) -> Iterator[str]:
    """Yield what no set of projects can fulfil."""
    n = p.started
    for county in p.lan:
        began, kinds = county.started, (county.ny, county.befintlig, county.utvardering)
        told = began - county.bara_annat
        if not 0 <= county.ej_startade <= county.projekt or told < 0:
            yield f"more projects without a start than granted: {county.namn}"
        elif not max(kinds) <= told <= sum(kinds):
            yield f"structures {kinds} do not fit {told} projects: {county.namn}"
        if county.beviljat > sum(county.anslag) - county.ej_rekvirerat:
            yield f"granted more than allotted: {county.namn}"
    if sum(c.beviljat for c in p.lan) != p.medel.beviljat:
        yield "the counties' granted amounts do not give medel.beviljat"
    for group in p.partner:
        yield from _group_faults(group.grupp, group.antal, group.delar, bool(group.fria), n)
        if group.aktiva is not None and (len(group.delar) != 1 or group.aktiva > group.antal):
            yield f"aktiva fits only a group of one part: {group.grupp}"
    exposed = p.sarskilt_utsatta
    yield from _group_faults("sarskilt_utsatta", exposed.antal, exposed.delar, True, n)
    three = [p.malgrupp.get(c, 0) - p.familjeperspektiv for c in ("kvinnor", "barn", "utovare")]
    rest = n - p.familjeperspektiv
    if min(three) < 0 or max(three) > rest or sum(three) > 2 * rest:
        yield "familjeperspektiv does not fit kvinnor, barn and utovare"
    whole = p.integrering
    if max(whole.integrerad, whole.plan) > n - whole.ej or whole.ej > n:
        yield "integrering: ej stands alone, so the others must fit what is left"
    single = (p.reell_samverkan, p.utbildning, p.pagar, p.tillfallig, p.lansstyrelsen_aktiv)
    if max((p.mal_natt, *single, *p.malgrupp.values())) > n:
        yield f"a figure is larger than the {n} projects"


def _group_faults(
    name: str, total: int, parts: Mapping[str, int], others: bool, n: int
) -> Iterator[str]:
    if total > n or any(count > total for count in parts.values()):
        yield f"a part larger than its group, or a group than all: {name}"
    if not others and sum(parts.values()) < total:
        yield f"the parts cannot fill the group: {name}"


def _converter() -> cattrs.Converter:
    """Return a converter that refuses unknown keys at every level."""
    converter = cattrs.Converter(forbid_extra_keys=True)

    def exactly(kind: type) -> Any:
        def check(value: object, _: object) -> object:
            if type(value) is not kind and not (kind is float and type(value) is int):
                raise ValueError(f"must be {kind.__name__}, not {value!r}")
            return value

        return check

    for kind in (str, int, float):
        converter.register_structure_hook(kind, exactly(kind))
    for cls in (
        Years, Money, CountyRow, Misprint, PartnerGroup, Exposed, Integration, Preset,
    ):  # fmt: skip
        hook = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True)
        converter.register_structure_hook(cls, hook)
    return converter


_CONVERTER = _converter()
