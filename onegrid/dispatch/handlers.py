"""What dispatch makes known when the site starts, and what it does when cases say that something has happened."""

from onegrid.cases.public import EntryAdded
from onegrid.core.facts import within
from onegrid.dispatch.actions.tell_of_entry import have_told
from onegrid.dispatch.rules.wording import KINDS
from onegrid.notifications.public import register

for kind in KINDS:
    register(kind)


@within(EntryAdded)
def entry_added(fact: EntryAdded) -> None:
    """Have those told whom it concerns; as a job, so that it is neither lost nor waited for."""
    have_told(fact)
