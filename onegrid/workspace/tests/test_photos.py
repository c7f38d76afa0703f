"""Which photos the public sees, and what is covered in them, is decided on a page of its own."""

import io

import pytest
from django.urls import reverse

from onegrid.cases.actions.add_evidence import attach_report_file
from onegrid.cases.models import CopyFault, CopyState, Evidence
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

pytestmark = pytest.mark.django_db
LEFT = (0.0, 0.0, 0.5, 1.0)


def sent(case, data):
    return attach_report_file(case_id=case.pk, upload=inspect_upload(io.BytesIO(data)), at=MORNING)


@pytest.fixture
def waiting(case):
    return sent(case, samples.photo())


@pytest.fixture
def photo(waiting):
    return with_copy(waiting, LEFT)


def address(case, photo_id, name="photo"):
    return reverse(f"workspace:{name}", args=[case.number, photo_id])


def show(client, case, photo, value="1"):
    return client.post(address(case, photo.pk, "show_photo"), {"public": value}, follow=True)


def test_an_officer_shows_the_copy_to_the_public(as_, people, case, photo):
    response = show(as_(people.acceptor), case, photo)

    photo.refresh_from_db()
    assert photo.is_public
    assert "The public sees the copy now." in response.text


def test_an_officer_takes_it_away_again(as_, people, case, photo):
    show(as_(people.acceptor), case, photo)
    show(as_(people.acceptor), case, photo, "0")

    photo.refresh_from_db()
    assert not photo.is_public


def test_a_photo_that_was_not_looked_through_is_not_shown(as_, people, case, waiting):
    response = show(as_(people.acceptor), case, waiting)

    waiting.refresh_from_db()
    assert not waiting.is_public
    assert "The copy for the public is not ready." in response.text
    assert 'name="public"' not in response.text


def test_the_case_leads_to_the_page_and_says_what_keeps_a_photo_inside(as_, people, case, waiting):
    Evidence.objects.update(is_public=True, copy_state=CopyState.FAILED, copy_fault=CopyFault.TOO_LONG)
    text = as_(people.acceptor).get(reverse("workspace:case", args=[case.number])).text

    assert address(case, waiting.pk) in text
    assert "Looking through the photo takes too long." in text


def test_the_page_has_the_original_beside_the_copy_with_the_boxes(as_, people, case, photo):
    text = as_(people.acceptor).get(address(case, photo.pk)).text

    assert reverse("cases:evidence", args=[photo.pk]) in text
    assert reverse("cases:evidence_copy", args=[photo.pk]) in text
    assert '<rect x="0" y="0" width="30" height="40">' in text


@pytest.mark.parametrize("copy", ["evidence_copy", "evidence_copy_thumb"])
def test_the_copy_is_for_those_who_may_see_the_case(as_, people, photo, copy):
    at = reverse(f"cases:{copy}", args=[photo.pk])

    response = as_(people.acceptor).get(at)
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8")
    assert response["Cache-Control"] == "private, no-cache"
    assert as_(people.stranger).get(at).status_code == 404


def test_there_is_no_copy_before_it_is_ready(as_, people, waiting):
    assert as_(people.acceptor).get(reverse("cases:evidence_copy", args=[waiting.pk])).status_code == 404


def test_a_box_is_lifted_with_a_reason(as_, people, case, photo):
    given = {"lift": "1", "reason": "海报上的脸"}
    text = as_(people.acceptor).post(address(case, photo.pk, "cover_photo"), given, follow=True).text

    assert "海报上的脸" in text
    assert people.acceptor.display_name in text


def test_a_box_is_not_lifted_without_one_and_nothing_written_is_lost(as_, people, case, photo):
    given = {
        "lift": "1",
        "reason": "",
        "left": ["10", ""],
        "top": ["20", ""],
        "width": ["5,5", ""],
        "height": ["6", ""],
    }
    response = as_(people.acceptor).post(address(case, photo.pk, "cover_photo"), given)

    assert response.status_code == 422
    assert "Say why the public may see this." in response.text
    assert 'name="lift" value="1" checked' in response.text
    assert 'name="width" inputmode="decimal" value="5,5"' in response.text


def test_boxes_are_drawn_by_numbers(as_, people, case, photo):
    given = {"left": ["50", ""], "top": ["0", ""], "width": ["50", ""], "height": ["100", ""]}
    as_(people.acceptor).post(address(case, photo.pk, "cover_photo"), given)

    photo.refresh_from_db()
    assert [(each["left"], each["width"]) for each in photo.covers] == [(0.0, 0.5), (0.5, 0.5)]
    assert photo.covers[1]["by"] == people.acceptor.display_name


@pytest.mark.parametrize("row", ["a 0 5 5", "50 - 5 5", "-1 0 5 5", "1e999 0 5 5", "nan 0 5 5", "5 5 0 0"])
def test_numbers_that_are_no_box_are_refused(as_, people, case, photo, row):
    given = dict(zip(("left", "top", "width", "height"), row.split(), strict=True))
    response = as_(people.acceptor).post(address(case, photo.pk, "cover_photo"), given)

    photo.refresh_from_db()
    assert (response.status_code, len(photo.covers)) == (422, 1)


def test_rows_that_do_not_fit_together_are_no_boxes(as_, people, case, photo):
    response = as_(people.acceptor).post(
        address(case, photo.pk, "cover_photo"), {"left": ["1", "2"], "lift": ["x", "²"]}
    )

    photo.refresh_from_db()
    assert (response.status_code, len(photo.covers)) == (302, 1)


def test_an_officer_has_a_photo_looked_through_again(as_, people, case, waiting):
    Evidence.objects.update(copy_state=CopyState.FAILED, copy_fault=CopyFault.BROKEN)
    text = as_(people.acceptor).post(address(case, waiting.pk, "look_photo"), follow=True).text

    waiting.refresh_from_db()
    assert waiting.copy_state == CopyState.WAITING
    assert "being looked through" in text


def test_whoever_only_reads_is_neither_offered_it_nor_obeyed(as_, people, case, photo):
    client = as_(people.leader)

    assert address(case, photo.pk) not in client.get(reverse("workspace:case", args=[case.number])).text
    assert client.post(address(case, photo.pk, "show_photo"), {"public": "1"}).status_code == 403
    assert client.post(address(case, photo.pk, "cover_photo"), {"lift": "1", "reason": "x"}).status_code == 403


@pytest.mark.parametrize("name", ["show_photo", "cover_photo", "look_photo"])
def test_a_photo_that_there_is_not_is_not_found(as_, people, case, name):
    given = {"public": "1", "left": "1", "top": "1", "width": "5", "height": "5"}

    assert as_(people.acceptor).post(address(case, new_id(), name), given).status_code == 404


def test_a_photo_of_another_case_is_not_found(as_, people, district, photo):
    assert as_(people.acceptor).get(address(make_case(district), photo.pk)).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_asks_little_of_the_database(as_, people, case, photo, django_assert_max_num_queries, language):
    client = as_(people.acceptor, language)
    with django_assert_max_num_queries(14):
        assert client.get(address(case, photo.pk)).status_code == 200
