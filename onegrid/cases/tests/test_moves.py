"""Each move from each status, through the action that people use."""

import itertools
from datetime import timedelta

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.actions.lifecycle import StaleCaseError
from onegrid.cases.models import EntryKind
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import STAGE_OF, TRANSITIONS, IllegalMoveError, Move, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.cases.tests.moves import MAKE
from onegrid.core.errors import NotAllowedError
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)
LATE = MORNING + timedelta(days=3)


def common(case, at=NOON):
    return {"case_id": case.pk, "version": case.version, "at": at}


def stands_at(status, district, people):
    target = make_case(district).pk if status == Status.MERGED else None
    return make_case(
        district,
        status=status,
        category="lamp",
        merged_into_id=target,
        reported_by=people.grid_worker,
        lead_unit=district.units.roads,  # so that the handler sees it wherever it stands
    )


ALLOWED = [pair for pair in itertools.product(MAKE, Status) if pair[1] in TRANSITIONS[pair[0]].sources]
FORBIDDEN = [pair for pair in itertools.product(MAKE, Status) if pair[1] not in TRANSITIONS[pair[0]].sources]


@pytest.mark.parametrize(("move", "status"), ALLOWED)
def test_leads_where_the_table_says_with_entry_and_audit(move, status, district, people):
    case = stands_at(status, district, people)

    MAKE[move](district, people, common(case))

    case.refresh_from_db()
    assert case.status == TRANSITIONS[move].target
    assert case.version == 2
    entry = case.timeline.get(kind=EntryKind.MOVE)
    assert (entry.move, entry.happened_at) == (move, NOON)
    assert Entry.objects.get(target=f"cases.Case:{case.pk}").code == f"cases.{move}"


@pytest.mark.parametrize(("move", "status"), FORBIDDEN)
def test_is_refused_from_anywhere_else_and_leaves_nothing(move, status, district, people):
    case = stands_at(status, district, people)

    with pytest.raises(IllegalMoveError):
        MAKE[move](district, people, common(case))

    case.refresh_from_db()
    assert (case.status, case.version) == (status, 1)
    assert not case.timeline.exists()
    assert not Entry.objects.exists()


@pytest.mark.parametrize("move", MAKE)
def test_is_refused_to_somebody_of_another_township(move, district, people):
    status = min(TRANSITIONS[move].sources)
    case = stands_at(status, district, people)
    everybody = vars(people) | dict.fromkeys(vars(people), people.stranger)

    with pytest.raises((CaseNotFoundError, NotAllowedError)):
        MAKE[move](district, type(people)(**everybody), common(case))

    case.refresh_from_db()
    assert case.status == status


@pytest.mark.parametrize("move", sorted(MAKE.keys() - {Move.SETTLE}))
def test_is_refused_to_a_leader_who_may_look_and_settle(move, district, people):
    status = min(TRANSITIONS[move].sources)
    case = stands_at(status, district, people)
    leaders = dict.fromkeys(vars(people), people.leader)

    with pytest.raises(NotAllowedError):
        MAKE[move](district, type(people)(**leaders), common(case))


@pytest.mark.parametrize("move", MAKE)
def test_is_refused_when_somebody_else_was_faster(move, district, people):
    status = min(TRANSITIONS[move].sources)
    case = stands_at(status, district, people)

    with pytest.raises(StaleCaseError):
        MAKE[move](district, people, common(case) | {"version": 99})


def test_the_late_one_is_told_who_was_faster_and_what_they_did(district, people, case):
    MAKE[Move.ACCEPT](district, people, common(case))
    second = with_duty(Role.ACCEPTOR, unit=district.units.chashan_centre)

    with pytest.raises(StaleCaseError, match="受理员"):
        MAKE[Move.ACCEPT](district, type(people)(**vars(people) | {"acceptor": second}), common(case))


@pytest.mark.parametrize(("move", "status"), ALLOWED)
def test_the_clock_runs_exactly_while_a_stage_does(move, status, district, people):
    case = stands_at(status, district, people)

    MAKE[move](district, people, common(case))

    case.refresh_from_db()
    stage = STAGE_OF.get(Status(case.status))
    assert (case.stage_due_at is not None) == (stage is not None)
    assert (case.ended_at is not None) == (stage is None)


def test_taking_does_not_restart_the_handling_clock(district, people):
    due = MORNING + timedelta(hours=24)
    case = make_case(district, status=Status.DISPATCHED, category="lamp", stage_due_at=due)

    MAKE[Move.TAKE](district, people, common(case))

    case.refresh_from_db()
    assert case.stage_due_at == due
    assert case.assignee == people.handler


def test_a_late_stage_stays_late_in_the_timeline(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")

    MAKE[Move.REPORT_BACK](district, people, common(case, at=LATE))

    assert case.timeline.get(kind=EntryKind.MOVE).data["late"] is True


@pytest.mark.parametrize(
    ("move", "status", "holder"),
    [
        (Move.ACCEPT, Status.REPORTED, "chashan_centre"),
        (Move.ASK_CHECK, Status.ACCEPTED, "grid_team"),
        (Move.DISPATCH, Status.FILED, "roads"),
        (Move.RETURN, Status.IN_PROGRESS, "chashan_centre"),
        (Move.REPORT_BACK, Status.IN_PROGRESS, "chashan_centre"),
        (Move.FAIL, Status.HANDLED, "roads"),
    ],
)
def test_the_holder_is_who_must_act_next(move, status, holder, district, people):
    case = stands_at(status, district, people)

    MAKE[move](district, people, common(case))

    case.refresh_from_db()
    assert case.holder_unit == getattr(district.units, holder)


def test_a_move_takes_a_fixed_number_of_statements(district, people, case, django_assert_num_queries):
    MAKE[Move.ACCEPT](district, people, common(make_case(district)))  # catalogue, units and duties are in memory now

    with django_assert_num_queries(7):  # savepoint, lock, update, audit, change, timeline, release
        MAKE[Move.ACCEPT](district, people, common(case))
