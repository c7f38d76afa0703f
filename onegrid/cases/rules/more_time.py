"""When a unit may ask for more time, and for how much; each answers why not, or nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from onegrid.cases.rules.clock_words import length
from onegrid.catalogue.public import GRANTING, Procedure
from onegrid.units.public import Counting

LONGEST_TEXT = 2000


def most_hours(procedure: Procedure, limit: timedelta | None) -> float:
    """Return how many hours one extension may have at most, in the unit of the handling limit."""
    return procedure.extension_share * limit / timedelta(hours=1) if limit else 0.0


def why_no_extension(
    procedure: Procedure, *, limit: timedelta | None, due_at: datetime | None, granted: int, at: datetime
) -> str:
    """Return why no extension can be asked for now; `granted` are those this unit has had in this round."""
    if not procedure.extensions:
        return _("Cases of this category cannot be extended.")
    if limit is None:
        return _("Handling has no limit here, so there is nothing to extend.")
    if granted >= procedure.extensions:
        return _("The limit was extended %(count)d times already, which is as often as this category allows.") % {
            "count": granted
        }
    if due_at is not None and at >= due_at:
        return _("The limit is already used up. An extension is asked for before that; late stays late.")
    return ""


def why_not_so_long(procedure: Procedure, *, limit: timedelta | None, hours: float, counting: Counting) -> str:
    """Return why an extension cannot have so many hours."""
    most = most_hours(procedure, limit)
    if 0 < hours <= most:
        return ""
    return _("At most %(length)s more can be asked for.") % {"length": length(timedelta(hours=most), counting)}


def why_no_suspension(procedure: Procedure, *, due_at: datetime | None, granted: int, at: datetime) -> str:
    """Return why no suspension can be asked for now; `granted` are those of this round."""
    if not procedure.suspension_days:
        return _("Cases of this category cannot be suspended.")
    if granted:
        return _("This case was suspended before; that is possible once.")
    if due_at is not None and at >= due_at:
        return _("The limit is already used up. A suspension is asked for before that; late stays late.")
    return ""


def why_not_until(procedure: Procedure, *, until: datetime, at: datetime) -> str:
    """Return why a case cannot be suspended until a moment."""
    if until <= at:
        return _("A suspension ends after it begins: choose a later day.")
    if until > at + timedelta(days=procedure.suspension_days):
        return _("At most %(days)d days are possible.") % {"days": procedure.suspension_days}
    return ""


def why_no_grant(
    procedure: Procedure, *, limit: timedelta | None, hours: float, granted: int, counting: Counting
) -> str:
    """Return why an extension that was asked for in time cannot be granted: the category may be another by now."""
    most = most_hours(procedure, limit)
    if not most or granted >= procedure.extensions:
        return _("Under its category as it is now this case cannot be extended. Refuse the request.")
    if hours > most:
        said = length(timedelta(hours=most), counting)
        text = _(
            "Under its category as it is now at most %(length)s more can be granted. Refuse it; less can be asked for."
        )
        return text % {"length": said}
    return ""


def why_not_here(level: str, *, wanted: str) -> str:
    """Return why a request that waits at a level is not decided there: the category may want a higher one by now."""
    if GRANTING.index(level) >= GRANTING.index(wanted):
        return ""
    text = _("Under its category as it is now this is decided by: %(who)s. Refuse it; it can be asked for anew.")
    return text % {"who": level_words()[wanted]}


def why_no_words(text: str, *, asked: str) -> str:
    """Return why a text does not do: nothing was said where `asked` says what should be, or too much."""
    if not text.strip():
        return asked
    if len(text) > LONGEST_TEXT:
        return _("At most %(count)d characters.") % {"count": LONGEST_TEXT}
    return ""


def ladder_from(level: str) -> tuple[str, ...]:
    """Return who may be asked: the level that the catalogue names, and those above it in case nobody is there."""
    return GRANTING[GRANTING.index(level) :]


def level_words() -> Mapping[str, str]:
    """Return what the levels that decide are called."""
    return {"unit": _("the head of the unit"), "township": _("the township centre"), "district": _("the district")}
