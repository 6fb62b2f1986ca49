"""Is the domain data sound? Loads every definition and tries every example sentence in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotations.strict import DefinitionError


@dataclass(frozen=True, slots=True)
class Report:
    """Problems, one Swedish line each with its place, and a line that sums up."""

    problems: tuple[str, ...]
    summary: str


def check_domain_data() -> Report:
    """Load codebook, forms, kinds, word lists, cues and tables; try all examples."""
    problems: list[str] = []
    for load in _loaders():
        problems += _faults_of(load)
    if not problems:
        for trial in _trials():
            problems += _faults_of(trial)
    problems = list(dict.fromkeys(problems))
    return Report(tuple(problems), _summary(problems))


def check_own_tables(folder: Path) -> Report:
    """Check a folder of table definitions against their schema and the codebook."""
    from annotations.codebook import load
    from pipeline.tables.own import definitions_of

    try:
        number = len(definitions_of(folder, load()).tables)
    except DefinitionError as error:
        return Report(error.faults, f"{len(error.faults)} fel i tabellernas definitioner.")
    return Report((), f"Allt stämmer: {number} {'tabell' if number == 1 else 'tabeller'}.")


def _faults_of(look: Callable[[], Any]) -> list[str]:
    """Return what a loader complains of, or what a trial of examples returns."""
    try:
        found = look()
    except DefinitionError as error:
        return list(error.faults)
    except ValueError as error:  # a pattern that cannot be read, one fault a line
        return str(error).splitlines()
    return found if isinstance(found, list) else []


def _loaders() -> tuple[Callable[[], Any], ...]:
    from annotations.codebook import load
    from annotations.confidence import load_confidence
    from annotations.documents import load_headings, load_kinds
    from annotations.figures import load_figures
    from annotations.forms import load_forms
    from annotations.frames import load_frames
    from annotations.groups import load_groups
    from annotations.identity import load_identity
    from annotations.lexicon import load_cues, load_entries
    from annotations.money import load_money
    from annotations.outcomes import load_outcomes
    from annotations.partner_weights import load_weights
    from annotations.phrases import load_phrases
    from annotations.places.places import load_places
    from annotations.plain_words import read_plain_words
    from annotations.scope import load_scope
    from annotations.statements import load_cues as load_statement_cues
    from annotations.statements import load_decisions
    from annotations.tables import load_tables
    from annotations.voice import load_voices
    from pipeline.projects.words import load_words
    from pipeline.report.charts_yaml import load_charts
    from pipeline.review.masking import load_masking
    from pipeline.rulings.general import load_general

    return (
        load,
        load_forms,
        load_kinds,
        load_headings,
        load_places,
        load_money,
        load_identity,
        lambda: load_entries("partner"),
        load_cues,
        load_frames,
        load_scope,
        read_plain_words,
        load_voices,
        load_outcomes,
        load_groups,
        load_figures,
        load_phrases,
        load_weights,
        load_statement_cues,
        load_decisions,
        load_confidence,
        load_tables,
        load_words,
        load_charts,
        load_masking,
        load_general,
    )


def _trials() -> tuple[Callable[[], list[str]], ...]:
    from pipeline.decide.check import check_codebook_examples
    from pipeline.report.charts_yaml import check_charts
    from pipeline.review.masking import check_masking
    from pipeline.rules.check import check_examples
    from pipeline.rules.check_frames import check_frames
    from pipeline.rules.check_statements import check_cue_examples

    return (
        _references,
        check_charts,
        check_examples,
        check_frames,
        check_cue_examples,
        check_codebook_examples,
        check_masking,
    )


def _references() -> list[str]:
    """Return what tables ask of the codebook, and the codebook of the forms, and is not there."""
    from annotations.codebook import load
    from annotations.forms import load_forms
    from annotations.plain_words import plain_word_faults, read_plain_words
    from annotations.tables import check_against, load_tables
    from pipeline.rulings.general import check_general

    codebook = load()
    boxes = {f"{q.id}.{o.id}" for form in load_forms() for q in form.questions for o in q.options}
    faults = [f for table in load_tables().tables for f in check_against(table, codebook)]
    faults += plain_word_faults(read_plain_words(), codebook)
    faults += check_general(codebook, load_tables().tables)
    return faults + [
        f"ingen blankett har rutan {tick!r} @ {variable.id}.yaml ({id}).ticks"
        for variable in codebook.variables
        for id, ticks in variable.ticks()
        for tick in ticks
        if tick not in boxes
    ]


def _summary(problems: list[str]) -> str:
    if problems:
        return f"{len(problems)} fel i definitionerna."
    from annotations.codebook import load
    from annotations.forms import load_forms
    from annotations.tables import load_tables

    return (
        f"Allt stämmer: {len(load().leaves())} kategorier, {len(load_forms())} blanketter, "
        f"{len(load_tables().tables)} tabeller; alla exempelmeningar ger vad de ska."
    )
