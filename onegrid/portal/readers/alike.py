"""The open cases near a place that may be the matter somebody is about to report."""

import math
from dataclasses import dataclass
from datetime import datetime

from onegrid.cases.public import Matter, similar_for_strangers, strangers
from onegrid.core.durations import spoken
from onegrid.core.errors import DomainError
from onegrid.geography.public import locate

OFFERED = 3
ROUNDED_TO = 10  # meters


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """One of them: enough to know it again."""

    number: str
    title: str
    address: str
    meters: int
    age: str
    unit: str
    report_count: int


def alike_nearby(*, lon: str, lat: str, system: str, text: str, category: str, at: datetime) -> list[Alike]:
    """Return the most alike, none where the place is not known yet or lies elsewhere. One statement."""
    try:
        place = locate(_number(lon), _number(lat), system or "wgs84").point
    except DomainError:
        return []
    found = similar_for_strangers(Matter(place=place, text=text, category_code=category), at=at)
    return [
        Alike(
            number=other.case.number,
            title=strangers.title_of(other.case),
            address=strangers.address_of(other.case),
            meters=max(ROUNDED_TO, round(other.likeness.meters / ROUNDED_TO) * ROUNDED_TO),
            age=spoken(other.likeness.age),
            unit=strangers.unit_name(other.case.holder_unit_id),
            report_count=other.case.report_count,
        )
        for other in found[:OFFERED]
    ]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan
