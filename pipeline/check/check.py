"""Every check of a report: what a reader with a calculator would find."""

from __future__ import annotations

from pipeline.check.amounts import amounts
from pipeline.check.claims import claims_of
from pipeline.check.numerals import Numerals
from pipeline.check.partitions import partitions
from pipeline.check.periods import consists, periods
from pipeline.check.phrases import phrases
from pipeline.check.printed import table_bases, wholes_of
from pipeline.check.scopes import scopes_of
from pipeline.check.shares import shares
from pipeline.check.sums import sums
from pipeline.check.told import told
from pipeline.check.totals import totals
from pipeline.check.types import Report
from pipeline.check.words import Words, load_words
from pipeline.tables.types import Finding


def check_report(report: Report, words: Words | None = None) -> tuple[Finding, ...]:
    """Return the contradictions of a report, each once, tables first."""
    words = words or load_words()
    claims = claims_of(report.sentences, Numerals(words), words)
    scopes = scopes_of(report)
    wholes = table_bases(report, words)
    findings: list[Finding] = []
    for grid in report.grids:
        findings += sums(grid, words)
        findings += shares(grid, words, wholes)
    findings += told(report, claims, scopes, words)
    findings += totals(report, claims, scopes, words)
    findings += phrases(claims, words)
    findings += partitions(claims, wholes_of(report, words), scopes, words)
    findings += amounts(report.grids, claims, scopes, words)
    findings += periods(report.sentences, words)
    findings += consists(claims, words)
    return tuple(dict.fromkeys(findings))
