"""
Programs that others wrote, as they come from the package index, against a running server.

`georeport` reads, `civicbot` reads and reports.
"""

import pytest
from civicbot.http import HttpTransport, RateLimiter
from civicbot.open311 import Open311Client, ValidationError
from civicbot.registry import Endpoint
from django.utils.timezone import now
from georeport import GeoReport

from onegrid.cases.models import Case, Channel
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, make_district, make_people
from onegrid.core import snapshots
from onegrid.open311.tests.asking import key_of, numbers


@pytest.fixture
def root(live_server, district):
    return f"{live_server.url}/open311/v2"


@pytest.fixture
def district(transactional_db):
    made = make_district()
    snapshots.refresh()
    return made


@pytest.fixture
def bot(root):
    """A robot of civicbot's that knows our district as one of its cities."""
    endpoint = Endpoint(id="ouhai", name="Ouhai", base_url=root, write=True)
    return Open311Client(endpoint, HttpTransport(rate_limiter=RateLimiter(min_interval=0)))


@pytest.fixture
def reader(root):
    return GeoReport(root)


@pytest.fixture(params=["json", "xml"])
def either(request, root):
    """A client that asks for one format and then for the other."""
    return GeoReport(root, output_format=request.param)


def test_georeport_lists_the_services(either):
    services = either.get_service_list()

    assert {"roads.manhole", "roads.lamp"} <= {service["service_code"] for service in services}


def test_georeport_reads_a_definition(either):
    assert either.get_service_definition("roads.manhole")["service_code"] == "roads.manhole"


def test_georeport_lists_requests(either, district):
    made = [make_case(district, at=now(), status=Status.FILED).number for _ in range(2)]

    assert set(numbers(either.get_service_requests(status="open", service_code="roads.manhole"))) == set(made)


def test_georeport_finds_several_by_number(reader, district):
    first, _, third = [make_case(district, at=now()).number for _ in range(3)]

    found = reader.get_service_requests(service_request_id=f"{first},{third}")

    assert set(numbers(found)) == {first, third}


def test_georeport_reads_one_request(either, district):
    case = make_case(district, at=now(), status=Status.CLOSED)

    assert either.get_service_request(case.number)["status"] == "closed"


def test_georeport_says_what_it_was_refused(reader, district):
    with pytest.raises(Exception, match="404"):
        reader.get_service_request("OG-261124-999999")


def test_civicbot_reads_requests_and_tokens(bot, district):
    case = make_case(district, at=now(), status=Status.FILED)

    assert numbers(bot.list_requests(status="open", page_size=5)) == [case.number]
    assert numbers(bot.list_requests(service_request_ids=[case.number])) == [case.number]
    assert bot.get_request(case.number)["service_name"] == "井盖破损"
    assert bot.get_token(case.number) == [{"service_request_id": case.number, "token": case.number}]


def test_civicbot_reports(bot, district):
    people = make_people(district)

    sent = bot.create_request(
        "roads.manhole", dry_run=False, confirm="SEND", api_key=key_of(people.acceptor), validate_remote=True,
        lat=27.905, lng=120.605, description="Broken manhole by the school gate", first_name="Ada", last_name="Byron",
        email="ada@example.org", address_string="Qinghe Road 18",
    )  # fmt: skip

    case = Case.objects.get()
    assert numbers(sent.response) == [case.number]
    assert (case.channel, case.reported_by) == (Channel.API, people.acceptor)
    assert bot.get_request(case.number)["status"] == "open"


def test_civicbot_knows_from_us_what_is_not_offered(bot, district):
    with pytest.raises(ValidationError, match="not offered"):
        bot.create_request("roads.moon", validate_remote=True, lat=27.905, lng=120.605)
