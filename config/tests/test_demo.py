"""`onegrid demo` makes nothing up where nothing is demonstrated, or where nobody could act."""

from datetime import timedelta

import pytest
import typer
from django.utils.timezone import now

from config.cli import demo as command
from config.cli.demo import demo
from onegrid.cases.public import Case
from onegrid.demonstration.public import Wanted, WrittenChapter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_demonstration", [False, True])
def test_refuses(settings, capsys, is_demonstration):
    settings.DISTRICT_IS_DEMONSTRATION = is_demonstration

    with pytest.raises(typer.Exit):
        demo()

    assert "✗" in capsys.readouterr().out
    assert not Case.objects.exists()


@pytest.mark.slow
def test_prints_what_came_out_beside_what_was_assumed(ouhai, settings, capsys):
    settings.DISTRICT_IS_DEMONSTRATION = True

    demo(cases=40)

    said = capsys.readouterr().out
    assert "40 simulated cases" in said
    assert "46.0%" in said


def write(number, *, cases):
    span = {"starts_at": now() - timedelta(days=31), "ends_at": now(), "written_at": now()}
    return WrittenChapter.objects.create(seed=1, number=number, cases=cases, entries=0, **span)


def test_writes_what_a_helper_left_and_counts_what_all_have_written(monkeypatch, capsys):
    write(0, cases=4_000)
    left = iter([(1, 5_000), (2, 300)])  # the first of another process, which ends before it has written the second

    def shared(_wanted, *, progress, **_):
        number, cases = next(left)
        progress(write(number, cases=cases))

    monkeypatch.setattr(command, "simulate_years", shared)

    command._simulate(Wanted(years=1, seed=1), 1, until=now(), is_moving=False)

    assert "5,300 simulated cases" in capsys.readouterr().out
