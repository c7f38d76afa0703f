"""The people the tests of accounts are about."""

from datetime import UTC, date, datetime
from itertools import count

from onegrid.accounts.models import Duty, User
from onegrid.core.fields import Point
from onegrid.geography.models import Area, Level
from onegrid.units.models import Unit, UnitKind

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
OPENED = date(2020, 1, 1)
PASSWORD = "correct horse battery"  # noqa: S105

_numbers = count(1)


def person(*, role=None, **fields):
    """Somebody with the usual password, and with one duty in the whole district if a role is named."""
    fields.setdefault("username", f"staff{next(_numbers)}")
    user = User(display_name="周知遥", **fields)
    user.set_password(PASSWORD)
    user.save()
    if role:
        centre = unit()
        Duty.objects.create(user=user, role=role, area=centre.area, unit=centre, started_at=NOON)
    return user


def unit():
    """The district centre, in its area."""
    code = f"T{next(_numbers)}"
    area = Area.objects.create(
        code=code,
        name="瓯海区",
        level=Level.DISTRICT,
        path=code,
        outline={},
        label_at=Point(120.6, 28),
        opens_on=OPENED,
    )
    return Unit.objects.create(
        code=code,
        name="区指挥中心",
        name_en="Centre",
        kind=UnitKind.CENTRE,
        function="centre",
        area=area,
        opens_on=OPENED,
    )
