"""The preset is read strictly, refused where it contradicts itself, and its slots add up."""

from __future__ import annotations

import random

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from corpus.simulate.preset import ROUNDS, PresetError, load_preset
from corpus.simulate.slots import shares, slots


def changed(tmp_path, change):
    data = yaml.safe_load((ROUNDS / "2011_39.yaml").read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "omgang.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda d: d.update(okant=1), "okant"),
        (lambda d: d.pop("mal_natt"), "mal_natt"),
        (
            lambda d: d["lan"][0].update(ny=9),
            "structures (9, 3, 0) do not fit 4 projects: Blekinge",
        ),
        (lambda d: d["lan"][0].update(beviljat=999999), "granted more than allotted: Blekinge"),
        (lambda d: d["medel"].update(beviljat=1), "do not give medel.beviljat"),
        (lambda d: d["partner"][1]["delar"].update(bup=85), "a part larger than its group"),
        (lambda d: d.update(familjeperspektiv=70), "familjeperspektiv does not fit"),
        (lambda d: d["integrering"].update(ej=120), "ej stands alone"),
        (lambda d: d.update(utbildning=149), "larger than the 148 projects"),
        (lambda d: d.update(pagar="44"), "pagar"),
    ],
)
def test_a_preset_that_cannot_be_is_refused(tmp_path, change, fault):
    with pytest.raises(PresetError) as error:
        load_preset(changed(tmp_path, change))
    assert fault in str(error.value)


def test_an_unknown_round_names_the_known():
    with pytest.raises(PresetError, match="2011_39"):
        load_preset("1999")


@given(st.integers(0, 10_000))
def test_slots_hold_the_margins_of_every_county(seed):
    preset = load_preset("2011_39")
    made = slots(preset, random.Random(seed))
    for county in preset.lan:
        own = [s for s in made if s.county == county.namn]
        began = [s for s in own if s.started]
        assert (len(own), len(began)) == (county.projekt, county.started)
        for kind in ("ny", "befintlig", "utvardering"):
            assert sum(kind in s.structures for s in began) == getattr(county, kind)
        assert sum(not s.structures for s in began) == county.bara_annat
        assert sum(s.amount for s in began) == county.beviljat


@given(st.integers(1_000, 10_000_000), st.integers(1, 30), st.integers(0, 99))
def test_shares_add_up(total, n, seed):
    parts = shares(total, n, random.Random(seed))
    assert sum(parts) == total
    assert len(parts) == n
    assert min(parts) > 0
