"""Every move as somebody would make it, so that tests can try each from everywhere."""

from datetime import timedelta

from onegrid.cases.actions.connect_cases import merge_case
from onegrid.cases.actions.decide_time import decide_time
from onegrid.cases.actions.finish_case import close_case, reopen_case, solve_on_the_spot, verify_case, withdraw_case
from onegrid.cases.actions.handle_case import report_back, return_case, take_case
from onegrid.cases.actions.resume_case import resume_case
from onegrid.cases.actions.triage_case import accept_case, answer_check, ask_check, file_case, refuse_case
from onegrid.cases.models import Case
from onegrid.cases.states import Move, Outcome, Status
from onegrid.cases.tests.factories import make_case, make_request
from onegrid.dispatch.public import DisputeReason, decide_dispute, dispatch_case, open_dispute, recall_case
from onegrid.dispatch.tests.dockets import make_docket


def _merge(district, people, common):
    return merge_case(into=make_case(district).pk, by=people.acceptor, **common)


def _decide(district, people, common):
    case = Case.objects.get(pk=common["case_id"])
    if case.status == Status.DISPUTED:
        make_docket(case, unit=district.units.roads, by=people.handler)
    return decide_dispute(lead_code="roads", ruling="养护范围内", by=people.coordinator, **common)


def _suspend(district, people, common):
    make_request(district, common["case_id"], by=people.head, until=common["at"] + timedelta(days=5))
    return decide_time(is_granted=True, note="配件停产", by=people.district_lead, **common)


MAKE = {
    Move.ACCEPT: lambda d, p, c: accept_case(by=p.acceptor, **c),
    Move.REFUSE: lambda d, p, c: refuse_case(outcome=Outcome.NOT_OURS, note="归水务中心", by=p.acceptor, **c),
    Move.ASK_CHECK: lambda d, p, c: ask_check(question="属实吗", by=p.acceptor, **c),
    Move.ANSWER_CHECK: lambda d, p, c: answer_check(is_true=True, finding="属实", by=p.grid_worker, **c),
    Move.FILE: lambda d, p, c: file_case(category_code="roads.lamp", by=p.shift_lead, **c),
    Move.DISPATCH: lambda d, p, c: dispatch_case(lead_code="roads", by=p.dispatcher, **c),
    Move.RECALL: lambda d, p, c: recall_case(reason="派错了", by=p.dispatcher, **c),
    Move.TAKE: lambda d, p, c: take_case(by=p.handler, **c),
    Move.RETURN: lambda d, p, c: return_case(reason="是供电的", by=p.handler, **c),
    Move.DISPUTE: lambda d, p, c: open_dispute(
        reason=DisputeReason.NOT_OUR_TASK, words="是消防的", claimed_code="fire", by=p.handler, **c
    ),
    Move.SETTLE: _decide,
    Move.SUSPEND: _suspend,
    Move.RESUME: lambda d, p, c: resume_case(note="材料到了", by=p.handler, **c),
    Move.REPORT_BACK: lambda d, p, c: report_back(result="换了灯泡", by=p.handler, **c),
    Move.PASS: lambda d, p, c: verify_case(is_done=True, finding="亮了", by=p.verifier, **c),
    Move.FAIL: lambda d, p, c: verify_case(is_done=False, finding="没亮", by=p.verifier, **c),
    Move.CLOSE: lambda d, p, c: close_case(outcome=Outcome.FIXED, note="", by=p.shift_lead, **c),
    Move.REOPEN: lambda d, p, c: reopen_case(reason="又坏了", by=p.shift_lead, **c),
    Move.MERGE: _merge,
    Move.WITHDRAW: lambda d, p, c: withdraw_case(note="不用了", by=p.shift_lead, **c),
    Move.SOLVE_ON_THE_SPOT: lambda d, p, c: solve_on_the_spot(
        category_code="roads.lamp", result="当场修好", by=p.grid_worker, **c
    ),
    Move.SOLVE_TO_VERIFY: lambda d, p, c: solve_on_the_spot(  # what is urgent is always looked at
        category_code="fire.passage", result="当场清开", by=p.grid_worker, **c
    ),
}
