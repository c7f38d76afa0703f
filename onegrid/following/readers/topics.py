"""Things that can be followed, as strangers may know of them: their names, their pages, their cases."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.fields import BooleanField
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import Case, strangers
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.core.installation import area_named, district_name
from onegrid.following.rules.around import around_of
from onegrid.following.states import Kind
from onegrid.geography.public import Area, Level

_COLUMN = {Level.TOWNSHIP: "township_code", Level.COMMUNITY: "community_code", Level.GRID: "grid_code"}
LIST = "/nearby/"  # the public list
LONGEST_CODE = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """Something that can be followed: its name in the reader's language, its page, and the cases it holds."""

    kind: Kind
    code: str
    name: str
    path: str
    cases: QuerySet[Case]


def topic_of(kind: Kind, code: str) -> Topic | None:
    """
    Return what somebody wants to follow; nothing where there is no such thing, or strangers may not know of it.

    Where the exact place would come out by it (a grid, a point), cases are left out whose place is not shown.
    """
    if len(code) > LONGEST_CODE or "\x00" in code:
        return None
    return {
        Kind.CASE: _case,
        Kind.PLACE: _place,
        Kind.AROUND: _around,
        Kind.CATEGORY: _category,
        Kind.ALL: _all,
    }[kind](code)


def _case(number: str) -> Topic | None:
    cases = strangers.shown().filter(number=number)
    case = cases.first()
    if case is None:
        return None
    return Topic(
        kind=Kind.CASE,
        code=number,
        name=f"{strangers.title_of(case)} · {number}",
        path=f"/c/{number}/",
        cases=cases,
    )


def _place(code: str) -> Topic | None:
    area = Area.objects.standing().select_related("parent").filter(code=code).first()
    if area is None or area.level == Level.DISTRICT:
        return None
    held = strangers.placed() if area.level == Level.GRID else strangers.listed()
    names = [area.name] if area.level == Level.TOWNSHIP or area.parent is None else [area.parent.name, area.name]
    township = area.path.split("/")[1]
    return Topic(
        kind=Kind.PLACE,
        code=code,
        name=" · ".join(map(area_named, names)),
        path=_listed(township=township),
        cases=held.filter(**{_COLUMN[Level(area.level)]: code}),
    )


def _around(code: str) -> Topic | None:
    around = around_of(code)
    if around is None:
        return None
    (west, south), (east, north) = around.box()
    lon, lat = around.point
    # The box is what the index knows; of it the ellipse counts that is a circle on the ground.
    near = RawSQL(
        "(cases_case.place <@ box(point(%s, %s), point(%s, %s))"
        " AND ((cases_case.place[0] - %s) / %s) ^ 2 + ((cases_case.place[1] - %s) / %s) ^ 2 <= 1)",
        [west, south, east, north, lon, east - lon, lat, north - lat],
        output_field=BooleanField(),
    )
    return Topic(
        kind=Kind.AROUND,
        code=around.code,
        name=_("Within %(meters)d m of %(lat).5f, %(lon).5f")
        % {"meters": around.meters, "lat": around.point.lat, "lon": around.point.lon},
        path=_listed(),
        cases=strangers.placed().filter(near),
    )


def _category(code: str) -> Topic | None:
    known = catalogue()
    entry = known.by_code.get(code)
    if entry is None or entry.sensitivity == Sensitivity.CLOSED:
        return None
    return Topic(
        kind=Kind.CATEGORY,
        code=code,
        name=entry.trailed(get_language() or ""),
        path=_listed(group=code.partition(".")[0]),
        cases=strangers.listed().filter(category__in=strangers.versions_of(code)),
    )


def _all(_code: str) -> Topic:
    name = _("All public cases of %(district)s") % {"district": district_name(get_language() or "")}
    return Topic(kind=Kind.ALL, code="", name=name, path=_listed(), cases=strangers.listed())


def _listed(**said: str) -> str:
    return f"{LIST}?{urlencode({**said, 'state': 'all'})}"
