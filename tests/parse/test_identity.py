"""Which submissions are one project, and the manifest that says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from annotations.places.places import load_places
from corpus.types import Answer, DocumentKind, Header, Note, Submission
from pipeline.parse.identity import join, slug
from pipeline.parse.manifest import ManifestError, missing_files, parse_manifest, read_manifest

SLUT, DEL = DocumentKind.BLANKETT_SLUT, DocumentKind.BLANKETT_DEL
ANSOKAN, ANNAT = DocumentKind.TJANSTEUTLATANDE_ANSOKAN, DocumentKind.ANNAT
PLACES = load_places()


def submission(
    document,
    kind,
    code="2421",
    title=None,
    period=("2009-01-01", "2010-08-31"),
    amount=None,
    **more,
):
    town = PLACES.municipality(code)
    header = Header(
        lan=PLACES.county(code[:2]).name,
        lanskod=code[:2],
        kommun=town.name,
        kommunkod=code,
        titel=title,
        period_start=date.fromisoformat(period[0]) if period else None,
        period_slut=date.fromisoformat(period[1]) if period else None,
        beviljat_belopp=Decimal(amount) if amount else None,
        sokt_belopp=Decimal(more["sokt"]) if "sokt" in more else None,
        dnr=more.get("dnr"),
    )
    return Submission(
        document, more.get("part", 1), kind, 0.9, "prov", header=header,
        notes=more.get("notes", ()), answers=more.get("answers", ()),
    )  # fmt: skip


def groups(projects):
    return sorted(p.documents for p in projects)


def test_application_decision_interim_and_final_are_one_project():
    parts = [
        submission("slut.pdf", SLUT, title="Hela kedjan", amount=90000),
        submission("del.pdf", DEL, title="Hela Kedjan", amount=90000,
                   period=("2009-01-01", "2009-12-01")),
        submission("ansokan.pdf", ANSOKAN, title="Hela kedjan", sokt=90000, period=None),
        submission("beslut.pdf", ANNAT, title="Hela kedjan", amount=90000, period=None,
                   notes=(Note("beslut_om_bidrag", "Beslut."),)),
    ]  # fmt: skip
    for order in permutations(parts):
        (project,) = join(order)
        assert project.id == "2421-storuman-hela-kedjan"
        assert project.documents == ("ansokan.pdf", "beslut.pdf", "del.pdf", "slut.pdf")
        assert "samma projektnamn" in project.reason
        assert project.header.sokt_belopp == 90000


def test_two_final_reports_of_one_municipality_stay_two():
    projects = join(
        [
            submission("a.pdf", SLUT, title="Barnspår", amount=50000),
            submission("b.pdf", SLUT, title="Nattlinjen", amount=50000),
        ]
    )
    assert groups(projects) == [("a.pdf",), ("b.pdf",)]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        # the same sum and start, no titles: one project, but a human is told
        ((DEL, None, 60000, "2009-12-01"), (SLUT, None, 60000, "2010-08-31"), True),
        # nothing but the municipality in common
        ((DEL, None, None, "2009-12-01"), (SLUT, "Trygg", 60000, "2010-08-31"), False),
        # other titles, same sum
        ((DEL, "Nattlinjen", 60000, "2009-12-01"), (SLUT, "Barnspår", 60000, "2010-08-31"), False),
    ],
)
def test_evidence_is_needed(first, second, together):
    both = [
        submission(f"{i}.pdf", kind, title=title, amount=amount, period=("2009-01-01", end))
        for i, (kind, title, amount, end) in enumerate((first, second))
    ]
    assert (len(join(both)) == 1) is together


def test_uncertain_joins_say_so():
    both = [
        submission("1.pdf", DEL, title="Kvinnofrid", amount=60000, period=None),
        submission("2.pdf", SLUT, title="Kvinnofrid Storuman norra", amount=75000, period=None),
    ]
    for project in join(both):
        assert project.certainty == 1.0 or project.uncertain is ("Osäkert" in project.reason)


def test_other_municipalities_are_never_joined():
    projects = join(
        [
            submission("a.pdf", DEL, "2421", "Hela kedjan", amount=90000),
            submission("b.pdf", SLUT, "2481", "Hela kedjan", amount=90000),
        ]
    )
    assert len(projects) == 2


def test_projects_of_one_file_are_never_joined():
    projects = join(
        [
            submission("a.pdf", SLUT, title="Trygg", amount=90000, part=1),
            submission("a.pdf", DEL, title="Trygg", amount=90000, part=2),
        ]
    )
    assert [p.id for p in projects] == ["2421-storuman-trygg", "2421-storuman-trygg-2"]


def test_the_same_goal_joins():
    text = "Att ingen ska behöva berätta om våldet mer än en gång för oss som arbetar."
    answers = (Answer("mal", 0, len(text)),)
    projects = join(
        [
            submission("a.pdf", DEL, answers=answers, period=None),
            submission("b.pdf", SLUT, answers=answers, period=None),
        ],
        texts={"a.pdf": text, "b.pdf": text},
    )
    assert len(projects) == 1


def test_a_lone_decision_and_an_empty_form_are_no_projects():
    decision = submission("b.pdf", ANNAT, notes=(Note("beslut_om_bidrag", "Beslut."),))
    assert join([decision]) == ()


def test_the_manifest_is_obeyed():
    manifest = parse_manifest("fil,projekt,kommun,omgang\na.pdf,P1,Lycksele,2010\nb.pdf,P1,,\n")
    parts = [
        submission("a.pdf", SLUT, title="Barnspår"),
        submission("b.pdf", SLUT, title="Nattlinjen"),
        submission("c.pdf", SLUT, title="Tredje"),
    ]
    first, second = sorted(join(parts, manifest=manifest), key=lambda p: len(p.documents))
    assert second.id == "P1"
    assert second.header.kommun == "Lycksele"
    assert second.omgang == "2010"
    assert first.documents == ("c.pdf",)


def test_manifest_with_bom_and_semicolons_and_a_container(tmp_path):
    path = tmp_path / "manifest.csv"
    path.write_bytes("\ufefffil;projekt\r\npost.eml;P1\r\n".encode())
    manifest = read_manifest(path)
    (project,) = join([submission("post.eml/blankett.docx", SLUT)], manifest=manifest)
    assert project.id == "P1"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "tomt"),
        ("namn,projekt\na,b\n", "”fil” saknas"),
        ("fil,projekt,farg\na,b,c\n", "Okänd kolumn"),
        ("fil,projekt\na.pdf,P1\nA.PDF,P2\n", "Rad 3: filen ”A.PDF” står redan på rad 2"),
        ("fil,projekt\na.pdf,\n", "Rad 2: ”projekt” är tomt"),
        ("fil,projekt,kommun\na.pdf,P1,Lycksele\nb.pdf,P2,Qwxzby\n", "Rad 3: kommunen ”Qwxzby” är"),
        ("fil,projekt,lan\na.pdf,P1,Qwxz län\n", "Rad 2: länet ”Qwxz län” är okänt"),
        ("fil,projekt\na.pdf,../P1\n", "Rad 2: projekt-id ”..�P1” får inte"),
        ("fil,projekt\na.pdf,P\\1\n", "Rad 2: projekt-id ”P�1” får inte"),
        ("fil,projekt\na.pdf,P\x071\n", "Rad 2: projekt-id ”P�1” får inte"),
        ("fil,projekt\n" + "a" * 200_000 + ",P1\n", "går inte att läsa som CSV"),
        ("fil,projekt\na.pdf,..\n", "Rad 2: projekt-id ”..” får inte"),
    ],
)
def test_manifest_faults(text, fault):
    with pytest.raises(ManifestError, match=fault):
        parse_manifest(text)


def test_manifest_columns_may_be_written_with_swedish_letters():
    manifest = parse_manifest(
        "Fil;Projekt;Län;Kommun;Omgång\na.pdf;P-1 å;Västerbottens län;;2010\n"
    )
    (row,) = manifest.rows
    assert (row.project, row.county, row.round) == ("P-1 å", "Västerbottens län", "2010")


def test_files_that_are_not_in_the_inbox_are_found():
    manifest = parse_manifest("fil,projekt\nborta.pdf,P1\npost.eml,P2\n")
    missing = missing_files(manifest, ["a.pdf", "post.eml/blankett.docx"])
    assert [(row.row, row.file) for row in missing] == [(2, "borta.pdf")]


@pytest.mark.parametrize(
    ("text", "expected"), [("Våga se!", "vaga-se"), ("Å–Ä/Ö 2", "a-a-o-2"), ("...", "")]
)
def test_slug(text, expected):
    assert slug(text) == expected
