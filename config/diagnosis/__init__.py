"""What can be wrong with an installation: small checks, each with how to mend what it finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check saw. `mend` is empty when nothing is wrong."""

    title: str
    said: str
    mend: str = ""
