"""The loaded district as other tests get it: whole each time, signed in to, and gone afterwards."""

import pytest
from django.test import Client

from onegrid.geography.public import Area, locate
from onegrid.packs.public import DEMONSTRATION_PASSWORD


@pytest.mark.usefixtures("ouhai")
def test_somebody_can_sign_in():
    assert Client().login(username="chashan.acceptor", password=DEMONSTRATION_PASSWORD)


@pytest.mark.usefixtures("ouhai")
@pytest.mark.django_db(transaction=True)
def test_is_there_for_tests_that_commit():
    grid = Area.objects.filter(level="grid").first()

    assert locate(*grid.label_at).grid.id == grid.id


@pytest.mark.django_db
def test_is_gone_for_everybody_else():
    assert not Area.objects.exists()
