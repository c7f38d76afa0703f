"""Who hears that a case has changed, and what is then new in their list."""

from datetime import timedelta

import pytest

from onegrid.cases.actions.amend_case import add_note, recategorize_case, relocate_case
from onegrid.cases.actions.finish_case import reopen_case
from onegrid.cases.actions.handle_case import assign_case
from onegrid.cases.actions.note_change import note_change
from onegrid.cases.actions.triage_case import accept_case
from onegrid.cases.models import Case, Channel, SupportTask, Visibility
from onegrid.cases.readers.news import audience_of, news_of
from onegrid.cases.readers.queue import ask_waiting_for
from onegrid.cases.readers.selection import Scope, Selection
from onegrid.cases.states import IllegalMoveError, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, Support, dispatch_case, recall_case, report_case
from onegrid.geography.public import locator_for
from onegrid.live.models import Change
from onegrid.live.public import mark, may_hear

committing = pytest.mark.django_db(transaction=True)  # what one transaction does looks the same before and after

NOON = MORNING + timedelta(hours=3)
EVERYBODY = [
    "acceptor", "shift_lead", "dispatcher", "verifier", "handler", "head", "fireman", "grid_worker", "leader",
    "auditor", "administrator", "stranger",
]  # fmt: skip


def now(user):
    return mark(ask_waiting_for(user, task_units=(), at=NOON)().mark)


def news(user, since, scope=Scope.MINE, **also):
    return news_of(Selection(scope=scope, is_open=True, **also), since=since, by=user, at=NOON)


def report(x=120.605, y=27.905):
    sent = ReportedCase(id=new_id(), text="路灯不亮", x=x, y=y)
    return report_case(report=sent, channel=Channel.PORTAL, by=None, at=NOON).receipt.number


@pytest.mark.django_db
@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_see_a_case_hears_of_it_and_nobody_else(name, district, people):
    user = getattr(people, name)
    case = make_case(district, status=Status.IN_PROGRESS, category="dispute", is_public=False)
    SupportTask.objects.create(case=case, unit=district.units.fire, what="围挡", created_at=MORNING)
    note_change(case, kind="note")
    change = Change.objects.get()

    hears = may_hear(
        audience_of(user), area_path=change.area_path, unit_ids=change.unit_ids, person_id=change.person_id
    )

    assert hears is Case.objects.visible_to(user).filter(pk=case.pk).exists()


@committing
def test_a_report_is_new_for_who_accepts_it_there(district, people):
    since = now(people.acceptor)

    number = report()

    assert news(people.acceptor, since).new == [number]
    assert news(people.stranger, since, Scope.ALL).new == []
    assert news(people.stranger, since, Scope.ALL).changed == {}


@committing
def test_what_was_there_when_the_page_was_drawn_is_no_news(district, people, django_assert_num_queries):
    report()
    since = now(people.acceptor)

    with django_assert_num_queries(1):
        found = news(people.acceptor, since)

    assert (found.new, found.changed) == ((), {})


@committing
def test_a_case_that_waited_for_both_is_changed_for_the_other(district, people):
    case, since = make_case(district), now(people.acceptor)

    accept_case(case_id=case.pk, version=1, by=people.shift_lead, at=NOON)

    assert news(people.shift_lead, since).new == []
    assert news(people.acceptor, since).new == []
    assert news(people.acceptor, since).changed == {case.number: 2}


@committing
def test_a_case_that_was_in_the_list_is_not_new_in_it(district, people):
    case, since = make_case(district), now(people.acceptor)

    accept_case(case_id=case.pk, version=1, by=people.acceptor, at=NOON)

    assert news(people.acceptor, since, Scope.ALL).new == []
    assert news(people.acceptor, since, Scope.UNIT).new == []
    assert news(people.acceptor, since, Scope.ALL, statuses=(Status.ACCEPTED,)).new == [case.number]


@committing
def test_a_dispatched_case_is_new_for_its_unit_in_every_scope(district, people):
    case, since = make_case(district, status=Status.FILED, category="lamp"), now(people.handler)

    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=NOON)

    found = [news(people.handler, since, scope).new for scope in Scope]
    assert found == [[case.number]] * len(Scope)


@committing
def test_a_supporting_unit_hears_what_it_was_asked(district, people):
    case, since = make_case(district, status=Status.FILED, category="lamp"), now(people.fireman)

    dispatch_case(
        case_id=case.pk, version=1, lead_code="roads", support=[Support(unit_code="fire", what="围挡")],
        by=people.dispatcher, at=NOON,
    )  # fmt: skip

    assert news(people.fireman, since, Scope.ALL).new == [case.number]


@committing
def test_a_case_that_was_taken_back_is_changed_for_who_had_it(district, people):
    case, since = make_case(district, status=Status.DISPATCHED, category="lamp"), now(people.handler)

    recall_case(case_id=case.pk, version=1, reason="派错了", by=people.dispatcher, at=NOON)

    assert not Case.objects.visible_to(people.handler).exists()
    assert news(people.handler, since).changed == {case.number: 2}
    assert news(people.handler, since, Scope.ALL).new == []


@committing
def test_a_case_given_to_a_colleague_is_new_for_them_alone(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", assignee=people.head)
    since = now(people.handler)

    assign_case(case_id=case.pk, version=1, assignee=people.handler, by=people.head, at=NOON)

    assert news(people.handler, since).new == [case.number]
    assert news(people.head, since).new == []


@committing
def test_a_reopened_case_is_new_in_a_list_of_open_ones(district, people):
    case = make_case(district, status=Status.CLOSED, category="lamp", ended_at=NOON)
    since = now(people.dispatcher)

    reopen_case(case_id=case.pk, version=1, reason="又坏了", by=people.shift_lead, at=NOON)

    assert news(people.dispatcher, since, Scope.ALL).new == [case.number]


@committing
def test_a_note_changes_no_version(district, people):
    case, since = make_case(district), now(people.acceptor)

    add_note(case_id=case.pk, text="已电话", visibility=Visibility.INTERNAL, by=people.acceptor, at=NOON)

    assert news(people.shift_lead, since, Scope.ALL).changed == {case.number: 1}


@committing
def test_a_case_that_lies_elsewhere_now_is_told_to_both_townships(district, people):
    case, since = make_case(district), now(people.acceptor)
    there = locator_for(NOON.date()).locate((120.625, 27.905))

    relocate_case(
        case_id=case.pk, version=1, location=there, original=(120.625, 27.905), system="wgs84", by=people.acceptor,
        at=NOON,
    )  # fmt: skip

    assert news(people.acceptor, since, Scope.ALL).changed == {case.number: 2}
    assert news(people.stranger, since, Scope.ALL).new == [case.number]


@committing
def test_only_what_fits_the_filters_is_new(district, people):
    since = now(people.acceptor)

    number = report()

    assert news(people.acceptor, since, Scope.ALL, area="330304010").new == [number]
    assert news(people.acceptor, since, Scope.ALL, area="330304002").new == []
    assert news(people.acceptor, since, Scope.ALL, is_urgent=True).new == []


@committing
def test_a_change_that_was_refused_is_no_news(district, people):
    case, since = make_case(district, status=Status.CLOSED), now(people.acceptor)

    with pytest.raises(IllegalMoveError):
        recategorize_case(case_id=case.pk, version=1, category_code="roads.lamp", by=people.acceptor, at=NOON)

    assert news(people.acceptor, since, Scope.ALL).changed == {}
