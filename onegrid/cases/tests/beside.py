"""A case in hand whose handling counts working days, and what is given and ordered beside it, by the real steps."""

from onegrid.cases.actions.supervise_case import order_supervision
from onegrid.cases.actions.support_case import give_task
from onegrid.cases.models import OrderKind
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.units.public import directory


def in_two_working_days(district, *, at, **also):
    """Make a case in hand whose lamp is to be mended within two working days."""
    values = {"time_unit": TimeUnit.WORKING_DAYS, "limits": {"handle": 48}, **also}
    Category.objects.filter(pk=district.categories.lamp.pk).update(**values)
    bump(SNAPSHOT)
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", at=at)


def given(case, people, *, at, what="现场围挡"):
    """Give the fire station its part of a case."""
    return give_task(case, unit=directory().by_code["fire"], what=what, by=people.dispatcher, at=at)


def ordered(case, people, *, at, kind=OrderKind.LEADER, version=1):
    """Have the leader ask the road unit for an answer."""
    return order_supervision(
        case_id=case.pk, version=version, kind=kind, text="为何还没修好？", by=people.leader, at=at
    )
