"""A demonstration that is alive: cases in every state, each marked as simulated, each once."""

from datetime import UTC, datetime

import pytest

from onegrid.cases.models import Case
from onegrid.cases.public import Status
from onegrid.demonstration.actions.simulate_cases import is_simulated, simulate_cases
from onegrid.oversight.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)
SMALL = 60


def test_plays_every_state_once_and_marks_it(ouhai):
    played = simulate_cases(at=NOW, count=SMALL)

    cases = Case.objects.all()
    assert (played, cases.count(), is_simulated()) == (SMALL, SMALL, True)
    assert set(cases.values_list("status", flat=True)) == set(Status.values)
    assert not cases.filter(is_simulated=False).exists()
    assert not cases.filter(reported_at__gt=NOW).exists()
    assert cases.filter(stage_due_at__lt=NOW).exists()
    assert cases.filter(stage_due_at__gt=NOW).exists()
    assert Entry.objects.filter(code="cases.report").count() == SMALL
    assert simulate_cases(at=NOW, count=SMALL) == 0
