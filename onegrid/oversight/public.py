"""What other apps may use of oversight."""

from onegrid.oversight.actions.record import ENTRY_COLUMNS, ENTRY_VALUES, entry_values, record
from onegrid.oversight.models import Actor

__all__ = ["ENTRY_COLUMNS", "ENTRY_VALUES", "Actor", "entry_values", "record"]
