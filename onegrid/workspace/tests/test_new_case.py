"""New cases at the desk and on the round."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from onegrid.cases.models import Case, Evidence
from onegrid.cases.public import turn_months
from onegrid.cases.states import Status
from onegrid.core.ids import new_id

pytestmark = pytest.mark.django_db
PLACE = {"lon": "120.605", "lat": "27.905", "opened_at": "2026-11-23T09:00:00+08:00"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), content_type="image/jpeg")


def test_the_desk_registers_what_somebody_tells_it(as_, people):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", "reporter_name": "李四", **PLACE}

    response = as_(people.acceptor).post("/cases/new/", data)

    case = Case.objects.get()
    assert response.url == f"/cases/{case.number}/"
    assert case.reports.get().reporter_name == "李四"


@pytest.mark.parametrize(("role", "address"), [("acceptor", "/cases/new/"), ("grid_worker", "/cases/new/on-the-spot/")])
def test_the_place_is_chosen_on_a_map_or_typed(as_, people, role, address):
    text = as_(getattr(people, role)).get(address).text

    assert "data-place-picker" in text
    assert 'name="lon"' in text
    assert 'name="system"' in text


def test_how_accurate_the_place_is_gets_kept(as_, people):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", "accuracy": "12", **PLACE}

    as_(people.acceptor).post("/cases/new/", data)

    assert Case.objects.get().accuracy_m == 12


def test_a_place_is_asked_for_in_words_that_name_the_map(as_, people):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", **PLACE, "lon": "", "lat": ""}

    response = as_(people.acceptor).post("/cases/new/", data)

    assert response.status_code == 422
    assert "on the map, or by typing coordinates" in response.text


@pytest.mark.parametrize(("role", "address"), [("acceptor", "/cases/new/"), ("grid_worker", "/cases/new/on-the-spot/")])
def test_says_at_once_what_is_missing_and_the_place_once(as_, people, role, address):
    data = {"id": new_id(), "text": " ", "channel": "phone", **PLACE, "lon": "", "lat": ""}

    text = as_(getattr(people, role)).post(address, data).text

    assert "2 things are still missing or wrong" in text
    assert '<a href="#f_text">Say in a few words what is wrong.</a>' in text
    assert '<a href="#f_lat">' not in text


def test_sending_twice_changes_nothing(as_, people):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", **PLACE}
    client = as_(people.acceptor)

    first = client.post("/cases/new/", {**data, "photos": photo()})
    second = client.post("/cases/new/", {**data, "photos": photo()})

    assert first.url == second.url
    assert Case.objects.count() == 1
    assert Evidence.objects.count() == 1


def test_a_part_split_off_stands_below_its_parent(as_, people, case):
    data = {"id": new_id(), "text": "旁边的路灯", "channel": "desk", "parent": case.number, **PLACE}

    as_(people.shift_lead).post("/cases/new/", data)

    assert case.children.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"lon": "0", "lat": "0"},
        {"lon": "121.9"},
        {"lat": "north"},
        {"channel": "portal"},
        {"category": "no.such"},
        {"id": "1"},
    ],
)
def test_faults_are_shown_and_what_was_written_is_kept(as_, people, wrong):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", "address": "青禾路 18 号", **PLACE, **wrong}

    response = as_(people.acceptor).post("/cases/new/", data)

    assert response.status_code == 422
    assert "青禾路 18 号" in response.text
    assert not Case.objects.exists()


def test_a_grid_worker_gets_the_form_for_the_phone(as_, people):
    assert as_(people.grid_worker).get("/cases/new/").url == "/cases/new/on-the-spot/"


@pytest.mark.queries(48)  # three actions, each with its own lock and trail, and a photo that is put into a queue
def test_solved_on_the_spot_closes_in_one_go_and_only_once(as_, people):
    data = {
        "id": new_id(),
        "text": "井盖移位",
        "category": "roads.manhole",
        "solved": "on",
        "result": "已复位",
        **PLACE,
    }
    client = as_(people.grid_worker)
    turn_months(at=timezone.now())  # what is drawn from this month is there, as on all but its first day

    client.post("/cases/new/on-the-spot/", {**data, "photos": photo(), "after": photo("green")})
    again = client.post("/cases/new/on-the-spot/", {**data, "photos": photo(), "after": photo("green")})

    case = Case.objects.get()
    assert again.status_code == 302
    assert case.status == Status.CLOSED
    assert case.evidence.count() == 2


def test_solved_without_proof_reports_nothing_yet(as_, people):
    data = {
        "id": new_id(),
        "text": "井盖移位",
        "category": "roads.manhole",
        "solved": "on",
        "result": "已复位",
        **PLACE,
    }

    response = as_(people.grid_worker).post("/cases/new/on-the-spot/", data)

    assert response.status_code == 422
    assert "photo after the work" in response.text
    assert not Case.objects.exists()


def test_a_grid_worker_cannot_register_elsewhere(as_, people):
    data = {"id": new_id(), "text": "井盖移位", **PLACE, "lon": "120.625"}

    response = as_(people.grid_worker).post("/cases/new/on-the-spot/", data)

    assert response.status_code == 403
    assert "井盖移位" in response.text
    assert not Case.objects.exists()


def test_the_id_of_another_report_is_refused_and_nothing_is_lost(as_, people):
    data = {"id": new_id(), "text": "路灯不亮三天", "channel": "phone", **PLACE}
    client = as_(people.acceptor)
    client.post("/cases/new/", data)

    response = client.post("/cases/new/", {**data, "text": "完全另一件事"})

    assert response.status_code == 409
    assert "完全另一件事" in response.text


def test_those_who_may_not_report_are_told_so(as_, people):
    assert as_(people.leader).get("/cases/new/").status_code == 403
