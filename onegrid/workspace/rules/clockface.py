"""How a clock looks in a list and on a page: colour, words, share of its time used."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import Left, Light, dial
from onegrid.core.durations import left_in_minutes, spoken
from onegrid.workspace.rules.moments import briefly

FULL = 100


class Face(NamedTuple):
    """A clock as it is drawn; `due` and `since` let it tick in the browser, yellow from 80 % of the way between."""

    light: str
    word: str
    text: str
    percent: int
    due: str = ""
    since: str = ""
    counts: str = ""


def face(
    *,
    started_at: datetime,
    due_at: datetime | None,
    now: datetime,
    words: Mapping[str, str],
    yellow_at: datetime | None = None,
    paused_until: datetime | None = None,
    ended: str = "",
    left: Left | None = None,
    language: str = "",
) -> Face:
    """
    Return the face of a clock that runs, stands still, or has ended with `ended` as its words.

    It says what is `left` in the unit of its limit, where that is told. Lists give the reader's `language`, which takes
    longer to look up than the rest.
    """
    if paused_until is not None and now < paused_until:
        moment = briefly(localtime(paused_until), now=localtime(now))
        return Face(Light.PAUSED.value, words["p"], _("until %(moment)s") % {"moment": moment}, 0)
    if ended or due_at is None:
        return Face(Light.NONE.value, words["d"] if ended else "", ended or words["none"], 0)
    colour, share, since = dial(started_at=started_at, yellow_at=yellow_at, due_at=due_at, now=now)
    length = left.said_in(language or get_language() or "") if left else spoken(left_in_minutes(due_at - now))
    said = words["over" if now > due_at else "left"] % length
    counts = left.ticks if left else ""
    return Face(
        colour.value, words[colour.value], said, round(FULL * share), due_at.isoformat(), since.isoformat(), counts
    )
