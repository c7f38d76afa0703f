"""The Ouhai pack in the database, as everybody works with it."""

from datetime import date, datetime
from itertools import pairwise, product
from zoneinfo import ZoneInfo

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from shapely.geometry import shape

from onegrid.accounts.public import Duty, Role, User
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Point
from onegrid.dispatch.public import route
from onegrid.geography.public import Area, Level, OutsideDistrictError, from_wgs84, locate
from onegrid.geography.public import CoordinateSystem as System
from onegrid.packs.public import demonstration_accounts
from onegrid.units.public import directory
from tests.district import LOADED_AT, load_ouhai

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ouhai")]
REOPENED = date(2023, 7, 1)
EVENING = datetime(2026, 11, 20, 22, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def standing(level):
    return Area.objects.standing().filter(level=level)


def test_has_13_284_762():
    counts = [standing(level).count() for level in (Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)]

    assert counts == [13, 284, 762]


def test_everybody_has_one_duty():
    assert User.objects.count() == Duty.objects.live().count() == 289 + 9 + 1000


def test_every_grid_has_a_worker():
    walked = Duty.objects.live().filter(role=Role.GRID_WORKER).values("area").distinct()

    assert walked.count() == 762


def test_one_account_for_each_role_can_be_tried():
    assert {account.role for account in demonstration_accounts()} == set(Role)


def test_loading_again_changes_nothing():
    load_ouhai()  # another test may have emptied what a load notes beside the pack
    with CaptureQueriesContext(connection) as asked:
        again = load_ouhai()

    assert again.is_unchanged
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_every_leaf_routes_to_a_unit_at_every_level():
    townships = list(standing(Level.TOWNSHIP).values_list("path", flat=True))
    leaves = catalogue().leaves()
    nowhere = [
        (leaf.code, level, path)
        for leaf, path in product(leaves, townships)
        for level in leaf.lead
        if route(category=leaf, area_path=path, level=level, at=LOADED_AT).lead is None
    ]

    assert len(leaves) >= 120
    assert nowhere == []


def test_noise_at_night_goes_to_the_police():
    noise = catalogue().by_code["daily.environment.social-noise"]

    found = route(category=noise, area_path="330304/330304004", level="grid", at=EVENING)

    assert found.lead == directory().by_code["chashan-public-security"]
    assert found.rule.code == "night-social-noise"


def test_a_river_in_zeya_goes_to_the_water_bureau():
    river = catalogue().by_code["daily.environment.river"]

    found = route(category=river, area_path="330304/330304108", level="township", at=LOADED_AT)

    assert found.lead.code == "water"


def test_the_name_of_every_grid_lies_in_it():
    grids = list(standing(Level.GRID))

    assert [grid.code for grid in grids if locate(*grid.label_at).grid.code != grid.code] == []


def test_a_corner_of_several_grids_has_one_answer():
    grids = {grid.code: shape(grid.outline) for grid in standing(Level.GRID)[:60]}
    corners = {tuple(corner) for outline in grids.values() for corner in shapely.get_coordinates(outline).tolist()}
    touching = {
        corner: min(code for code, outline in grids.items() if shapely.intersects_xy(outline, *corner))
        for corner in sorted(corners)[:400]
    }

    assert [c for c, code in touching.items() if not locate(*c).grid.code <= code] == []
    assert [locate(*corner) for corner in touching] == [locate(*corner) for corner in touching]


def test_nothing_on_the_line_between_two_corners_falls_between_grids():
    outline = shape(standing(Level.GRID).first().outline)
    corners = shapely.get_coordinates(outline).tolist()
    middles = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(corners)]

    district = shape(standing(Level.DISTRICT).get().outline)
    inside = [middle for middle in middles if shapely.intersects_xy(district, *middle)]

    assert {locate(*middle).district.code for middle in inside} == {"330304"}


@pytest.mark.parametrize("system", [System.GCJ02, System.BD09])
def test_chinese_coordinates_find_the_same_grid(system):
    grid = standing(Level.GRID).filter(code__startswith="330304004").first()

    assert locate(*from_wgs84(Point(*grid.label_at), system), system).grid.id == grid.id


def test_the_city_center_is_outside():
    with pytest.raises(OutsideDistrictError):
        locate(120.70, 28.05)


def test_the_edition_of_2023_closes_and_opens():
    loaded = load_ouhai(edition="2023")

    assert (loaded.opened, loaded.closed) == (1 + 13 + 197 + 762, 1 + 13 + 284 + 762)
    assert standing(Level.COMMUNITY).count() == 197
    assert Area.objects.filter(closes_on=REOPENED).count() == loaded.closed
    assert not Duty.objects.live().filter(area__closes_on__isnull=False).exists()
    assert Duty.objects.live().count() == 289 + 9 + 1000
    assert load_ouhai().is_unchanged


def test_an_old_day_keeps_its_grid_after_2023():
    grid = standing(Level.GRID).last()
    load_ouhai(edition="2023")

    assert locate(*grid.label_at, on=date(2023, 6, 30)).grid.id == grid.id
    assert locate(*grid.label_at).grid.id != grid.id


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("学校门口的井盖碎了，孩子容易踩空", "daily.roads.manhole"),
        ("楼下路灯连续三晚不亮", "daily.lamps.dark"),
        ("there is a pothole in front of my house", "daily.roads.pothole"),
    ],
)
def test_the_rarer_word_decides_which_matter_is_meant(text, code):
    assert code in [entry.code for entry in catalogue().search(text, for_public=True)[:3]]
