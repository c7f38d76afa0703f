"""
A small district and the same few people everywhere.

Two townships with one community of two square grids each; a district centre and
two township centres; a road unit, a fire station and a grid team. `people()`
gives one person per role in the first township.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import factory

from onegrid.accounts.models import Duty, Role, User
from onegrid.cases.models import (
    Case,
    Channel,
    OrderKind,
    Report,
    SupervisionOrder,
    SupportTask,
    TimeKind,
    TimeRequest,
)
from onegrid.cases.states import LED, STAGE_OF, Outcome, Stage, Status
from onegrid.catalogue.models import Admission, Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.ids import new_id
from onegrid.core.snapshots import bump
from onegrid.geography.models import Area, Level
from onegrid.geography.rules import SNAPSHOT as AREAS
from onegrid.units.models import Unit, UnitKind
from onegrid.units.public import Counting, calendars
from onegrid.units.readers.directory import SNAPSHOT as UNITS

MORNING = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine o'clock in Wenzhou
OPENED = date(2016, 8, 1)
LIMITS = {"accept": 2, "check": 24, "file": 4, "dispatch": 4, "handle": 24, "verify": 12, "close": 12}


def _square(west, south, size=0.01):
    east, north = west + size, south + size
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def _area(code, name, level, parent, outline, label):
    return Area.objects.create(
        code=code,
        name=name,
        level=level,
        parent=parent,
        path=f"{parent.path}/{code}" if parent else code,
        outline=outline,
        label_at=label,
        opens_on=OPENED,
    )


def _unit(code, name, kind, function, area, parent=None):
    return Unit.objects.create(
        code=code, name=name, name_en=code.replace("-", " ").title(), kind=kind, function=function, area=area,
        parent=parent, opens_on=OPENED,
    )  # fmt: skip


def _category(code, name, **also):
    return Category.objects.create(
        code=code,
        parent_code=code.rpartition(".")[0],
        name=name,
        name_en=code.rpartition(".")[2].title(),
        is_leaf=also.pop("is_leaf", True),
        limits=LIMITS,
        content_hash=code,
        opens_on=OPENED,
        procedure=also.pop("procedure", {"on_the_spot_percent": 0}),  # nothing is left to chance, unless a test says so
        lead={"township": "roads", "district": "roads"},
        **also,
    )


@dataclass(frozen=True)
class District:
    """Everything of the small district, by a name a test can read."""

    areas: SimpleNamespace
    units: SimpleNamespace
    categories: SimpleNamespace


def make_district():
    """Build the district and make the snapshots notice."""
    whole = _area("330304", "瓯海区", Level.DISTRICT, None, _square(120.60, 27.90, 0.04), (120.62, 27.92))
    chashan = _area("330304010", "茶山街道", Level.TOWNSHIP, whole, _square(120.60, 27.90, 0.02), (120.61, 27.91))
    wutian = _area("330304002", "梧田街道", Level.TOWNSHIP, whole, _square(120.62, 27.90, 0.02), (120.63, 27.91))
    boyuan = _area("330304010001", "博园社区", Level.COMMUNITY, chashan, _square(120.60, 27.90, 0.02), (120.61, 27.91))
    yueluo = _area("330304002001", "月落垟社区", Level.COMMUNITY, wutian, _square(120.62, 27.90, 0.02), (120.63, 27.91))
    grid = _area("330304010001001", "博园社区第1网格", Level.GRID, boyuan, _square(120.60, 27.90), (120.605, 27.905))
    beside = _area("330304010001002", "博园社区第2网格", Level.GRID, boyuan, _square(120.61, 27.90), (120.615, 27.905))
    elsewhere = _area(
        "330304002001001", "月落垟社区第1网格", Level.GRID, yueluo, _square(120.62, 27.90), (120.625, 27.905)
    )
    areas = SimpleNamespace(
        district=whole, chashan=chashan, wutian=wutian, boyuan=boyuan, yueluo=yueluo, grid=grid, beside=beside,
        elsewhere=elsewhere,
    )  # fmt: skip
    centre = _unit("centre", "区指挥中心", UnitKind.CENTRE, "centre", whole)
    units = SimpleNamespace(
        centre=centre,
        chashan_centre=_unit("chashan-centre", "茶山街道指挥中心", UnitKind.CENTRE, "centre", chashan, centre),
        wutian_centre=_unit("wutian-centre", "梧田街道指挥中心", UnitKind.CENTRE, "centre", wutian, centre),
        roads=_unit("roads", "市政养护所", UnitKind.DEPARTMENT, "roads", whole),
        fire=_unit("fire", "茶山消防所", UnitKind.OFFICE, "fire", chashan),
        wutian_fire=_unit("wutian-fire", "梧田消防所", UnitKind.OFFICE, "fire", wutian),
        grid_team=_unit("chashan-grids", "茶山网格队", UnitKind.GRID_TEAM, "grid_team", chashan),
    )
    categories = SimpleNamespace(
        roads=_category("roads", "道路设施", is_leaf=False),
        manhole=_category("roads.manhole", "井盖破损", proof=["after:photo"], keywords=["井盖", "manhole", "drain"]),
        lamp=_category("roads.lamp", "路灯不亮", keywords=["路灯", "lamp"]),
        fire=_category("fire", "消防安全", is_leaf=False),
        passage=_category("fire.passage", "疏散通道堵塞", sensitivity="coarse", is_urgent=True),
        dispute=_category("dispute", "家庭纠纷", sensitivity="closed", public_may_report=True),
    )
    Admission.objects.create(
        category_code="fire", decision="瓯格准〔2026〕1号", decided_by="领导小组", decided_on=OPENED, valid_from=OPENED,
        owner_unit="fire",
    )  # fmt: skip
    for name in (AREAS, UNITS, CATALOGUE):
        bump(name)
    calendars()  # a process reads them once; what a page asks the database is counted without that
    return District(areas, units, categories)


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who can sign in, with no duty."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user-{n}")
    display_name = factory.Sequence(lambda n: f"林晓 {n}")


def with_duty(role, *, unit, area=None, name=None):
    """Make somebody who holds a role for a unit, in its area unless another is named."""
    user = UserFactory(**({"display_name": name} if name else {}))
    Duty.objects.create(user=user, role=role, unit=unit, area=area or unit.area, started_at=MORNING)
    return user


def make_people(district):
    """Make one person per role in the first township, and a few of elsewhere."""
    units = district.units
    return SimpleNamespace(
        acceptor=with_duty(Role.ACCEPTOR, unit=units.chashan_centre, name="受理员"),
        shift_lead=with_duty(Role.SHIFT_LEAD, unit=units.chashan_centre, name="值班长"),
        district_lead=with_duty(Role.SHIFT_LEAD, unit=units.centre, name="区值班长"),
        dispatcher=with_duty(Role.DISPATCHER, unit=units.chashan_centre, name="周知遥"),
        verifier=with_duty(Role.VERIFIER, unit=units.chashan_centre, name="核查员"),
        handler=with_duty(Role.HANDLER, unit=units.roads, name="韩予宁"),
        head=with_duty(Role.UNIT_HEAD, unit=units.roads, name="所长"),
        fireman=with_duty(Role.HANDLER, unit=units.fire, name="陆行舟"),
        grid_worker=with_duty(Role.GRID_WORKER, unit=units.grid_team, area=district.areas.grid, name="叶青禾"),
        coordinator=with_duty(Role.DISPATCHER, unit=units.centre, name="林疏影"),
        leader=with_duty(Role.LEADER, unit=units.centre, name="分管领导"),
        auditor=with_duty(Role.AUDITOR, unit=units.centre, name="审计员"),
        administrator=with_duty(Role.ADMINISTRATOR, unit=units.centre, name="管理员"),
        stranger=with_duty(Role.SHIFT_LEAD, unit=units.wutian_centre, name="外镇值班长"),
    )


def make_case(district, *, status=Status.REPORTED, at=MORNING, grid=None, category="manhole", **also):
    """Make a case that stands at a status, with what the database asks of it there."""
    where = grid or district.areas.grid
    community = where.parent
    pk = new_id()
    ended = status in {Status.CLOSED, Status.REFUSED, Status.MERGED}
    lead = district.units.roads if status in LED or status == Status.CLOSED else None
    holder = lead if STAGE_OF.get(status) == Stage.HANDLE else district.units.chashan_centre
    values = {
        "number": f"OG-261124-{Case.objects.count() + 1:06d}",
        "category": getattr(district.categories, category) if category else None,
        "title": "雨水井盖断裂，行人易踩空",
        "description": "青禾路 18 号门前，井盖断了一块。",
        "channel": Channel.PORTAL,
        "status": status,
        "outcome": Outcome.FIXED if status == Status.CLOSED else Outcome.NOT_OURS if status == Status.REFUSED else "",
        "place": where.label_at,
        "original_x": where.label_at[0],
        "original_y": where.label_at[1],
        "original_system": "wgs84",
        "grid": where,
        "grid_code": where.code,
        "grid_name": where.name,
        "community_code": community.code,
        "community_name": community.name,
        "township_code": community.parent.code,
        "township_name": community.parent.name,
        "area_path": where.path,
        "lead_unit": lead,
        "holder_unit": None if ended else holder,
        "reported_at": at,
        "received_at": at,
        "stage_started_at": at,
        "stage_due_at": None if ended or not STAGE_OF.get(status) else at.replace(hour=20),
        "ended_at": at if ended else None,
        "search": "",
    }
    values.update(also)
    case = Case.objects.create(id=pk, **values)
    Report.objects.create(
        id=pk, case=case, channel=Channel.PORTAL, text=case.description, link_hash=f"hash-{pk}", body_hash="",
        reported_at=at, received_at=at,
    )  # fmt: skip
    return case


def make_request(district, case_id, *, by, at=MORNING, **also):
    """Make a request for more time that waits; a suspension if `until` is said, else an extension of six hours."""
    values = (
        {"kind": TimeKind.SUSPENSION, "level": "district"} if "until" in also else {"hours": 6, "level": "township"}
    )
    values = {"kind": TimeKind.EXTENSION, **values, "reason": "配件要调货", "proof": [new_id()]}
    values |= {"due_at": at + timedelta(hours=12), **also}
    return TimeRequest.objects.create(case_id=case_id, unit=district.units.roads, asked_by=by, asked_at=at, **values)


def make_task(district, case, *, by, at=MORNING, hours=24, **also):
    """Make an open task of the fire station, due after so many hours of all time."""
    values = {"what": "现场围挡", "due_at": at + timedelta(hours=hours), "limit_time": timedelta(hours=hours)}
    values |= {"counting": Counting.ALWAYS, "created_at": at, **also}
    return SupportTask.objects.create(case=case, unit=district.units.fire, given_by=by, **values)


def make_order(district, case, *, by, at=MORNING, hours=48, **also):
    """Make an open order of a leader to the road unit, to be answered within so many hours of all time."""
    values = {"text": "为何还没修好？", "due_at": at + timedelta(hours=hours), "limit_time": timedelta(hours=hours)}
    values |= {"kind": OrderKind.LEADER, "counting": Counting.ALWAYS, "ordered_at": at, **also}
    return SupervisionOrder.objects.create(case=case, unit=district.units.roads, ordered_by=by, **values)
