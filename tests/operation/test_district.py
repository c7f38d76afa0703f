"""What the first start puts into an installation, and the second leaves alone."""

import json

import pytest
from django.utils import timezone

from config.cli.installation import demonstration_notes
from config.preparation import district
from onegrid.cases.public import Case
from onegrid.demonstration.public import simulate_cases
from onegrid.geography.public import Area

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _demonstration(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("ONEGRID_HOME", str(tmp_path))
    settings.HOME = tmp_path
    settings.DISTRICT_IS_DEMONSTRATION = True


def nothing(*_):
    return None


@pytest.mark.usefixtures("_demonstration")
def test_is_loaded_once_and_then_not_read_again():
    first = district.load(nothing)
    areas = Area.objects.count()

    second = district.load(nothing)

    assert (first.endswith("rows written"), second) == (True, "ouhai, up to date")
    assert Area.objects.count() == areas


@pytest.mark.usefixtures("_demonstration")
def test_is_loaded_again_into_a_new_database(settings):
    (settings.HOME / "pack.loaded").write_text("as it was")

    assert district.load(nothing).endswith("rows written")


@pytest.mark.usefixtures("_demonstration")
def test_plays_the_simulated_cases_once_and_says_who_may_try_them():
    district.load(nothing)
    simulate_cases(at=timezone.now(), count=3)

    assert district.demonstrate(nothing) == "up to date"
    assert Case.objects.exists()
    assert len(json.loads(demonstration_notes().read_text())["accounts"]) == 13


@pytest.mark.usefixtures("_demonstration")
def test_plays_nothing_where_nothing_is_demonstrated(settings):
    settings.DISTRICT_IS_DEMONSTRATION = False

    assert district.demonstrate(nothing).startswith("none")
