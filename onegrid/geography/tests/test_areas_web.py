"""The outlines and the locating of points, as a browser asks for them."""

import gzip
import json

import pytest

from onegrid.geography.tests.factories import STEP, draw

pytestmark = pytest.mark.django_db(transaction=True)


def document(response):
    body = response.content
    return json.loads(gzip.decompress(body) if response.headers.get("Content-Encoding") == "gzip" else body)


def test_strangers_get_every_area_of_a_level(client):
    draw()
    response = client.get("/map/areas/community.geojson")
    assert response.status_code == 200
    assert [f["properties"]["code"] for f in document(response)["features"]] == ["D11", "D12", "D21", "D22"]
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_the_edition_that_stands_may_be_kept_for_ever(client):
    draw()
    edition = client.get("/map/areas/grid.geojson").headers["ETag"].strip('"')
    assert "immutable" in client.get("/map/areas/grid.geojson", {"edition": edition}).headers["Cache-Control"]
    assert "immutable" not in client.get("/map/areas/grid.geojson", {"edition": "older"}).headers["Cache-Control"]


def test_who_has_the_edition_gets_nothing_again(client):
    draw()
    edition = client.get("/map/areas/grid.geojson").headers["ETag"]
    answer = client.get("/map/areas/grid.geojson", headers={"if-none-match": edition})
    assert answer.status_code == 304
    assert answer.headers["ETag"] == edition


def test_is_compressed_for_who_reads_gzip(client):
    draw()
    plain = client.get("/map/areas/grid.geojson")
    packed = client.get("/map/areas/grid.geojson", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content)
    assert document(packed) == document(plain)
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_an_unknown_level_is_not_there(client):
    assert client.get("/map/areas/galaxy.geojson").status_code == 404


def test_says_where_a_point_lies(client):
    draw()
    told = client.get("/map/locate", {"lon": 120.60 + STEP / 2, "lat": 27.90 + STEP / 2}).json()
    assert told["grid"] == {"code": "D111", "name": "grid D111"}
    assert told["community"]["code"] == "D11"
    assert told["township"]["code"] == "D1"


def test_takes_a_gcj02_point_to_where_it_is(client):
    draw()
    told = client.get("/map/locate", {"lon": 120.61, "lat": 27.91, "system": "gcj02"}).json()
    assert abs(told["lon"] - 120.61) > 0.001


@pytest.mark.parametrize(
    "asked",
    [
        {"lon": "0", "lat": "0"},
        {"lon": "2.35", "lat": "48.85"},
        {"lon": "abc", "lat": "27.9"},
        {"lon": "nan", "lat": "inf"},
        {"lon": "120.6", "lat": "27.9", "system": "mars"},
        {},
    ],
)
def test_refuses_in_words(client, asked):
    draw()
    response = client.get("/map/locate", asked, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"]
