"""What other apps may use of live updates."""

from onegrid.live.actions.trim_changes import trim_changes
from onegrid.live.readers.unseen import MARK_NOW, FirstChange, first_changes
from onegrid.live.rules.audience import Audience, may_hear
from onegrid.live.rules.marks import Mark, NotAMarkError, mark
from onegrid.live.rules.tickets import issue
from onegrid.live.rules.writing import CHANGE_COLUMNS

__all__ = [
    "CHANGE_COLUMNS",
    "MARK_NOW",
    "Audience",
    "FirstChange",
    "Mark",
    "NotAMarkError",
    "first_changes",
    "issue",
    "mark",
    "may_hear",
    "trim_changes",
]
