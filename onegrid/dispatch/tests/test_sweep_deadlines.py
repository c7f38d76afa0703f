"""Telling people of the shares of limits that have passed."""

from datetime import timedelta

import pytest
from django.utils import translation

from onegrid.accounts.models import Role, User
from onegrid.cases.actions.lifecycle import LIFECYCLE_FIELDS, advance
from onegrid.cases.actions.reckon_clocks import CLOCK_FIELDS, reckon
from onegrid.cases.models import Case, Visibility
from onegrid.cases.rules.marks import Extended, kept
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.snapshots import bump
from onegrid.dispatch.actions.sweep_deadlines import sweep_deadlines
from onegrid.dispatch.tests.limits import after, dispatched, moved, shares_of, told
from onegrid.notifications.models import InboxEntry, Outgoing
from onegrid.notifications.public import inbox
from onegrid.notifications.tests.factories import reachable

pytestmark = pytest.mark.django_db
NIGHT = after(14)  # eleven in the evening in Wenzhou
SEVEN = after(22)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def chief(district):
    return with_duty(Role.SHIFT_LEAD, unit=district.units.centre, name="区值班长")


@pytest.fixture
def case(district, people):
    return dispatched(district, people)


def number(case, *shares):
    return [f"{case.number}: {share}" for share in shares]


def hear(people, chief):
    """Who of those on the ladder was told how often."""
    ladder = (people.handler, people.head, people.shift_lead, chief, people.leader)
    return [len(told(user)) for user in ladder]


@pytest.mark.parametrize(
    ("hours", "heard"),
    [(11.9, [0, 0, 0, 0, 0]), (12, [1, 0, 0, 0, 0]), (20, [1, 1, 0, 0, 0]), (24, [1, 1, 1, 0, 0]), (36, [1] * 5)],
)
def test_each_share_reaches_further(case, people, chief, hours, heard):
    sweep_deadlines(at=after(hours))

    assert hear(people, chief) == heard


def test_who_works_on_it_hears_each_share_once_as_time_goes_by(case, people):
    for hours in (10, 12, 12, 13, 20, 24, 25, 36, 37, 90):
        sweep_deadlines(at=after(hours))

    assert told(people.handler) == number(case, 50, 80, 100, 150)
    assert told(people.head) == number(case, 80, 100, 150)
    assert told(people.shift_lead) == number(case, 100, 150)
    assert Case.objects.get(pk=case.pk).warn_at is None


def test_who_took_it_is_told_and_not_their_colleagues(district, people):
    colleague = with_duty(Role.HANDLER, unit=district.units.roads)
    moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))

    sweep_deadlines(at=after(12))

    assert (len(told(people.handler)), len(told(colleague))) == (1, 0)


def test_a_colleague_hears_when_whoever_took_it_has_left(district, people):
    colleague = with_duty(Role.HANDLER, unit=district.units.roads)
    moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))
    User.objects.filter(pk=people.handler.pk).update(is_active=False)

    sweep_deadlines(at=after(12))

    assert len(told(colleague)) == 1


def test_a_desk_is_told_of_its_own_stage(district, people):
    case = make_case(district, category="lamp")
    moved(district, people, case, Move.ACCEPT, at=MORNING)

    sweep_deadlines(at=after(2))

    assert told(people.shift_lead) == number(case, 50)
    assert told(people.acceptor) == []  # who accepts may not file


def test_a_day_of_downtime_is_one_notice_of_the_last_share_and_the_timeline_has_all(case, people, chief):
    sweep_deadlines(at=after(24 + 36))

    assert hear(people, chief) == [1] * 5
    assert told(people.handler) == number(case, 150)
    assert shares_of(case) == [(100, after(24)), (150, after(36))]
    assert sweep_deadlines(at=after(24 + 36)) == 0


def test_a_day_of_downtime_is_caught_up_in_the_order_in_which_cases_fell_due(district, people, monkeypatch):
    monkeypatch.setattr("onegrid.dispatch.actions.sweep_deadlines.LOT", 2)
    late, first, middle = (dispatched(district, people, at=after(hours)) for hours in (9, 1, 5))

    sweep_deadlines(at=after(60))

    assert told(people.handler) == number(first, 150) + number(middle, 150) + number(late, 150)


def test_the_timeline_says_who_was_told_to_colleagues_alone(case, people):
    sweep_deadlines(at=after(24))

    entry = case.timeline.get(kind="escalation")
    assert entry.data["told"] == sorted(["韩予宁", "所长", "值班长"])
    assert (entry.visibility, entry.by_user_id, entry.received_at) == (Visibility.INTERNAL, None, after(24))


