"""A case that a unit handled late and that was closed, made by the real steps; and appeals on it."""

from datetime import timedelta
from itertools import count

from onegrid.cases.actions.appeal_lateness import appeal_lateness, review_appeal
from onegrid.cases.actions.finish_case import close_case, verify_case
from onegrid.cases.actions.handle_case import report_back, take_case
from onegrid.cases.models import Evidence
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.dispatch.public import dispatch_case

_sha = count()


def closed_case(district, people, *, at=MORNING, hours=100):
    """Make a case that the roads unit handled within so many hours (it had 24), verified and closed an hour later."""
    case = make_case(district, status=Status.FILED, category="lamp", at=at)
    done = at + timedelta(hours=hours)
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", by=people.dispatcher, at=at)
    take_case(case_id=case.pk, version=2, by=people.handler, at=at)
    case = report_back(case_id=case.pk, version=3, result="换了灯泡", by=people.handler, at=done)
    if case.status == Status.HANDLED:
        case = verify_case(
            case_id=case.pk, version=case.version, is_done=True, finding="亮了", by=people.verifier, at=done
        )  # fmt: skip
    end = done + timedelta(hours=1)
    return close_case(
        case_id=case.pk, version=case.version, outcome=Outcome.FIXED, note="", by=people.shift_lead, at=end
    )  # fmt: skip


def photo(case):
    """Put a photo to a case; return its id."""
    return Evidence.objects.create(
        case=case, kind="photo", purpose="other", sha256=f"{next(_sha):064d}", media_type="image/jpeg", size=1,
        added_at=MORNING,
    ).pk  # fmt: skip


def appeal(case, people, *, by=None, at=None, stage=None, **also):
    """Let the head of the unit appeal an hour after closing, against the whole unless a stage is said."""
    case.refresh_from_db()
    told = {"reason": "道路被洪水封闭", "proof": [photo(case)], **also}
    return appeal_lateness(
        case_id=case.pk, version=case.version, stage=stage, by=by or people.head,
        at=at or case.ended_at + timedelta(hours=1), **told,
    )  # fmt: skip


def review(case, by, *, is_yes=True, at=None, note="封路属实"):
    """Make the review that waits, two hours after closing."""
    case.refresh_from_db()
    at = at or case.appeals.get().asked_at + timedelta(hours=1)
    return review_appeal(case_id=case.pk, version=case.version, is_yes=is_yes, note=note, by=by, at=at)
