"""Which evidence the public may see, where nobody has said."""

from onegrid.cases.models import EvidenceKind, EvidencePurpose

SHOWN = frozenset({EvidencePurpose.BEFORE, EvidencePurpose.AFTER})


def may_be_public(kind: str) -> bool:
    """Tell whether a copy without metadata can be made; that is so for photos alone."""
    return kind == EvidenceKind.PHOTO


def is_shown_by_default(kind: str, purpose: str, *, is_sensitive: bool) -> bool:
    """
    Tell whether the public sees what an officer adds: photos of before and after, unless the matter is sensitive.

    What a resident sends may show neighbors or number plates, so it never is
    before an officer has looked at it.
    """
    return may_be_public(kind) and purpose in SHOWN and not is_sensitive
