"""What can be wrong with a trail, and how it is said to the person who checks it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """One way in which a trail can differ from what was sealed."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    SEAL_MISSING = "seal_missing"
    SEALS_MISSING = "seals_missing"
    LEAVES_CHANGED = "leaves_changed"
    SEAL_CHANGED = "seal_changed"
    SIGNATURE_WRONG = "signature_wrong"
    KEY_UNKNOWN = "key_unknown"
    CHAIN_BROKEN = "chain_broken"
    RANGE_BROKEN = "range_broken"
    HISTORY_REPLACED = "history_replaced"
    END_CUT_OFF = "end_cut_off"
    NO_SEALS = "no_seals"
    OUT_OF_PLACE = "out_of_place"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """
    One thing that is wrong, and where.

    `seq` is the entry and `seal` the seal concerned. `other` is the second number a
    fault needs: where the content belongs, up to which seal they are missing, which
    seal comes before, or which line of a file cannot be read. `key` is a fingerprint.
    """

    kind: Kind
    seq: int = 0
    seal: int = 0
    other: int = 0
    key: str = ""


_WORDS: Mapping[Kind, Promise] = {
    Kind.CHANGED: _("Entry %(seq)s was changed after seal %(seal)s was put on it."),
    Kind.REMOVED: _("Entry %(seq)s was removed: seal %(seal)s lists it, and it is gone."),
    Kind.INSERTED: _(
        "Entry %(seq)s was inserted later: it stands among those of seal %(seal)s, which does not list it."
    ),
    Kind.MOVED: _("Entry %(seq)s holds what was written as entry %(other)s: the order was changed."),
    Kind.SEAL_MISSING: _("Seal %(seal)s is missing."),
    Kind.SEALS_MISSING: _("Seals %(seal)s to %(other)s are missing."),
    Kind.LEAVES_CHANGED: _("The list of entries inside seal %(seal)s was changed."),
    Kind.SEAL_CHANGED: _("Seal %(seal)s was changed: its hash is not that of what it states."),
    Kind.SIGNATURE_WRONG: _("The signature on seal %(seal)s is not valid for what the seal states."),
    Kind.KEY_UNKNOWN: _("Seal %(seal)s is signed with a key that was not given: %(key)s."),
    Kind.CHAIN_BROKEN: _("Seal %(seal)s is not chained to seal %(other)s before it."),
    Kind.RANGE_BROKEN: _("Seal %(seal)s does not begin where seal %(other)s ended."),
    Kind.HISTORY_REPLACED: _("Seal %(seal)s is another one than was seen before: history was written anew."),
    Kind.END_CUT_OFF: _(
        "The end is cut off: seals up to %(other)s were seen before, and the last one now is %(seal)s."
    ),
    Kind.NO_SEALS: _("There is no seal at all, so nothing vouches for these entries."),
    Kind.OUT_OF_PLACE: _("Entry %(seq)s stands out of order in the file."),
    Kind.UNREADABLE: _("Line %(other)s of the file cannot be read."),
}


def explain(fault: Fault) -> str:
    """Say a fault in plain words, in the reader's language."""
    return str(_WORDS[fault.kind]) % asdict(fault)
