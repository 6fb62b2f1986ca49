"""From a report and a layout to a `Sheet`, and to what a perfect reader would get back from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from corpus.records import Report
from corpus.render.compose_ticks import tick_blocks
from corpus.render.form_final import FINAL
from corpus.render.form_interim import INTERIM
from corpus.render.free import compose_free
from corpus.render.header import header_rows
from corpus.render.layout import Layout
from corpus.render.sheet import (
    Block,
    Cell,
    PageBreak,
    Para,
    Run,
    Sheet,
    Style,
    Table,
    answer_paras,
    plain,
)
from corpus.render.wording import COVER, EXTRA, TITLES, Question


@dataclass(frozen=True, slots=True)
class Expected:
    """What reading the rendered file should give, in the form's own ids.

    `ticks` maps (question, option) to whether it is ticked, one entry for every box on the form.
    `answers` holds the non-empty answers; a free-form document has the one answer `fritext`.
    """

    form: str
    ticks: Mapping[tuple[str, str], bool]
    answers: Mapping[str, str]
    header: Mapping[str, str | int | None]


def compose(report: Report, layout: Layout) -> Sheet:
    """Return the filled-in form (or the free-form document) as paragraphs and tables."""
    if report.blankett == "fri":
        return compose_free(report, layout)
    return Sheet(
        tuple(_blocks(report, layout)), "Länsstyrelserna", "Sida", layout.font, layout.size
    )


def expected(report: Report, layout: Layout) -> Expected:
    """Return what a perfect reader gets from the file, questions the layout deleted left out."""
    header = {
        "lan": report.lan,
        "kommun": report.kommun,
        "titel": report.titel if layout.title_place != "none" else None,
        "period": report.period,
        "belopp": report.belopp,
    }
    if report.blankett == "fri":
        return Expected("", {}, {"fritext": report.text or ""}, _told(report, header))
    answers = answers_on_form(report, layout)
    ticks = {
        (q.ticks, o.id): o.id in _ticked(report, q)
        for q in _questions(report, layout)
        for o in q.options
    }
    form = "redovisning_del" if _interim(report, layout) else "redovisning_slut"
    return Expected(form, ticks, {q: a for q, a in answers.items() if a}, header)


def _told(report: Report, header: Mapping[str, str | int | None]) -> dict[str, str | int | None]:
    """Keep of a free-form document's header what its text says in so many words."""
    text = report.text or ""
    told = dict(header, titel=report.titel if report.titel and report.titel in text else None)
    if not all(day in text for day in (report.period or "").split("–")):
        told["period"] = None
    return told


def answers_on_form(report: Report, layout: Layout) -> dict[str, str]:
    """Return the answers by the questions that this form has.

    The interim form asks for goal and measures in one question, so they stand there together.
    """
    answers = {question: report.answer(question) for question in report.svar or {}}
    if _interim(report, layout):
        both = (answers.get("mal", ""), answers.pop("insatser", ""))
        answers["mal"] = "\n".join(text for text in both if text)
    return answers


def _interim(report: Report, layout: Layout) -> bool:
    return report.blankett == "del" and layout.interim == "interim"


def _questions(report: Report, layout: Layout) -> tuple[Question, ...]:
    """Return the form's questions that are left after deleting unanswered ones."""
    questions = INTERIM if _interim(report, layout) else FINAL
    if not layout.drop_empty:
        return questions
    answers = answers_on_form(report, layout)

    def used(q: Question) -> bool:
        texts = [q.answer, *(o.answer for o in q.options)]
        asks_nothing = not q.answer and not q.ticks
        return asks_nothing or bool(_ticked(report, q)) or any(answers.get(t) for t in texts)

    return tuple(q for q in questions if used(q))


def _ticked(report: Report, question: Question) -> tuple[str, ...]:
    if not question.ticks or report.kryss is None:
        return ()
    return report.kryss.ticked(question.ticks)


