"""Dockets as tests need them."""

from onegrid.cases.tests.factories import MORNING
from onegrid.dispatch.models import Dispute, DisputeReason, Party, PartyRole


def make_docket(case, *, unit, by, claimed=None, **also):
    """Make the open docket of a disputed case, in which its unit, and the one that it names, may argue."""
    values = {
        "number": 1,
        "category_code": case.category.code,
        "reason": DisputeReason.NOT_OUR_TASK,
        "words": "不归我们管。",
        "unit": unit,
        "claimed_unit": claimed,
        "opened_by": by,
        "opened_by_name": by.display_name,
        "opened_at": MORNING,
    }
    dispute = Dispute.objects.create(case=case, **{**values, **also})
    roles = {PartyRole.DISPUTES: unit, PartyRole.CLAIMED: claimed}
    Party.objects.bulk_create(
        Party(dispute=dispute, unit=each, role=role, named_at=MORNING) for role, each in roles.items() if each
    )
    return dispute
