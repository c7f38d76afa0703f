"""Who signs in on a demonstration: one account for each role."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from onegrid.accounts.public import Duty, Role
from onegrid.core.names import in_readers_language
from onegrid.packs.readers.folder import facts


@dataclass(frozen=True, kw_only=True)
class DemonstrationAccount:
    """An account to try the product with, and what it is there to do."""

    username: str
    display_name: str
    role: Role
    unit: str


def demonstration_accounts(folder: Path | None = None) -> list[DemonstrationAccount]:
    """Return the accounts the pack names for demonstrations, those that exist and are marked as such. One query."""
    names = facts(folder or settings.PACK).get("demonstration_accounts", [])
    duties = Duty.objects.live().filter(user__username__in=names, user__is_demonstration=True)
    found = {
        duty.user.username: DemonstrationAccount(
            username=duty.user.username,
            display_name=duty.user.display_name,
            role=Role(duty.role),
            unit=in_readers_language(duty.unit.name, duty.unit.name_en),
        )
        for duty in duties.select_related("user", "unit")
    }
    return [found[name] for name in names if name in found]
