"""What nobody would send to the Open311 interface is taken or refused in its own form, and never a failure of ours."""

import re
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from onegrid.accounts.models import Role
from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.open311.tests.asking import ROOT, key_of
from tests.bad_input.corpora import naughty_strings, needs

pytestmark = needs("naughty")
NAUGHTY = naughty_strings()
PARAMETERS = [
    "service_request_id", "service_code", "status", "start_date", "end_date", "updated_after", "updated_before", "lat",
    "long", "radius", "page", "page_size", "after", "jurisdiction_id", "locale",
]  # fmt: skip
FIELDS = [
    "service_code", "lat", "long", "address_string", "address_id", "description", "email", "phone", "first_name",
    "last_name", "media_url", "api_key", "jurisdiction_id", "attribute[fault]",
]  # fmt: skip
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def some(place):
    """Return a fifth of the strings, another one for each place: all of them together come everywhere."""
    return [*NAUGHTY[place % 5 :: 5], "\x00"]


@pytest.mark.parametrize(("place", "parameter"), enumerate(PARAMETERS))
@pytest.mark.parametrize("path", ["requests", "servicerequestupdates"])
def test_a_naughty_parameter_is_understood_or_refused(client, case, path, place, parameter):
    beside = {"lat": "27.9", "long": "120.6", "radius": "100"}

    statuses = {each: client.get(f"{ROOT}/{path}.xml", beside | {parameter: each}).status_code for each in some(place)}

    assert set(statuses.values()) <= {200, 400, 404}, statuses


@pytest.mark.parametrize("kind", ["services", "requests", "tokens"])
def test_a_naughty_address_leads_nowhere(client, case, kind):
    addresses = [f"{ROOT}/{kind}/{quote(each, safe='')}.json" for each in [*NAUGHTY, "\x00"]]

    assert {client.get(address).status_code for address in addresses} <= {200, 400, 404}


@pytest.mark.parametrize(("place", "field"), enumerate(FIELDS))
def test_a_naughty_field_is_taken_or_refused(client, everyone, place, field):
    plain = {
        "api_key": key_of(everyone), "service_code": "roads.manhole", "lat": "27.905", "long": "120.605",
        "description": "a",
    }  # fmt: skip

    statuses = [client.post(f"{ROOT}/requests.json", plain | {field: each}).status_code for each in some(place)]

    assert set(statuses) <= {201, 400, 403, 404}
    assert Case.objects.count() == statuses.count(201)


def test_naughty_words_come_back_exactly_in_json_and_but_for_what_xml_cannot_hold_in_xml(client, district):
    cases = {make_case(district, status=Status.FILED, title="", description=each): each for each in NAUGHTY}
    query = {"service_request_id": ",".join(case.number for case in cases)}

    as_json = client.get(f"{ROOT}/requests.json", query).json()
    as_xml = ElementTree.fromstring(client.get(f"{ROOT}/requests.xml", query).content)  # noqa: S314  # our own

    said = {case.number: words.strip() for case, words in cases.items()}
    assert {one["service_request_id"]: one["description"] for one in as_json} == said
    assert {one.findtext("service_request_id"): one.findtext("description") for one in as_xml} == {
        number: UNWRITABLE.sub("", words) for number, words in said.items()
    }


def test_a_stranger_with_a_key_of_no_duty_gets_in_nowhere(client, everyone):
    everyone.duties.exclude(role=Role.LEADER).delete()
    sent = {"api_key": key_of(everyone), "service_code": "roads.manhole", "lat": "27.905", "long": "120.605"}

    assert client.post(f"{ROOT}/requests.json", sent).status_code == 403
