"""What must hold before a move, beyond the table of states; each answers why not, or nothing."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onegrid.cases.states import CLOSING_OUTCOMES, REFUSAL_OUTCOMES, Outcome


def missing_proof(*, demanded: Iterable[str], present: Collection[str]) -> list[str]:
    """Return what the category demands as proof (`after:photo`) and the case does not have."""
    return [proof for proof in demanded if proof not in present]


def why_not_verify(
    *, verifier_id: UUID, verifier_unit_ids: Collection[UUID], handler_id: UUID | None, lead_unit_id: UUID | None
) -> str:
    """Return why somebody cannot verify a case: the one who handles it cannot (DESIGN §3.6), nor can their unit."""
    if verifier_id == handler_id:
        return _("You handled this case, so somebody else must verify it.")
    if verifier_unit_ids and set(verifier_unit_ids) <= {lead_unit_id}:
        return _("Your unit handled this case, so another must verify it.")
    return ""


def why_not_outcome(*, outcome: Outcome, note: str, refusing: bool) -> str:
    """Return why a case cannot end with this outcome: some need words that say why, who or which."""
    if outcome not in (REFUSAL_OUTCOMES if refusing else CLOSING_OUTCOMES):
        return _("“%(outcome)s” is not a possible outcome here.") % {"outcome": outcome.label}
    if note.strip():
        return ""
    needs = {
        Outcome.NOT_FIXABLE: _("Say why it cannot be fixed."),
        Outcome.NOT_OURS: _("Say who is responsible."),
        Outcome.DUPLICATE: _("Name the case it repeats."),
        Outcome.NOTHING_FOUND: _("Say what was looked for, and where."),
    }
    return needs.get(outcome, "")


def why_not_close(*, open_children: int, open_tasks: int) -> str:
    """Return why a case cannot be closed: a part of it is still open."""
    if open_children:
        text = ngettext("%(count)d child case is still open.", "%(count)d child cases are still open.", open_children)
        return text % {"count": open_children}
    return why_not_report_back(open_tasks=open_tasks)


def why_not_report_back(*, open_tasks: int) -> str:
    """Return why the lead unit, which answers for the whole, cannot say that it is done: a supporting unit is not."""
    text = ngettext(
        "%(count)d supporting task is still open.", "%(count)d supporting tasks are still open.", open_tasks
    )
    return text % {"count": open_tasks} if open_tasks else ""


def why_not_reopen(*, ended_at: datetime | None, at: datetime, window_days: int) -> str:
    """Return why a closed case cannot be reopened: the window is over."""
    if ended_at and at > ended_at + timedelta(days=window_days):
        return _("A case can be reopened within %(days)d days of closing; that time is over.") % {"days": window_days}
    return ""
