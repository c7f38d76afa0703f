"""The extra questions of a category, read from its JSON Schema in the reader's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class AnswerKind(StrEnum):
    """What an answer is, as JSON Schema calls it."""

    TEXT = "string"
    WHOLE_NUMBER = "integer"
    NUMBER = "number"
    YES_OR_NO = "boolean"


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
        choices=[(str(option["const"]), _worded(option, language)) for option in facts.get("oneOf", [])],
        least=facts.get("minimum"),
        most=facts.get("maximum"),
        longest=facts.get("maxLength"),
        is_time=facts.get("format") == "time",
    )


def _worded(facts: Mapping[str, Any], language: str) -> str:
    own = facts.get("title_en") if language.startswith("en") else None
    return str(own or facts.get("title", ""))
