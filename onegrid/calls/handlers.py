"""What calls say when a backup is made."""

from collections.abc import Iterable

from onegrid.calls.readers.pictures import picture_hashes
from onegrid.core import files


@files.names_files
def pictures() -> Iterable[str]:
    """Name every picture of a call that is still kept."""
    return picture_hashes()
