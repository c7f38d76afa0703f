"""The steps of a case, as people take them on its page."""

import pytest
from django.urls import reverse

from onegrid.cases.models import Case, EntryKind, SupportTask
from onegrid.cases.states import Status, moves_from
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category
from onegrid.oversight.models import Access
from onegrid.workspace.rules.steps import STEPS
from onegrid.workspace.web.forms import FORMS

pytestmark = pytest.mark.django_db


WORDS = {"note", "text", "finding"}


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


def test_every_step_but_splitting_off_has_a_form():
    assert set(STEPS) - set(FORMS) == {"split"}


@pytest.mark.parametrize(
    ("role", "name", "status", "data", "after"),
    [
        ("acceptor", "accept", Status.REPORTED, {}, Status.ACCEPTED),
        ("acceptor", "refuse", Status.REPORTED, {"outcome": "nothing_found", "note": "查过了"}, Status.REFUSED),
        ("acceptor", "ask-check", Status.ACCEPTED, {"question": "属实吗"}, Status.CHECKING),
        ("grid_worker", "answer-check", Status.CHECKING, {"is_true": "1", "finding": "属实"}, Status.ACCEPTED),
        ("shift_lead", "file", Status.ACCEPTED, {"category": "roads.lamp", "title": "路灯"}, Status.FILED),
        ("dispatcher", "dispatch", Status.FILED, {"lead": "roads"}, Status.DISPATCHED),
        ("dispatcher", "recall", Status.DISPATCHED, {"reason": "派错了"}, Status.FILED),
        ("handler", "take", Status.DISPATCHED, {}, Status.IN_PROGRESS),
        ("handler", "return", Status.IN_PROGRESS, {"code": "not_our_field", "reason": "归水务"}, Status.FILED),
        ("verifier", "pass", Status.HANDLED, {"finding": "平整"}, Status.VERIFIED),
        ("verifier", "fail", Status.HANDLED, {"finding": "没修"}, Status.DISPATCHED),
        ("shift_lead", "close", Status.VERIFIED, {"outcome": "fixed", "note": "已修好"}, Status.CLOSED),
        ("shift_lead", "withdraw", Status.FILED, {"note": "来电撤回"}, Status.CLOSED),
    ],
)
def test_moves_the_case_on(as_, people, district, role, name, status, data, after):
    case = make_case(district, status=status)
    client = as_(getattr(people, role))

    shown = client.get(address(case, name))
    response = client.post(address(case, name), {"version": 1, **data})

    assert shown.status_code == 200
    assert response.status_code == 302
    assert Case.objects.get(pk=case.pk).status == after


def test_reopens_what_was_closed_a_moment_ago(as_, people, district, settings):
    case = make_case(district, status=Status.CLOSED)
    Case.objects.filter(pk=case.pk).update(ended_at="2100-01-01T00:00:00Z")

    as_(people.shift_lead).post(address(case, "reopen"), {"version": 1, "reason": "还没修好"})

    assert Case.objects.get(pk=case.pk).status == Status.FILED


@pytest.mark.parametrize(
    ("role", "name", "status"),
    [
        ("handler", "take", Status.IN_PROGRESS),
        ("leader", "accept", Status.REPORTED),
        ("acceptor", "file", Status.ACCEPTED),
        ("grid_worker", "dispatch", Status.FILED),
        ("shift_lead", "dispatch", Status.FILED),
        ("dispatcher", "pass", Status.HANDLED),
        ("acceptor", "close", Status.VERIFIED),
        ("leader", "note", Status.REPORTED),
    ],
)
def test_offers_no_button_for_what_somebody_may_not_do(as_, people, district, role, name, status):
    case = make_case(district, status=status)

    text = as_(getattr(people, role)).get(reverse("workspace:case", args=[case.number])).text

    assert f"/do/{name}/" not in text


