"""Mentions of partners: who is named where, and what the words around say about its part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from spacy.tokens import Doc, Span, Token

from annotations.lexicon import load_entries
from annotations.partner_weights import load_weights, patterns
from annotations.scope import load_scope
from corpus.types import Answer, Context, Document, Mention, Submission
from pipeline.language.swedish import text_of, whole_text
from pipeline.language.verbs import is_finite
from pipeline.rules.anaphora import find_names, goes_on, learn_names, likewise, of_the_rest
from pipeline.rules.answers import ANSWER, BARE, about_group, repeated
from pipeline.rules.bystanders import oblique, stands_aside
from pipeline.rules.context import Reading, read, read_all
from pipeline.rules.employers import employed
from pipeline.rules.entries import Finder, Hit
from pipeline.rules.labels import labelled
from pipeline.rules.landlords import find_landlords
from pipeline.rules.lists import Lists
from pipeline.rules.patterns import Matcher
from pipeline.rules.places import elsewhere, find_places, likely_sender
from pipeline.rules.scenes import scene
from pipeline.rules.unbegun import UNBEGUN, as_intended, unbegun
from pipeline.rules.wholes import OWN, belongs, without_generic
from pipeline.rules.writers import WORKS, WRITER, WRITES, ourselves, writes

VARIABLE = "partner"
AHEAD = "planeras"  # named where an application tells what is to be
ELSEWHERE = "annan.annan_ort"
ASIDE = 0.93  # how sure it is that such a name stands for no participant
OBLIQUE = 0.75  # factor on a bare name after a preposition of place or aim


def find_partners(document: Document, submission: Submission, doc: Doc) -> tuple[Mention, ...]:
    """Return the mentions of `submission` in text order; offsets into `document.text`."""
    sentences = list(doc.sents)
    answered = [(answer, _within(sentences, answer)) for answer in submission.answers]
    header = submission.header
    own = header.kommun or header.kommunkod or likely_sender(sentences)
    mentions: list[Mention] = []
    known: dict[str, Hit] = {}
    before: Mention | None = None
    for answer, inside in answered:
        told = _Told(answer.question, own, header.period_start, before)
        found = labelled(list(_in_answer(inside, told, known)), inside)
        if not found:
            found = list(about_group(document.text, inside, answer, before))
        if answer.question.startswith("aktor_"):
            before = found[-1] if found else None
        mentions += found
    bare = any(m.rule.endswith(f"+{BARE}") for m in mentions)
    only_course = bare and _only_course([s for _, inside in answered for s in inside])
    if submission.kind in load_weights().intended.kinds:
        tenses = {s.start_char: {m.key for m in _tenses().find(s)} for s in sentences}
        mentions = [_intended(m, tenses.get(m.sent_start, set())) for m in mentions]
        weighted = [_weighted(m, only_course, "fritext") for m in mentions]
    else:
        if unbegun(submission.kind, answered):
            mentions = as_intended(mentions)
        rows = _told_as_done(submission.kind, answered) | _stands_in(submission.answers)
        weighted = [
            _weighted(m, only_course, rows.get(m.sent_start) or rows.get(m.question, m.question))
            for m in mentions
        ]
    partners = (m for m in weighted if m.category != OWN)
    return tuple(sorted(partners, key=lambda m: (m.start, m.end, m.category)))


def _within(sentences: Sequence[Span], answer: Answer) -> list[Span]:
    """Return the parts of the sentences that lie in the answer."""
    parts = []
    for sentence in sentences:
        start, end = sentence.start_char, sentence.end_char
        if end <= answer.start or start >= answer.end or text_of(sentence).isspace():
            continue
        if answer.start <= start and end <= answer.end:
            parts.append(sentence)
            continue
        tokens = [t for t in sentence if answer.start <= t.idx < answer.end]
        if any(not t.is_space for t in tokens):
            parts.append(sentence.doc[tokens[0].i : tokens[-1].i + 1])
    return parts


@dataclass(frozen=True, slots=True)
class _Told:
    """What holds for a whole answer: its question, the sender, the first day of the project.

    `before`: the last mention of the actor answer before it.
    """

    question: str
    own: str
    begins: date | None
    before: Mention | None = None


def _in_answer(sentences: Sequence[Span], told: _Told, known: dict[str, Hit]) -> Iterator[Mention]:
    question = told.question
    last: list[Hit] = []
    before = repeated(told.before if question.startswith("aktor_") else None)
    invited: dict[str, Hit] = {}
    lists = Lists(question)
    for sentence in sentences:
        tokens = [t for t in sentence if not t.is_space]
        head = lists.voice(sentence, tokens)
        found = _hits(sentence, tokens, told, last)
        hits = employed(found, whole_text(sentence.doc), known)
        again = (*find_names(tokens, hits, known), *ourselves(tokens, question, known, hits))
        hits = sorted((*hits, *again), key=lambda h: h.start)
        learn_names(tokens, hits, known)
        for hit in hits:
            invited.pop(hit.entry.category, None)
        goes = bool(last) and not hits and goes_on(sentence, question)
        if not (hits or invited or goes):
            continue
        actors = [(h.start, h.end) for h in hits if not _brought(tokens, h)]
        stage = scene(sentence, actors, question, told.begins)
        for hit in hits:
            reading = read(stage, hit.start, hit.end)
            if reading.context is None:
                reading = before if likewise(sentence, first=not last) else head
            if reading.context is not Context.NEJ and elsewhere(tokens, told.own, known):
                reading = Reading(Context.ANNAN, ASIDE, ELSEWHERE)
            aside = stands_aside(tokens, hit.start, hit.end)
            if hit.entry.category != OWN and writes(tokens, hit):
                known.setdefault(WRITER, hit)
                reading = reading if reading.context is Context.NEJ else WORKS
            elif aside and reading.context is not Context.NEJ:
                reading = Reading(Context.OMNAMND, ASIDE, aside)
            if reading.cue in load_scope().asked:
                invited[hit.entry.category] = hit
            yield _mention(hit, sentence, tokens, reading, question)
        if invited and (refusal := of_the_rest(sentence, stage.cues, others=bool(hits))):
            for hit in invited.values():
                here = Hit(hit.entry, refusal.start, refusal.end, hit.name)
                reading = Reading(Context.NEJ, refusal.cue.strength, refusal.cue.id)
                yield _mention(here, sentence, tokens, reading, question)
            invited = {}
        if hits:
            last, before = hits, reading
        elif goes:
            reading = read_all(stage, about=True)
            first = tokens[0]
            for hit in last if reading.context and reading.strength >= 0.7 else ():
                here = Hit(hit.entry, first.idx, first.idx + len(first), hit.name)
                yield _mention(
                    here,
                    sentence,
                    tokens,
                    replace(reading, strength=reading.strength * 0.97),
                    question,
                )


def _brought(tokens: Sequence[Token], hit: Hit) -> bool:
    """Whether it is only whom somebody comes with: "Åsele deltar med en socialsekreterare"."""
    if hit.entry.category != OWN:
        return False
    before = [t.lower_ for t in tokens if t.idx < hit.start][-2:]
    return any(word in load_scope().places.along for word in before)


def _hits(sentence: Span, tokens: Sequence[Token], told: _Told, last: Sequence[Hit]) -> list[Hit]:
    found = [
        *_finder().find(sentence, told.question),
        *find_places(tokens, told.question, told.own),
        *find_landlords(tokens, told.question),
    ]
    found.sort(key=lambda h: (h.start, -h.end))
    text = whole_text(sentence.doc)
    kept = [
        h
        for i, h in enumerate(found)
        if not any(a.end > h.start for a in found[:i]) and not belongs(text, h, found)
    ]
    return list(without_generic(text, kept, last))


def _mention(
    hit: Hit, sentence: Span, tokens: Sequence[Token], reading: Reading, question: str
) -> Mention:
    start, end = sentence.start_char, sentence.start_char + len(text_of(sentence).rstrip())
    bare = OBLIQUE if oblique(tokens, hit.start) else 1.0
    return Mention(
        VARIABLE,
        hit.entry.category,
        hit.start,
        hit.end,
        start,
        max(end, hit.end),
        reading.context or Context.AKTIV,
        f"partner.{hit.entry.id}:{hit.name}+{reading.cue or BARE}",
        question,
        round(hit.entry.weight * (reading.strength if reading.context else bare), 3),
    )


def _told_as_done(
    kind: str, answered: Sequence[tuple[Answer, Sequence[Span]]]
) -> dict[int | str, str]:
    """Return which row weighs what an answer about something else tells of work.

    By where the sentences begin; which answer is in the weights.
    """
    rows: dict[int | str, str] = {}
    for rule in load_weights().no_form:
        if kind.startswith(rule.forms):
            continue
        asked = (s for answer, own in answered if answer.question == rule.question for s in own)
        done = (s for s in asked if any(map(is_finite, s)) and not _aims()[rule.question].find(s))
        rows |= {sentence.start_char: rule.weighs_as for sentence in done}
    return rows


def _stands_in(answers: Sequence[Answer]) -> dict[int | str, str]:
    """Return which question's weights hold for another: everything may be told in one box."""
    rule = load_weights().stand_in
    length = Counter[str]()
    for answer in answers:
        length[answer.question] += answer.end - answer.start
    untold = length[rule.instead_of] < rule.shortest
    longer = length[rule.question] > rule.longest
    return {rule.question: rule.instead_of} if untold and longer else {}


