"""What dispatch does when cases say that something has happened."""

from datetime import datetime

from onegrid.accounts.public import User
from onegrid.cases.public import Case, after_return
from onegrid.dispatch.actions.open_dispute import open_by_itself


@after_return
def returned_once_too_often(case: Case, *, by: User, at: datetime) -> None:
    """Open a docket in the transaction of the return, where the procedure says so."""
    open_by_itself(case, by=by, at=at)
