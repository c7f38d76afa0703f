"""The district: its pack, and on a demonstration the simulated cases."""

import json

from django.conf import settings
from django.utils import timezone

from config.cli import installation
from config.preparation import Advance
from onegrid.demonstration.public import is_simulated, simulate_cases
from onegrid.oversight.public import Actor
from onegrid.packs.public import DEMONSTRATION_PASSWORD, demonstration_accounts, load_pack


def load(_: Advance) -> str:
    """Load the pack; one that is loaded already is left as it is."""
    is_demonstration = settings.DISTRICT_IS_DEMONSTRATION
    loaded = load_pack(path=settings.PACK, by=Actor("operator"), at=timezone.now(), demonstration=is_demonstration)
    state = "up to date" if loaded.is_unchanged else f"{loaded.opened} areas opened, {loaded.written} rows written"
    return f"{settings.PACK.name}, areas of {loaded.edition}, {state}"


def demonstrate(advance: Advance) -> str:
    """Play the simulated cases once, on an installation that is a demonstration."""
    notes = installation.demonstration_notes()
    if not settings.DISTRICT_IS_DEMONSTRATION:
        notes.unlink(missing_ok=True)
        return "none: this is no demonstration"
    accounts = [
        {"username": account.username, "who": account.display_name, "role": account.role.label, "unit": account.unit}
        for account in demonstration_accounts()
    ]
    notes.parent.mkdir(parents=True, exist_ok=True)
    notes.write_text(json.dumps({"password": DEMONSTRATION_PASSWORD, "accounts": accounts}), encoding="utf8")
    if is_simulated():
        return "up to date"
    return f"{simulate_cases(at=timezone.now(), progress=advance)} simulated cases"
