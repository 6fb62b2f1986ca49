"""What a report says of itself: cues in the answers, weighed by how and where they are said.

Which words count, and for what, is data (`annotations/lexicon`); deciding is `pipeline/decide`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from spacy.tokens import Doc, Span

from annotations.outcomes import load_outcomes
from annotations.statements import Cue, CueFile, Voice, load_cues, load_decisions
from corpus.types import Answer, Context, Document, DocumentKind, Mention, Submission
from pipeline.language.swedish import text_of
from pipeline.rules.groups import GROUPS, Groups, outvoted
from pipeline.rules.patterns import Match, Matcher
from pipeline.rules.statements_dates import Written, founded_before, written
from pipeline.rules.statements_elsewhere import refers, unanswered
from pipeline.rules.statements_figures import find_shares
from pipeline.rules.statements_goals import find_amounts, find_done, goal_of
from pipeline.rules.statements_outcomes import (
    GOALS,
    RULES,
    firmly_told,
    lighter,
    outcome_elsewhere,
    own_answer_first,
    with_outcome,
)
from pipeline.rules.statements_targets import find_targets
from pipeline.rules.statements_tense import find_tense
from pipeline.rules.statements_verdicts import beside_verdicts, find_verdicts
from pipeline.rules.statements_voice import Clauses

CONTEXTS: Mapping[Voice, Context] = {
    "says": Context.AKTIV,
    "negated": Context.NEJ,
    "dropped": Context.NEJ,
    "planned": Context.PLANERAD,
    "wished": Context.OMNAMND,
    "others": Context.ANNAN,
}
FREE = "fritext"


def find_statements(document: Document, submission: Submission, doc: Doc) -> tuple[Mention, ...]:
    """Return the statements in the submission's answers, in text order.

    `doc` is `document.text` analysed. A mention's weight is negative where the words speak against
    its category. Words outside answers (the form's own) are never read.
    """
    found: list[Mention] = []
    answered: list[Span] = []
    of_goals: list[Sequence[Span]] = []
    others: list[tuple[str, Sequence[Span]]] = []
    whole = [s for s in doc.sents if text_of(s).strip()]
    open_goals = unanswered(document, submission, GOALS)
    by_answer = list(_by_answer(document, submission, whole))
    set_in = load_outcomes().set_in
    goal = goal_of([s for answer, own in by_answer if answer.question == set_in for s in own])
    at = written(submission, document.text)
    for answer, sentences in by_answer:
        answered += sentences
        own = [*find_targets(sentences, answer.question)]
        end = answer.end
        while end > answer.start and not document.text[end - 1].isalnum():
            end -= 1
        for sentence, following in zip_longest(sentences, sentences[1:]):
            own += _said_once(_in_sentence(sentence, answer, end, at, following))
            own += find_shares(sentence, answer.question, goal.numbers)
            own += find_amounts(sentence, goal, answer.question)
        if answer.question == GOALS:
            of_goals += [] if refers(document, answer) else [sentences]
        elif open_goals:
            others.append((answer.question, sentences))
        found += own
    verdicts = find_verdicts(answered)
    of_others = outcome_elsewhere(others, found)
    found = with_outcome(found, of_goals, goal, verdicts.get(GOALS, ())) + of_others
    ended = submission.kind is not DocumentKind.BLANKETT_DEL
    if open_goals and ended and not any(m.rule in RULES for m in found):
        found += find_done(goal, others)
    found = outvoted(own_answer_first(found))
    found += lighter(_elsewhere(document, submission, whole), firmly_told(found))
    found += find_tense(submission, answered)
    found = beside_verdicts(found, verdicts)
    return tuple(sorted(found, key=lambda m: (m.start, m.end, m.variable, m.category)))


def _elsewhere(
    document: Document, submission: Submission, whole: Sequence[Span]
) -> Iterator[Mention]:
    """Yield what other answers say to questions that have none of their own, for less.

    Only strong cues count there that their own answers do not already speak by.
    """
    decisions = load_decisions()
    at = written(submission, document.text)
    for variable, elsewhere in decisions.elsewhere.items():
        if not unanswered(document, submission, variable):
            continue
        others = [a for a in submission.answers if not refers(document, a)]
        for answer, sentences in _by_answer(document, submission, whole, others):
            asked = replace(answer, question=variable)
            for sentence in sentences:
                if not any(m.key == variable for m in _near().find(sentence)):
                    continue
                for mention in _in_sentence(sentence, asked, answer.end, at):
                    cue = _lexicon().cues[mention.rule][1]
                    strong = abs(mention.weight) >= decisions.strong_elsewhere
                    own = not cue.questions or answer.question in cue.questions
                    if mention.variable == variable and strong and not own and cue.at == "anywhere":
                        weight = round(mention.weight * elsewhere.factor, 4)
                        yield replace(mention, question=answer.question, weight=weight)


def _by_answer(
    document: Document,
    submission: Submission,
    whole: Sequence[Span],
    answers: Sequence[Answer] = (),
) -> Iterator[tuple[Answer, list[Span]]]:
    """Yield each answer with its sentences; a text without answers is one free answer.

    `whole`: the sentences of the document.
    """
    end = submission.end or len(document.text)
    answers = answers or submission.answers or (Answer(FREE, submission.start, end),)
    for answer in sorted(answers, key=lambda a: a.start):
        inside = [s for s in whole if s.end_char > answer.start and s.start_char < answer.end]
        if inside:
            yield answer, inside


def _in_sentence(
    sentence: Span,
    answer: Answer,
    answer_end: int,
    at: Written | None,
    following: Span | None = None,
) -> Iterator[Mention]:
    lexicon = _lexicon()
    matches: dict[str, list[Match]] = defaultdict(list)
    for match in lexicon.matcher.find(sentence):
        matches[match.key].append(match)
    if not matches:
        return
    clauses: dict[str, Clauses] = {}
    named = [h.start_char for key, hits in matches.items() if key in lexicon.groups for h in hits]
    groups = Groups(sentence, following, named, answer.question)
    start, end = trimmed(sentence)
    for key, hits in matches.items():
        entry = lexicon.cues.get(key)
        if entry is None:
            continue
        file, cue = entry
        if cue.questions and answer.question not in cue.questions:
            continue
        if matches.get(f"{key}!") or (cue.requires and not matches.get(f"{key}+")):
            continue
        apart = matches.get(f"{key}/", ())
        for hit in hits:
            if not _placed(cue, hit, answer, start, answer_end):
                continue
            if any(a.start_char < hit.end_char and hit.start_char < a.end_char for a in apart):
                continue
            voice: Voice = "says"
            if not cue.literal:
                own = clauses.get(file.voices) or Clauses(sentence, file.voices, at)
                clauses[file.voices] = own
                voice = own.voice(hit.start_char, hit.end_char)
            if key in lexicon.groups:
                voice = groups.voice(voice, hit.start_char)
            weights = file.weights(cue, voice)
            if cue.before is not None and founded_before(sentence, hit, at):
                weights = cue.before
            for given, weight in weights.items():
                variable, category = given.split(".")
                factor = load_decisions().question_factor(variable, answer.question)
                if key in lexicon.groups:
                    factor = groups.aimed(voice, weight, hit.start_char, factor)
                if weight * factor:
                    yield Mention(
                        variable=variable,
                        category=category,
                        start=hit.start_char,
                        end=hit.end_char,
                        sent_start=start,
                        sent_end=end,
                        context=CONTEXTS[voice],
                        rule=cue.id,
                        question=answer.question,
                        weight=round(weight * factor, 4),
                    )


def _said_once(mentions: Iterable[Mention]) -> list[Mention]:
    """Return a sentence's mentions; what is told in two files' words counts in the heavier ones."""
    found = list(mentions)
    weights: dict[tuple[str, str, bool], float] = defaultdict(float)
    for m in found:
        weights[m.variable, m.category, _otherwise(m)] += m.weight
    return [
        m
        for m in found
        if abs(weights[m.variable, m.category, _otherwise(m)])
        >= abs(weights[m.variable, m.category, not _otherwise(m)])
    ]


def _otherwise(mention: Mention) -> bool:
    return _lexicon().cues[mention.rule][0].otherwise


def _placed(cue: Cue, hit: Match, answer: Answer, sentence_start: int, answer_end: int) -> bool:
    if cue.at == "anywhere":
        return True
    opens = hit.start_char == sentence_start and hit.start_char - answer.start <= 3
    return opens and (cue.at == "start" or hit.end_char >= answer_end)


def trimmed(sentence: Span) -> tuple[int, int]:
    """Return the offsets of a sentence without the white space and bullets around it."""
    text = text_of(sentence)
    lead = len(text) - len(text.lstrip(" \t\n\r•●▪–-*|·"))
    return sentence.start_char + lead, sentence.start_char + max(len(text.rstrip()), lead)


@dataclass(frozen=True)
class _Lexicon:
    matcher: Matcher
    cues: Mapping[str, tuple[CueFile, Cue]]
    groups: frozenset[str]


@cache
def _lexicon() -> _Lexicon:
    files = load_cues()
    cues = {cue.id: (file, cue) for file in files for cue in file.cues}
    patterns: dict[str, Sequence[str]] = {}
    for id, (_, cue) in cues.items():
        patterns[id] = cue.find
        if cue.unless:
            patterns[f"{id}!"] = cue.unless
        if cue.apart:
            patterns[f"{id}/"] = cue.apart
        if cue.requires:
            patterns[f"{id}+"] = cue.requires
    groups = frozenset(id for id, (file, _) in cues.items() if file.id == GROUPS)
    return _Lexicon(Matcher(patterns, source="annotations/lexicon"), cues, groups)


@cache
def _near() -> Matcher:
    """Return the words that a sentence in another answer must hold, by variable."""
    elsewhere = load_decisions().elsewhere
    return Matcher({v: words.near for v, words in elsewhere.items()}, source="decisions.yaml")
