"""Every public door gives out the covered copy of a photo: never the original, and nothing before the copy is there."""

import io
import json

import pytest
from django.urls import reverse

from onegrid.cases.actions.add_evidence import add_evidence
from onegrid.cases.models import EvidencePurpose
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.copies import with_copy
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people
from onegrid.core import files
from onegrid.core.media.upload import inspect_upload
from onegrid.core.tests import samples

STATES = ["none", "waiting", "failed"]


@pytest.fixture
def district(db):
    return make_district()


@pytest.fixture
def people(district):
    return make_people(district)


@pytest.fixture
def case(district):
    return make_case(district, status=Status.CLOSED, outcome=Outcome.FIXED)


@pytest.fixture
def original(case, people):
    """A photo of after, which an officer adds and so wants to be public."""
    upload = inspect_upload(io.BytesIO(samples.photo()))
    return add_evidence(
        case_id=case.pk, purpose=EvidencePurpose.AFTER, upload=upload, by=people.grid_worker, at=MORNING
    )


@pytest.fixture
def covered(original):
    return with_copy(original, (0.5, 0.0, 0.5, 1.0))


def content(sha256):
    with files.open_file(sha256) as kept:
        return kept.read()


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def doors(case, photo):
    return {
        "photo": reverse("portal:photo", args=[photo.pk]),
        "small": reverse("portal:photo_small", args=[photo.pk]),
        "promise": reverse("portal:case", args=[case.number]),
        "open311": f"/open311/v2/requests/{case.number}.json",
        "updates": f"/open311/v2/servicerequestupdates.json?service_request_id={case.number}",
        "interface": f"/api/v1/public/cases/{case.number}",
        "feed": reverse("portal:feed_case", args=[case.number]),
    }


def test_strangers_get_the_copy_and_its_small_picture(client, case, covered):
    at = doors(case, covered)

    assert body(client.get(at["photo"])) == content(covered.public_sha256)
    assert body(client.get(at["small"])) == content(covered.public_thumbnail_sha256)
    assert not {covered.sha256, covered.thumbnail_sha256} & {covered.public_sha256, covered.public_thumbnail_sha256}


@pytest.mark.parametrize("door", ["promise", "open311", "updates"])
def test_what_names_a_photo_names_only_the_address_of_its_copy(client, case, covered, door):
    text = client.get(doors(case, covered)[door]).text

    assert str(covered.pk) in text
    assert "/evidence/" not in text
    assert covered.sha256 not in text


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", ["photo", "small", "promise", "open311", "updates", "feed"])
def test_without_a_copy_no_door_knows_the_photo(client, case, original, state, door):
    type(original).objects.filter(pk=original.pk).update(copy_state=state)
    response = client.get(doors(case, original)[door])

    assert original.is_public
    assert str(original.pk) not in response.text or response.status_code == 404
    assert response.status_code == (404 if door in {"photo", "small"} else 200)


def test_the_interface_for_programs_knows_the_photo_once_there_is_a_copy(client, people, case, original):
    client.force_login(people.acceptor)
    before = client.get(doors(case, original)["interface"]).json()["photos"]
    with_copy(original)

    assert before == []
    assert [each["id"] for each in client.get(doors(case, original)["interface"]).json()["photos"]] == [
        str(original.pk)
    ]


@pytest.mark.parametrize("name", ["evidence", "evidence_thumb", "evidence_copy", "evidence_copy_thumb"])
def test_the_doors_of_officers_are_shut_for_strangers(client, covered, name):
    assert client.get(reverse(f"cases:{name}", args=[covered.pk])).status_code in {302, 404}


def test_paper_for_the_public_shows_the_copy(client, people, case, covered):
    client.force_login(people.acceptor)
    text = client.get(reverse("workspace:print", args=[case.number])).text

    assert reverse("cases:evidence_copy_thumb", args=[covered.pk]) in text
    assert reverse("cases:evidence_thumb", args=[covered.pk]) not in text


def test_the_feed_of_open311_leads_to_the_copy(client, case, covered):
    found = json.loads(client.get(doors(case, covered)["open311"]).text)

    assert body(client.get(found[0]["media_url"])) == content(covered.public_sha256)
