"""A redrawn district: old cases stay in the grid of their day, new ones go to the new."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case
from onegrid.cases.public import Channel
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.geography.models import Area
from onegrid.oversight.public import Actor
from onegrid.packs.public import load_pack
from tests.district import LOADED_AT

pytestmark = pytest.mark.django_db


def test_old_cases_stay_and_their_officers_still_see_them(ouhai, settings):
    acceptor = ouhai.user("chashan.acceptor")
    chashan = acceptor.duties.get().area
    grid = Area.objects.standing().filter(level="grid").within(chashan).order_by("code").first()
    before = ReportedCase(id=new_id(), text="井盖破损", x=grid.label_at.lon, y=grid.label_at.lat)
    report_case(report=before, channel=Channel.PORTAL, by=None, at=LOADED_AT)

    load_pack(path=settings.PACK, edition="2023", by=Actor("operator"), at=LOADED_AT)
    after = ReportedCase(id=new_id(), text="井盖破损", x=grid.label_at.lon, y=grid.label_at.lat)
    report_case(report=after, channel=Channel.PORTAL, by=None, at=LOADED_AT + timedelta(minutes=1))

    old, new = Case.objects.get(pk=before.id), Case.objects.get(pk=after.id)
    assert old.grid == grid
    assert old.grid.closes_on is not None
    assert new.grid.closes_on is None
    assert old.grid_name == grid.name
    assert set(Case.objects.visible_to(acceptor)) == {old, new}
