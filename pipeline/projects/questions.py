"""What the forms' questions are called, for a person."""

from __future__ import annotations

from functools import cache

from annotations.forms import load_forms

_OTHERS = {
    "kryssen": "kryssen",
    "fritext": "texten",
    "titel": "projektets namn",
    "beviljat_belopp": "beviljat belopp",
}


def named(question: str) -> str:
    """Return a question's label as words within a sentence; its id where no form knows it."""
    label = _OTHERS.get(question) or _labels().get(question, question)
    return label.rstrip(" ?:.")


@cache
def _labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for form in load_forms():
        for question in form.questions:
            words = question.label or (question.anchors[0] if question.anchors else "")
            for id, said in (
                (question.id, words),
                (question.text, words),
                *((o.text, f"{words}: {o.label}") for o in question.options),
            ):
                if id and said:
                    labels.setdefault(id, said)
    return labels
