"""What the tests of the simulated round share: the country, the corpus, one whole round."""

from __future__ import annotations

import pytest

from annotations.places.places import load_places
from corpus.simulate.library import load_library
from corpus.simulate.preset import load_preset
from corpus.simulate.projects import projects
from corpus.simulate.rename import Country


def counties():
    places = load_places()
    return {
        c.name: tuple(m.name for m in places.municipalities if m.county_code == c.code)
        for c in places.counties
    }


@pytest.fixture(scope="session")
def preset():
    return load_preset("2011_39")


@pytest.fixture(scope="session")
def country():
    return Country(counties())


@pytest.fixture(scope="session")
def library(country):
    return load_library(places={w for name in country.municipalities for w in name.split()})


@pytest.fixture(scope="session")
def whole(preset, library, country):
    """A round of the published size."""
    return tuple(projects(preset, library, country, preset.granted, seed=11))


@pytest.fixture(scope="session")
def began(whole):
    return tuple(project for project in whole if project.slot.started)
