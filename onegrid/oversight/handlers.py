"""What oversight says when somebody reads the figures."""

from datetime import UTC, datetime

from onegrid.core.metrics import measure
from onegrid.oversight.readers.backlog import backlog


@measure("audit_unsealed_entries", "Entries of the audit trail that no seal covers yet.")
def unsealed() -> float:
    """Say how many entries could still be changed without trace."""
    return backlog().entries


@measure("audit_unsealed_seconds", "How old the oldest entry is that no seal covers yet.")
def unsealed_for() -> float:
    """Say for how long the oldest of them has been waiting."""
    oldest = backlog().oldest_at
    return (datetime.now(UTC) - oldest).total_seconds() if oldest else 0
