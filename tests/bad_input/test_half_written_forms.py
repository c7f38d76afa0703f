"""A form of the desk with a file that cannot be kept changes nothing, whatever else was in it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id
from onegrid.core.tests import samples

NEW = {"text": "路灯不亮三天", "channel": "phone", "lon": "120.605", "lat": "27.905", "category": "roads.lamp",
       "opened_at": "2026-11-23T09:00:00+08:00", "result": "换了灯泡"}  # fmt: skip


def photo():
    return SimpleUploadedFile("good.jpg", samples.picture(), content_type="image/jpeg")


def broken():
    return SimpleUploadedFile("broken.jpg", samples.picture()[:200], content_type="image/jpeg")


@pytest.mark.parametrize(
    ("address", "role", "files"),
    [
        ("/cases/new/", "acceptor", {"photos": [broken]}),
        ("/cases/new/", "acceptor", {"photos": [photo, broken]}),
        ("/cases/new/on-the-spot/", "grid_worker", {"photos": [photo], "after": [broken], "solved": "on"}),
    ],
)
def test_a_new_case_is_not_made_without_its_photos(client, people, rows, kept_files, address, role, files):
    client.force_login(getattr(people, role))
    made = {name: value if isinstance(value, str) else [file() for file in value] for name, value in files.items()}
    before = rows()

    response = client.post(address, {**NEW, "id": new_id(), **made}, headers={"Accept-Language": "en"})

    assert (response.status_code, "broken.jpg" in response.text) == (422, True)
    assert (rows(), kept_files()) == (before, [])


@pytest.mark.parametrize(
    ("step", "role", "status", "said"),
    [
        ("report-back", "handler", "in_progress", {"result": "修好了"}),
        ("answer-check", "grid_worker", "checking", {"is_true": "1", "finding": "属实"}),
        ("evidence", "acceptor", "accepted", {"purpose": "before"}),
        ("pass", "verifier", "handled", {"finding": "平整"}),
    ],
)
@pytest.mark.parametrize("files", [[broken], [photo, broken]], ids=["a broken one", "a good and a broken one"])
def test_a_step_is_not_half_taken(client, people, district, rows, kept_files, step, role, status, said, files):
    case = make_case(district, status=status)
    client.force_login(getattr(people, role))
    before = rows()
    sent = {field: [file() for file in files] for field in ("photos", "files_sent")}

    response = client.post(f"/cases/{case.number}/do/{step}/", {"version": 1, **said, **sent})

    assert (response.status_code, "broken.jpg" in response.text) == (422, True)
    assert (rows(), kept_files()) == (before, [])


@pytest.mark.parametrize(
    ("step", "role", "status", "said", "answer"),
    [
        ("report-back", "handler", "in_progress", {"result": ""}, 422),
        ("report-back", "handler", "in_progress", {"result": "修好了", "version": 7}, 409),
        ("answer-check", "grid_worker", "checking", {"is_true": "1", "finding": ""}, 422),
        ("answer-check", "grid_worker", "checking", {"is_true": "1", "finding": "属实", "version": 7}, 409),
    ],
)
@pytest.mark.queries(34)  # the page of the step, drawn again with the clocks, draws and orders of the case
def test_photos_of_a_step_that_is_refused_are_not_kept(
    client, people, district, rows, kept_files, step, role, status, said, answer
):
    case = make_case(district, status=status)
    client.force_login(getattr(people, role))
    before = rows()

    response = client.post(f"/cases/{case.number}/do/{step}/", {"version": 1, **said, "photos": [photo()]})

    assert response.status_code == answer
    assert rows() == before
