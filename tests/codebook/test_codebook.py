"""The codebook holds what the domain says, and refuses files with faults, all of them at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotations.codebook import FOLDER, load
from annotations.strict import DefinitionError
from corpus.types import Role

LEAVES = {
    "struktur": "ny befintlig utvardering annat",
    "malgrupp": "kvinnor barn heder skyddat_boende utovare sarskilt_utsatta funktionsnedsattning "
    "missbruk aldre samkonade utlandsk_bakgrund",
    "maluppfyllelse": "helt delvis ej oklart",
    "integrering": "integrerad plan ej",
    "innehall": "utbildning reell_samverkan",
    "status": "avslutat pagar oklart",
    "form": "tillfallig lansstyrelsen_aktiv",
}
PARTNERS = {
    "kommuner": "kommuner",
    "halso_sjukvard": "primarvard mvc_bvc psykiatri bup akutsjukvard ungdomsmottagning "
    "halso_sjukvard_annan",
    "rattsvasende": "polis aklagare kriminalvard frivard brottsoffersamordnare rattsvasende_annan",
    "kyrka_samfund": "kyrka",
    "forsakringskassa": "forsakringskassa",
    "frivilligorganisation": "kvinnojour brottsofferjour roda_korset radda_barnen rfsl "
    "frivillig_annan",
    "ovriga": "skola hogskola migrationsverket fou arbetsformedling bostad ovrig_annan",
}
TICKS = [
    ("redovisning", "slut", ("status", "avslutat")),
    ("redovisning", "del", ("status", "pagar")),
    ("struktur", "utvardering", ("struktur", "utvardering")),
    ("aktor", "kyrka_samfund", ("partner", "kyrka_samfund")),
    ("aktor", "kommuner", ("partner", "kommuner")),
    ("omrade", "sarskilt_utsatta", ("malgrupp", "sarskilt_utsatta")),
    ("integrering", "har_integrerats", ("integrering", "integrerad")),
    ("integrering", "ska_integreras", ("integrering", "plan")),
    ("integrering", "konkret_plan", ("integrering", "plan")),
    ("integrering", "ej_relevant", ("integrering", "ej")),
]


@pytest.mark.parametrize(("variable", "ids"), LEAVES.items())
def test_categories_in_the_order_of_the_output(variable: str, ids: str) -> None:
    assert [c.id for c in load().leaves() if c.variable == variable] == ids.split()


@pytest.mark.parametrize(("group", "ids"), PARTNERS.items())
def test_partner_groups_and_what_the_group_alone_is_coded_as(group: str, ids: str) -> None:
    partner = load().variable("partner")
    assert [c.id for c in partner.parts(group)] == ids.split()
    assert next(g for g in partner.groups if g.id == group).other == ids.split()[-1]


def test_leaves_follow_the_variables() -> None:
    order = list(dict.fromkeys(c.variable for c in load().leaves()))
    assert order == [v.id for v in load().variables]
    assert len(load().leaves()) == 58


@pytest.mark.parametrize(("question", "option", "meaning"), TICKS)
def test_what_a_box_means(question: str, option: str, meaning: tuple[str, str]) -> None:
    assert load().ticked(question, option) == (meaning,)


def test_an_unknown_box_means_nothing() -> None:
    assert load().ticked("omrade", "katter") == ()


def test_planned_partners_are_shown_but_not_counted() -> None:
    assert {r.id: r.counted for r in load().variable("partner").roles} == {
        Role.AKTIV: True,
        Role.INBJUDEN: True,
        Role.PLANERAD: False,
    }


def test_parts_and_the_family_perspective() -> None:
    malgrupp = load().variable("malgrupp")
    assert {c.id for c in malgrupp.parts("sarskilt_utsatta")} == {
        *("funktionsnedsattning", "missbruk", "aldre", "samkonade", "utlandsk_bakgrund")
    }
    assert malgrupp.derived[0].all_of == ("kvinnor", "barn", "utovare")


def test_faults_are_told_all_at_once_with_their_place(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "codebook")
    _edit(folder / "status.yaml", "kind: one", "kind: en")
    _edit(folder / "form.yaml", "label: Tillfällig", "label: Tillfällig\n    farg: blå")
    _edit(folder / "struktur.yaml", "ticks: [struktur.ny]", "ticks: [struktur]")
    with pytest.raises(DefinitionError) as error:
        load(folder)
    faults = "\n".join(error.value.faults)
    assert "status.yaml" in faults
    assert "farg" in faults and "form.yaml" in faults
    assert "struktur.yaml.categories[0] (ny)" in faults


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("malgrupp.yaml", "part_of: sarskilt_utsatta", "part_of: sarskild", "okänd grupp"),
        ("partner.yaml", "other: kyrka,", "other: moske,", "inte en del av gruppen"),
        ("status.yaml", "unknown: oklart", "unknown: ''", "unknown anges"),
        ("malgrupp.yaml", "all_of: [kvinnor,", "all_of: [kvinna,", "okänd kategori"),
        ("form.yaml", "id: lansstyrelsen_aktiv", "id: tillfallig", "står två gånger"),
        ("status.yaml", "label: Pågår", "label: no", "inte text"),
        ("codebook.yaml", "status, form]", "status, form, kostnad]", "saknar fil"),
        ("codebook.yaml", "status, form]", "status]", "hör inte till"),
    ],
)
def test_each_fault_is_found(
    tmp_path: Path, file: str, before: str, after: str, fault: str
) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "codebook")
    _edit(folder / file, before, after)
    with pytest.raises(DefinitionError, match=fault):
        load(folder)


def test_the_digest_follows_the_content(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "codebook")
    assert load(folder).digest() == load().digest()
    other = shutil.copytree(FOLDER, tmp_path / "other")
    _edit(other / "form.yaml", "label: Tillfällig", "label: Kortvarig")
    assert load(other).digest() != load().digest()


def _edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
