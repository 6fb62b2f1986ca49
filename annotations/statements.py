"""Cues for what projects say of themselves, and the weights that decide: data with a schema."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from annotations.codebook import Codebook
from annotations.codebook import load as load_codebook
from annotations.strict import DefinitionError, load
from corpus.types import DocumentKind

LEXICON = Path(__file__).with_name("lexicon")
CUE_FILES = (*(LEXICON / "statements").glob("cues_*.yaml"), LEXICON / "malgrupp.yaml")
DECISIONS = LEXICON / "statements" / "decisions.yaml"
CLASS = re.compile(r"<(\w+)>")
Voice = Literal["says", "negated", "dropped", "planned", "wished", "others"]


@dataclass(frozen=True)
class Cue:
    """Words that speak for or against categories, written `variable.category`.

    `gives` holds when the clause simply says it; `negated`, `dropped` (föll bort), `planned`,
    `wished` (bör, behövs) and `others` (history, somebody else's) replace it there, and where they
    are missing the file's `factors` scale `gives`; a file silent on `dropped` means `negated`.
    `literal` cues hold their own negation: their clause is not looked at. `before` replaces `gives`
    where the year beside the words lies before the project. `at`: the match must
    begin the answer, or be all of it. `questions` limits the cue to answers. A match that overlaps
    one of `apart` is none ("Rädda Barnen" names no children). Each of `examples` must fire the cue,
    none of `counterexamples` may speak for it.
    """

    id: str
    find: tuple[str, ...]
    gives: Mapping[str, float]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...] = ()
    negated: Mapping[str, float] | None = None
    dropped: Mapping[str, float] | None = None
    planned: Mapping[str, float] | None = None
    wished: Mapping[str, float] | None = None
    others: Mapping[str, float] | None = None
    before: Mapping[str, float] | None = None
    unless: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    at: Literal["anywhere", "start", "whole"] = "anywhere"
    literal: bool = False


@dataclass(frozen=True)
class CueFile:
    """One file of cues; `factors` scale `gives` where a cue says nothing of the voice.

    `voices` names a file of words that tell these cues, besides voice.yaml, how a clause speaks.
    `words` names classes of words ("a|b") that its patterns write as `<name>`. Where an `otherwise`
    file and others speak of a category in one sentence only the heavier words count.
    """

    id: str
    factors: Mapping[Voice, float]
    cues: tuple[Cue, ...]
    voices: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    otherwise: bool = False

    def weights(self, cue: Cue, voice: Voice) -> Mapping[str, float]:
        """Return what a cue gives when its clause speaks with this voice."""
        if voice == "says" or cue.literal:
            return cue.gives
        if voice == "dropped" and cue.dropped is None and voice not in self.factors:
            voice = "negated"
        own: Mapping[str, float] | None = getattr(cue, voice)
        if own is not None:
            return own
        factor = self.factors.get(voice, 0.0)
        return {key: weight * factor for key, weight in cue.gives.items() if factor}


@dataclass(frozen=True)
class Weighing:
    """How one category is decided: its evidence is summed and held against `threshold`.

    `bias` always counts, `kinds` by kind of document. `ticked` counts where one of the category's
    boxes is ticked, `unticked` where another box of that question is, `unasked` where none is.
    `group_ticked` counts where the box of the group is ticked that the category is a part of.
    `alone` is added to `ticked` where no words speak of the variable. `answered` counts where the
    variable's own question has an answer in words. `before_end` and `after_end` count where the
    document is dated before or after the end of the project. `partners` counts for each partner
    that works with the project, at most four.
    """

    category: str
    threshold: float = 1.0
    bias: float = 0.0
    ticked: float = 0.0
    unticked: float = 0.0
    unasked: float = 0.0
    group_ticked: float = 0.0
    alone: float = 0.0
    answered: float = 0.0
    before_end: float = 0.0
    after_end: float = 0.0
    kinds: Mapping[DocumentKind, float] = field(default_factory=dict)
    partners: float = 0.0


@dataclass(frozen=True)
class Mixture:
    """When all of `all_of` hold at once, `becomes` holds instead ("some goals but not others")."""

    all_of: tuple[str, ...]
    becomes: str


@dataclass(frozen=True)
class Follows:
    """What one variable's outcome means for another: added when `all_of` hold and `none_of` do."""

    all_of: tuple[str, ...]
    none_of: tuple[str, ...]
    gives: Mapping[str, float]


@dataclass(frozen=True)
class Elsewhere:
    """How much other answers count for an unanswered question, in sentences that hold `near`."""

    factor: float
    near: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """Sentences with `near` but not `unless` give the verdict; the others count `factor`."""

    factor: float
    near: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Decisions:
    """The weights of everything but the words.

    `questions[variable][question]` scales a cue's weight in that answer, `*` in all others (a
    trailing `*` in a question's id stands for any ending), `unanswered[variable]` what is said
    elsewhere where the variable's own question has no answer. `repeat` is the share of a cue's
    weight that its second and third occurrence add. A mixture needs each of its parts to have
    `mixture_share` of what the strongest has in words. Of `rivals` only the stronger holds; one of
    `outweighs` must be so many times stronger (a part that ends is not the whole). Of
    `always` variables the strongest category holds where none reaches its threshold. In
    `cumulative` ones each category is decided by the newest document that speaks of it. `titled`
    ones are judged from the kind of document where no words tell; `elsewhere` says
    how much another answer's words count for a variable whose own question has none, if their
    weight reaches `strong_elsewhere`; `free` names answers to nothing. What speaks for a category
    speaks in an interim form for the one that `interim` names, unless a rule of `interim_unless`
    tells that all that was due by then is done. `verdicts` are the sentences that go
    before the details of a variable. `seasons` tells the month (1–12) in which a time of the year
    begins; after `next_words` it is to come. In the answers of `heard_apart` the learnt coder hears
    words apart from the same words elsewhere.
    """

    questions: Mapping[str, Mapping[str, float]]
    repeat: float
    unanswered: Mapping[str, float]
    categories: tuple[Weighing, ...]
    mixtures: tuple[Mixture, ...]
    mixture_share: float
    rivals: tuple[tuple[str, str], ...]
    outweighs: Mapping[str, float]
    always: tuple[str, ...]
    follows: tuple[Follows, ...]
    cumulative: tuple[str, ...]
    titled: tuple[str, ...]
    elsewhere: Mapping[str, Elsewhere]
    strong_elsewhere: float
    free: str
    interim: Mapping[str, str]
    interim_unless: tuple[str, ...]
    seasons: Mapping[str, int]
    next_words: tuple[str, ...]
    heard_apart: tuple[str, ...]
    verdicts: Mapping[str, Verdict]

    def question_factor(self, variable: str, question: str) -> float:
        """Return how much evidence in this answer counts for the variable."""
        table = self.questions.get(variable, {})
        if question in table:
            return table[question]
        stem = f"{question.split('_')[0]}_*"
        return table.get(stem, table.get("*", 1.0))

    def weighing(self, category: str) -> Weighing:
        """Return the weights of `variable.category`."""
        return next(w for w in self.categories if w.category == category)


@cache
def load_cues() -> tuple[CueFile, ...]:
    """Read and check all cue files. Raises DefinitionError with every fault and its place."""
    known = _categories(load_codebook())
    files: list[CueFile] = []
    faults: list[str] = []
    for path in sorted(CUE_FILES):
        try:
            raw = load(path, CueFile)
            faults += _word_faults(raw, path.name)
            cues = spelt_out(raw)
        except DefinitionError as error:
            faults += error.faults
            continue
        files.append(cues)
        for i, cue in enumerate(cues.cues):
            where = f"{path.name}.cues[{i}] ({cue.id})"
            given = [cue.gives, cue.negated, cue.planned, cue.wished, cue.others, cue.before]
            faults += _unknown((key for weights in given for key in weights or ()), known, where)
            unknown = [p for p in cue.find + cue.unless + cue.apart if CLASS.search(p)]
            faults += [f"okänd ordklass i {p!r} @ {where}" for p in unknown]
            faults += [] if cue.find else [f"ledtråden saknar mönster @ {where}"]
            faults += [] if cue.examples else [f"exempel saknas @ {where}"]
    ids = Counter(cue.id for file in files for cue in file.cues)
    faults += [f"två ledtrådar heter {id!r} @ {LEXICON.name}" for id, n in ids.items() if n > 1]
    if faults:
        raise DefinitionError(faults)
    return tuple(files)


@cache
def load_decisions() -> Decisions:
    """Read and check the weights. Raises DefinitionError with every fault and its place."""
    decisions = load(DECISIONS, Decisions)
    codebook = load_codebook()
    known = _categories(codebook)
    name = DECISIONS.name
    faults = _unknown((w.category for w in decisions.categories), known, f"{name}.categories")
    for mixture in decisions.mixtures:
        faults += _unknown((*mixture.all_of, mixture.becomes), known, f"{name}.mixtures")
    listed = Counter(w.category for w in decisions.categories)
    decided = [key for key in known if not key.startswith("partner.")]
    faults += [f"{key!r} saknar vikter @ {name}.categories" for key in decided if not listed[key]]
    faults += [f"{key!r} står två gånger @ {name}.categories" for key, n in listed.items() if n > 1]
    faults += _unknown((k for p in decisions.interim.items() for k in p), known, f"{name}.interim")
    for rule in decisions.follows:
        faults += _unknown((*rule.all_of, *rule.none_of, *rule.gives), known, f"{name}.follows")
    variables = {v.id for v in codebook.variables}
    faults += [
        f"okänd variabel {v!r} @ {name}.questions"
        for v in decisions.questions
        if v not in variables
    ]
    if faults:
        raise DefinitionError(faults)
    return decisions


def spelt_out(file: CueFile) -> CueFile:
    """Return the file with the names of word classes in its patterns replaced by their words."""

    def spelt(pattern: str) -> str:
        return CLASS.sub(lambda match: file.words.get(match[1], match[0]), pattern)

    def of(cue: Cue) -> Cue:
        find, unless, apart, requires = (
            tuple(map(spelt, patterns))
            for patterns in (cue.find, cue.unless, cue.apart, cue.requires)
        )
        return replace(cue, find=find, unless=unless, apart=apart, requires=requires)

    return replace(file, cues=tuple(map(of, file.cues)))


def _word_faults(file: CueFile, name: str) -> list[str]:
    """Return the classes that hold a blank: "a|b c" would be two places of the pattern, not one."""
    return [
        f"ordklassen {key!r} har flera ord i följd ({part!r}); skriv ett mönster för dem"
        f" @ {name}.words"
        for key, words in file.words.items()
        for part in words.split("|")
        if len(part.split()) != 1
    ]


def _categories(codebook: Codebook) -> list[str]:
    return [f"{c.variable}.{c.id}" for c in codebook.leaves()]


def _unknown(keys: Iterable[str], known: Iterable[str], where: str) -> list[str]:
    return [f"okänd kategori {key!r} @ {where}" for key in dict.fromkeys(keys) if key not in known]
