"""Two workers look for passed limits in the same moment: nobody is told twice, and no case is left out."""

import threading

import pytest
from django.db import transaction

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.tests.factories import make_district, make_people
from onegrid.dispatch.actions import sweep_deadlines as sweeping
from onegrid.dispatch.tests.limits import after, dispatched, many_like
from onegrid.notifications.models import InboxEntry
from tests.test_counters_at_once import together

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 120


def test_each_case_is_told_by_one_of_them(monkeypatch):
    monkeypatch.setattr(sweeping, "LOT", 10)
    district = make_district()
    people = make_people(district)
    many_like(dispatched(district, people), MANY - 1)

    told = together(*[lambda: sweeping.sweep_deadlines(at=after(24))] * 3)
    told.append(sweeping.sweep_deadlines(at=after(24)))

    ladder = (people.handler, people.head, people.shift_lead)
    assert sum(told) == 3 * MANY
    assert [InboxEntry.objects.filter(recipient=each).count() for each in ladder] == [MANY] * 3
    assert TimelineEntry.objects.filter(kind="escalation").count() == MANY


def test_a_case_that_somebody_is_working_on_is_told_by_the_next_sweep():
    district = make_district()
    people = make_people(district)
    busy, free = dispatched(district, people), dispatched(district, people)
    held, done = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            list(Case.objects.select_for_update().filter(pk=busy.pk))
            held.set()
            done.wait(30)

    def sweep():
        held.wait(30)
        try:
            return sweeping.sweep_deadlines(at=after(12))
        finally:
            done.set()

    together(hold, sweep)
    assert Case.objects.get(pk=free.pk).warned == 50
    assert Case.objects.get(pk=busy.pk).warned == 0

    assert sweeping.sweep_deadlines(at=after(12)) == 1