def test_a_suspended_case_sleeps(district, people, case):
    case = moved(district, people, case, Move.TAKE, at=after(1))
    case.suspended_until = after(24 * 10)
    _advance(case, Move.SUSPEND, at=after(11))

    assert sweep_deadlines(at=after(24 * 9)) == 0

    assert sweep_deadlines(at=after(24 * 10 + 1)) == 1
    assert told(people.handler) == number(case, 50)


def test_more_time_after_80_percent_was_told_begins_the_shares_of_a_longer_limit(case, people):
    sweep_deadlines(at=after(20))

    _extend(case, hours=24, at=after(21))

    for hours in (23, 24, 38, 39, 47):
        sweep_deadlines(at=after(hours))
    assert told(people.shift_lead) == []
    sweep_deadlines(at=after(48))
    assert told(people.handler) == number(case, 80, 50, 80, 100)  # shares of the longer limit are others
    assert told(people.shift_lead) == number(case, 100)


def test_a_unit_that_gets_it_back_is_not_told_again_what_it_knows(district, people, case):
    sweep_deadlines(at=after(13))
    moved(district, people, case, Move.RETURN, at=after(14))
    moved(district, people, case, Move.DISPATCH, at=after(15))

    sweep_deadlines(at=after(16))

    assert [title for title in told(people.handler) if "50" in title] == number(case, 50)


def test_what_has_ended_or_gone_on_is_not_told(district, people, case):
    Case.objects.filter(pk=case.pk).update(ended_at=after(1), status=Status.CLOSED, outcome="fixed")

    assert sweep_deadlines(at=after(99)) == 0


def test_the_past_of_a_simulated_case_is_not_told_but_what_comes_is(district, people):
    case = dispatched(district, people, is_simulated=True)

    assert sweep_deadlines(at=after(36 + 25)) == 0
    assert Case.objects.get(pk=case.pk).warned == 150

    new = dispatched(district, people, is_simulated=True)
    sweep_deadlines(at=after(36 + 23))
    assert told(people.handler) == number(new, 150)


def test_a_moment_that_a_new_calendar_has_moved_is_put_right_and_nobody_told(case):
    right = case.warn_at
    Case.objects.filter(pk=case.pk).update(warn_at=MORNING)

    assert sweep_deadlines(at=after(1)) == 0
    assert Case.objects.get(pk=case.pk).warn_at == right


def test_nothing_but_urgent_matters_leaves_at_night(district, people, mailbox_open):
    reachable(people.handler)
    dispatched(district, people, at=after(2))
    dispatched(district, people, at=after(2), is_urgent=True)

    sweep_deadlines(at=NIGHT)

    leaves = dict(Outgoing.objects.values_list("is_urgent", "next_try_at"))
    assert leaves == {True: NIGHT, False: SEVEN}


def test_what_runs_in_urgent_hours_may_leave_at_night_too(district, people, mailbox_open):
    reachable(people.handler)
    Category.objects.filter(code="roads.lamp").update(time_unit=TimeUnit.URGENT)
    bump(CATALOGUE)
    dispatched(district, people, at=after(2))

    sweep_deadlines(at=NIGHT)

    assert Outgoing.objects.get().next_try_at == NIGHT


def test_at_night_is_meant_in_the_zone_of_the_installation(district, people, mailbox_open, settings):
    settings.TIME_ZONE = "America/Sao_Paulo"  # where it is noon
    reachable(people.handler)
    dispatched(district, people, at=after(2))

    sweep_deadlines(at=NIGHT)

    assert Outgoing.objects.get().next_try_at == NIGHT + timedelta(minutes=1)


@pytest.mark.parametrize(("language", "title"), [("en", "50 % of the time for"), ("zh-hans", "“处置”的时限已用 50 %")])
def test_is_said_in_the_readers_language_without_the_reporters_words(district, people, language, title):
    case = dispatched(district, people)
    sweep_deadlines(at=after(12))

    entry = InboxEntry.objects.get(recipient=people.handler)
    assert case.title not in str(entry.data)
    with translation.override(language):
        (row,) = inbox(people.handler).rows
    assert title in row.title


@pytest.fixture
def mailbox_open(settings):
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "localhost", "OneGrid <grid@example.org>"
    settings.SITE_URL = "https://grid.example.org"


def _advance(case, move, *, at):
    advance(case, move, at=at)
    case.save(update_fields=LIFECYCLE_FIELDS)


def _extend(case, *, hours, at):
    case.refresh_from_db()
    case.marks = [*case.marks, kept(Extended(at, hours))]
    reckon(case, at=at, is_new_stage=True)
    case.save(update_fields=CLOCK_FIELDS)
