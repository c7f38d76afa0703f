"""`onegrid demo` as an operator types it."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from config.cli import demo
from onegrid.demonstration.models import WrittenChapter
from onegrid.demonstration.public import Wanted

pytestmark = pytest.mark.django_db


def write(number, cases):
    span = {"starts_at": now() - timedelta(days=31), "ends_at": now(), "written_at": now()}
    return WrittenChapter.objects.create(seed=1, number=number, cases=cases, entries=0, **span)


def test_says_how_many_cases_came_whichever_process_wrote_them(monkeypatch, capsys):
    write(0, cases=4_000)

    def shared_with_another(_wanted, *, progress, **_):
        write(1, cases=5_000)
        progress(write(2, cases=300))

    monkeypatch.setattr(demo, "simulate_years", shared_with_another)

    demo._simulate(Wanted(years=1, seed=1), 1, is_moving=False)

    assert "5,300 simulated cases" in capsys.readouterr().out
