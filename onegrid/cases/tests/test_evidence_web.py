"""Opening the files of a case in a browser."""

import io

import pytest
from django.urls import reverse

from onegrid.cases.actions.add_evidence import add_evidence
from onegrid.cases.models import EvidencePurpose
from onegrid.cases.tests.factories import MORNING
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

VIDEO = samples.mp4(b"vide", b"soun")


@pytest.fixture
def add(case, people):
    def _add(data, name="文件"):
        upload = inspect_upload(io.BytesIO(data), name=name)
        said = {"purpose": EvidencePurpose.BEFORE, "by": people.grid_worker, "at": MORNING}
        return add_evidence(case_id=case.pk, upload=upload, **said)

    return _add


@pytest.fixture
def client(client):
    """Read to the end what a test has not read, so that its file is closed."""
    answered = []
    plain_request = client.request

    def request(**environ):
        answered.append(plain_request(**environ))
        return answered[-1]

    client.request = request
    yield client
    for response in answered:
        list(response)


@pytest.fixture
def officer(client, people):
    client.force_login(people.acceptor)
    return client


def address(row, name="evidence"):
    return reverse(f"cases:{name}", args=[row.pk])


def body(response):
    return b"".join(response.streaming_content)


def test_gives_the_original_to_an_officer_who_sees_the_case(officer, add):
    response = officer.get(address(add(samples.photo())))

    assert (response.status_code, response["Content-Type"], body(response)) == (200, "image/jpeg", samples.photo())


def test_gives_the_small_picture_without_metadata(officer, add):
    small = body(officer.get(address(add(samples.photo()), "evidence_thumb")))

    assert small.startswith(b"\xff\xd8")
    assert b"Exif" not in small


def test_lets_no_file_act_in_our_name(officer, add):
    response = officer.get(address(add("<b>不是网页</b>".encode().replace(b"<b>", b"b:"))))

    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_shows_a_photo_in_the_page(officer, add):
    shown = officer.get(address(add(samples.picture(), name='a"b.png')))

    assert shown["Content-Disposition"].startswith("inline")


def test_saves_a_document_under_a_safe_name(officer, add):
    saved = officer.get(address(add(samples.PDF, name='现场"记录\r\n.exe')))

    assert saved["Content-Disposition"] == "attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA%22%E8%AE%B0%E5%BD%95.pdf"


@pytest.mark.parametrize("name", ["evidence", "evidence_thumb"])
def test_gives_nothing_to_an_officer_of_elsewhere(client, people, add, name):
    client.force_login(people.stranger)

    assert client.get(address(add(samples.photo()), name)).status_code == 404


@pytest.mark.parametrize("name", ["evidence", "evidence_thumb"])
def test_gives_nothing_to_strangers(client, add, name):
    assert client.get(address(add(samples.photo()), name)).status_code == 302


@pytest.mark.parametrize("name", ["evidence", "evidence_thumb"])
def test_does_not_know_what_is_not_there(officer, name):
    assert officer.get(reverse(f"cases:{name}", args=[new_id()])).status_code == 404


def test_has_no_small_picture_of_a_document(officer, add):
    assert officer.get(address(add(samples.PDF), "evidence_thumb")).status_code == 404


def test_takes_no_writing(officer, add):
    assert officer.post(address(add(samples.PDF))).status_code == 405


def test_gives_a_part_of_a_film(officer, add):
    response = officer.get(address(add(VIDEO)), headers={"range": "bytes=4-7"})

    assert (response.status_code, body(response)) == (206, b"ftyp")
    assert (response["Content-Range"], response["Content-Length"]) == (f"bytes 4-7/{len(VIDEO)}", "4")


def test_says_so_when_a_part_is_not_there(officer, add):
    response = officer.get(address(add(VIDEO)), headers={"range": "bytes=9999-"})

    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(VIDEO)}")


def test_gives_everything_when_the_browser_has_another_file(officer, add):
    response = officer.get(address(add(VIDEO)), headers={"range": "bytes=4-7", "if-range": '"another"'})

    assert (response.status_code, body(response)) == (200, VIDEO)


def test_is_not_sent_again_to_a_browser_that_has_it(officer, add):
    row = add(samples.photo())

    response = officer.get(address(row), headers={"if-none-match": f'"{row.sha256}"'})

    assert (response.status_code, response.content) == (304, b"")


def test_stays_out_of_shared_caches(officer, add):
    row = add(samples.photo())

    kept = [officer.get(address(row, name))["Cache-Control"] for name in ("evidence", "evidence_thumb")]
    assert kept == ["private, no-cache", "private, max-age=3600"]


def test_answers_with_the_length_alone_when_asked(officer, add):
    response = officer.head(address(add(VIDEO)))

    assert (response.status_code, response["Content-Length"]) == (200, str(len(VIDEO)))


def test_takes_a_fixed_number_of_queries(officer, add, django_assert_max_num_queries):
    row = add(samples.photo())

    with django_assert_max_num_queries(5):
        officer.get(address(row))


def test_turns_away_a_body_larger_than_any_upload(officer, settings):
    settings.UPLOAD_REQUEST_LIMIT = 1000

    response = officer.post(reverse("account_login"), {"file": io.BytesIO(bytes(2000))})

    assert response.status_code == 413
