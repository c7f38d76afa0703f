import time
from datetime import UTC, datetime

import pytest

from onegrid.demonstration.actions.simulate_years import Wanted, simulate_years
from onegrid.demonstration.readers.figures import figures

pytestmark = [pytest.mark.django_db]
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def test_speed(ouhai):
    simulate_years(Wanted(cases=300, with_pictures=False, seed=9), at=NOW)
    for seed in (20161, 7):
        start, wall = time.process_time(), time.time()
        simulate_years(Wanted(cases=5000, with_pictures=True, seed=seed), at=NOW)
        print("CPU", seed, time.process_time() - start, "wall", time.time() - wall)
    print(figures(at=NOW))
