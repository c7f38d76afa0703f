"""What anybody reads of services and of public cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from onegrid.cases.models import EntryKind, Visibility
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.open311.tests.asking import ROOT, numbers, show, show_xml
from onegrid.portal.tests.arranging import entry, photo
from onegrid.portal.tests.test_questions import QUESTIONS


@pytest.fixture
def asking(district):
    """Let the category of manholes ask its questions."""
    Category.objects.filter(pk=district.categories.manhole.pk).update(form=QUESTIONS)
    bump(SNAPSHOT)


def one(client, case, **query):
    return show(client, f"requests/{case.number}", **query)[0]


def test_discovery_leads_to_the_services(client, district):
    found = show(client, "discovery")

    assert found["endpoints"][0]["url"] == f"http://testserver{ROOT}"
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]


def test_the_root_is_the_discovery(client, district):
    assert client.get(f"{ROOT}/").json().keys() == show(client, "discovery").keys()


def test_services_are_what_residents_may_report(client, district):
    Category.objects.filter(pk=district.categories.lamp.pk).update(public_may_report=False)
    bump(SNAPSHOT)

    codes = {service["service_code"] for service in show(client, "services")}

    assert codes == {"roads.manhole", "fire.passage", "dispute"}


@pytest.mark.parametrize(("language", "name"), [("en", "Manhole"), ("zh-hans", "井盖破损")])
def test_services_are_named_in_the_readers_language(client, district, language, name):
    named = {one["service_code"]: one["service_name"] for one in show(client, "services", language=language)}

    assert named["roads.manhole"] == name


@pytest.mark.parametrize(("locale", "note"), [("en", "It is solved"), ("zh_Hans", "已解决"), ("zh-TW", "已解決")])
def test_a_locale_in_the_address_decides_the_language(client, district, locale, note):
    case = make_case(district, status=Status.CLOSED)

    assert one(client, case, locale=locale, language="en")["status_notes"].startswith(note)


def test_an_unknown_locale_changes_nothing(client, district):
    assert show(client, "services", locale="tlh")[0]["service_name"] == "Dispute"


def test_a_definition_has_the_questions_of_the_category(client, district, asking):
    found = show(client, "services/roads.manhole")

    assert found["service_code"] == "roads.manhole"
    assert [(one["order"], one["code"], one["datatype"], one["required"]) for one in found["attributes"]] == [
        (1, "fault", "singlevaluelist", True),
        (2, "hurt", "singlevaluelist", False),
        (3, "depth", "number", False),
    ]
    assert found["attributes"][0]["values"][0] == {"key": "missing", "name": "Missing"}
    assert [value["key"] for value in found["attributes"][1]["values"]] == ["true", "false"]
    assert found["attributes"][2]["datatype_description"] == "A whole number. At least 1. At most 60."


def test_a_definition_knows_every_datatype(client, district):
    options = [{"const": "a", "title": "甲", "title_en": "A"}]
    kinds = {
        "one": {"type": "string", "oneOf": options},
        "some": {"type": "array", "items": {"type": "string", "oneOf": options}},
        "day": {"type": "string", "format": "date"},
        "hour": {"type": "string", "format": "time"},
        "long": {"type": "string", "maxLength": 2000},
        "share": {"type": "number"},
    }
    form = {"type": "object", "properties": kinds, "additionalProperties": False}
    Category.objects.filter(pk=district.categories.manhole.pk).update(form=form)
    bump(SNAPSHOT)

    found = show(client, "services/roads.manhole")["attributes"]

    assert {one["code"]: one["datatype"] for one in found} == {
        "one": "singlevaluelist", "some": "multivaluelist", "day": "datetime", "hour": "string", "long": "text",
        "share": "number",
    }  # fmt: skip
    assert found[1]["values"] == [{"key": "a", "name": "A"}]


def test_services_say_whether_they_ask_something(client, district, asking):
    metadata = {service["service_code"]: service["metadata"] for service in show(client, "services")}

    assert metadata["roads.manhole"] is True
    assert metadata["roads.lamp"] is False


def test_a_request_says_how_it_stands(client, district):
    case = make_case(district, status=Status.IN_PROGRESS, address="青禾路 18 号", due_at=MORNING.replace(day=28))

    assert one(client, case) == {
        "service_request_id": case.number,
        "status": "open",
        "status_notes": "Roads is working on it",
        "service_name": "Manhole",
        "service_code": "roads.manhole",
        "description": "雨水井盖断裂，行人易踩空\n青禾路 18 号门前，井盖断了一块。",
        "agency_responsible": "Roads",
        "service_notice": None,
        "requested_datetime": "2026-11-24T09:00:00+08:00",
        "updated_datetime": "2026-11-24T09:00:00+08:00",
        "expected_datetime": "2026-11-28T09:00:00+08:00",
        "address": "青禾路 18 号, 博园社区, 茶山街道",
        "address_id": None,
        "zipcode": None,
        "lat": 27.905,
        "long": 120.605,
        "media_url": None,
    }


@pytest.mark.parametrize("status", [Status.CLOSED, Status.REFUSED])
def test_a_request_that_has_ended_is_closed_and_says_why(client, district, status):
    case = make_case(district, status=status, outcome=Outcome.NOT_OURS, outcome_note="产权方不同意")

    shown = one(client, case)

    assert shown["status"] == "closed"
    assert shown["status_notes"] == "It belongs to another authority\n产权方不同意"
    assert shown["updated_datetime"] == "2026-11-24T09:00:00+08:00"


def test_a_merged_request_names_the_one_it_goes_on_in(client, district):
    other = make_case(district, status=Status.FILED)
    case = make_case(district, status=Status.MERGED, merged_into=other)

    assert other.number in one(client, case)["status_notes"]


def test_a_merged_request_does_not_betray_a_hidden_one(client, district):
    other = make_case(district, status=Status.FILED, is_public=False)
    case = make_case(district, status=Status.MERGED, merged_into=other)

    assert other.number not in one(client, case)["status_notes"]


def test_words_that_nobody_has_accepted_are_not_shown(client, district):
    shown = one(client, make_case(district, address="青禾路 18 号"))

    assert shown["description"] is None
    assert shown["address"] == "博园社区, 茶山街道"


@pytest.mark.parametrize("category", ["passage", None])
def test_a_discreet_matter_lies_where_its_community_is_written(client, district, category):
    case = make_case(district, category=category, status=Status.REPORTED, address="青禾路 18 号")

    shown = one(client, case)

    assert (shown["lat"], shown["long"]) == (27.91, 120.61)
    assert shown["address"] == "博园社区, 茶山街道"
    assert shown["description"] is None


@pytest.mark.parametrize("also", [{"category": "dispute"}, {"is_public": False}])
def test_a_closed_matter_is_nowhere(client, district, also):
    case = make_case(district, status=Status.IN_PROGRESS, at=now(), **also)
    entry(case, kind=EntryKind.NOTE, text="内部")

    assert show(client, "requests") == []
    assert show(client, "requests", service_request_id=case.number) == []
    assert show(client, "servicerequestupdates", service_request_id=case.number) == []
    assert client.get(f"{ROOT}/requests/{case.number}.json").status_code == 404
    assert client.get(f"{ROOT}/tokens/{case.number}.xml").status_code == 404


def test_a_simulated_request_says_so(client, district):
    assert one(client, make_case(district, is_simulated=True))["service_notice"].startswith("Simulated")


def test_a_photo_is_given_by_its_public_address(client, district):
    kept, shown = (photo(make_case(district, status=Status.FILED), is_public=public) for public in (False, True))

    assert one(client, kept.case)["media_url"] is None
    assert one(client, shown.case)["media_url"] == f"http://testserver/photos/{shown.pk}/"


def test_only_public_entries_count_as_an_update(client, district, people):
    case = make_case(district, status=Status.FILED, at=MORNING.replace(day=20))
    entry(case, kind=EntryKind.NOTE, text="内部研判", by=people.handler, visibility=Visibility.INTERNAL)
    assert one(client, case)["updated_datetime"] == "2026-11-20T09:00:00+08:00"

    entry(case, kind=EntryKind.NOTE, text="明天换井盖", by=people.handler)

    assert one(client, case)["updated_datetime"] == "2026-11-24T09:00:00+08:00"


def test_nobody_who_reported_or_worked_is_named(client, district, people):
    case = make_case(district, status=Status.FILED, at=now(), reported_by=people.grid_worker)
    case.reports.update(reporter_name="叶小满", reporter_contact="13800000000")
    entry(case, kind=EntryKind.NOTE, text="明天换井盖", by=people.handler, unit="市政养护所")

    answers = [
        client.get(f"{ROOT}/{path}.{form}").text
        for path in ("requests", f"requests/{case.number}", "servicerequestupdates")
        for form in ("json", "xml")
    ]

    assert all(case.number in answer for answer in answers)
    assert not any(name in answer for answer in answers for name in ("叶小满", "13800000000", "叶青禾", "韩予宁"))


def test_a_page_leads_to_the_next_one_and_none_is_lost(client, district):
    made = [make_case(district, at=now()).number for _ in range(5)]
    response = client.get(f"{ROOT}/requests.json", {"page_size": 2, "status": "open"})
    seen = numbers(response.json())
    while "Link" in response:
        response = client.get(response["Link"].partition(">")[0].removeprefix("<"))
        seen += numbers(response.json())

    assert seen == made[::-1]


def test_pages_can_be_counted(client, district):
    made = [make_case(district, at=now()).number for _ in range(5)]

    assert numbers(show(client, "requests", page_size=2, page=2)) == made[::-1][2:4]
    assert show(client, "requests", page_size=2, page=4) == []


@pytest.mark.parametrize(("path", "most"), [("requests", 5), ("servicerequestupdates", 4)])
def test_a_list_of_any_length_asks_the_database_as_often(client, district, path, most):
    other = make_case(district, status=Status.FILED, at=now())
    for _ in range(12):
        case = make_case(district, status=Status.FILED, at=now())
        entry(case, kind=EntryKind.EVIDENCE, data={"evidence": str(photo(case, is_public=True).pk)})
    merged = make_case(district, status=Status.MERGED, merged_into=other, at=now())
    show(client, path)  # reads what stays in memory

    with CaptureQueriesContext(connection) as asked:
        show(client, path, service_request_id=f"{merged.number},{case.number},{other.number}")
        show(client, path)

    assert len(asked) <= 2 * most + 2, [query["sql"][:100] for query in asked]


def test_xml_has_the_same_fields_as_json(client, district, asking):
    case = make_case(district, status=Status.FILED, at=now())
    entry(case, kind=EntryKind.NOTE, text="x", data={"imported": True})

    for path in ("requests", "services", "servicerequestupdates", f"requests/{case.number}", f"tokens/{case.number}"):
        assert [one.tag for one in show_xml(client, path)[0]] == list(show(client, path)[0])


def test_text_that_xml_cannot_hold_is_left_out_and_hostile_text_is_only_text(client, district):
    hostile = "<script>alert(1)</script>&amp;]]>\x01\x0b\ufffe𝄞\u202e"
    case = make_case(district, status=Status.FILED, title=hostile, description=hostile)

    text = show_xml(client, f"requests/{case.number}").findtext("request/description")

    assert text == "<script>alert(1)</script>&amp;]]>𝄞\u202e"


def test_answers_may_be_read_by_any_page_of_the_web(client, district):
    assert client.get(f"{ROOT}/services.json")["Access-Control-Allow-Origin"] == "*"
