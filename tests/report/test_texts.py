"""The report's texts: what they may say, how a fault is told, and that our own stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from corpus.types import DocumentKind, DocumentRecord, Reading, Status
from pipeline.report.blocks import Listing
from pipeline.report.content import Material, report
from pipeline.report.facts import TableFacts, facts
from pipeline.report.facts_known import load_facts
from pipeline.report.model_card import ModelCard
from pipeline.report.swedish import FILTERS
from pipeline.report.texts import FOLDER, TextError, load_texts, rendered
from pipeline.report.texts_check import check_texts
from pipeline.report.texts_copy import GUIDE, copy_texts
from pipeline.rulings.notes import Numbering
from pipeline.tables.effort import Agreed, AuditedShare, Bounded, Effort
from pipeline.tables.files import WriteError
from pipeline.tables.tabulate import tabulate
from pipeline.tables.types import Round, Table
from tests.tables.made_up import big_round, small_round

BOOK, DEFINITIONS = load(), load_tables()
CARD = ModelCard(0.01, Bounded(0.0075, 0.0055, 0.0097), 144, 4)
DAY = date(2026, 3, 1)


def material(round: Round, card: ModelCard | None = CARD) -> Material:
    tables = tabulate(round, DEFINITIONS, BOOK)
    return Material(round, tables, (), BOOK, DEFINITIONS, Numbering({}, {}), card, DAY)


def text_of(round: Round, card: ModelCard | None = CARD) -> str:
    made = report(material(round, card), load_texts())
    return "\n".join(getattr(block, "text", "") for block in made.blocks).replace("\xa0", " ")


def own(tmp_path, **chapters: str):
    for name, text in chapters.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return tmp_path


def test_our_own_texts_stand():
    assert check_texts(FOLDER, DEFINITIONS, BOOK) == []


def test_every_fact_is_documented_and_every_documented_one_is_there():
    known = load_facts()
    made = facts(small_round(), tabulate(small_round(), DEFINITIONS, BOOK), (), DAY, CARD)
    groups = {
        name: frozenset(v) if isinstance(v, dict) else frozenset() for name, v in made.items()
    }
    functions = {one.name.partition("(")[0] for one in known.functions}
    assert functions == {name for name, value in made.items() if callable(value)} | {"visas"}
    assert {n: v for n, v in groups.items() if n not in functions} == known.groups()
    assert {one.name for one in known.filters} == set(FILTERS)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "# Hej\n\n{{ projekt.redovisde }}",
            ["'projekt.redovisde'", "Menades redovisade?", "rad 3"],
        ),
        ("{{ projekten }}", ["okänd uppgift 'projekten'", "Det finns:", "rad 1"]),
        ("a\n{{ projekt.antal | anta }}", ["okänt filter 'anta'", "Menades antal?", "rad 2"]),
        ("{% if projekt.antal %}\nhej", ["saknar sitt slut"]),
        ("{{ projekt.antal", ["rad 1"]),
        ('\n{{ rad("tabell5", "plan").antal }}', ["ingen rad 'plan'", "integreringsplan", "rad 2"]),
        ('{{ rad("tabell9", "polis") }}', ["ingen tabell heter 'tabell9'", "tabell3"]),
        ('{% if finns("tabell3") %}\n[[tabel3]]\n{% endif %}', ["Menades [[tabell3]]?", "rad 2"]),
        ("{{ projekt.forra | tal }}", ["okänd i den här omgången", "rad 1"]),
        ("{{ ().__class__.__bases__ }}", ["mallar får bara läsa"]),
        ("{% include 'titel.txt' %}", ["inte hämta in en annan fil", "rad 1"]),
        ("{{ 1 / 0 }}", ["går inte att räkna ut", "rad 1"]),
    ],
)
def test_a_fault_names_file_line_and_what_there_is(tmp_path, text, told):
    faults = check_texts(own(tmp_path, kapitel=text), DEFINITIONS, BOOK)
    assert faults
    said = "\n".join(faults)
    assert "kapitel.txt" in said
    for part in told:
        assert part in said


def test_faults_of_all_files_are_told_at_once(tmp_path):
    folder = own(tmp_path, a="{{ x }}", b="{{ y }} {{ z }}")
    with pytest.raises(TextError) as error:
        load_texts(folder)
    assert len(error.value.faults) == 3


@pytest.mark.parametrize("folder", ["finns_inte", "tom"])
def test_a_folder_without_texts_is_told(tmp_path, folder):
    (tmp_path / "tom").mkdir()
    assert check_texts(tmp_path / folder, DEFINITIONS, BOOK)


def test_texts_are_copied_with_a_guide_and_never_overwritten(tmp_path):
    written = copy_texts(tmp_path / "mina")
    assert {p.name for p in written} == {p.name for p in FOLDER.iterdir()} | {GUIDE}
    assert check_texts(tmp_path / "mina", DEFINITIONS, BOOK) == []
    guide = (tmp_path / "mina" / GUIDE).read_text(encoding="utf-8")
    assert all(f"`{fact.name}`" in guide for fact in load_facts().facts)
    with pytest.raises(WriteError, match="Välj en annan mapp"):
        copy_texts(tmp_path / "mina")


def test_ones_own_texts_are_the_report(tmp_path):
    folder = own(
        tmp_path, b="# Andra\n\nI {{ projekt.redovisade | antal('projekt') }}.", a="# Första"
    )
    made = report(material(small_round()), load_texts(folder))
    assert [getattr(b, "text", "") for b in made.blocks] == ["Första", "Andra", "I fyra projekt."]


@pytest.mark.parametrize("name", ["# Rubrik", "- punkt", "[[tabell1]]", "a\n\n# b", "{{ x }}"])
def test_what_a_fact_says_is_never_a_mark(tmp_path, name):
    folder = own(tmp_path, a="{{ omgang }}\n")
    made = report(material(replace(small_round(), name=name)), load_texts(folder))
    assert [getattr(b, "text", "") for b in made.blocks] == [" ".join(name.split())]


def test_an_empty_round_has_a_report():
    said = text_of(big_round(0), None)
    assert "Inget projekt har redovisats" in said
    assert "De flesta" not in said
    assert "gick inte att läsa; varför står sist i rapporten" in said


def test_a_round_of_one_speaks_of_one():
    said = text_of(big_round(1))
    assert "ett redovisat projekt i ett län. Den bygger på ett dokument" in said
    assert "Målen är helt uppnådda i 0 av 1 projekt (0 procent)" in said
    assert "Inga projekt är avslutade och ett pågår ännu." in said
    assert "ett utvecklar en befintlig och inget utvärderar en" in said
    assert "Minst en redovisning finns för projektet." in said
    # Of one project's many groups none is the commonest.
    assert "Vanligast bland områden" not in said


def test_a_round_without_counties_names_none():
    round = small_round()
    projects = tuple(
        replace(p, header=replace(p.header, lan=None, lanskod=None)) for p in round.projects
    )
    said = text_of(replace(round, projects=projects))
    assert "fyra redovisade projekt. Den bygger" in said


def test_only_when_nobody_waits_has_every_answer_been_reviewed():
    round = big_round(40)
    settled = {
        project: tuple(replace(c, status=Status.REVIEWED) for c in own)
        for project, own in round.codings.items()
    }
    told = "Varje svar bakom tabellerna har granskats av en person."
    assert told in text_of(replace(round, codings=settled))
    one = round.projects[0].id
    first, *rest = settled[one]
    waiting = (replace(first, status=Status.REVIEW), *rest)
    assert told not in text_of(replace(round, codings={**settled, one: waiting}))


def test_rows_that_tie_are_the_commonest_together_or_not_at_all():
    looked = TableFacts({t.id: t for t in tabulate(big_round(23), DEFINITIONS, BOOK)})
    ordered = [one.antal or 0 for one in looked.flest("tabell4", 99)]
    sizes = {most: len(looked.flest("tabell4", most)) for most in range(1, len(ordered) + 1)}
    assert all(
        not size or min(ordered[:size]) > max([0, *ordered[size:]]) for size in sizes.values()
    )
    assert any(size < most for most, size in sizes.items())  # There are ties.


def test_an_application_that_came_by_mail_is_no_report():
    round = small_round()
    letter = DocumentRecord(
        "brev.eml", "2" * 64, "eml", 1, DocumentKind.ANNAT, ("P5",), Reading.TEXT
    )
    brought = replace(round.documents[5], name="brev.eml/e.docx")
    applied = replace(round.projects[-1], documents=("brev.eml", "brev.eml/e.docx"))
    mailed = replace(
        round,
        documents=(*round.documents[:5], letter, brought, *round.documents[6:]),
        projects=(*round.projects[:-1], applied),
    )
    assert applied.id == "P5"
    assert "fyra redovisade projekt" in text_of(mailed)
    assert tabulate(mailed, DEFINITIONS, BOOK)[2].base == 4
    reported = replace(brought, kind=DocumentKind.BLANKETT_SLUT)
    documents = (*round.documents[:5], letter, reported)
    assert tabulate(replace(mailed, documents=documents), DEFINITIONS, BOOK)[2].base == 5


def test_what_was_not_measured_is_said_to_be_unmeasured():
    said = text_of(replace(small_round(), effort=Effort(asked=3, drawn=2)))
    assert "två frågor dragits slumpmässigt till ett stickprov, men ingen av dem är avgjord" in said
    assert "Granskningen har inte börjat. Tre frågor väntar" in said
    assert "Inga frågor har besvarats av två granskare" in said
    assert "högst 1 procent av de automatiska svaren" in said
    assert "144 påhittade redovisningar från fyra skribenter vars texter" in said


def test_method_tells_what_the_review_has_shown():
    effort = Effort(
        asked=120, decided=90, undecidable=1, disputed=1, changed=9, people=3, seconds=5400,
        timed=80, first=date(2026, 2, 1), last=date(2026, 2, 9), drawn=40,
        audited=(AuditedShare("", 40, 1, 0.0006, 0.1316),),
        agreement=(Agreed("", 50, 46, Bounded(0.82, 0.7, 0.93)),),
    )  # fmt: skip
    said = text_of(replace(small_round(), effort=effort))
    for sentence in (
        "Av 120 frågor som har ställts till granskare är 90 avgjorda, en gick inte att avgöra",
        "I nio frågor (10 procent av de avgjorda) valde granskaren ett annat svar",
        "tre personer mellan den 1 februari 2026 och den 9 februari 2026",
        "ungefär en timme och 30 minuter",
        "Av 40 dragna frågor är 40 avgjorda, och ett svar var fel. Det är 2,5 procent",
        "0,1 procent till 13,2 procent",
        "I 46 frågor svarade de lika. Krippendorffs alfa är 0,82 (95-procentsintervall 0,70–0,93)",
        "Beslut som har lästs in från arbetsboken har ingen tid",
    ):
        assert sentence in said


def test_a_review_of_one_day_and_one_question_is_told_as_such():
    day = date(2026, 2, 1)
    effort = Effort(asked=1, decided=1, people=1, first=day, last=day, timed=1)
    said = text_of(replace(small_round(), effort=effort))
    assert "Av en fråga som har ställts till granskare är en avgjord." in said
    assert "Arbetet har gjorts av en person den 1 februari 2026." in said


def test_the_steps_behind_an_interval_are_four():
    (steps,) = (
        block.items
        for block in report(material(small_round()), load_texts()).blocks
        if isinstance(block, Listing) and block.ordered
    )
    assert len(steps) == 4
    assert steps[2].endswith("; i den här omgången är inget stickprov granskat.")


def test_without_a_model_nothing_is_promised():
    assert "Modellen är ställd" not in text_of(small_round(), None)


def test_our_own_texts_stand_whatever_rows_and_columns_tables_have():
    """A table of one's own may lack any row or column that a sentence speaks of."""
    round = big_round(12)
    tables, chapters = tabulate(round, DEFINITIONS, BOOK), load_texts().chapters
    for i, table in enumerate(tables):
        fewer = [
            *(replace(table, rows=tuple(r for r in table.rows if r != row)) for row in table.rows),
            *(_without_column(table, c) for c in range(len(table.columns)) if table.columns[1:]),
        ]
        for one in fewer:
            known = facts(round, (*tables[:i], one, *tables[i + 1 :]), (), DAY, CARD)
            for chapter in chapters:
                if f'"{table.id}"' in chapter.text:
                    rendered(chapter, {**known, "visas": bool})


def _without_column(table: Table, c: int) -> Table:
    rows = tuple(replace(r, cells=(*r.cells[:c], *r.cells[c + 1 :])) for r in table.rows)
    return replace(table, columns=(*table.columns[:c], *table.columns[c + 1 :]), rows=rows)


def test_no_table_is_lost_whatever_the_texts_say(tmp_path):
    folder = own(tmp_path, a="[[tabell2]]\n\n[[övriga tabeller]]")
    made = report(material(small_round()), load_texts(folder))
    shown = [b.table.id for b in made.blocks if hasattr(b, "table")]
    assert sorted(shown) == [f"tabell{n}" for n in range(1, 7)]
