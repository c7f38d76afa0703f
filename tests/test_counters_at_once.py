"""Counters while several people write and somebody folds in between: nothing is counted twice, nothing is forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction

from onegrid.cases.actions.fold_counters import fold_counters, rebuild_counters
from onegrid.cases.models import AreaChange, Case
from onegrid.cases.public import Selection, Status, differences, tally
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 15


def together(*actions):
    """Run the actions in threads that start at the same moment."""
    gate = Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            return action()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def copies(case, number, label):
    """Return so many cases like one, not written yet."""
    values = {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
    return [Case(**values | {"id": new_id(), "number": f"{label}-{n}", "search": ""}) for n in range(number)]


def test_what_two_write_while_others_fold_and_count_anew_is_all_there():
    district = make_district()
    people = make_people(district)
    case = make_case(district)

    def write(label):
        for number in range(ROUNDS):
            with transaction.atomic():
                copy_rows(copies(case, 3, f"{label}{number}"))
            Case.objects.filter(number=f"{label}{number}-0").update(is_urgent=True)
            Case.objects.filter(number=f"{label}{number}-1").delete()

    def fold():
        for number in range(ROUNDS):
            fold_counters(at=MORNING + timedelta(hours=number))

    def rebuild():
        for number in range(ROUNDS // 3):
            rebuild_counters(at=MORNING + timedelta(hours=number))

    together(lambda: write("A"), lambda: write("B"), fold, rebuild)

    assert differences() == []
    (row,) = tally(Selection(is_open=True), by=people.leader, at=MORNING, until=MORNING)
    assert row.cases == 1 + 2 * ROUNDS * 2


def test_a_fold_leaves_to_the_next_one_what_is_not_committed():
    district = make_district()
    case = make_case(district)
    fold_counters(at=MORNING)

    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=Status.ACCEPTED)
        together(lambda: fold_counters(at=MORNING))

    assert AreaChange.objects.count() == 2
    assert differences() == []
    fold_counters(at=MORNING)
    assert (AreaChange.objects.count(), differences()) == (0, [])


def test_writers_do_not_wait_for_each_other_nor_for_a_fold():
    district = make_district()
    case = make_case(district)
    one, other = copies(case, 2, "C")

    def write_at_once():
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        copy_rows([other])
        fold_counters(at=MORNING)

    with transaction.atomic():
        copy_rows([one])
        together(write_at_once)

    assert differences() == []
