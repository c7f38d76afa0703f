"""A reporter asks to hurry: once in the hours of the catalogue, counted, and never named."""

from datetime import timedelta

import pytest

from onegrid.cases.actions.connect_cases import merge_case
from onegrid.cases.actions.insert_case import link_hash
from onegrid.cases.actions.nudge_case import CaseNudged, NudgedAlreadyError, nudge_case
from onegrid.cases.models import EntryKind, Report, Visibility
from onegrid.cases.readers.case_page import case_file
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.facts import on
from onegrid.core.snapshots import bump
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db

DAY = timedelta(hours=24)


ONE, TWO = "the link of one reporter", "the link of another"


def linked(district, link=ONE, **also):
    case = make_case(district, **also)
    Report.objects.filter(case=case).update(link_hash=link_hash(link))
    return case


def nudge(link=ONE, *, at=MORNING):
    return nudge_case(secret=link, at=at)


def test_is_counted_and_changes_no_clock(district):
    case = linked(district, status=Status.IN_PROGRESS)
    nudge()
    nudge(at=MORNING + DAY)

    due, version = case.stage_due_at, case.version
    case.refresh_from_db()
    assert (case.stage_due_at, case.version) == (due, version)
    assert case_file(case).nudges == 2


def test_stands_in_the_public_timeline_without_saying_who(district):
    case = linked(district)
    nudge()

    entry = case.timeline.get(kind=EntryKind.NUDGE)
    assert (entry.visibility, entry.text, entry.by_name, entry.unit_name) == (Visibility.PUBLIC, "", "", "")
    assert entry.data == {}


def test_no_address_of_the_sender_is_kept(district):
    linked(district)
    nudge()

    trail = Entry.objects.get(code="cases.nudged")
    assert (trail.by, trail.unit, trail.data) == ("anonymous", "", {})


def test_again_is_refused_until_the_hours_are_over_and_says_from_when(district):
    case = linked(district)
    nudge()

    with pytest.raises(NudgedAlreadyError, match="25") as refusal:
        nudge(at=MORNING + DAY - timedelta(microseconds=1))

    assert refusal.value.possible_at == MORNING + DAY
    assert refusal.value.details() == {"possible_at": (MORNING + DAY).isoformat()}
    assert case.timeline.filter(kind=EntryKind.NUDGE).count() == 1
    assert nudge(at=MORNING + DAY).nudge_count == 2


def test_the_hours_are_those_of_the_catalogue(district):
    Category.objects.filter(code="roads.lamp").update(procedure={"nudge_hours": 2.0})
    bump(CATALOGUE)
    linked(district, category="lamp")
    nudge()

    assert nudge(at=MORNING + timedelta(hours=2)).nudge_count == 2


def test_every_report_of_a_case_has_its_own_count(district, people):
    case, other = linked(district), linked(district, TWO)
    nudge(ONE)
    merge_case(case_id=case.pk, version=1, into=other.pk, by=people.acceptor, at=MORNING)

    nudge(TWO)

    other.refresh_from_db()
    assert case_file(other).nudges == 2
    with pytest.raises(NudgedAlreadyError):
        nudge(ONE)


def test_what_is_over_cannot_be_hurried(district):
    linked(district, status=Status.CLOSED)

    with pytest.raises(IllegalMoveError):
        nudge()


def test_needs_a_link_of_somebody(district):
    with pytest.raises(CaseNotFoundError):
        nudge("nobody's")


def test_is_announced(district, django_capture_on_commit_callbacks):
    case, heard = linked(district), []
    on(CaseNudged)(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        nudge()

    assert heard == [CaseNudged(case_id=case.pk, at=MORNING)]
