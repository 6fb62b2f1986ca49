"""What the words around an actor say, by cue and by how far the cue reaches."""

from __future__ import annotations

import pytest

from corpus.types import Context
from pipeline.language.swedish import analyse
from pipeline.rules.check import check_examples
from pipeline.rules.context import read
from pipeline.rules.scenes import scene

AKTIV, NEJ, PLAN, INBJUDEN = Context.AKTIV, Context.NEJ, Context.PLANERAD, Context.INBJUDEN


def context_of(name: str, others: list[str], text: str, question: str = "insatser"):
    sentence = next(iter(analyse(text).sents))
    spans = [(text.index(n), text.index(n) + len(n)) for n in [name, *others]]
    return read(scene(sentence, spans, question), *spans[0]).context


@pytest.mark.parametrize(
    ("name", "others", "text", "expected"),
    [
        ("Polisen", ["kyrkan"], "Polisen sitter med i gruppen men kyrkan tackade nej.", AKTIV),
        ("kyrkan", ["Polisen"], "Polisen sitter med i gruppen men kyrkan tackade nej.", NEJ),
        ("Polisen", [], "Polisen var med från början men hoppade av.", NEJ),
        ("Polisen", [], "Polisen deltar i gruppen, men vi har inte hunnit skriva rutinen.", AKTIV),
        ("Skolan", ["BUP"], "Skolan (inbjuden) och BUP sitter med.", INBJUDEN),
        ("BUP", [], "BUP har ännu inte börjat komma.", PLAN),
        ("polisen", [], "Inte minst polisen har varit aktiv i gruppen.", AKTIV),
        ("Polisen", [], "Polisen har inte utsett någon.", NEJ),
        ("kyrkan", [], "Vi saknar fortfarande kyrkan.", NEJ),
        ("Prästen", [], "Prästen erbjöd sig att vara med, men det blev aldrig av.", NEJ),
        ("Jouren", ["skolan"], "Jouren, polisen och skolan ska ingå i nätverket.", PLAN),
        ("Kvinnojouren", [], "Kvinnojouren finns på Storgatan.", None),
        ("Skolan", [], "Skolan har fått vår pärm men är inte med.", INBJUDEN),
        ("polisen", [], "Kvinnan gick ihop med en granne till polisen.", Context.ANNAN),
        ("frivården", [], "Vi skjutsade två män till frivården.", None),
        ("polisen", ["imamen"], "Hos imamen, som aldrig svarade, och hos polisen.", None),
        ("imamen", ["polisen"], "Hos imamen, som aldrig svarade, och hos polisen.", NEJ),
        ("Polisen", [], "Polisen kom inte till mötet men har fått vår pärm.", INBJUDEN),
        ("Polisen", ["skolan"], "Polisen kom inte men skolan har fått vår pärm.", NEJ),
        ("Skolan", [], "Skolan har fått vår pärm och vill gärna vara med.", INBJUDEN),
        ("Skolan", [], "Skolan ska få vår pärm.", PLAN),
        ("Bolaget", [], "Bolaget har lovat att byta lås, det har använts två gånger.", AKTIV),
        ("Bolaget", [], "Bolaget har lovat att byta lås.", PLAN),
        ("Polisen", [], "Polisen har fått vårt kort, mer än så är det inte.", INBJUDEN),
        ("Skolan", [], "Skolan bjöds in men ansåg att det låg för långt bort.", NEJ),
        ("Skolan", [], "Skolan bjöds in.", INBJUDEN),
        ("Skolan", [], "Skolan bjöds in och kom, men hade inget att berätta.", INBJUDEN),
        ("Jouren", [], "Jouren höll en föreläsning i maj, i övrigt har de inte deltagit.", AKTIV),
        ("Jouren", [], "Jouren var i Storby, i övrigt har de inte deltagit.", NEJ),
        ("Jouren", [], "Jouren sköter kvällarna för de män som inte vill träffa oss.", AKTIV),
        ("Jouren", [], "Jouren, som inte vill träffa oss, skötte kvällarna.", NEJ),
        ("Jouren", [], "Jouren har haft en grupp för dem som inte klarar sig själva.", None),
        ("Skolan", [], "Skolan är inte klar.", NEJ),
        ("BUP", [], "Diskussioner har förts med BUP om en grupp.", PLAN),
        ("BUP", [], "Gruppen med BUP finns kvar.", AKTIV),
        ("Kyrkan", [], "Kyrkan har inte kommit men svarat på enkäten.", INBJUDEN),
        ("psykiatrin", [], "Behovet av samverkan med psykiatrin är stort.", Context.OMNAMND),
        ("Kyrkan", [], "Kyrkan bjöds in till två kurser men kom bara till den ena.", INBJUDEN),
        ("Kyrkan", [], "Kyrkan bjöds in till två kurser men kom inte.", NEJ),
        ("Kyrkan", [], "Kyrkan fick information och vi ser gärna att de hör av sig.", INBJUDEN),
        ("Polisen", [], "Polisen bytte uppdrag (var med fyra gånger).", AKTIV),
        ("Polisen", [], "Polisen skulle ha haft två av träffarna men ställde in.", NEJ),
        ("Polisen", [], "Polisen har haft två möten med oss, nästa hålls i maj.", AKTIV),
        ("Polisen", [], "Polisen ringer vi när det är bråttom.", Context.OMNAMND),
        ("Jouren", [], "Jouren har fått boken Det är aldrig för sent.", INBJUDEN),
        ("Sjukhuset", [], "Sjukhuset har ordnat en egen grupp, vi har läst hur.", Context.ANNAN),
        ("BUP", [], "BUP tillträder i gruppen i mars.", PLAN),
        ("Jouren", [], "Jouren leder gruppen för kvinnor vars män hade sagt nej.", AKTIV),
        ("Kyrkan", [], "Kyrkan är med formellt men har inte deltagit.", NEJ),
        ("Polisen", [], "Polisen ringer oss samma dag.", AKTIV),
        ("Kliniken", [], "Kliniken frågade om de kunde få en bunt kort.", INBJUDEN),
        ("Storby", [], "Vi har tagit del av hur Storby har ordnat det.", Context.ANNAN),
    ],
)
def test_how_far_a_cue_reaches(name, others, text, expected):
    assert context_of(name, others, text) == expected


def test_every_example_of_lexicon_and_cues_is_read_as_it_says():
    assert check_examples() == []
