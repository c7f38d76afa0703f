import time
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import connection
from onegrid.cases.models import *
from onegrid.cases.public import recompute_clocks
from onegrid.dispatch.models import Dispute
from onegrid.demonstration.actions.simulate_years import Wanted, simulate_years
from onegrid.demonstration.readers.figures import figures

pytestmark = [pytest.mark.django_db]
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def test_speed(ouhai):
    simulate_years(Wanted(cases=300, with_pictures=False, seed=9), at=NOW)
    connection.check_constraints()
    for seed in (20161, 7):
        start, wall = time.process_time(), time.time()
        simulate_years(Wanted(cases=5000, with_pictures=True, seed=seed), at=NOW)
        print("CPU", seed, time.process_time() - start, "wall", time.time() - wall)
    connection.check_constraints()
    print(figures(at=NOW))
    print(Counter(TimeRequest.objects.values_list("kind", "state","level")))
    print(Counter(Case.objects.values_list("status")))
    print(Counter(TimelineEntry.objects.values_list("kind", "move")))
    print(Dispute.objects.count(), Dispute.objects.filter(decided_at=None).count())
    print(recompute_clocks(at=NOW, is_forced=True))
    worst = Case.objects.open().filter(stage_due_at__lt=NOW).order_by("stage_due_at")[:15]
    for c in worst: print(c.status, NOW - c.stage_due_at, NOW - c.stage_started_at, c.category.code if c.category else None)
