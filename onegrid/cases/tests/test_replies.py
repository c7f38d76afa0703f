"""Reply templates: which fit, what they say for a case, who may change which."""

import pytest
from django.utils.timezone import now

from onegrid.accounts.models import Role
from onegrid.cases.actions.edit_replies import (
    ReplyNotFoundError,
    ReplyPlan,
    ReplyRefusedError,
    ReplyWords,
    replace_replies,
    retire_reply,
    write_reply,
)
from onegrid.cases.models import ReplyStep, ReplyTemplate
from onegrid.cases.readers.replies import may_edit_reply, replies_for, units_to_write_for
from onegrid.cases.rules.replies import GAP, filled, unknown_placeholders
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.core.errors import NotAllowedError
from onegrid.core.ids import new_id
from onegrid.oversight.models import Entry
from onegrid.oversight.public import Actor

pytestmark = pytest.mark.django_db
BY = Actor(name="tests")


def words(**also):
    return ReplyWords(**{"step": ReplyStep.ACCEPT, "name": "已受理", "text": "{number} 已受理。", **also})


def written(by, *, reply_id=None, **also):
    return write_reply(reply_id=reply_id or new_id(), words=words(**also), by=by, at=now())


@pytest.fixture
def chief(district):
    return with_duty(Role.SHIFT_LEAD, unit=district.units.centre, name="区值班长")


def plan(code="accept-general", **also):
    values = {"step": ReplyStep.ACCEPT, "category_code": "", "name": "已受理", "name_en": "Accepted", "position": 0}
    return ReplyPlan(code=code, **{**values, "text": "{number} 已受理。", "text_en": "{number} is accepted.", **also})


def load(*plans):
    return replace_replies(plans=plans, by=BY, at=now())


def offered(case, by, step=ReplyStep.ACCEPT):
    return [reply.name for reply in replies_for(step, case, by=by)]


def test_fills_in_what_the_case_has_and_leaves_a_gap_for_the_rest():
    said = filled("{number}（{category}）由{unit}在{due}前办，{whatever}", {"number": "OG-1", "unit": "养护所"})

    assert said == f"OG-1（{GAP}）由养护所在{GAP}前办，{GAP}"


def test_names_what_is_no_placeholder():
    assert unknown_placeholders("{number} {nmber} {} {due}") == ["{nmber}", "{}"]


def test_says_number_category_place_unit_and_day_of_the_case(people, district):
    case = make_case(district, status=Status.IN_PROGRESS, address="青禾路 18 号", due_at=MORNING)
    load(plan(step=ReplyStep.REPORT_BACK, text="{number} {category} {place} {unit} {due}"))

    [reply] = replies_for(ReplyStep.REPORT_BACK, case, by=people.handler)

    assert reply.text == f"{case.number} 井盖破损 青禾路 18 号 市政养护所 2026年11月24日 09:00"


def test_says_where_it_lies_by_the_grid_when_there_is_no_address(people, district):
    load(plan(text="{place}{category}"))

    [reply] = replies_for(ReplyStep.ACCEPT, make_case(district, category=None), by=people.acceptor)

    assert reply.text == f"茶山街道博园社区第1网格{GAP}"


def test_fits_the_step_and_the_category_with_the_closest_first(people, district, chief):
    case = make_case(district)
    load(
        plan(name="全部"),
        plan(code="b", name="道路", category_code="roads", position=1),
        plan(code="c", name="消防", category_code="fire", position=2),
        plan(code="d", name="结案", step=ReplyStep.CLOSE, position=3),
    )
    written(people.shift_lead, name="本单位", unit_id=district.units.chashan_centre.pk)

    assert offered(case, people.acceptor) == ["本单位", "道路", "全部"]
    assert offered(case, people.stranger) == ["道路", "全部"]
    assert offered(make_case(district, category=None), people.stranger) == ["全部"]


def test_is_written_for_ones_area_by_the_shift_lead(people, district):
    assert may_edit_reply(people.shift_lead, district.units.chashan_centre.pk)
    assert may_edit_reply(people.shift_lead, district.units.fire.pk)
    assert not may_edit_reply(people.shift_lead, district.units.wutian_centre.pk)
    assert not may_edit_reply(people.shift_lead, None)
    assert not may_edit_reply(people.shift_lead, new_id())


def test_is_written_for_ones_own_unit_by_its_head(people, district):
    assert units_to_write_for(people.head) == [district.units.roads.pk]
    assert units_to_write_for(people.handler) == []


def test_is_written_for_everybody_by_the_shift_lead_of_the_district(people, district, chief):
    kept = written(chief)

    assert offered(make_case(district), people.acceptor) == [kept.name]
    assert Entry.objects.get(code="cases.reply-written").data["unit"] == ""


def test_is_not_written_by_others(people, district):
    with pytest.raises(NotAllowedError):
        written(people.shift_lead)
    with pytest.raises(NotAllowedError):
        written(people.acceptor, unit_id=district.units.chashan_centre.pk)


def test_is_not_taken_away_from_another_unit(people, district, chief):
    kept = written(chief)

    with pytest.raises(NotAllowedError):
        written(people.shift_lead, reply_id=kept.pk, unit_id=district.units.chashan_centre.pk)


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 61}, "name"),
        ({"text": ""}, "text"),
        ({"text": "{nmber}"}, "text"),
        ({"text_en": "{nmber}"}, "text_en"),
        ({"text": "长" * 1001}, "text"),
        ({"category_code": "nothing"}, "category"),
    ],
)
def test_refuses_what_cannot_be_offered(chief, also, field):
    with pytest.raises(ReplyRefusedError) as refusal:
        written(chief, **also)

    assert set(refusal.value.fields) == {field}


def test_is_not_offered_once_given_up(people, district, chief):
    kept = written(chief)

    retire_reply(reply_id=kept.pk, by=chief, at=now())

    assert offered(make_case(district), people.acceptor) == []
    with pytest.raises(ReplyNotFoundError):
        written(chief, reply_id=kept.pk)
    with pytest.raises(ReplyNotFoundError):
        retire_reply(reply_id=kept.pk, by=chief, at=now())


def test_is_given_up_only_by_those_who_may_write_it(people, chief):
    kept = written(chief)

    with pytest.raises(NotAllowedError):
        retire_reply(reply_id=kept.pk, by=people.shift_lead, at=now())


def test_comes_with_the_pack_and_goes_with_it():
    first = load(plan(), plan(code="b"))
    same = load(plan(), plan(code="b"))
    changed = load(plan(text="新的"))

    assert (first, same, changed) == (2, 0, 2)
    assert ReplyTemplate.objects.get().text == "新的"


def test_is_left_alone_by_the_pack_once_somebody_here_has_changed_it(chief):
    load(plan(), plan(code="b"))
    changed, given_up = ReplyTemplate.objects.order_by("code")
    written(chief, reply_id=changed.pk, text="我们的话")
    retire_reply(reply_id=given_up.pk, by=chief, at=now())

    load(plan(text="新的"), plan(code="b", text="新的"))
    load()

    assert ReplyTemplate.objects.get(pk=changed.pk).text == "我们的话"
    assert ReplyTemplate.objects.get(pk=given_up.pk).ended_at
