"""One step on many cases, each as it would be taken on that case alone."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import accept_case
from onegrid.cases.states import ReturnReason, Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.errors import InvalidInputError
from onegrid.core.ids import new_id
from onegrid.dispatch.models import Dispute, DisputeReason
from onegrid.oversight.models import Entry
from onegrid.workspace.actions.run_batch import (
    AskedOtherwiseError,
    BatchNotFoundError,
    BatchUnderWayError,
    carry_on,
    forget_batches,
    run_batch,
)
from onegrid.workspace.models import Batch, BatchAction, Result
from onegrid.workspace.readers.batch_plan import plan
from onegrid.workspace.rules.batches import (
    KEPT,
    MOST_CASES,
    PATIENCE,
    NothingPickedError,
    Pick,
    TooManyCasesError,
    Wish,
)

pytestmark = pytest.mark.django_db


def wish(action, cases, *, version=None, **also):
    picks = [Pick(named=case.number, id=case.pk, version=version or case.version) for case in cases]
    return Wish(action=action, picks=picks, **also)


def run(wished, by, *, batch_id=None, at=None):
    return run_batch(batch_id=batch_id or new_id(), wish=wished, by=by, at=at or now())


def results(batch):
    return list(batch.items.order_by("position").values_list("result", flat=True))


def reasons(batch):
    return list(batch.items.order_by("position").values_list("reason", flat=True))


def cut_off(batch, *, ago):
    """Leave a batch as a killed process would: its last case waiting."""
    Batch.objects.filter(pk=batch.pk).update(finished_at=None, begun_at=now() - ago)
    last = batch.items.order_by("-position").first()
    last.result = Result.WAITING
    last.save()


@pytest.mark.parametrize(
    ("role", "action", "status", "also", "after"),
    [
        ("acceptor", BatchAction.ACCEPT, Status.REPORTED, {"note": "已核"}, Status.ACCEPTED),
        ("shift_lead", BatchAction.FILE, Status.ACCEPTED, {}, Status.FILED),
        ("dispatcher", BatchAction.DISPATCH, Status.FILED, {}, Status.DISPATCHED),
        (
            "handler",
            BatchAction.RETURN,
            Status.DISPATCHED,
            {"note": "归水务", "code": ReturnReason.OTHER},
            Status.FILED,
        ),
    ],
)
def test_takes_the_step_on_every_case(people, district, role, action, status, also, after):
    cases, by = [make_case(district, status=status) for _ in range(2)], getattr(people, role)

    batch = run(wish(action, cases, **also), by)

    assert results(batch) == [Result.DONE, Result.DONE]
    assert {case.status for case in Case.objects.all()} == {after}
    assert TimelineEntry.objects.filter(move=action.value, by_user=by).count() == 2
    assert Entry.objects.filter(code=f"cases.{action.value}").count() == 2
    assert Entry.objects.get(code="workspace.batch-finished").data == {"step": action.value, "done": 2, "refused": 0}


def test_a_return_that_is_one_too_many_opens_a_docket_and_leaves_the_others_alone(people, district):
    often, seldom = (make_case(district, status=Status.DISPATCHED, return_count=count) for count in (2, 0))

    batch = run(
        wish(BatchAction.RETURN, [often, seldom], note="不归我们", code=ReturnReason.NOT_OUR_FIELD), people.handler
    )

    assert results(batch) == [Result.DONE, Result.DONE]
    assert [Case.objects.get(pk=case.pk).status for case in (often, seldom)] == [Status.DISPUTED, Status.FILED]
    dispute = Dispute.objects.get()
    assert (dispute.case, dispute.reason, dispute.returns) == (often, DisputeReason.RETURNED, 3)
    assert dispute.parties.get().unit == district.units.roads


def test_a_refusal_on_one_leaves_the_others_done(people, district):
    first, second, third = (make_case(district) for _ in range(3))
    accept_case(case_id=second.pk, version=1, by=people.shift_lead, at=now())

    batch = run(wish(BatchAction.ACCEPT, [first, second, third], version=1), people.acceptor)

    assert results(batch) == [Result.DONE, Result.REFUSED, Result.DONE]
    assert people.shift_lead.display_name in reasons(batch)[1]


def test_says_of_each_why_it_was_refused(people, district):
    wrong_stage = make_case(district, status=Status.HANDLED)
    uncategorized = make_case(district, status=Status.ACCEPTED, category=None)
    elsewhere = make_case(district, status=Status.ACCEPTED, grid=district.areas.elsewhere)

    batch = run(wish(BatchAction.FILE, [wrong_stage, uncategorized, elsewhere]), people.shift_lead)

    assert results(batch) == [Result.REFUSED] * 3
    assert "核查" in reasons(batch)[0]
    assert "事项" in reasons(batch)[1]
    assert batch.items.get(position=2).case is None


def test_notes_in_the_trail_what_duties_did_not_allow(people, district):
    case = make_case(district)

    batch = run(wish(BatchAction.ACCEPT, [case]), people.verifier)

    assert results(batch) == [Result.REFUSED]
    assert Entry.objects.get(code="cases.accept.refused").target == f"cases.Case:{case.pk}"
    assert Case.objects.get().status == Status.REPORTED


def test_dispatches_each_where_the_rules_suggest_or_all_to_one_unit(people, district):
    suggested, chosen = (make_case(district, status=Status.FILED, category=kind) for kind in ("manhole", "passage"))

    run(wish(BatchAction.DISPATCH, [suggested]), people.dispatcher)
    run(wish(BatchAction.DISPATCH, [chosen], choice="fire"), people.dispatcher)

    assert Case.objects.get(pk=suggested.pk).lead_unit == district.units.roads
    assert Case.objects.get(pk=chosen.pk).lead_unit == district.units.fire


def test_files_all_under_one_category(people, district):
    cases = [make_case(district, status=Status.ACCEPTED, category=None) for _ in range(2)]

    run(wish(BatchAction.FILE, cases, choice="roads.lamp"), people.shift_lead)

    assert {case.category for case in Case.objects.all()} == {district.categories.lamp}


def test_asking_twice_changes_nothing(people, district):
    asked, batch_id = wish(BatchAction.ACCEPT, [make_case(district)]), new_id()
    first = run(asked, people.acceptor, batch_id=batch_id)

    again = run(asked, people.acceptor, batch_id=batch_id)

    assert again == first
    assert Case.objects.get().version == 2
    assert results(again) == [Result.DONE]


def test_an_id_is_used_for_one_wish_of_one_person(people, district):
    batch_id, case = new_id(), make_case(district)
    run(wish(BatchAction.ACCEPT, [case]), people.acceptor, batch_id=batch_id)

    with pytest.raises(AskedOtherwiseError):
        run(wish(BatchAction.ACCEPT, [case], note="另一句"), people.acceptor, batch_id=batch_id)
    with pytest.raises(AskedOtherwiseError):
        run(wish(BatchAction.ACCEPT, [case]), people.shift_lead, batch_id=batch_id)


def test_is_carried_on_after_it_was_cut_off_without_doing_anything_twice(people, district):
    cases, batch_id = [make_case(district) for _ in range(3)], new_id()
    asked = wish(BatchAction.ACCEPT, cases)
    batch = run(asked, people.acceptor, batch_id=batch_id)
    cut_off(batch, ago=PATIENCE)

    again = run(asked, people.acceptor, batch_id=batch_id)

    assert results(again) == [Result.DONE] * 3
    assert again.finished_at
    assert TimelineEntry.objects.filter(move="accept").count() == 3


def test_does_what_was_still_waiting_when_it_was_cut_off(people, district):
    done, waiting = make_case(district), make_case(district)
    batch = run(wish(BatchAction.ACCEPT, [done, waiting]), people.acceptor)
    cut_off(batch, ago=PATIENCE)
    Case.objects.filter(pk=waiting.pk).update(status=Status.REPORTED, version=1)
    # The entry of the first run stands before the batch, as if that step had been taken another day.
    Batch.objects.filter(pk=batch.pk).update(created_at=now() + timedelta(seconds=1))

    carry_on(batch_id=batch.pk, by=people.acceptor, at=now())

    assert Case.objects.get(pk=waiting.pk).status == Status.ACCEPTED
    assert results(batch) == [Result.DONE, Result.DONE]


def test_is_left_alone_while_somebody_is_at_it(people, district):
    batch = run(wish(BatchAction.ACCEPT, [make_case(district)]), people.acceptor)
    cut_off(batch, ago=timedelta(seconds=5))

    with pytest.raises(BatchUnderWayError):
        carry_on(batch_id=batch.pk, by=people.acceptor, at=now())


def test_carrying_on_what_is_finished_changes_nothing(people, district):
    batch = run(wish(BatchAction.ACCEPT, [make_case(district)]), people.acceptor)

    assert carry_on(batch_id=batch.pk, by=people.acceptor, at=now()) == batch


def test_is_nobody_elses_to_carry_on(people, district):
    batch = run(wish(BatchAction.ACCEPT, [make_case(district)]), people.acceptor)

    with pytest.raises(BatchNotFoundError):
        carry_on(batch_id=batch.pk, by=people.shift_lead, at=now())


def test_refuses_none_too_many_and_a_return_without_a_reason(people, district):
    case = make_case(district, status=Status.DISPATCHED)
    many = [Pick(named=str(number), version=1) for number in range(MOST_CASES + 1)]

    with pytest.raises(NothingPickedError):
        run(Wish(action=BatchAction.ACCEPT, picks=[]), people.acceptor)
    with pytest.raises(TooManyCasesError):
        run(Wish(action=BatchAction.ACCEPT, picks=many), people.acceptor)
    with pytest.raises(InvalidInputError):
        run(wish(BatchAction.RETURN, [case], note=" "), people.handler)
    assert not Batch.objects.exists()


def test_is_forgotten_after_ninety_days(people, district):
    run(wish(BatchAction.ACCEPT, [make_case(district)]), people.acceptor)

    assert forget_batches(at=now() + KEPT - timedelta(minutes=1)) == 0
    assert forget_batches(at=now() + KEPT + timedelta(minutes=1)) == 1
    assert Case.objects.get().status == Status.ACCEPTED


def test_plans_in_one_statement_what_will_happen_and_what_not(people, district, django_assert_num_queries):
    fits = make_case(district, status=Status.FILED)
    wrong_stage = make_case(district, status=Status.REPORTED)
    changed = make_case(district, status=Status.FILED, version=4)
    nowhere = make_case(district, status=Status.FILED, category="dispute")
    district.categories.dispute.lead = {}
    picks = [Pick(named=case.number, id=case.pk, version=1) for case in (fits, wrong_stage, changed, nowhere)]
    asked = Wish(action=BatchAction.DISPATCH, picks=[*picks, Pick(named="OG-1", id=new_id(), version=1)])
    plan(asked, by=people.dispatcher, at=now())  # fills what every process has in memory

    with django_assert_num_queries(1):
        shown = plan(asked, by=people.dispatcher, at=now())

    assert shown.moved[0].number == fits.number
    assert shown.moved[0].goes_to == "市政养护所"
    assert "没有适用的规则" in shown.moved[0].reason
    assert [one.number for one in shown.untouched][:2] == [wrong_stage.number, changed.number]
    assert "变化" in shown.untouched[1].why_not


def test_says_which_unit_the_rules_would_have_suggested(people, district):
    case = make_case(district, status=Status.FILED, category="passage")

    [planned] = plan(wish(BatchAction.DISPATCH, [case], choice="fire"), by=people.dispatcher, at=now()).moved

    assert "市政养护所" in planned.reason


@pytest.mark.parametrize("unit", ["wutian-fire", "chashan-grids", "nowhere"])
def test_plans_nothing_for_a_unit_that_cannot_have_it(people, district, unit):
    case = make_case(district, status=Status.FILED)

    [planned] = plan(wish(BatchAction.DISPATCH, [case], choice=unit), by=people.dispatcher, at=now()).untouched

    assert planned.why_not
