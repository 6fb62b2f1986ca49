"""From a round and table definitions to tables. Pure: nothing is read or written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from annotations.codebook import Codebook
from annotations.strict import DefinitionError
from annotations.tables import Definitions, TableDefinition, check_against
from corpus.types import DocumentKind, DocumentRecord
from pipeline.tables.by_category import by_category
from pipeline.tables.by_county import by_county, grants
from pipeline.tables.counting import Case
from pipeline.tables.margins import Margins, margins
from pipeline.tables.money import money
from pipeline.tables.types import Round, Table


def tabulate(round: Round, definitions: Definitions, codebook: Codebook) -> tuple[Table, ...]:
    """Count one round into its tables, in the order of their numbers.

    Raises DefinitionError where a definition names what the codebook does not have.
    """
    faults = [f for t in definitions.tables for f in check_against(t, codebook)]
    if faults:
        raise DefinitionError(faults)
    cases = cases_of(round)
    kinds = kinds_of(round.documents)
    known = margins((case.codings for case in cases), round.audits)
    return tuple(
        _table(round, d, definitions, codebook, cases, kinds, known) for d in definitions.tables
    )


def cases_of(round: Round) -> tuple[Case, ...]:
    """Return every project with its codings."""
    return tuple(
        Case(p, {(c.variable, c.category): c for c in round.codings.get(p.id, ())})
        for p in round.projects
    )


def kinds_of(documents: Iterable[DocumentRecord]) -> Mapping[str, DocumentKind | None]:
    """Return the kinds of documents by name; a letter of no kind we know is what it brings.

    Otherwise an application would count as a report because it came by e-mail.
    """
    kinds = {d.name: d.kind for d in documents}
    brought: dict[str, DocumentKind] = {}
    for name, kind in kinds.items():
        letter = name.rpartition("/")[0]
        if kind not in (None, DocumentKind.ANNAT) and kinds.get(letter) is DocumentKind.ANNAT:
            brought.setdefault(letter, kind)
    return {**kinds, **brought}


def counted_cases(
    cases: tuple[Case, ...], definition: TableDefinition, kinds: Mapping[str, DocumentKind | None]
) -> tuple[Case, ...]:
    """Return the projects a table is about: those with more than documents of uncounted kinds.

    Of 151 granted projects 148 began and reported: the others count among the granted only.
    """
    uncounted = set(definition.uncounted)

    def counts(case: Case) -> bool:
        if definition.granted_counts and case.project.header.beviljat_belopp is not None:
            return True
        documents = case.project.documents
        return not documents or any(kinds.get(name) not in uncounted for name in documents)

    return tuple(case for case in cases if counts(case))


def _table(
    round: Round,
    definition: TableDefinition,
    definitions: Definitions,
    codebook: Codebook,
    cases: tuple[Case, ...],
    kinds: Mapping[str, DocumentKind | None],
    known: Margins,
) -> Table:
    counted = counted_cases(cases, definition, kinds)
    facts = _facts(round, counted, len(cases) - len(counted))
    match definition.kind:
        case "categories":
            return by_category(definition, codebook, counted, facts, known)
        case "counties":
            return by_county(
                definition,
                definitions.counties,
                codebook,
                counted,
                facts,
                round.previous,
                known,
            )
        case "grants":
            return grants(definition, definitions.counties, counted, facts)
        case "money":
            return money(definition, counted, facts, round.figures)
        case _:
            assert_never(definition.kind)


def _facts(round: Round, counted: tuple[Case, ...], left_out: int) -> dict[str, int | str]:
    """What titles and notes may speak of; the keys are `annotations.tables.FACTS`."""
    headers = [case.project.header for case in counted]
    return {
        "antal": len(counted),
        "utelamnade": left_out,
        "utan_belopp": sum(h.beviljat_belopp is None for h in headers),
        "utan_period": sum(
            h.beviljat_belopp is not None and h.period_start is None for h in headers
        ),
        "omgang": round.name,
        "forra_omgangen": round.previous.name if round.previous else "",
    }
