"""A life that somebody watched over keeps who was told of its limits, as the sweep of deadlines would have told it."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case, EntryKind
from onegrid.cases.public import Life, Move, Moved, Watched, accept_case, file_case, insert_lives, take_case
from onegrid.core.ids import new_id
from onegrid.demonstration.readers.ladder import whom_it_reaches
from onegrid.demonstration.tests.desks import dispatch, file_and_dispatch
from onegrid.dispatch.public import sweep_deadlines
from onegrid.notifications.models import InboxEntry

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def swept(desk, *, until):
    """Let the sweep look every hour until a moment."""
    while desk.at < until:
        desk.at = min(desk.at + HOUR, until)
        sweep_deadlines(at=desk.at)


def before_a_move(desk):
    """Let the sweep look in the three hours that the next move takes."""
    for hours in range(1, 4):
        sweep_deadlines(at=desk.at + hours * HOUR)


def slowly(desk, days, move, action, username, **also):
    """Make a move after so many days in which the sweep went on."""
    swept(desk, until=desk.at + timedelta(days=days))
    before_a_move(desk)
    desk.move(move, action, username, **also)


def lived(desk, *, until):
    life = Life(new=desk.new, number="OG-261110-999999", entry_id=new_id(), by=desk.by, steps=desk.steps)
    insert_lives([life], Watched(until=until, reached=whom_it_reaches()))
    return Case.objects.get(pk=desk.new.id)


def warnings(case):
    told = case.timeline.filter(kind=EntryKind.ESCALATION).order_by("happened_at")
    return list(told.values_list("happened_at", "visibility", "data"))


@pytest.mark.queries(10_000)
def test_leaves_what_the_sweep_would_have_left_and_tells_nobody(desk):
    slowly(desk, 1, Move.ACCEPT, accept_case, "chashan.acceptor")
    slowly(
        desk, 2, Move.FILE, file_case, "chashan.shift-lead", also={"category_code": desk.kind.code}, category=desk.kind
    )
    before_a_move(desk)
    dispatch(desk)
    slowly(desk, 5, Move.TAKE, take_case, f"{desk.case.lead_unit.code}.handler")
    until = desk.at + timedelta(days=20)
    swept(desk, until=until)
    told = InboxEntry.objects.count()

    case = lived(desk, until=until)

    assert warnings(case) == warnings(desk.case)
    assert {data["share"] for _at, _visibility, data in warnings(case)} == {100, 150}
    assert {data["stage"] for _at, _visibility, data in warnings(case)} >= {"accept", "handle"}
    assert (case.warned, case.warn_at) == (desk.case.warned, desk.case.warn_at)
    assert InboxEntry.objects.count() == told


def test_what_is_still_to_come_is_not_told_yet(desk):
    desk.move(Move.ACCEPT, accept_case, "chashan.acceptor")

    case = lived(desk, until=desk.at)

    assert case.warn_at is None or case.warn_at > desk.at


def test_a_suspension_that_nobody_could_ask_for_leaves_no_warning_of_its_time(desk):
    file_and_dispatch(desk)
    desk.move(Move.TAKE, take_case, f"{desk.case.lead_unit.code}.handler")
    hour, month = HOUR, timedelta(days=30)
    desk.steps += [
        Moved(id=new_id(), at=desk.at + hour, move=Move.SUSPEND),
        Moved(id=new_id(), at=desk.at + month, move=Move.RESUME),
        Moved(id=new_id(), at=desk.at + month + hour, move=Move.REPORT_BACK, text="办好了"),
    ]

    until = desk.at + 3 * hour
    case = lived(desk, until=until)

    assert [at for at, _visibility, _data in warnings(case) if at > until] == []
    assert case.timeline.get(move=Move.REPORT_BACK).happened_at == desk.at + 2 * hour
