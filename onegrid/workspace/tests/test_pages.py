"""The other pages of the workspace: case, paper, audit, simulator."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from onegrid.cases.actions.pass_shares import Escalated, note_escalations
from onegrid.cases.actions.triage_case import accept_case
from onegrid.cases.models import Channel, EntryKind, TimelineEntry, Visibility
from onegrid.cases.states import Stage, Status
from onegrid.cases.tests.factories import MORNING, make_case

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
NAUGHTY = "<script>alert(1)</script>\"><img src=x onerror=alert(2)> '"


def write(case, text, visibility):
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.NOTE, visibility=visibility, text=text, channel="desk", happened_at=MORNING,
        received_at=MORNING,
    )  # fmt: skip


@pytest.mark.queries(19)  # one beside the navigation, two for what was asked and ordered while a unit handles it
@pytest.mark.parametrize("status", [status for status in Status if status != Status.MERGED])
def test_a_case_takes_a_fixed_number_of_statements(as_, people, district, status):
    case = make_case(district, status=status)
    for number in range(12):
        write(case, f"备注 {number}", Visibility.INTERNAL)

    response = as_(people.shift_lead).get(reverse("workspace:case", args=[case.number]))

    assert response.status_code == 200
    assert INLINE.findall(response.text) == []


def test_a_case_shows_what_people_wrote_as_text(as_, people, district):
    case = make_case(district, title=NAUGHTY, description=NAUGHTY, address=NAUGHTY, outcome_note=NAUGHTY)
    write(case, NAUGHTY, Visibility.PUBLIC)
    client = as_(people.shift_lead)

    pages = [client.get(reverse(f"workspace:{name}", args=[case.number])).text for name in ("case", "preview", "print")]

    assert all("<script>alert" not in page and "<img src=x" not in page for page in pages)


def test_a_case_shows_the_answers_to_extra_questions_in_words(as_, people, district):
    form = {
        "properties": {
            "fault": {
                "type": "string", "title": "路灯怎么了", "title_en": "What is wrong",
                "oneOf": [{"const": "dark", "title": "不亮", "title_en": "Dark"}],
            },
            "hurt": {"type": "boolean", "title": "有人受伤吗", "title_en": "Is anybody hurt?"},
        }
    }  # fmt: skip
    type(district.categories.lamp).objects.filter(pk=district.categories.lamp.pk).update(form=form)
    case = make_case(district, category="lamp", description="不亮", answers={"fault": "dark", "hurt": True})

    text = as_(people.acceptor).get(reverse("workspace:case", args=[case.number])).text

    assert "<dt>What is wrong</dt><dd>Dark</dd>" in text
    assert "<dt>Is anybody hurt?</dt><dd>Yes</dd>" in text


def test_a_case_whose_report_now_belongs_to_another_has_no_empty_field_for_who_reported(as_, people, district):
    case = make_case(district)
    client, page = as_(people.leader), reverse("workspace:case", args=[case.number])

    before, _moved = client.get(page).text, case.reports.all().delete()

    assert "<dt>Reporter</dt>" in before
    assert "<dt>Reporter</dt>" not in client.get(page).text


def test_a_case_explains_its_deadline(as_, people, case):
    text = as_(people.acceptor).get(reverse("workspace:case", args=[case.number])).text

    assert "Why this deadline?" in text
    assert "nights, weekends and holidays too" in text


def test_a_deadline_names_the_version_of_the_category_and_its_limit(as_, people, district):
    case = make_case(district, status=Status.FILED, category="lamp")

    text = as_(people.shift_lead).get(reverse("workspace:case", args=[case.number])).text

    assert f"version {case.category.version}: 4 h." in text


def test_a_deadline_that_came_from_another_system_is_called_so(as_, people, district):
    case = make_case(
        district, status=Status.FILED, category="lamp", channel=Channel.IMPORT, stage_started_at=MORNING,
        reported_at=MORNING, stage_due_at=MORNING + timedelta(days=5), due_at=MORNING + timedelta(days=5),
    )  # fmt: skip

    text = as_(people.shift_lead).get(reverse("workspace:case", args=[case.number])).text

    assert "The due moment is the other system&#x27;s" in text
    assert "Due in the other system" in text
    assert "nights, weekends and holidays too" not in text


@pytest.mark.parametrize(("show", "seen", "hidden"), [("public", "给公众", "给同事"), ("internal", "给同事", "给公众")])
def test_the_timeline_can_be_narrowed(as_, people, case, show, seen, hidden):
    write(case, "给公众", Visibility.PUBLIC)
    write(case, "给同事", Visibility.INTERNAL)

    text = as_(people.acceptor).get(reverse("workspace:case", args=[case.number]), {"show": show}).text

    assert seen in text
    assert hidden not in text


def test_who_handled_a_case_reads_why_somebody_else_must_verify(as_, people, district):
    case = make_case(district, status=Status.HANDLED, handled_by=people.verifier)

    text = as_(people.verifier).get(reverse("workspace:case", args=[case.number])).text

    assert "somebody else must verify it" in text
    assert "/do/pass/" not in text


def test_paper_holds_public_content_only(as_, people, district):
    case = make_case(district, category="passage", address="青禾路 18 号")
    write(case, "给同事", Visibility.INTERNAL)

    text = as_(people.acceptor).get(reverse("workspace:print", args=[case.number])).text

    assert "给同事" not in text
    assert "青禾路" not in text


def test_paper_names_units_but_no_officer(as_, people, case):
    client = as_(people.acceptor)
    client.post(reverse("workspace:step", args=[case.number, "accept"]), {"version": 1})

    text = client.get(reverse("workspace:print", args=[case.number])).text

    assert "Chashan Centre" in text
    assert "受理员" not in text
    assert "Today" not in text


@pytest.mark.parametrize(
    ("language", "team", "lead"),
    [("en", "Chashan Centre", "Dispatched to Roads"), ("zh-hans", "茶山街道指挥中心", "派遣到市政养护所")],
)
def test_the_timeline_names_units_in_the_readers_language(as_, people, district, language, team, lead):
    case = make_case(district, status=Status.FILED, category="lamp")
    client = as_(people.dispatcher, language)
    client.post(reverse("workspace:step", args=[case.number, "dispatch"]), {"version": 1, "lead": "roads"})

    entry = case.timeline.order_by("-received_at").first()
    text = client.get(reverse("workspace:case", args=[case.number])).text

    assert entry.unit_name == "茶山街道指挥中心"
    assert f"{team} · 周知遥" in text
    assert lead in text


def test_the_audit_trail_says_in_words_what_was_done_to_which_case(as_, people, case):
    accept_case(case_id=case.pk, version=1, by=people.acceptor, at=MORNING)

    page = as_(people.auditor).get("/audit/", {"target": case.number}).text

    assert '<b class="d-block">Accept</b>' in page
    assert f">{case.number}</a>" in page


def test_the_audit_trail_refuses_a_day_behind_the_last_there_is(as_, people):
    assert "Enter a valid date" in as_(people.auditor).get("/audit/", {"until": "9999-12-31"}).text


def test_the_audit_trail_finds_nothing_about_a_case_that_there_is_not(as_, people, case):
    assert "No entry fits" in as_(people.auditor).get("/audit/", {"target": "OG-000000-000000"}).text


def test_the_audit_trail_is_for_auditors(as_, people, case):
    as_(people.acceptor).post(reverse("workspace:step", args=[case.number, "accept"]), {"version": 1})

    assert as_(people.acceptor).get("/audit/").status_code == 403
    assert "cases.accept" in as_(people.auditor).get("/audit/", {"code": "cases.accept"}).text
    assert "No entry fits" in as_(people.auditor).get("/audit/", {"code": "cases.no"}).text
    assert as_(people.auditor).get("/audit/", {"since": "yesterday"}).status_code == 422
    assert as_(people.auditor).get("/audit/", {"before": "99999999999999999999999"}).status_code == 422


def test_the_simulator_says_where_a_case_would_go(as_, people):
    asked = {"category": "roads.lamp", "area": "330304010", "level": "township", "moment": "2026-11-24T09:00"}

    response = as_(people.dispatcher).get("/simulator/", asked)

    assert response.context["outcome"].lead
    assert as_(people.acceptor).get("/simulator/").status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"category": "roads"}, {"area": "nowhere"}, {"lon": "0", "lat": "0"}, {"moment": "x"}]
)
def test_the_simulator_refuses_what_it_cannot_place(as_, people, wrong):
    asked = {"category": "roads.lamp", "area": "330304010", **wrong}

    assert as_(people.dispatcher).get("/simulator/", asked).status_code == 422


def test_the_category_picker_finds_by_words(as_, people):
    text = as_(people.shift_lead).get("/cases/categories/", {"find": "路灯"}).text

    assert "roads.lamp" in text


def test_a_case_shows_whom_its_lateness_has_reached(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS)
    escalated = Escalated(
        case_id=case.pk, at=MORNING, share=100, stage=Stage.HANDLE, due_at=MORNING, told=["所长", "值班长"]
    )
    note_escalations([escalated], at=MORNING)

    page = as_(people.shift_lead).get(reverse("workspace:case", args=[case.number])).text

    assert "100 % of the time for “Handling” was used up. Told: 所长, 值班长" in page