@pytest.mark.parametrize(
    ("role", "name", "status", "data"),
    [
        ("leader", "accept", Status.REPORTED, {}),
        ("acceptor", "file", Status.ACCEPTED, {"category": "roads.lamp"}),
        ("shift_lead", "dispatch", Status.FILED, {"lead": "roads"}),
        ("dispatcher", "pass", Status.HANDLED, {"finding": "ok"}),
        ("acceptor", "close", Status.VERIFIED, {"outcome": "fixed", "note": "ok"}),
        ("leader", "note", Status.REPORTED, {"text": "hello", "visibility": "internal"}),
    ],
)
def test_refuses_what_somebody_may_not_do_and_keeps_their_words(as_, people, district, role, name, status, data):
    case = make_case(district, status=status)

    response = as_(getattr(people, role)).post(address(case, name), {"version": 1, **data})

    assert response.status_code == 403
    assert Case.objects.get(pk=case.pk).status == status
    assert all(data[name] in response.text for name in WORDS & data.keys())


@pytest.mark.parametrize("send", ["get", "post"])
@pytest.mark.parametrize(
    ("role", "status", "answer", "words"),
    [
        ("leader", Status.REPORTED, 403, "Your duties do not allow this here."),
        ("leader", Status.ACCEPTED, 403, "Your duties do not allow this here."),
        ("acceptor", Status.ACCEPTED, 409, ""),
    ],
)
def test_tells_duty_from_what_is_not_open_now(as_, people, district, send, role, status, answer, words):
    case = make_case(district, status=status)

    response = getattr(as_(getattr(people, role)), send)(address(case, "accept"), {"version": 1})

    assert response.status_code == answer
    assert words in response.text


def test_does_not_show_cases_of_elsewhere(as_, people, case):
    assert as_(people.stranger).get(reverse("workspace:case", args=[case.number])).status_code == 404
    assert as_(people.stranger).post(address(case, "accept"), {"version": 1}).status_code == 404


def test_says_who_was_quicker_and_keeps_what_was_written(as_, people, case):
    as_(people.acceptor).post(address(case, "accept"), {"version": 1})
    late = {"version": 1, "outcome": "nothing_found", "note": "现场没有发现"}

    response = as_(people.shift_lead).post(address(case, "refuse"), late)

    assert response.status_code == 409
    assert "受理员" in response.text
    assert "现场没有发现" in response.text
    assert 'name="version" value="2"' in response.text
    assert Case.objects.get(pk=case.pk).status == Status.ACCEPTED


def test_shows_the_words_apart_where_the_step_is_gone(as_, people, case):
    as_(people.shift_lead).post(address(case, "refuse"), {"version": 1, "outcome": "not_ours", "note": "归水务"})

    response = as_(people.acceptor).post(address(case, "accept"), {"version": 1, "note": "我的备注"})

    assert response.status_code == 409
    assert "我的备注" in response.text
    assert 'action="' + address(case, "accept") not in response.text


