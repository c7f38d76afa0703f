"""Disputes as people meet them: the steps on the case, the docket, the lists, a rule made of a decision."""

import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Case, Evidence
from onegrid.cases.states import FOUND_OUT, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.pagination import PAGE_SIZE
from onegrid.core.snapshots import bump
from onegrid.core.tests import samples
from onegrid.dispatch.models import Argument, Dispute, Party, RoutingRule
from onegrid.dispatch.public import decide_dispute
from onegrid.dispatch.tests.dockets import make_docket

pytestmark = pytest.mark.django_db


@pytest.fixture
def disputed(district, people):
    """A case whose docket names the road unit and the fire station."""
    case = make_case(
        district,
        status=Status.DISPUTED,
        category="lamp",
        lead_unit=district.units.roads,
        holder_unit=district.units.centre,
    )
    make_docket(case, unit=district.units.roads, claimed=district.units.fire, by=people.handler)
    case.hearings.create(unit=district.units.fire, began_at=MORNING)
    return case


@pytest.fixture
def decided(disputed, people, district):
    values = {"decided_at": MORNING, "decided_by": people.coordinator, "decided_by_name": "林疏影", "ruling": "消防管"}
    Dispute.objects.filter(case=disputed).update(decided_unit=district.units.fire, **values)
    return Dispute.objects.get(case=disputed)


def docket_url(case, name="docket"):
    return reverse(f"workspace:{name}", args=[case.number, 1])


def step_url(case, name):
    return reverse("workspace:step", args=[case.number, name])


