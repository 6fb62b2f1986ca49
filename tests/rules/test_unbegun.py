"""Reports of projects that have not begun: whoever is named there is intended (P11)."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.partners import find_partners
from tests.decide.partner_reports import build

PLAN, AKTIV = Context.PLANERAD, Context.AKTIV
NAMED = {"aktor_rattsvasende": "Närpolisen"}


def said(answers: dict[str, str]) -> set[Context]:
    document, submission = build({**answers, **NAMED}, ["rattsvasende"], "Norrby")
    mentions = find_partners(document, submission, analyse(document.text))
    return {m.context for m in mentions if m.question == "aktor_rattsvasende"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"insatser": "Ingen start ännu, rekryteringen drar ut på tiden."}, PLAN),
        ({"insatser": "Vi har inte kommit igång."}, PLAN),
        ({"insatser": "Inget ännu. Samordnaren börjar i maj."}, PLAN),
        ({"insatser": "Hittills bara jag. Jag har läst."}, PLAN),
        ({"maluppfyllelse": "Inte startat."}, PLAN),
        ({"insatser": "Starten har skjutits fram.", "mal": "En grupp med polisen."}, PLAN),
        ({"insatser": "Gruppen har mötts.", "maluppfyllelse": "Ännu inget att redovisa."}, AKTIV),
        ({"insatser": "Delprojekt 2 är inte påbörjat."}, AKTIV),
        ({"insatser": "Arbetet kom inte igång förrän i januari."}, AKTIV),
        ({"insatser": "Kursen är inte påbörjad. Jouren sitter med i gruppen."}, AKTIV),
        ({"insatser": "Gruppen möts. Vi har en plan. Kursen har inte startat."}, AKTIV),
        ({"insatser": "Gruppen möts."}, AKTIV),
    ],
)
def test_where_nothing_has_begun_whoever_is_named_is_intended(answers, expected):
    assert said(answers) == {expected}
