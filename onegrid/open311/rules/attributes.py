"""The questions of a category as GeoReport attributes, and what was sent for them as the answers we keep."""

import math
from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec
from django.utils.translation import gettext as _

from onegrid.catalogue.public import AnswerKind, Question

LONG = 200  # characters; what may be longer is a text of several lines
YES, NO = "true", "false"


class Datatype(StrEnum):
    """What GeoReport calls the kinds of answers."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    ONE_OF = "singlevaluelist"
    SOME_OF = "multivaluelist"


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """One choice: what is sent, and what people read."""

    key: str
    name: str


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """One question of a service; `values` where it is a choice. `datatype_description` says what limits it."""

    variable: bool
    code: str
    datatype: Datatype
    required: bool
    datatype_description: str
    order: int
    description: str
    values: Sequence[Value] | msgspec.UnsetType = msgspec.UNSET


def attribute(question: Question, *, order: int) -> Attribute:
    """Return a question as GeoReport asks it."""
    return Attribute(
        variable=True,
        code=question.name,
        datatype=datatype_of(question),
        required=question.is_required,
        datatype_description=_limits(question),
        order=order,
        description=question.label,
        values=[Value(key=key, name=name) for key, name in _choices(question)] or msgspec.UNSET,
    )


def datatype_of(question: Question) -> Datatype:
    """Return which datatype a question has; a yes or no is a list of two, because GeoReport has no other."""
    if question.kind == AnswerKind.SEVERAL:
        return Datatype.SOME_OF
    if question.choices or question.kind == AnswerKind.YES_OR_NO:
        return Datatype.ONE_OF
    if question.kind in {AnswerKind.NUMBER, AnswerKind.WHOLE_NUMBER}:
        return Datatype.NUMBER
    if question.is_moment:
        return Datatype.DATETIME
    return Datatype.TEXT if (question.longest or LONG) > LONG else Datatype.STRING


def answers(questions: Sequence[Question], sent: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """
    Return what was sent as the answers that a category's form describes, empty ones left out.

    What cannot be read as the kind of answer that is asked stays a text, and what was sent several times a list:
    the form then refuses it in words.
    """
    known = {question.name: question for question in questions}
    said = {code: [text for text in texts if text.strip()] for code, texts in sent.items()}
    return {code: _answer(known.get(code), texts) for code, texts in said.items() if texts}


def _answer(question: Question | None, texts: Sequence[str]) -> object:
    if len(texts) > 1 or (question and question.kind == AnswerKind.SEVERAL):
        return list(texts)
    text = texts[0].strip()
    if question is None:
        return text
    if question.kind == AnswerKind.YES_OR_NO:
        return {YES: True, NO: False}.get(text.lower(), text)
    if question.kind in {AnswerKind.NUMBER, AnswerKind.WHOLE_NUMBER}:
        return _number(text)
    return text


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    if not math.isfinite(number):
        return text
    return int(number) if number.is_integer() else number


def _choices(question: Question) -> Sequence[tuple[str, str]]:
    if question.kind == AnswerKind.YES_OR_NO:
        return [(YES, _("Yes")), (NO, _("No"))]
    return question.choices


def _limits(question: Question) -> str:
    if question.is_time:
        return _("A time of day, such as 22:30.")
    parts = []
    if question.kind == AnswerKind.WHOLE_NUMBER:
        parts.append(_("A whole number."))
    if question.least is not None:
        parts.append(_("At least %(least)g.") % {"least": question.least})
    if question.most is not None:
        parts.append(_("At most %(most)g.") % {"most": question.most})
    if question.longest is not None:
        parts.append(_("At most %(count)d characters.") % {"count": question.longest})
    return " ".join(parts)
