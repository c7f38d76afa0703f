"""Cases that run towards their limits, for tests."""

from datetime import timedelta

from onegrid.cases.models import Case
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.cases.tests.moves import MAKE
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id
from onegrid.notifications.public import inbox

HOUR = timedelta(hours=1)  # the roads have 24 for each of these


def after(hours):
    """So many hours after the roads were given the case: nine in the morning in Wenzhou."""
    return MORNING + hours * HOUR


def dispatched(district, people, *, at=MORNING, **also):
    """A case that the roads have been given, with its moments as the moves reckoned them."""
    case = make_case(district, status=Status.FILED, category=also.pop("category", "lamp"), **also)
    MAKE[Move.DISPATCH](district, people, {"case_id": case.pk, "version": 1, "at": at})
    case.refresh_from_db()
    return case


def moved(district, people, case, move, *, at):
    """The same case after one more move."""
    MAKE[move](district, people, {"case_id": case.pk, "version": case.version, "at": at})
    case.refresh_from_db()
    return case


def many_like(case, number):
    """So many cases like one, written at once."""
    values = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    copy_rows([Case(**values | {"id": new_id(), "number": f"OG-M-{n}", "search": ""}) for n in range(number)])


def told(user):
    """What somebody was told of limits, the oldest first: number and share."""
    titles = [row.title for row in inbox(user, limit=50).rows if row.kind.endswith("_limit")]
    return [title.partition(" %")[0] for title in reversed(titles)]


def shares_of(case):
    """The shares that the timeline keeps as escalated, with the moments at which they passed."""
    entries = case.timeline.filter(kind="escalation").order_by("received_at", "id")
    return [(entry.data["share"], entry.happened_at) for entry in entries]