def _intended(mention: Mention, tense: set[str]) -> Mention:
    """In an application what is said is intended, unless it says that it is there already."""
    rule = load_weights().intended
    source, _, cue = mention.rule.rpartition("+")
    there = mention.context is Context.AKTIV and cue != BARE and "exists" in tense
    stands = mention.context in (Context.AKTIV, Context.INBJUDEN) and not there
    if not stands and cue not in rule.wishes:
        return mention
    named = f"{source}+{AHEAD}" if "ahead" in tense and cue == BARE else mention.rule
    weight = round(mention.weight * (1.0 if "ahead" in tense and cue != BARE else rule.vague), 3)
    return replace(mention, context=Context.PLANERAD, rule=named, weight=weight)


def _weighted(mention: Mention, only_course: bool, question: str) -> Mention:
    """Scale by the question; in a project that only taught, those merely named were taught."""
    if mention.rule.startswith(f"{ANSWER}."):
        taught = only_course and mention.rule.endswith(f"+{BARE}")
        return replace(mention, context=Context.INBJUDEN) if taught else mention
    # Whoever writes did the work, and where nothing has begun all are intended, whatever is asked.
    if mention.rule.endswith((f"+{WRITES}", f"+{UNBEGUN}")):
        return mention
    weights = load_weights().of(question)
    if mention.rule.endswith(f"+{BARE}"):
        taught = only_course and mention.category != "hogskola"
        context = Context.INBJUDEN if taught else mention.context
        return replace(mention, context=context, weight=round(mention.weight * weights.bare, 3))
    factor = {
        Context.AKTIV: weights.aktiv,
        Context.INBJUDEN: weights.inbjuden,
        Context.PLANERAD: weights.planerad,
        Context.NEJ: weights.nej,
    }.get(mention.context, 1.0)
    return replace(mention, weight=round(mention.weight * factor, 3))


def _only_course(sentences: Sequence[Span]) -> bool:
    counts = {"only_course": 0, "course": 0, "together": 0}
    for sentence in sentences:
        for match in _tone().find(sentence):
            counts[match.key] += 1
    said, taught = counts["only_course"] > 0, counts["course"]
    if counts["together"] == 0:
        return taught > 1 or (said and taught > 0)
    return said and counts["together"] <= taught


@cache
def _finder() -> Finder:
    return Finder(load_entries(VARIABLE), misspelt=True)


@cache
def _tone() -> Matcher:
    weights = load_weights()
    return Matcher(
        {key: patterns(getattr(weights, key)) for key in ("only_course", "course", "together")},
        source="partner_weights.yaml",
    )


@cache
def _aims() -> dict[str, Matcher]:
    """Return by question the patterns of what its answer does not tell as done."""
    rules = load_weights().no_form
    return {r.question: Matcher({"aims": patterns(r.aims)}, source="no_form") for r in rules}


@cache
def _tenses() -> Matcher:
    rule = load_weights().intended
    return Matcher(
        {"exists": patterns(rule.exists), "ahead": patterns(rule.ahead)}, source="intended"
    )
