"""The files of a report, sent piece by piece: the tus protocol, as its text has it."""

import base64
import fcntl
import hashlib
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from onegrid.core.media import resumable
from onegrid.core.tests import samples
from onegrid.portal.tests.sending import PIECE, begin, piece, send_whole
from onegrid.portal.web import uploads
from onegrid.portal.web.throttle import Door

pytestmark = pytest.mark.django_db
TUS = {"tus-resumable": "1.0.0"}


@pytest.fixture(autouse=True)
def _uncounted():
    cache.clear()


def checksum(data, algorithm="sha1"):
    return f"{algorithm} {base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}"


def kept_of(url):
    return resumable.find(url.rstrip("/").rpartition("/")[2], at=now())


def test_says_what_is_possible(client, settings):
    response = client.options(reverse("portal:uploads"))

    assert response.status_code == 204
    assert response["Tus-Version"] == response["Tus-Resumable"] == "1.0.0"
    assert response["Tus-Max-Size"] == str(settings.VIDEO_LIMIT)
    assert set(response["Tus-Extension"].split(",")) >= {
        "creation",
        "creation-with-upload",
        "expiration",
        "termination",
    }


def test_begins_at_nothing_and_keeps_what_was_said_of_the_file(client):
    url = begin(client, 1000, metadata="filename YS5qcGc=,case eA==").url

    standing = client.head(url, headers=TUS)

    assert (standing.status_code, standing["Upload-Offset"], standing["Upload-Length"]) == (200, "0", "1000")
    assert standing["Upload-Metadata"] == "filename YS5qcGc=,case eA=="
    assert standing["Cache-Control"] == "no-store"
    assert "Upload-Expires" in standing


def test_grows_piece_by_piece(client):
    photo = samples.photo()
    url = begin(client, len(photo)).url

    first = piece(client, url, photo[:100], offset=0)
    last = piece(client, url, photo[100:], offset=100)

    assert (first.status_code, first["Upload-Offset"]) == (204, "100")
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(photo)))
    with resumable.opened(kept_of(url).id, at=now()) as content:
        assert content.read() == photo


def test_takes_the_first_piece_with_the_beginning(client):
    response = begin(client, len(samples.photo()), first=samples.photo()[:70])

    assert (response.status_code, response["Upload-Offset"]) == (201, "70")


def test_can_be_taken_away(client):
    url = begin(client, 10).url

    assert client.delete(url, headers=TUS).status_code == 204
    assert client.head(url, headers=TUS).status_code == 404


def test_is_reached_by_a_method_in_a_header_where_a_proxy_lets_only_few_through(client):
    url = begin(client, 10).url
    headers = {**TUS, "x-http-method-override": "PATCH", "upload-offset": "0"}

    assert client.post(url, b"12345", content_type=PIECE, headers=headers).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"upload-length": "10"}, 412),
        ({"tus-resumable": "0.2.2", "upload-length": "10"}, 412),
        ({**TUS}, 400),
        ({**TUS, "upload-length": "-1"}, 400),
        ({**TUS, "upload-length": "ten"}, 400),
        ({**TUS, "upload-length": "1" * 400}, 400),
        ({**TUS, "upload-length": "0"}, 422),
        ({**TUS, "upload-length": "99999999999"}, 413),
        ({**TUS, "upload-length": "10", "upload-metadata": "x" * 3000}, 400),
        ({**TUS, "upload-defer-length": "1"}, 400),
    ],
)
def test_refuses_a_beginning_that_cannot_be(client, headers, status):
    response = client.post(reverse("portal:uploads"), headers=headers)

    assert response.status_code == status
    assert "Location" not in response
    assert response["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("headers", "content_type", "status"),
    [
        ({"upload-offset": "0"}, PIECE, 412),
        ({**TUS, "upload-offset": "1"}, PIECE, 409),
        ({**TUS}, PIECE, 400),
        ({**TUS, "upload-offset": "0"}, "image/jpeg", 415),
        ({**TUS, "upload-offset": "0", "upload-checksum": "crc32 AAAA"}, PIECE, 400),
        ({**TUS, "upload-offset": "0", "upload-checksum": "sha1 !"}, PIECE, 400),
        ({**TUS, "upload-offset": "0", "upload-checksum": checksum(b"another")}, PIECE, 460),
    ],
)
def test_refuses_a_piece_that_cannot_be_and_keeps_nothing_of_it(client, headers, content_type, status):
    url = begin(client, 100).url

    response = client.patch(url, b"12345", content_type=content_type, headers=headers)

    assert response.status_code == status
    assert kept_of(url).offset == 0


def test_refuses_more_than_was_announced(client):
    url = begin(client, 10).url

    assert piece(client, url, b"x" * 11, offset=0).status_code == 413
    assert kept_of(url).offset == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_checks_a_piece_against_its_checksum(client, algorithm):
    url = begin(client, 10).url

    response = piece(client, url, b"12345", offset=0, **{"upload-checksum": checksum(b"12345", algorithm)})

    assert (response.status_code, response["Upload-Offset"]) == (204, "5")


def test_lets_only_one_piece_in_at_a_time(client, settings):
    url = begin(client, 10).url
    path = settings.RESUMABLE_UPLOADS / f"{kept_of(url).id}.part"

    with path.open("r+b") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        response = piece(client, url, b"12345", offset=0)

    assert response.status_code == 423


@pytest.mark.parametrize("method", ["get", "put", "post"])
def test_knows_no_other_methods(client, method):
    response = getattr(client, method)(begin(client, 10).url, headers=TUS)

    assert response.status_code == 405
    assert "PATCH" in response["Allow"]


@pytest.mark.parametrize("id_", ["x" * 43, "short", "-" * 200])
def test_knows_nobody_elses_upload(client, id_):
    assert client.head(reverse("portal:upload", args=[id_]), headers=TUS).status_code == 404


@pytest.mark.parametrize(
    "content", [samples.ELF, samples.SVG, samples.PDF, samples.HTML, samples.docx(), b"\xff\xd8\xff\xe0 cut", b"text"]
)
def test_says_at_the_last_piece_that_a_file_is_of_no_use_and_forgets_it(client, content, settings):
    response = send_whole(client, content)

    assert response.status_code == 422
    assert response.json()["detail"]
    assert list(settings.RESUMABLE_UPLOADS.iterdir()) == []


def test_is_over_a_day_after_its_last_byte(client):
    at = now() - resumable.LIFETIME
    begun = resumable.begin(length=10, metadata="", at=at)

    assert client.head(reverse("portal:upload", args=[begun.id]), headers=TUS).status_code == 410


def test_sweeping_takes_away_only_what_is_over(settings):
    old = resumable.begin(length=10, metadata="", at=now() - resumable.LIFETIME)
    fresh = resumable.begin(length=10, metadata="", at=now() - resumable.LIFETIME + timedelta(minutes=1))

    assert resumable.sweep(at=now()) == 1
    assert {path.stem for path in settings.RESUMABLE_UPLOADS.iterdir()} == {fresh.id}
    assert old.id != fresh.id


def test_sweeping_where_nothing_was_ever_uploaded_finds_nothing():
    assert resumable.sweep(at=now()) == 0


def test_leaves_room_on_the_disk(client, monkeypatch):
    monkeypatch.setattr(resumable, "SPARE", 10**18)

    assert begin(client, 10).status_code == 507


def test_says_when_to_come_back_after_too_many_from_one_source(client, monkeypatch):
    monkeypatch.setattr(uploads, "UPLOADS", Door("uploads", 1))
    begin(client, 10)

    refused = begin(client, 10)

    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["detail"]
