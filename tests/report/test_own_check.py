"""What we publish is read by our own check of published reports: it must find no contradiction."""

from __future__ import annotations

from datetime import date

import pytest

from annotations.codebook import load
from annotations.tables import load_tables
from pipeline.check.check import check_report
from pipeline.check.report import read_report
from pipeline.check.words import load_words
from pipeline.projects.blocks import flow_blocks
from pipeline.report.blocks import Report
from pipeline.report.content import Material, report
from pipeline.report.docx import write_docx
from pipeline.report.model_card import ModelCard
from pipeline.report.texts import load_texts
from pipeline.rulings.notes import Numbering
from pipeline.tables.effort import Bounded
from pipeline.tables.tabulate import tabulate
from tests.projects.papers import paper, prose
from tests.projects.test_flow import flow
from tests.tables.made_up import big_round

BOOK, DEFINITIONS, DAY = load(), load_tables(), date(2026, 3, 1)
CARD = ModelCard(0.01, Bounded(0.0075, 0.0055, 0.0097), 144, 4)


def found_in(made: Report, folder) -> list[str]:
    path = write_docx(made, folder / "rapport.docx")
    words = load_words()
    return [f"{f.where}: {f.what}" for f in check_report(read_report(path, words), words)]


@pytest.mark.parametrize("projects", [0, 1, 3, 30])
def test_no_sentence_of_a_report_is_taken_for_a_contradiction(tmp_path, projects):
    round = big_round(projects)
    tables = tabulate(round, DEFINITIONS, BOOK)
    made = report(
        Material(round, tables, (), BOOK, DEFINITIONS, Numbering({}, {}), CARD, DAY), load_texts()
    )
    assert found_in(made, tmp_path) == []


def test_nor_is_one_of_the_flow_of_projects(tmp_path):
    listed = ["kommun,titel,bortfall", *(f"Storuman,Trygg {i}," for i in range(9))]
    listed += ["Umeå,Ute,startade aldrig", "Lund,Inne,startade aldrig"]
    papers = [paper(f"{i}.docx", title=f"Trygg {i}", text=prose(i)) for i in range(9)]
    blocks = flow_blocks(flow(*papers, listed="\n".join(listed)))
    assert found_in(Report("Projektens väg", "", DAY, blocks), tmp_path) == []
