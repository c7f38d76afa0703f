"""What the doors do when something happens to a case."""

from onegrid.cases.public import EntryAdded
from onegrid.channels.actions.tell_reporter import have_told
from onegrid.core.facts import within


@within(EntryAdded)
def entry_added(fact: EntryAdded) -> None:
    """Have its reporter told; as a job, so that it is neither lost nor waited for."""
    have_told(fact)
