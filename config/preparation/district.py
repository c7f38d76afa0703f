"""The district: its pack, and on a demonstration the simulated cases."""

import hashlib
import json

from django.conf import settings
from django.db import connection
from django.utils import timezone

from config.cli import installation
from config.preparation import Advance
from onegrid.accounts.public import User
from onegrid.demonstration.public import is_simulated, simulate_cases
from onegrid.oversight.public import Actor
from onegrid.packs.public import DEMONSTRATION_PASSWORD, demonstration_accounts, load_pack


def load(_: Advance) -> str:
    """Load the pack; one that this database has just as it stands in its folder is not even read."""
    seal, state_of_files = settings.HOME / "pack.loaded", _state()
    if seal.exists() and seal.read_text(encoding="ascii") == state_of_files and User.objects.exists():
        return f"{settings.PACK.name}, up to date"
    is_demonstration = settings.DISTRICT_IS_DEMONSTRATION
    loaded = load_pack(path=settings.PACK, by=Actor("operator"), at=timezone.now(), demonstration=is_demonstration)
    seal.write_text(state_of_files, encoding="ascii")
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
    with connection.cursor() as cursor:  # four times as fast; what a crash loses is played again
        cursor.execute("SET synchronous_commit = off")
    return f"{simulate_cases(at=timezone.now(), progress=advance)} simulated cases"


def _state() -> str:
    """Sum up the pack's files and the database they go into."""
    summed = hashlib.sha256(f"{settings.DATABASE_URL} {settings.SCHEMA} {settings.DISTRICT_IS_DEMONSTRATION}".encode())
    for file in sorted(path for path in settings.PACK.rglob("*") if path.is_file()):
        found = file.stat()
        summed.update(f"{file.relative_to(settings.PACK)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return summed.hexdigest()
