"""What oversight keeps. Entries, seals and accesses are only ever added to: the database refuses anything else."""

from onegrid.oversight.models.access import Access, AccessQuerySet
from onegrid.oversight.models.commitment import CommitmentKey
from onegrid.oversight.models.entry import Actor, Entry, EntryQuerySet
from onegrid.oversight.models.seal import Horizon, Seal

__all__ = ["Access", "AccessQuerySet", "Actor", "CommitmentKey", "Entry", "EntryQuerySet", "Horizon", "Seal"]
