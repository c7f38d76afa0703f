"""The map of the whole district with cases in every grid: small enough for a slow line, in a few statements."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.cases.models import Case, Channel
from onegrid.geography.models import Area, Level

MOST_BYTES = 150_000
MOST_STATEMENTS = 10
BY_GRID = 2  # cases; all of them together are more than a map shows one by one
PACKED = {"accept-encoding": "gzip"}
AT = datetime(2026, 1, 1, tzinfo=UTC)


def _case(number, grid):
    _district, township, community, _grid = grid.path.split("/")
    return Case(
        number=f"OG-260101-{number:06d}", title=f"雨水井盖断裂 {number}", channel=Channel.PORTAL, place=grid.label_at,
        original_x=0, original_y=0, original_system="wgs84", grid=grid, grid_code=grid.code, grid_name=grid.name,
        community_code=community, community_name=community, township_code=township, township_name=township,
        area_path=grid.path, reported_at=AT, received_at=AT,
        stage_started_at=AT, stage_due_at=AT, search="",
    )  # fmt: skip


@pytest.fixture
def leader(ouhai, client):
    grids = Area.objects.filter(level=Level.GRID).defer("outline")
    Case.objects.bulk_create(_case(n, grid) for n, grid in enumerate(list(grids) * BY_GRID))
    client.force_login(ouhai.user("leader"))
    return client


def sent(client, url):
    return len(client.get(url, headers=PACKED).content)


def test_a_view_of_the_district_fits_a_slow_line(leader):
    outlines = sum(sent(leader, f"/map/areas/{level}.geojson") for level in ("township", "community", "grid"))

    assert sent(leader, "/map/?place=330304002") + outlines <= MOST_BYTES


def test_so_many_cases_are_not_all_sent_and_the_map_is_told(leader):
    told = leader.get("/map/cases.json?box=120,27,121,29")

    assert (len(told.json()["pins"]), told.json()["has_more"]) == (300, True)
    assert sent(leader, "/map/cases.json?box=120,27,121,29") <= MOST_BYTES


@pytest.mark.parametrize("url", ["/map/", "/map/?place=330304002", "/map/cases.json?box=120.6,27.9,120.61,27.91"])
def test_asks_few_statements(url, leader):
    leader.get("/map/")

    with CaptureQueriesContext(connection) as asked:
        leader.get(url)

    assert len(asked) <= MOST_STATEMENTS
