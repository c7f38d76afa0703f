"""Which photos the public sees is decided on the page of the case."""

import io

import pytest
from django.urls import reverse

from onegrid.cases.actions.add_evidence import attach_report_file
from onegrid.cases.tests.factories import MORNING
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(case, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return attach_report_file(case_id=case.pk, upload=inspect_upload(io.BytesIO(samples.photo())), at=MORNING)


def address(case, photo_id):
    return reverse("workspace:show_photo", args=[case.number, photo_id])


def test_an_officer_shows_a_photo_to_the_public(as_, people, case, photo):
    response = as_(people.acceptor).post(address(case, photo.pk), {"public": "1"}, follow=True)

    photo.refresh_from_db()
    assert photo.is_public
    assert "The public sees the photo now." in response.text


def test_an_officer_takes_it_away_again(as_, people, case, photo):
    as_(people.acceptor).post(address(case, photo.pk), {"public": "1"})
    as_(people.acceptor).post(address(case, photo.pk), {"public": "0"})

    photo.refresh_from_db()
    assert not photo.is_public


def test_whoever_only_reads_is_neither_offered_it_nor_obeyed(as_, people, case, photo):
    client = as_(people.leader)

    assert address(case, photo.pk) not in client.get(reverse("workspace:case", args=[case.number])).text
    assert client.post(address(case, photo.pk), {"public": "1"}).status_code == 403


def test_a_photo_that_there_is_not_is_not_found(as_, people, case):
    assert as_(people.acceptor).post(address(case, new_id()), {"public": "1"}).status_code == 404
