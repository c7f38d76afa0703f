"""A unit says "not ours": the docket, who may argue in it, and who decides."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import override

from onegrid.accounts.models import Role
from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case, EntryKind, Visibility
from onegrid.cases.public import IllegalMoveError, Move, Status, recategorize_case, return_case
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import FOUND_OUT, ReturnReason
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.dispatch.models import Argument, Dispute, Party
from onegrid.dispatch.public import (
    DisputeReason,
    NoOpenDisputeError,
    PartyRole,
    UnitCannotLeadError,
    argue_dispute,
    decide_dispute,
    invite_unit,
    open_dispute,
)
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db

NINE = MORNING
TEN = MORNING + timedelta(hours=1)
NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def handled(district):
    return make_case(district, status=Status.IN_PROGRESS, category="lamp")


def disputed(case, people, **also):
    values = {"reason": DisputeReason.NOT_OUR_TASK, "words": "是消防的", "claimed_code": "fire"}
    case.refresh_from_db()
    return open_dispute(case_id=case.pk, version=case.version, by=people.handler, at=NINE, **{**values, **also})


def decided(case, by, **also):
    case.refresh_from_db()
    values = {"lead_code": "fire", "ruling": "疏散通道归消防", "at": NOON, "version": case.version}
    return decide_dispute(case_id=case.pk, by=by, **{**values, **also})


def test_opens_with_its_own_clock_at_the_district_centre(handled, people, district):
    dispute = disputed(handled, people)

    handled.refresh_from_db()
    assert (handled.status, handled.holder_unit, handled.lead_unit) == (
        Status.DISPUTED,
        district.units.centre,
        district.units.roads,
    )
    assert dispute.due_at == handled.stage_due_at > TEN
    assert (dispute.number, dispute.unit, dispute.claimed_unit) == (1, district.units.roads, district.units.fire)
    assert dispute.opened_by_name == "韩予宁"


def test_names_both_units_and_lets_them_see_the_case(handled, people, district):
    assert not Case.objects.visible_to(people.fireman).filter(pk=handled.pk).exists()

    dispute = disputed(handled, people)

    assert set(dispute.parties.values_list("unit__code", "role")) == {
        ("roads", PartyRole.DISPUTES),
        ("fire", PartyRole.CLAIMED),
    }
    assert Case.objects.visible_to(people.fireman).filter(pk=handled.pk).exists()


def test_the_public_reads_that_it_is_decided_and_not_what_was_said(handled, people):
    disputed(handled, people)

    entry = handled.timeline.get(move=Move.DISPUTE)
    assert (entry.visibility, entry.text) == (Visibility.PUBLIC, "")
    assert entry.data["until"] == Case.objects.get(pk=handled.pk).stage_due_at.isoformat()


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"words": "  "}, "words"),
        ({"claimed_code": "wutian-fire"}, "claimed"),
        ({"claimed_code": "nobody"}, "claimed"),
        ({"claimed_code": "roads"}, "claimed"),
        ({"reason": DisputeReason.RETURNED}, "reason"),
    ],
)
def test_a_dispute_that_says_too_little_is_refused_at_its_field(handled, people, also, field):
    with pytest.raises(InvalidInputError) as refusal:
        disputed(handled, people, **also)

    assert list(refusal.value.fields) == [field]
    assert not Dispute.objects.exists()


def test_only_the_unit_that_leads_disputes_it(handled, people):
    with pytest.raises(NotAllowedError):
        open_dispute(
            case_id=handled.pk, version=1, reason=DisputeReason.OWNER, words="不是", by=people.dispatcher, at=NINE
        )


def test_a_case_has_one_open_docket(handled, people):
    dispute = disputed(handled, people)

    with pytest.raises(IntegrityError, match="dispute_is_open_once_in_a_case"), transaction.atomic():
        Dispute.objects.create(
            case=handled, number=2, category_code="roads.lamp", reason=DisputeReason.RETURNED, opened_at=NINE
        )
    assert Dispute.objects.get() == dispute


def test_units_named_in_it_argue_and_colleagues_read_that_they_did(handled, people, district):
    dispute = disputed(handled, people)

    argument = argue_dispute(case_id=handled.pk, text="我们只管疏散通道", by=people.fireman, at=TEN)

    assert (argument.unit, argument.by_name, argument.dispute) == (district.units.fire, "陆行舟", dispute)
    entry = handled.timeline.get(kind=EntryKind.DISPUTE)
    assert (entry.visibility, entry.text) == (Visibility.INTERNAL, "")
    assert Entry.objects.get(code="dispatch.dispute-argued").target == f"dispatch.Dispute:{dispute.pk}"


def test_evidence_of_the_case_stands_beside_an_argument(handled, people, a_photo):
    disputed(handled, people)
    piece = a_photo(handled)

    argument = argue_dispute(case_id=handled.pk, text="见照片", evidence_id=piece.pk, by=people.fireman, at=TEN)

    assert argument.evidence == piece


def test_evidence_of_another_case_is_refused(handled, people, district, a_photo):
    disputed(handled, people)
    piece = a_photo(make_case(district))

    with pytest.raises(InvalidInputError) as refusal:
        argue_dispute(case_id=handled.pk, text="见照片", evidence_id=piece.pk, by=people.fireman, at=TEN)

    assert list(refusal.value.fields) == ["evidence"]


def test_nothing_said_is_refused(handled, people):
    disputed(handled, people)

    with pytest.raises(InvalidInputError) as refusal:
        argue_dispute(case_id=handled.pk, text=" ", by=people.fireman, at=TEN)

    assert list(refusal.value.fields) == ["text"]


def test_a_unit_that_is_not_named_neither_sees_it_nor_argues(handled, people, district):
    disputed(handled, people, claimed_code="")
    with pytest.raises(CaseNotFoundError):
        argue_dispute(case_id=handled.pk, text="我们也有话说", by=people.fireman, at=TEN)


def test_somebody_who_sees_the_case_by_area_does_not_argue_in_it(handled, people):
    disputed(handled, people)

    with pytest.raises(NotAllowedError):
        argue_dispute(case_id=handled.pk, text="我觉得归消防", by=people.dispatcher, at=TEN)


def test_nobody_argues_for_a_unit_that_is_not_theirs(handled, people):
    disputed(handled, people)

    with pytest.raises(NotAllowedError):
        argue_dispute(case_id=handled.pk, text="替他们说", unit_code="roads", by=people.fireman, at=TEN)


def test_where_nothing_is_disputed_nobody_argues(handled, people):
    with pytest.raises(NoOpenDisputeError):
        argue_dispute(case_id=handled.pk, text="归消防", by=people.handler, at=TEN)


def test_an_argument_can_neither_be_changed_nor_deleted(handled, people):
    disputed(handled, people)
    argue_dispute(case_id=handled.pk, text="我们只管疏散通道", by=people.fireman, at=TEN)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Argument.objects.update(text="另一句")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Argument.objects.all().delete()


def test_whoever_decides_invites_another_unit(handled, people, district):
    disputed(handled, people, claimed_code="")

    invite_unit(case_id=handled.pk, unit_code="fire", by=people.coordinator, at=TEN)
    invite_unit(case_id=handled.pk, unit_code="fire", by=people.coordinator, at=TEN)

    assert Party.objects.get(unit=district.units.fire).role == PartyRole.INVITED
    assert argue_dispute(case_id=handled.pk, text="不归我们", by=people.fireman, at=TEN)
    assert handled.timeline.filter(data__has_key="invited").count() == 1


def test_a_township_dispatcher_invites_nobody(handled, people):
    disputed(handled, people)

    with pytest.raises(NotAllowedError):
        invite_unit(case_id=handled.pk, unit_code="chashan-grids", by=people.dispatcher, at=TEN)


def test_a_unit_that_works_elsewhere_is_not_invited(handled, people):
    disputed(handled, people)

    with pytest.raises(InvalidInputError):
        invite_unit(case_id=handled.pk, unit_code="wutian-fire", by=people.coordinator, at=TEN)


def test_the_decision_gives_the_case_to_its_unit_and_ends_the_hearing(handled, people, district):
    dispute = disputed(handled, people)

    decided(handled, people.coordinator)

    handled.refresh_from_db()
    dispute.refresh_from_db()
    assert (handled.status, handled.lead_unit, handled.holder_unit, handled.level) == (
        Status.DISPATCHED,
        district.units.fire,
        district.units.fire,
        "township",
    )
    assert (dispute.decided_unit, dispute.decided_by, dispute.decided_at) == (
        district.units.fire,
        people.coordinator,
        NOON,
    )
    assert not Case.objects.visible_to(people.handler).filter(pk=handled.pk).exists()


def test_the_decision_is_public_as_the_unit_alone(handled, people):
    disputed(handled, people)

    decided(handled, people.coordinator)

    entry = handled.timeline.get(move=Move.SETTLE)
    assert (entry.visibility, entry.text, entry.data["lead"]) == (Visibility.PUBLIC, "", "fire")
    assert "疏散通道归消防" not in str(entry.data)


def test_the_clock_of_the_unit_that_disputed_in_vain_has_run_on(handled, people, district):
    Case.objects.filter(pk=handled.pk).update(stage_due_at=MORNING + timedelta(hours=24))
    before = MORNING + timedelta(hours=24)
    disputed(handled, people)

    decided(handled, people.coordinator, lead_code="roads")

    handled.refresh_from_db()
    assert (handled.lead_unit, handled.stage_due_at) == (district.units.roads, before)


def test_another_unit_begins_with_its_whole_limit(handled, people):
    disputed(handled, people)

    decided(handled, people.coordinator)

    handled.refresh_from_db()
    assert handled.stage_due_at == NOON + timedelta(hours=24)


@pytest.mark.parametrize("person", ["dispatcher", "shift_lead", "handler", "stranger"])
def test_nobody_below_the_district_decides(handled, people, person):
    disputed(handled, people)

    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        decided(handled, getattr(people, person))


@pytest.mark.parametrize("role", [Role.LEADER, Role.SHIFT_LEAD, Role.DISPATCHER])
def test_a_named_person_of_the_district_decides(handled, people, district, role):
    disputed(handled, people)

    decided(handled, with_duty(role, unit=district.units.centre))

    assert Case.objects.get(pk=handled.pk).status == Status.DISPATCHED


def test_a_member_of_a_unit_that_argues_does_not_decide(handled, people, district):
    disputed(handled, people)
    both = with_duty(Role.LEADER, unit=district.units.roads, area=district.areas.district)

    with pytest.raises(NotAllowedError), override("zh-hans"):
        decided(handled, both)


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"ruling": " "}, InvalidInputError),
        ({"lead_code": "wutian-fire"}, UnitCannotLeadError),
        ({"lead_code": "chashan-grids"}, UnitCannotLeadError),
    ],
)
def test_a_decision_that_cannot_be_leaves_the_docket_open(handled, people, also, refusal):
    dispute = disputed(handled, people)

    with pytest.raises(refusal):
        decided(handled, people.coordinator, **also)

    dispute.refresh_from_db()
    assert dispute.decided_at is None


def test_what_is_disputed_is_not_returned(handled, people):
    disputed(handled, people)
    handled.refresh_from_db()

    with pytest.raises(IllegalMoveError):
        return_case(case_id=handled.pk, version=handled.version, reason="退", by=people.handler, at=TEN)


@pytest.fixture
def given(handled, people, district):
    """A case that was disputed and given to the unit that disputed it."""
    disputed(handled, people)
    decided(handled, people.district_lead, lead_code="roads")
    handled.refresh_from_db()
    return handled


def sent_back(case, people, code):
    case.refresh_from_db()
    return return_case(
        case_id=case.pk, version=case.version, reason="不是我们的", code=code, by=people.handler, at=NOON
    )


def test_a_decision_is_final_for_the_unit_that_it_names(given, people):
    with override("en"), pytest.raises(InvalidInputError) as refusal:
        disputed(given, people)

    assert "that this case is yours" in refusal.value.fields["reason"]
    assert Dispute.objects.count() == 1


@pytest.mark.parametrize("code", sorted(set(ReturnReason) - set(FOUND_OUT)))
def test_what_was_decided_is_not_returned_for_whose_it_is_nor_for_no_reason_named(given, people, code):
    with override("en"), pytest.raises(InvalidInputError) as sent:
        sent_back(given, people, code)

    assert "that this case is yours" in sent.value.fields["code"]
    assert "Already being handled" in sent.value.fields["code"]
    given.refresh_from_db()
    assert (given.status, given.return_count) == (Status.DISPATCHED, 0)


@pytest.mark.parametrize("code", FOUND_OUT)
def test_what_was_found_out_on_the_spot_is_still_a_reason(given, people, code):
    assert sent_back(given, people, code).status == Status.FILED


def test_over_the_api_a_return_names_the_reason_by_which_it_is_counted(given, people):
    program = Program(people.handler)
    sent = {"version": given.version, "reason": "不是我们的"}

    refused = program.send(f"cases/{given.number}/returns", sent)
    taken = program.send(f"cases/{given.number}/returns", {**sent, "code": "cannot_be_found"})

    assert (refused.status_code, [error["field"] for error in refused.json()["errors"]]) == (422, ["code"])
    assert (taken.status_code, taken.json()["status"]) == (200, Status.FILED)


def test_another_category_is_something_new_to_dispute(given, people):
    recategorize_case(
        case_id=given.pk, version=given.version, category_code="fire.passage", by=people.dispatcher, at=NOON
    )

    assert (disputed(given, people).number, Dispute.objects.filter(case=given).count()) == (2, 2)
