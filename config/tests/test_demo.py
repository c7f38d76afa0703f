"""`onegrid demo` makes nothing up where nothing is demonstrated, or where nobody could act."""

import pytest
import typer

from config.cli.demo import demo
from onegrid.cases.public import Case

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
