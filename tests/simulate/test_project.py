"""A project's text, ticks and gold say the same: whole rounds are looked through."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from corpus.simulate.interim import interim
from corpus.simulate.library import COUNTED, gold_codes
from corpus.simulate.projects import projects
from corpus.simulate.ticks import tick
from corpus.simulate.weave import carried

AREAS = ("kvinnor", "barn", "heder", "skyddat_boende", "utovare")


def fields(report):
    return report.svar if report.svar is not None else {"text": report.text}


def groups(preset):
    return {f"partner.{p}": g.grupp for g in preset.partner for p in (*g.delar, *g.fria)}


def box(code, preset):
    variable, _, name = code.partition(".")
    if variable == "partner":
        return "aktor", groups(preset)[code]
    if variable == "malgrupp":
        return "omrade", name if name in AREAS else "sarskilt_utsatta"
    return variable, name


def test_every_code_has_words_or_a_tick(began):
    for project in began:
        quoted = set(project.report.evidens)
        unsaid = {c.partition(".")[0] if c.startswith(("mal", "sta")) else c
                  for c in project.woven.source.unsaid}  # fmt: skip
        for code in gold_codes(project.report.gold):
            key = (
                code.partition(".")[0] if code.startswith(("maluppfyllelse.", "status.")) else code
            )
            assert {key, code} & (quoted | unsaid), (project.id, project.woven.source.id, code)


def test_a_quote_stands_in_the_report_and_a_tick_on_its_form(began, preset):
    for project in began:
        text = "\n".join(fields(project.report).values())
        for code, quote in project.report.evidens.items():
            if quote != "KRYSS":
                assert quote in text, (project.id, code)
            elif not code.startswith("integrering."):
                question, option = box(code, preset)
                assert option in project.report.kryss.ticked(question), (project.id, code)


def test_no_words_carry_what_is_not_coded(began):
    for project in began:
        said = carried(project.woven.fields.values())
        codes = set(gold_codes(project.report.gold))
        assert {c for c in said if not c.startswith("-")} <= codes, project.id
        against = {c[1:] for c in said if c.startswith("-")}
        assert not against & codes, project.id


def test_no_partner_both_takes_part_and_has_declined(began):
    """A report may tell of both; a code that was added may not stand beside a refusal."""
    for project in began:
        added = set(gold_codes(project.report.gold)) - project.woven.source.codes
        marks = [m for p in project.woven.fields.values() for m in p.marks]
        against = {m.code for m in marks if m.context and m.context not in COUNTED}
        assert not added & against, project.id


def test_the_amount_stands_in_every_report(began):
    for project in began:
        digits = re.sub(r"[^\d\n]", "", "\n".join(fields(project.report).values()))
        assert str(project.slot.amount) in digits, project.id


def test_the_donors_municipality_is_gone(began):
    for project in began:
        donor = project.woven.source.kommun
        if donor in ("Mark", "Vara", project.report.kommun):
            continue
        text = "\n".join((project.report.titel or "", *fields(project.report).values()))
        assert not re.search(rf"\b{donor}s?\b", text), (project.id, donor)


def test_projects_differ(began):
    texts = ["\n".join(fields(p.report).values()) for p in began]
    assert len(set(texts)) == len(texts)
    assert len({p.woven.source.id for p in began}) > len(began) / 2


def test_the_same_seed_gives_the_same_round(preset, library, country):
    def made(seed):
        return [p.report for p in projects(preset, library, country, 5, seed)]

    assert made(3) == made(3)
    assert made(3) != made(4)


def test_a_small_round_is_a_sample_and_a_large_one_goes_on(preset, library, country):
    assert len({p.id for p in projects(preset, library, country, 4, 1)}) == 4
    large = list(projects(preset, library, country, preset.granted + 3, 1))
    assert [p.id for p in large] == [f"S{n:06d}" for n in range(1, preset.granted + 4)]
    assert sum("polis" in p.report.gold.partner for p in large[: preset.granted]) >= 60


# --- interim reports ---------------------------------------------------------------------------


def test_interim_reports_say_less(whole):
    pairs = [(p.report, p.before) for p in whole if p.before]
    assert len(pairs) > 10
    for final, first in pairs:
        assert (final.blankett, first.blankett, first.kryss.redovisning) == ("slut", "del", "del")
        assert final.period[:10] == first.period[:10]
        assert final.period[11:] > first.period[11:]
        later = ("maluppfyllelse.", "integrering.", "status.")
        told = {c for c in gold_codes(first.gold) if not c.startswith(later)}
        assert told <= set(gold_codes(final.gold)), final.id
        assert (first.gold.status, final.gold.status) == ("pagar", "avslutat")
        for question in ("maluppfyllelse", "integrering"):
            assert not first.svar[question] or final.svar[question], (final.id, question)


def test_a_short_project_has_no_interim_report(began):
    project = next(p for p in began if p.before)
    short = replace(project.report, period="2010-01-01–2010-06-30")
    assert interim(short, project.woven, random.Random(1)) is None


# --- ticks -------------------------------------------------------------------------------------


def disagreeing(project, preset, rate):
    codes = set(gold_codes(project.report.gold))
    found = tick(project.woven, codes, groups(preset), rate, random.Random(5))
    boxes = {(q, o) for q in ("aktor", "omrade", "struktur") for o in found.ticked(q)}
    true = {box(c, preset) for c in codes if c.startswith(("partner.", "malgrupp.", "struktur."))}
    return boxes ^ true, boxes


def test_without_carelessness_the_ticks_are_the_codes(began, preset):
    forms = [p for p in began if p.report.kryss]
    assert all(not disagreeing(p, preset, 0.0)[0] for p in forms)


@pytest.mark.parametrize(("rate", "least", "most"), [(0.1, 30, 130), (1.0, 500, 2000)])
def test_careless_ticks_come_at_the_set_rate(began, preset, rate, least, most):
    forms = [p for p in began if p.report.kryss]
    assert least < sum(len(disagreeing(p, preset, rate)[0]) for p in forms) < most


def test_a_tick_that_alone_carries_a_code_is_never_careless(began, preset):
    for project in (p for p in began if p.report.kryss):
        alone = {box(c, preset) for c in project.woven.ticked if not c.startswith("integrering.")}
        assert alone <= disagreeing(project, preset, 1.0)[1], project.id