@pytest.mark.parametrize(
    ("role", "name", "status", "data", "names"),
    [
        ("shift_lead", "file", Status.ACCEPTED, {"category": "roads.lamp"}, {"zh-hans": "路灯不亮", "en": "Lamp"}),
        ("dispatcher", "dispatch", Status.FILED, {"lead": "roads"}, {"zh-hans": "市政养护所", "en": "Roads"}),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_shows_what_was_chosen_by_its_name(as_, people, district, role, name, status, data, names, language):
    case, client = make_case(district, status=status), as_(getattr(people, role), language)
    client.post(address(case, name), {"version": 1, **data})

    response = client.post(address(case, name), {"version": 1, **data})

    assert response.status_code == 409
    assert f'<dd class="cs-said">{names[language]}</dd>' in response.text


def test_keeps_all_input_when_something_is_missing(as_, people, district):
    case = make_case(district, status=Status.VERIFIED)

    response = as_(people.shift_lead).post(
        address(case, "close"), {"version": 1, "outcome": "not_fixable", "note": " "}
    )

    assert response.status_code == 422
    assert 'value="not_fixable" ' in response.text
    assert "checked" in response.text
    assert "Say why it cannot be fixed." in response.text


def test_names_the_proof_that_is_missing(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="manhole")

    response = as_(people.handler).post(address(case, "report-back"), {"version": 1, "result": "换了井盖"})

    assert response.status_code == 422
    assert "photo after the work" in response.text
    assert "换了井盖" in response.text


def test_searching_a_category_sends_nothing_yet(as_, people, district):
    case = make_case(district, status=Status.ACCEPTED)

    response = as_(people.shift_lead).post(
        address(case, "file"), {"version": 1, "find": "路灯", "title": "改过的标题", "_search": "1"}
    )

    assert response.status_code == 200
    assert "roads.lamp" in response.text
    assert "改过的标题" in response.text
    assert Case.objects.get(pk=case.pk).status == Status.ACCEPTED


def test_filing_begins_with_the_category_the_case_has_and_its_condition(as_, people, district):
    Category.objects.filter(pk=district.categories.lamp.pk).update(filing_condition_en="A lamp of the city is dark.")
    case = make_case(district, status=Status.ACCEPTED, category="lamp", title="井盖")

    text = as_(people.shift_lead).get(address(case, "file")).text

    assert 'value="roads.lamp" checked' in text
    assert "Filed when: A lamp of the city is dark." in text


def test_dispatch_takes_a_unit_by_its_name_with_supporting_ones(as_, people, district):
    case = make_case(district, status=Status.FILED, category="lamp")
    data = {"version": 1, "unit": "市政养护所", "support1": "茶山消防所", "what1": "围挡"}

    as_(people.dispatcher).post(address(case, "dispatch"), data)

    task = SupportTask.objects.get(case=case)
    assert (task.unit, task.what) == (district.units.fire, "围挡")


def test_dispatch_refuses_a_grid_team_for_what_was_not_admitted(as_, people, district):
    case = make_case(district, status=Status.FILED, category="lamp")

    response = as_(people.dispatcher).post(address(case, "dispatch"), {"version": 1, "unit": "chashan-grids"})

    assert response.status_code == 409
    assert "not admitted" in response.text


def test_dispatch_refuses_a_unit_that_is_none(as_, people, district):
    case = make_case(district, status=Status.FILED)

    response = as_(people.dispatcher).post(address(case, "dispatch"), {"version": 1, "unit": "梧田消防所"})

    assert response.status_code == 422


def test_merging_names_the_other_case_by_its_number(as_, people, district):
    case, other = make_case(district), make_case(district)

    as_(people.acceptor).post(address(case, "merge"), {"version": 1, "number": other.number.lower()})

    assert Case.objects.get(pk=case.pk).merged_into == other


def test_linking_and_adopting_show_on_both(as_, people, district):
    case, other = make_case(district), make_case(district)
    client = as_(people.shift_lead)

    client.post(address(case, "link"), {"version": 1, "number": other.number, "kind": "same_cause"})
    client.post(address(case, "adopt"), {"version": 1, "number": other.number})

    text = client.get(reverse("workspace:case", args=[other.number])).text
    assert text.count(case.number) >= 2
    assert Case.objects.get(pk=case.pk).parent == other


def test_a_note_for_colleagues_stays_inside(as_, people, case):
    client = as_(people.acceptor)

    client.post(address(case, "note"), {"version": 1, "text": "只给同事", "visibility": "internal"})

    assert "只给同事" in client.get(reverse("workspace:case", args=[case.number])).text
    assert "只给同事" not in client.get(reverse("workspace:print", args=[case.number])).text
    assert case.timeline.filter(kind=EntryKind.NOTE).count() == 1


def test_relocating_finds_the_new_grid(as_, people, case, district):
    as_(people.acceptor).post(address(case, "relocate"), {"version": 1, "lon": "120.615", "lat": "27.905"})

    assert Case.objects.get(pk=case.pk).grid == district.areas.beside


def test_relocating_outside_the_district_is_refused_at_the_field(as_, people, case):
    response = as_(people.acceptor).post(address(case, "relocate"), {"version": 1, "lon": "0", "lat": "0"})

    assert response.status_code == 422


def test_assigning_gives_the_case_to_a_colleague(as_, people, district):
    case = make_case(district, status=Status.DISPATCHED)

    as_(people.head).post(address(case, "assign"), {"version": 1, "colleague": str(people.handler.pk)})

    assert Case.objects.get(pk=case.pk).assignee == people.handler


def test_finishing_a_supporting_task_says_what_was_done(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS)
    task = SupportTask.objects.create(case=case, unit=district.units.fire, what="围挡", created_at=MORNING)
    client, url = as_(people.fireman), reverse("workspace:task", args=[case.number, task.pk])

    assert task.what in client.get("/tasks/").text
    assert client.post(url, {"result": " "}).status_code == 422
    assert client.post(url, {"result": "已围挡"}).status_code == 302
    assert SupportTask.objects.get(pk=task.pk).done_by == people.fireman


def test_the_reporter_stays_masked_until_a_reason_is_given(as_, people, case):
    report = case.reports.get()
    report.reporter_name, report.reporter_contact, report.is_anonymous = "张三丰", "13800001234", False
    report.save()
    client, url = as_(people.acceptor), reverse("workspace:reporter", args=[case.number, report.pk])

    assert "13800001234" not in client.get(reverse("workspace:case", args=[case.number])).text
    assert client.post(url, {"purpose": ""}).status_code == 422
    assert "13800001234" in client.post(url, {"purpose": "核对现场位置，需要联系报告人"}).text
    assert Access.objects.filter(subject=f"cases.Report:{report.pk}").count() == 1


def test_the_reporter_is_not_opened_to_those_whose_duty_it_is_not(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS)
    url = reverse("workspace:reporter", args=[case.number, case.pk])

    response = as_(people.handler).post(url, {"purpose": "想知道是谁报告的我们单位"})

    assert response.status_code == 403
    assert not Access.objects.exists()


@pytest.mark.parametrize("status", Status)
def test_no_two_steps_of_one_stage_share_a_key(status):
    moves = set(moves_from(status))
    keys = [
        step.key
        for step in STEPS.values()
        if step.key and (step.move in moves if step.move else status in step.statuses)
    ]

    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("status", [Status.REPORTED, Status.ACCEPTED, Status.FILED])
def test_what_lies_in_another_township_goes_to_the_centre_there(as_, people, district, status):
    """Else nobody would have it: the old centre does not see it, and it waits for nobody of the new one."""
    case = make_case(district, status=status, assignee=people.acceptor)

    as_(people.acceptor).post(address(case, "relocate"), {"version": 1, "lon": "120.625", "lat": "27.905"})

    case = Case.objects.get(pk=case.pk)
    assert (case.township_name, case.holder_unit, case.assignee) == ("梧田街道", district.units.wutian_centre, None)


def test_a_unit_that_handles_a_case_keeps_it_wherever_it_turns_out_to_lie(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS)

    as_(people.shift_lead).post(address(case, "relocate"), {"version": 1, "lon": "120.625", "lat": "27.905"})

    assert Case.objects.get(pk=case.pk).holder_unit == case.holder_unit == district.units.roads


def test_a_case_that_stays_in_its_township_stays_with_its_colleague(as_, people, district):
    case = make_case(district, assignee=people.acceptor)

    as_(people.acceptor).post(address(case, "relocate"), {"version": 1, "lon": "120.615", "lat": "27.905"})

    assert Case.objects.get(pk=case.pk).assignee == people.acceptor
