"""What happened to public requests, as whoever follows along reads it."""

import pytest

from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.open311.tests.asking import ROOT, show, show_xml
from onegrid.portal.tests.arranging import entry, photo


@pytest.fixture
def case(district):
    return make_case(district, status=Status.FILED)


def told(case, day, **also):
    values = {"kind": EntryKind.NOTE, "visibility": Visibility.PUBLIC, "channel": "desk"} | also
    at = MORNING.replace(day=day)
    return TimelineEntry.objects.create(case=case, happened_at=at, received_at=at, **values)


def test_come_oldest_first_with_the_state_that_followed(client, case):
    told(case, 20, kind=EntryKind.REPORT)
    told(case, 21, kind=EntryKind.MOVE, move=Move.CLOSE, data={"outcome": "fixed"})
    told(case, 22)
    told(case, 23, kind=EntryKind.MOVE, move=Move.REOPEN)

    shown = show(client, "servicerequestupdates", service_request_id=case.number)

    assert [(update["status"], update["description"]) for update in shown] == [
        ("open", "The report came in"),
        ("closed", "Closed. It is solved"),
        ("closed", "A word from the unit"),
        ("open", "The reporter says it is not solved; opened again"),
    ]


def test_leave_out_what_is_internal(client, case):
    told(case, 20, visibility=Visibility.INTERNAL, text="内部研判")

    assert show(client, "servicerequestupdates", service_request_id=case.number) == []


def test_are_found_by_when_they_were_written_down(client, case):
    first, second, _third = (told(case, day) for day in (20, 21, 22))

    shown = show(
        client, "servicerequestupdates", start_date="2026-11-20T01:00:00Z", end_date="2026-11-21T09:00:00+08:00"
    )

    assert [update["update_id"] for update in shown] == [str(first.pk), str(second.pk)]
    assert shown[0]["updated_datetime"] == "2026-11-20T09:00:00+08:00"


def test_go_on_where_the_page_before_ended(client, case):
    made = [str(told(case, day).pk) for day in (20, 20, 21)]
    query = {"start_date": "2026-11-01T00:00:00Z", "page_size": 2}
    first = client.get(f"{ROOT}/servicerequestupdates.json", query)

    second = client.get(first["Link"].partition(">")[0].removeprefix("<"))

    assert [update["update_id"] for update in first.json() + second.json()] == made


def test_name_the_photo_that_was_added(client, case):
    shown = photo(case, is_public=True)
    entry(case, kind=EntryKind.EVIDENCE, data={"evidence": str(shown.pk)})

    updates = show(client, "servicerequestupdates", service_request_id=case.number)

    assert updates[0]["media_url"] == f"http://testserver/photos/{shown.pk}/"


def test_keep_a_photo_to_themselves_that_is_not_public(client, case):
    kept = photo(case, is_public=False)
    entry(case, kind=EntryKind.EVIDENCE, data={"evidence": str(kept.pk)})

    assert show(client, "servicerequestupdates", service_request_id=case.number)[0]["media_url"] is None


def test_are_called_in_xml_as_others_call_them(client, case):
    told(case, 20)

    root = show_xml(client, "servicerequestupdates", service_request_id=case.number)

    assert (root.tag, root[0].tag) == ("service_request_updates", "request_update")
    assert [field.tag for field in root[0]] == [
        "update_id", "service_request_id", "status", "updated_datetime", "description", "media_url",
    ]  # fmt: skip


def test_of_every_move_are_told(client, district):
    case = make_case(district, status=Status.FILED)
    for move in Move:
        told(case, 20, kind=EntryKind.MOVE, move=move)

    assert len(show(client, "servicerequestupdates", service_request_id=case.number)) == len(Move)
