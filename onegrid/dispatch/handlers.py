"""What dispatch makes known when the site starts, and what it does when cases say that something has happened."""

from datetime import datetime

from onegrid.accounts.public import User
from onegrid.cases.public import Case, EntryAdded, after_return
from onegrid.core.facts import within
from onegrid.dispatch.actions.open_dispute import open_by_itself
from onegrid.dispatch.actions.tell_of_entry import have_told
from onegrid.dispatch.rules.wording import KINDS
from onegrid.notifications.public import register

for kind in KINDS:
    register(kind)


@within(EntryAdded)
def entry_added(fact: EntryAdded) -> None:
    """Have those told whom it concerns; as a job, so that it is neither lost nor waited for."""
    have_told(fact)


@after_return
def returned_once_too_often(case: Case, *, by: User, at: datetime) -> None:
    """Open a docket in the transaction of the return, where the procedure says so."""
    open_by_itself(case, by=by, at=at)