def _blocks(report: Report, layout: Layout) -> Iterator[Block]:
    answers = answers_on_form(report, layout)
    interim = _interim(report, layout)
    yield plain(TITLES["del" if interim else "slut"].pick(layout.wording), "title")
    if interim and layout.cover:
        yield from _cover()
    yield from _header(report, layout)
    longest = max(answers, key=lambda q: len(answers[q])) if layout.break_inside else ""
    for question, number in _numbered(_questions(report, layout), layout):
        texts = {t: answers.get(t, "") for t in (question.answer, *_option_answers(question))}
        yield from _question(question, number, report, texts, layout, split=longest)
    if interim:
        for key, heading in EXTRA.items():
            if answers.get(key):
                yield plain(heading, "heading")
                yield from answer_paras(key, answers[key])


def _option_answers(question: Question) -> tuple[str, ...]:
    return tuple(o.answer for o in question.options if o.answer)


def _cover() -> Iterator[Block]:
    for mark, text in COVER:
        yield plain(f"• {text}" if mark == "-" else text, "subheading" if mark == "#" else "body")
    yield PageBreak()


def _header(report: Report, layout: Layout) -> Iterator[Block]:
    rows = header_rows(report, layout)
    if layout.tables and layout.header_place == "beside":
        yield Table(
            tuple(
                (Cell((plain(k),), 0.32), Cell((Para((Run(v),), "answer", f"@{n}"),), 0.68))
                for n, (k, v) in enumerate(rows)
            )
        )
    elif layout.tables:
        yield Table(
            tuple((Cell((Para((Run(f"{k} "), Run(v, bold=True))),), 1.0),) for k, v in rows)
        )
    else:
        for label, value in rows:
            yield Para((Run(f"{label}: "), Run(value, bold=True)))


def _numbered(questions: tuple[Question, ...], layout: Layout) -> Iterator[tuple[Question, str]]:
    """Yield each question with what is printed before it (`4. `, `a) `, `2 a) `, or nothing)."""
    section, count = "", 0
    for question in questions:
        asks = bool(question.answer or question.ticks)
        if question.number.isdigit():
            section = question.number
        if layout.numbering == "none" or (layout.numbering == "running" and not asks):
            yield question, ""
        elif layout.numbering == "running":
            count += 1
            yield question, f"{count}. "
        elif question.number.isdigit():
            yield question, f"{question.number}. "
        else:
            yield (
                question,
                f"{section} {question.number}) "
                if layout.wording == "short"
                else (f"{question.number}) "),
            )


def _question(
    question: Question,
    number: str,
    report: Report,
    texts: Mapping[str, str],
    layout: Layout,
    split: str,
) -> Iterator[Block]:
    asked = _asked(question, number, layout)
    answer = answer_paras(
        question.answer, texts.get(question.answer, ""), split=split == question.answer
    )
    if question.ticks:
        yield from asked
        yield from tick_blocks(question, _ticked(report, question), texts, layout)
        if texts.get(question.answer):
            yield from _below(answer, layout)
    elif not question.answer or layout.answer_place == "below":
        yield from asked
        if question.answer:
            yield from _below(answer, layout)
    elif not layout.tables:
        first = replace(answer[0], inlines=(*asked[-1].inlines, Run(" "), *answer[0].inlines))
        yield from (*asked[:-1], replace(first, break_before=False), *answer[1:])
    elif layout.answer_place == "beside":
        yield Table(((Cell(asked, 0.36), Cell(answer, 0.64)),))
    else:
        yield Table(((Cell((*asked, *answer), 1.0),),))


def _asked(question: Question, number: str, layout: Layout) -> tuple[Para, ...]:
    """Return the question's title and prompt; the number goes before whichever comes first."""
    title, prompt = (words.pick(layout.wording) for words in (question.title, question.prompt))
    if not title and not prompt:
        return ()
    style: Style = "heading" if question.number.isdigit() and title else "subheading"
    first = plain(f"{number}{title or prompt}", style)
    return (first, plain(prompt)) if title and prompt else (first,)


def _below(answer: tuple[Para, ...], layout: Layout) -> tuple[Block, ...]:
    return (Table(((Cell(answer, 1.0),),)),) if layout.tables else answer
