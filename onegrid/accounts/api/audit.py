"""The audit trail, for those whose duty it is to read it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from onegrid.accounts.api.schemas import AuditEntryOut, AuditIn, AuditOut
from onegrid.accounts.permissions import duties_granting
from onegrid.accounts.readers.acting import acting
from onegrid.core.api.scopes import AUDIT, scoped
from onegrid.core.errors import NotAllowedError
from onegrid.core.pagination import cursor, place
from onegrid.oversight.public import Entry, Search, entries

router = Router(tags=["audit"])


@router.get("/entries", response=AuditOut, operation_id="audit_entries")
@scoped(AUDIT)
def audit_entries(request: HttpRequest, asked: Query[AuditIn]) -> AuditOut:
    """List what the trail holds, latest first; a code that ends in a dot stands for a whole app."""
    if not duties_granting(acting(request), "oversight.read"):
        raise NotAllowedError(_("Your duties do not allow this here."))
    before = place(asked.after, tuple[int])[0] if asked.after else None
    search = Search(code=asked.code, target=asked.target, by=asked.by, since=asked.since, until=asked.until)
    page = entries(search, before=before, limit=asked.limit)
    return AuditOut(
        entries=[_entry(entry, page.sealed_up_to) for entry in page.entries],
        next_after=cursor(page.next_before) if page.next_before else "",
    )


def _entry(entry: Entry, sealed_up_to: int) -> AuditEntryOut:
    return AuditEntryOut(
        seq=entry.seq,
        code=entry.code,
        target=entry.target,
        by=entry.by,
        unit=entry.unit,
        at=entry.at,
        received_at=entry.received_at,
        data=entry.data,
        is_sealed=entry.seq <= sealed_up_to,
    )
