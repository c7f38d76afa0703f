"""The extra questions of a category, read from its JSON Schema in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from onegrid.core.names import in_language


class AnswerKind(StrEnum):
    """What an answer is, as JSON Schema calls it."""

    TEXT = "string"
    WHOLE_NUMBER = "integer"
    NUMBER = "number"
    YES_OR_NO = "boolean"
    SEVERAL = "array"


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """One question: its words, what kind of answer it takes, and within which limits."""

    name: str
    label: str
    kind: AnswerKind
    is_required: bool
    choices: Sequence[tuple[str, str]] = ()
    least: float | None = None
    most: float | None = None
    longest: int | None = None
    is_time: bool = False
    is_moment: bool = False


def questions_of(form: Mapping[str, object], *, language: str) -> list[Question]:
    """Return the questions, first those that must be answered; none where the category asks nothing."""
    asked, required = form.get("properties", {}), form.get("required", [])
    assert isinstance(asked, Mapping)
    assert isinstance(required, Sequence)
    questions = [
        _question(name, facts, is_required=name in required, language=language) for name, facts in asked.items()
    ]
    return sorted(questions, key=lambda question: not question.is_required)


def _question(name: str, facts: Mapping[str, Any], *, is_required: bool, language: str) -> Question:
    return Question(
        name=name,
        label=_worded(facts, language) or name,
        kind=AnswerKind(facts["type"]),
        is_required=is_required,
        choices=[(str(option["const"]), _worded(option, language)) for option in _options(facts)],
        least=facts.get("minimum"),
        most=facts.get("maximum"),
        longest=facts.get("maxLength"),
        is_time=facts.get("format") == "time",
        is_moment=facts.get("format") in {"date", "date-time"},
    )


def _options(facts: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return what may be chosen: one of these, or of an array's items several."""
    offered: Sequence[Mapping[str, Any]] = facts.get("items", facts).get("oneOf", [])
    return offered


def _worded(facts: Mapping[str, Any], language: str) -> str:
    return in_language(language, str(facts.get("title", "")), str(facts.get("title_en", "")))


def answered(form: Mapping[str, object], answers: Mapping[str, object], *, language: str) -> list[tuple[str, str]]:
    """
    Return what was answered as people read it: the question, and the answer in words, in the order of the form.

    What the form no longer asks follows, under the name it was kept by.
    """
    asked = {question.name: question for question in questions_of(form, language=language)}
    kept = [name for name in asked if name in answers] + [name for name in answers if name not in asked]
    return [
        (asked[name].label, _said(asked[name], answers[name])) if name in asked else (name, _plain(answers[name]))
        for name in kept
    ]


def _said(question: Question, answer: object) -> str:
    if isinstance(answer, list):
        return _(", ").join(_said(question, part) for part in answer)
    return dict(question.choices).get(str(answer)) or _plain(answer)


def _plain(answer: object) -> str:
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    return str(answer)
