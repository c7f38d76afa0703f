"""What can be wrong with an installation: small checks, each with how to mend what it finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What one check saw. `mend` is empty when nothing is wrong, `advice` when nothing will be soon."""

    title: str
    said: str
    mend: str = ""
    advice: str = ""
