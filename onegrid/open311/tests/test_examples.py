"""Our answers beside those that other cities have published: the same elements in the same places."""

import json

import pytest
from django.utils.timezone import now

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.open311.tests.asking import EXAMPLES, ROOT, example, key_of, needs_examples, show, show_xml
from onegrid.portal.tests.asking import QUESTIONS

pytestmark = needs_examples


@pytest.fixture
def case(district):
    Category.objects.filter(pk=district.categories.manhole.pk).update(form=QUESTIONS)
    bump(SNAPSHOT)
    return make_case(district, status=Status.FILED, at=now())


def tags(element):
    return {child.tag for child in element}


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("codeforamerica_rb/service_requests.xml", "requests"),
        ("codeforamerica_rb/get_service_request.xml", "requests/{number}"),
        ("open311status/requests_many.xml", "requests"),
        ("codeforamerica_rb/services.xml", "services"),
        ("open311status/services_giessen.xml", "services"),
        ("codeforamerica_rb/request_id_from_token.xml", "tokens/{number}"),
    ],
)
def test_a_list_in_xml_has_the_elements_of_the_example(client, case, name, path):
    theirs, ours = example(name), show_xml(client, path.format(number=case.number))

    assert ours.tag == theirs.tag
    assert ours[0].tag == theirs[0].tag
    assert tags(theirs[0]) <= tags(ours[0])


@pytest.mark.parametrize(
    ("name", "path"),
    [("open311status/service_requests.json", "requests"), ("open311status/service_list.json", "services")],
)
def test_a_list_in_json_has_the_fields_of_the_example_and_their_types(client, case, name, path):
    theirs, ours = example(name)[0], show(client, path)[0]

    assert theirs.keys() <= ours.keys()
    assert {field for field in theirs if type(theirs[field]) is not type(ours[field])} == set()


@pytest.mark.parametrize(
    ("name", "path"),
    [("bloomington_services", "services"), ("bloomington_def_69", "services/roads.manhole")],
)
def test_what_bloomington_answers_we_answer_too(client, case, name, path):
    theirs, ours = example("civicbot/fixtures.json")[name], show(client, path)
    theirs, ours = (answer[0] if isinstance(answer, list) else answer for answer in (theirs, ours))

    assert theirs.keys() <= ours.keys()


def test_an_attribute_has_the_fields_of_the_example(client, case):
    theirs = example("civicbot/fixtures.json")["bloomington_def_69"]["attributes"][0]
    ours = show(client, "services/roads.manhole")["attributes"][0]

    assert theirs.keys() == ours.keys()
    assert theirs["values"][0].keys() == ours["values"][0].keys()


def test_an_attribute_in_xml_has_the_elements_of_the_example(client, case):
    theirs = example("codeforamerica_rb/service_definition.xml").find("attribute")
    ours = show_xml(client, "services/roads.manhole").find("attributes/attribute")

    assert tags(theirs) == tags(ours)
    assert tags(theirs.find("values/value")) == tags(ours.find("values/value"))


def test_an_empty_list_is_an_empty_element(client, district):
    theirs, ours = example("codeforamerica_rb/service_requests_empty.xml"), show_xml(client, "requests")

    assert (ours.tag, len(ours)) == (theirs.tag, len(theirs))


def test_a_refusal_has_the_elements_of_the_example(client, district):
    theirs = example("codeforamerica_rb/get_service_request_not_found.xml")
    response = client.get(f"{ROOT}/requests/not-an-id.xml")

    assert response.status_code == 404
    assert "<errors><error><code>404</code><description>" in response.text
    assert tags(theirs[0]) == {"code", "description"}


def test_a_wrong_key_gets_the_code_of_the_example(client, case):
    response = client.post(f"{ROOT}/requests.xml", {"api_key": "wrong", "service_code": "roads.lamp"})

    assert f"HTTP/1.1 {response.status_code}" in _raw("codeforamerica_rb/403.xml")


def test_a_report_gets_the_elements_of_the_example(client, case, people):
    theirs = example("codeforamerica_rb/post_service_request.xml")
    sent = {"api_key": key_of(people.acceptor), "service_code": "roads.lamp", "lat": 27.905, "long": 120.605}
    ours = json.loads(client.post(f"{ROOT}/requests.json", sent).content)

    assert [field.tag for field in theirs[0]] == list(ours[0])


def _raw(name):
    return (EXAMPLES / name).read_text(encoding="utf8")
