"""How the rules read short exercises, by kind of mistake.

`python -m bench.exercises [--held-out] [--errors] [--only CODE] [--words RE]` prints, for marked
partners, the share found and the share with the right context; for statements the share decided as
coded.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence

from annotations.codebook import Codebook, load
from corpus.exercises import ACTOR, DEVELOPMENT, HELD_OUT, RUNNING, Exercise, load_exercises
from corpus.types import Answer, Document, DocumentKind, Header, Page, Submission
from models.case import named
from models.coder import COUNTED
from pipeline.decide import decide
from pipeline.decide.case import Analysed
from pipeline.rules.find import find

Row = tuple[str, str, str, Exercise]  # group, wanted, got, exercise


def main(argv: Sequence[str] | None = None) -> None:
    """Print figures, and the mistakes when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--held-out", action="store_true", help="the exercises no rule is made from"
    )
    parser.add_argument("--errors", action="store_true", help="print each mistake")
    parser.add_argument("--only", default="", help="codes that begin so: aktor, integrering, …")
    args = parser.parse_args(argv)
    codebook = load()
    rows: list[Row] = []
    for exercise in load_exercises(HELD_OUT if args.held_out else DEVELOPMENT):
        if exercise.code.startswith(args.only):
            case = analysed(exercise)
            rows += (
                _partners(exercise, case)
                if exercise.code == ACTOR
                else [_statement(exercise, case, codebook)]
            )
    _print(rows)
    if args.errors:
        for group, wanted, got, exercise in rows:
            if wanted != got:
                print(
                    f"{exercise.id} [{exercise.question}] {group}: {wanted} not {got}: "
                    f"{exercise.text!r}"
                )


def analysed(exercise: Exercise) -> Analysed:
    """Return an exercise as a submission with one answer and no boxes."""
    text = exercise.text
    free = exercise.question == RUNNING
    document = Document(f"{exercise.id}.txt", exercise.id, "txt", text, (Page(1, 0, len(text)),))
    submission = Submission(
        document=exercise.id,
        part=0,
        kind=DocumentKind.FRI_REDOVISNING if free else DocumentKind.BLANKETT_SLUT,
        kind_confidence=1.0,
        kind_reason="Övning.",
        header=Header(),
        answers=(Answer("fritext" if free else exercise.question, 0, len(text)),),
        end=len(text),
    )
    return Analysed(document, submission, find(document, submission))


def _partners(exercise: Exercise, case: Analysed) -> list[Row]:
    rows = []
    for mark in exercise.marks:
        found = [m for m in named(case.mentions) if m.start < mark.end and mark.start < m.end]
        got = str(found[0].context) if found else "not found"
        words = exercise.text[mark.start : mark.end]
        rows.append((f"aktor «{words}»", str(mark.context), got, exercise))
    return rows


def _statement(exercise: Exercise, case: Analysed, codebook: Codebook) -> Row:
    name, _, wanted = exercise.code.partition("=")
    codings = decide([case], codebook)
    held = {f"{c.variable}.{c.category}" for c in codings if c.value}
    if wanted in ("ja", "nej"):
        return name, wanted, "ja" if name in held else "nej", exercise
    own = sorted(h.partition(".")[2] for h in held if h.startswith(f"{name}."))
    return name, wanted, "+".join(own) or "inget", exercise


def _print(rows: Sequence[Row]) -> None:
    marks = [r for r in rows if r[0].startswith(ACTOR)]
    if marks:
        found = [r for r in marks if r[2] != "not found"]
        right = sum(w == g for _, w, g, _ in found)
        counted = sum((w in COUNTED) == (g in COUNTED) for _, w, g, _ in found)
        print(
            f"partners: {len(marks)} marks, found {len(found) / len(marks):.3f}, of these right "
            f"context {right / len(found):.3f}, rightly counted or not {counted / len(found):.3f}"
        )
        table = Counter((w, g) for _, w, g, _ in marks)
        for wanted in sorted({w for w, _ in table}):
            got = {g: n for (w, g), n in sorted(table.items()) if w == wanted}
            print(f"  {wanted:24}", "  ".join(f"{g} {n}" for g, n in got.items()))
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if not row[0].startswith(ACTOR):
            by[row[0]].append(row)
    for name, some in sorted(by.items()):
        print(f"{name:32} {sum(r[1] == r[2] for r in some) / len(some):.3f} of {len(some)}")


if __name__ == "__main__":
    main()
