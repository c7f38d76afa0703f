"""What is wrong with a field is said in the reader's language, whatever msgspec calls it."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
import pytest
from django.utils import translation
from msgspec import Meta

from onegrid.core.api.misfits import misfit


class Colour(StrEnum):
    RED = "red"


class Point(msgspec.Struct):
    x: Annotated[float, Meta(ge=-180, lt=180)]


class Body(msgspec.Struct, forbid_unknown_fields=True):
    text: Annotated[str, Meta(min_length=1, max_length=3)] = "a"
    count: int = 1
    amount: Annotated[int, Meta(gt=0, le=9)] = 1
    names: Annotated[list[str], Meta(max_length=1)] = []
    note: str | None = None
    colour: Colour = Colour.RED
    at: datetime | None = None
    seen_at: Annotated[datetime, Meta(tz=True)] | None = None
    is_new: bool = False
    id: UUID | None = None
    points: list[Point] = []


CASES = [
    ({"count": "1"}, "count", "这里应为整数，而不是文本。"),
    ({"note": 1}, "note", "这里应为文本或空值，而不是整数。"),
    ({"text": ""}, "text", "至少需要 1 个字符。"),
    ({"text": "四个字符"}, "text", "最多 3 个字符。"),
    ({"names": ["a", "b"]}, "names", "最多 1 项。"),
    ({"is_new": "yes"}, "is_new", "这里应为真假值（true 或 false），而不是文本。"),
    ({"text": True}, "text", "这里应为文本，而不是真假值（true 或 false）。"),
    ({"amount": 0}, "amount", "至少为 1。"),
    ({"amount": 10}, "amount", "最多为 9。"),
    ({"colour": "blue'"}, "colour", "“blue'”不在可用的取值之内。"),
    ({"id": "x"}, "id", "这不是 UUID。"),
    ({"at": "x"}, "at", "请把时刻写完整，例如 2026-11-24T09:00:00+08:00。"),
    ({"at": 1}, "at", "这里应为时刻或空值，而不是整数。"),
    ({"seen_at": "2026-11-24T09:00:00"}, "seen_at", "时间要带时区，例如 +08:00。"),
    ({"id": 1}, "id", "这里应为通用唯一标识（UUID）或空值，而不是整数。"),
    ({"points": [{"x": 180}]}, "points.x", "必须小于 180。"),
    ({"points": [{"x": -181}]}, "points.x", "至少为 -180。"),
    ({"points": [{}]}, "points.x", "缺少这一项。"),
    ({"colours": 1}, "colours", "没有这一项。"),
    ([], "body", "这里应为对象，而不是列表。"),
]


@pytest.mark.parametrize(("body", "name", "told"), CASES)
def test_a_field_that_does_not_fit_is_named_and_explained(body, name, told):
    with pytest.raises(msgspec.ValidationError) as fault:
        msgspec.convert(body, Body)

    with translation.override("zh-hans"):
        refusal = misfit(str(fault.value))

    assert refusal.fields == {name: told}


def test_what_msgspec_says_otherwise_is_told_as_it_is():
    with translation.override("en"):
        assert misfit("Something new - at `$.x`").fields == {"x": "This value does not fit: Something new."}