def test_a_unit_disputes_from_the_page_of_the_case(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    client = as_(people.handler)
    asked = {"version": 1, "reason": "not_our_place", "claimed": "茶山消防所", "grounds": "在小区里面"}

    shown = client.get(step_url(case, "dispute")).content.decode()
    response = client.post(step_url(case, "dispute"), asked)

    assert "Your handling clock runs on" in shown
    assert response.status_code == 302
    dispute = Dispute.objects.get(case=case)
    assert (dispute.words, dispute.claimed_unit) == ("在小区里面", district.units.fire)


def test_what_is_missing_is_said_at_its_field_and_what_was_written_stays(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    asked = {"version": 1, "reason": "not_our_place", "claimed": "没有这个单位", "grounds": "在小区里面"}

    response = as_(people.handler).post(step_url(case, "dispute"), asked)

    assert response.status_code == 422
    assert "There is no such unit for this place" in response.content.decode()
    assert "在小区里面" in response.content.decode()


def test_the_case_page_shows_the_docket_and_offers_the_decision(as_, people, disputed):
    Case.objects.get(pk=disputed.pk).timeline.create(
        kind="move", move="dispute", visibility="public", channel="desk", happened_at=MORNING, received_at=MORNING,
        data={"unit": "市政养护所", "unit_en": "Roads", "claimed": "茶山消防所", "claimed_en": "Fire"},
    )  # fmt: skip

    shown = as_(people.coordinator).get(reverse("workspace:case", args=[disputed.number])).content.decode()

    assert docket_url(disputed) in shown
    assert step_url(disputed, "settle") in shown
    assert "Roads says it is not its own, but Fire&#x27;s" in shown


def test_an_open_docket_says_what_is_left_in_the_hours_of_who_decides(as_, people, district, disputed):
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=TimeUnit.WORKING_DAYS)
    bump(SNAPSHOT)
    Case.objects.filter(pk=disputed.pk).update(stage_due_at=now() + timedelta(days=30))
    client = as_(people.coordinator)

    for address in (reverse("workspace:disputes"), docket_url(disputed)):
        shown = client.get(address).text
        assert re.search(r"working hours[^<]* left", shown)
        assert " d left" not in shown


def test_whom_a_decision_names_reads_on_the_button_that_it_stands(as_, people, district, disputed):
    decide_dispute(
        case_id=disputed.pk, version=1, lead_code="roads", ruling="养护范围", by=people.coordinator, at=now()
    )
    client = as_(people.handler)

    shown = client.get(reverse("workspace:case", args=[disputed.number])).text
    returning = client.get(step_url(disputed, "return")).text

    assert "that this case is yours; that stands" in shown
    assert step_url(disputed, "dispute") not in shown
    assert "Dispute it instead" not in returning
    assert "that this case is yours; that stands" in returning
    assert re.findall(r'option value="(\w+)"', returning) == [code.value for code in FOUND_OUT]


@pytest.mark.parametrize("person", ["dispatcher", "handler", "fireman"])
def test_nobody_below_the_district_is_offered_the_decision(as_, people, disputed, person):
    client = as_(getattr(people, person))

    shown = client.get(reverse("workspace:case", args=[disputed.number])).content.decode()
    response = client.post(step_url(disputed, "settle"), {"version": 1, "lead": "fire", "ruling": "x"})

    assert step_url(disputed, "settle") not in shown
    assert response.status_code == 403


def test_both_sides_stand_beside_each_other(as_, people, disputed, district):
    Argument.objects.create(
        dispute=Dispute.objects.get(), unit=district.units.fire, by_user=people.fireman, by_name="陆行舟",
        text="<b>我们</b>不管路灯", at=MORNING,
    )  # fmt: skip

    shown = as_(people.coordinator).get(docket_url(disputed)).content.decode()

    assert shown.index("不归我们管。") < shown.index("The others") < shown.index("&lt;b&gt;我们&lt;/b&gt;不管路灯")
    assert "韩予宁" in shown
    assert "陆行舟" in shown


@pytest.mark.queries(36)  # the photo is put into the queue of those to be looked through
def test_a_named_unit_argues_with_a_photo(as_, people, disputed):
    photo = io.BytesIO(samples.photo())
    photo.name = "现场.jpg"

    response = as_(people.fireman).post(docket_url(disputed), {"text": "见照片", "file": photo})

    assert response.status_code == 302
    argument = Argument.objects.get()
    assert (argument.text, argument.evidence) == ("见照片", Evidence.objects.get(case=disputed))
    assert not argument.evidence.is_public


def test_an_argument_without_words_is_refused_and_no_photo_kept(as_, people, disputed):
    response = as_(people.fireman).post(docket_url(disputed), {"text": " ", "file": io.BytesIO(samples.photo())})

    assert response.status_code == 422
    assert "Say what speaks for it." in response.content.decode()
    assert not Evidence.objects.exists()


def test_whoever_only_reads_cannot_argue(as_, people, disputed):
    client = as_(people.dispatcher)

    shown = client.get(docket_url(disputed)).content.decode()
    response = client.post(docket_url(disputed), {"text": "我觉得归消防"})

    assert "Put it to the docket" not in shown
    assert response.status_code == 403


def test_the_district_invites_a_unit_by_name(as_, people, disputed, district):
    response = as_(people.coordinator).post(docket_url(disputed, "docket_invite"), {"invited": "茶山网格队"})

    assert response.status_code == 302
    assert Party.objects.filter(unit=district.units.grid_team).exists()


def test_an_unknown_unit_is_not_invited(as_, people, disputed):
    response = as_(people.coordinator).post(docket_url(disputed, "docket_invite"), {"invited": "没有"})

    assert response.status_code == 422
    assert "There is no such unit for this place" in response.content.decode()


def test_the_decision_names_the_parties_and_what_was_decided_before(as_, people, district, disputed):
    before = make_case(district, status=Status.DISPATCHED, category="lamp")
    make_docket(
        before, unit=district.units.roads, by=people.handler, decided_at=MORNING, decided_by=people.coordinator,
        decided_unit=district.units.fire, ruling="小区内的归消防",
    )  # fmt: skip

    shown = as_(people.coordinator).get(step_url(disputed, "settle")).content.decode()

    assert "小区内的归消防" in shown
    assert 'value="fire"' in shown
    assert "Is named as responsible" in shown


def test_deciding_moves_the_case(as_, people, disputed, district):
    asked = {"version": 1, "lead": "fire", "ruling": "疏散通道归消防"}

    response = as_(people.coordinator).post(step_url(disputed, "settle"), asked)

    assert response.status_code == 302
    assert Case.objects.get(pk=disputed.pk).lead_unit == district.units.fire


@pytest.mark.queries(34)  # the docket with its precedents is drawn again, with the case's explanations
@pytest.mark.parametrize(("missing", "said"), [("lead", "Choose the unit"), ("ruling", "Say why it belongs")])
def test_a_decision_lacking_something_is_refused(as_, people, disputed, missing, said):
    asked = {"version": 1, "lead": "fire", "ruling": "疏散通道归消防"} | {missing: ""}

    response = as_(people.coordinator).post(step_url(disputed, "settle"), asked)

    assert response.status_code == 422
    assert said in response.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_the_list_shows_open_dockets_to_those_who_decide_and_those_who_argue(as_, people, disputed, language):
    shown = {
        person: as_(getattr(people, person), language).get(reverse("workspace:disputes")).content.decode()
        for person in ("coordinator", "fireman", "handler")
    }

    assert all(docket_url(disputed) in page for page in shown.values())


@pytest.mark.queries(20)
def test_the_list_goes_on_where_the_first_page_ends(as_, people, district):
    for _ in range(PAGE_SIZE + 1):
        case = make_case(district, status=Status.DISPUTED, category="lamp")
        make_docket(case, unit=district.units.roads, by=people.handler)
    client = as_(people.coordinator)

    first = client.get(reverse("workspace:disputes"))
    second = client.get(reverse("workspace:disputes") + first.context["open_next_url"])

    assert 'rel="next"' in first.content.decode()
    assert docket_url(case) in second.content.decode()
    assert (len(first.context["open"]), len(second.context["open"])) == (PAGE_SIZE, 1)
    assert second.context["open_next_url"] == ""


def test_a_disputed_case_stands_where_its_unit_is_being_found(as_, people, disputed):
    page = as_(people.coordinator).get(reverse("workspace:case", args=[disputed.number])).context["page"]

    assert [point.label for point in page.steps if point.is_now] == ["Dispatch"]
    assert [point.is_done for point in page.steps].count(True) == 2


def test_a_return_offers_to_dispute_instead(as_, people, district):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")

    shown = as_(people.handler).get(step_url(case, "return")).content.decode()

    assert step_url(case, "dispute") in shown
    assert "Dispute it instead" in shown


def test_the_list_is_closed_to_others(as_, people):
    assert as_(people.acceptor).get(reverse("workspace:disputes")).status_code == 403


def test_precedents_are_found_by_category(as_, people, decided, disputed):
    client = as_(people.coordinator)

    found = client.get(reverse("workspace:disputes"), {"category": "roads"}).content.decode()
    other = client.get(reverse("workspace:disputes"), {"category": "fire"}).content.decode()

    assert "消防管" in found
    assert "消防管" not in other


def test_only_categories_with_decisions_are_there_to_choose(as_, people, decided):
    page = as_(people.coordinator).get(reverse("workspace:disputes")).content.decode()

    assert re.findall(r'<option value="([^"]+)"', page) == ["roads", "roads.lamp"]


def test_what_is_disputed_waits_for_the_district(as_, people, disputed):
    mine = as_(people.coordinator).get(reverse("workspace:queue")).content.decode()
    not_mine = as_(people.dispatcher).get(reverse("workspace:queue")).content.decode()

    assert disputed.number in mine
    assert disputed.number not in not_mine


RULE = {"category": "roads.lamp", "area": "330304010", "lead": "fire", "opens_on": "2100-01-01", "reason": "归消防"}


def test_a_rule_is_previewed_and_then_made(as_, people, decided, disputed, district):
    make_case(district, status=Status.DISPATCHED, category="lamp")
    client = as_(people.coordinator)

    shown = client.get(docket_url(disputed, "rule")).content.decode()
    preview = client.post(docket_url(disputed, "rule"), RULE).content.decode()
    assert not RoutingRule.objects.exists()
    made = client.post(docket_url(disputed, "rule"), {**RULE, "_save": "1"}, follow=True).content.decode()

    assert "_save" not in shown
    assert "cases of the last twelve months would have moved" in preview or "case of the last" in preview
    assert RoutingRule.objects.get().dispute == decided
    assert docket_url(disputed) in made


def test_a_rule_is_proposed_for_the_area_of_its_unit(as_, people, decided, disputed):
    page = as_(people.coordinator).get(docket_url(disputed, "rule"))

    assert page.context["form"]["area"].value() == "330304010"


def test_a_rule_that_cannot_be_is_refused_with_what_was_written(as_, people, decided, disputed):
    response = as_(people.coordinator).post(docket_url(disputed, "rule"), {**RULE, "opens_on": "2020-01-01"})

    assert response.status_code == 422
    assert "A rule holds from today or a later day." in response.content.decode()
    assert "归消防" in response.content.decode()


def test_a_township_dispatcher_makes_no_rule(as_, people, decided, disputed):
    assert as_(people.dispatcher).get(docket_url(disputed, "rule")).status_code == 403


def test_a_rule_is_ended_from_the_table(as_, people, decided, disputed):
    client = as_(people.coordinator)
    client.post(docket_url(disputed, "rule"), {**RULE, "_save": "1"})
    code = RoutingRule.objects.get().code

    client.post(reverse("workspace:rule_end", args=[code]), {"reason": ""})
    assert RoutingRule.objects.get().closes_on is None
    client.post(reverse("workspace:rule_end", args=[code]), {"reason": "职责已调整"})

    assert RoutingRule.objects.get().closes_on is not None


def test_the_simulator_names_the_precedent(as_, people, decided, disputed):
    client = as_(people.coordinator)
    client.post(docket_url(disputed, "rule"), {**RULE, "_save": "1"})
    RoutingRule.objects.update(opens_on="2020-01-01")
    asked = {"category": "roads.lamp", "lon": "120.605", "lat": "27.905"}

    shown = client.get(reverse("workspace:simulator"), asked).content.decode()

    assert docket_url(disputed) in shown


def test_a_unit_cannot_return_what_was_decided_to_be_its_own_but_for_what_it_found(as_, people, district):
    case = make_case(
        district, status=Status.DISPUTED, category="lamp", lead_unit=district.units.roads,
        holder_unit=district.units.centre,
    )  # fmt: skip
    make_docket(case, unit=district.units.roads, claimed=district.units.fire, by=people.handler)
    decide_dispute(
        case_id=case.pk, version=1, lead_code="roads", ruling="养护范围内", by=people.coordinator, at=MORNING
    )
    client, words = as_(people.handler), {"version": 2, "reason": "没有这个地方"}

    refused = client.post(step_url(case, "return"), {**words, "code": "other"})
    taken = client.post(step_url(case, "return"), {**words, "code": "cannot_be_found"})

    assert (refused.status_code, "没有这个地方" in refused.text, "that this case is yours" in refused.text) == (
        422, True, True,
    )  # fmt: skip
    assert (taken.status_code, Case.objects.get(pk=case.pk).status) == (302, Status.FILED)


def test_a_category_that_no_text_can_hold_is_none(as_, people, district):
    assert as_(people.district_lead).get(reverse("workspace:disputes"), {"category": "\x00"}).status_code == 200
