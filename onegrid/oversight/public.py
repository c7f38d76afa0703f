"""What other apps may use of oversight."""

from onegrid.oversight.actions.commitments import commit_to, forget
from onegrid.oversight.actions.keys import change_key
from onegrid.oversight.actions.record import ENTRY_COLUMNS, ENTRY_VALUES, entry_values, record
from onegrid.oversight.actions.record_access import ReasonMissingError, record_access, require_reason
from onegrid.oversight.actions.record_apart import record_apart, record_refusal
from onegrid.oversight.actions.seal_entries import Sealing, seal_entries
from onegrid.oversight.models import Access, Actor, Entry
from onegrid.oversight.readers.accesses import Looks, stands_for, who_looked_at
from onegrid.oversight.readers.backlog import Backlog, backlog
from onegrid.oversight.readers.entries import Page, Search, entries
from onegrid.oversight.readers.keys import checkpoint_file, checkpoints, public_key_file, public_keys
from onegrid.oversight.readers.trail import exported, verify, verify_file
from onegrid.oversight.rules.checkpoints import Checkpoint, noted
from onegrid.oversight.rules.examination import Report
from onegrid.oversight.rules.faults import explain
from onegrid.oversight.rules.summary import as_data, summary

__all__ = [
    "ENTRY_COLUMNS",
    "ENTRY_VALUES",
    "Access",
    "Actor",
    "Backlog",
    "Checkpoint",
    "Entry",
    "Looks",
    "Page",
    "ReasonMissingError",
    "Report",
    "Sealing",
    "Search",
    "as_data",
    "backlog",
    "change_key",
    "checkpoint_file",
    "checkpoints",
    "commit_to",
    "entries",
    "entry_values",
    "explain",
    "exported",
    "forget",
    "noted",
    "public_key_file",
    "public_keys",
    "record",
    "record_access",
    "record_apart",
    "record_refusal",
    "require_reason",
    "seal_entries",
    "stands_for",
    "summary",
    "verify",
    "verify_file",
    "who_looked_at",
]
