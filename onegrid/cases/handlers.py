"""What cases say when somebody reads the figures or makes a backup."""

from collections.abc import Iterable

from django.utils import timezone

from onegrid.cases.readers.copies import copies
from onegrid.cases.readers.evidence import file_hashes
from onegrid.cases.readers.standing import standing
from onegrid.core import files
from onegrid.core.metrics import measure


@measure("cases", "Cases: open, and those of them whose running stage is late.", label="state")
def cases() -> dict[str, float]:
    """Say how the district stands."""
    found = standing(at=timezone.now())
    return {"open": found.open, "late": found.late}


@measure("photos", "Photos by their copy for the public: ready, waiting to be looked through, failed.", label="state")
def photos() -> dict[str, float]:
    """Say how far the copies are that the public may see."""
    return {state.value: count for state, count in copies().states.items()}


@files.names_files
def evidence() -> Iterable[str]:
    """Name every file that shows something of a case."""
    return file_hashes()
