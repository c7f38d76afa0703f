"""Open cases near by that may be about the same matter, each with the reason in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Case, Kinship, Likeness, Matter, Similar, Status, matter_of, similar
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import DomainError
from onegrid.geography.public import locate
from onegrid.workspace.rules.moments import said

WORDS = 4


@dataclass(frozen=True, kw_only=True)
class Near:
    """One open case near by: why it may be the same, and how it stands."""

    number: str
    title: str
    why: str
    about: str
    is_alike: bool


def near_case(case: Case, *, by: User, at: datetime) -> list[Near]:
    """Return what lies around a case, the most alike first."""
    return _lines(similar(matter_of(case), by=by, at=at, besides=case.pk), at=at)


def near_draft(sent: dict[str, str], *, by: User, at: datetime) -> list[Near] | None:
    """Return what lies around a place that somebody is filling in; None while it is no place of the district."""
    try:
        lon, lat = float(sent.get("lon", "")), float(sent.get("lat", ""))
        place = locate(lon, lat, sent.get("system") or "wgs84").point
    except (ValueError, DomainError):
        return None
    code = sent.get("category", "")
    matter = Matter(place=place, text=sent.get("text", ""), category_code=code if code in catalogue().by_code else "")
    return _lines(similar(matter, by=by, at=at), at=at)


def _lines(found: Sequence[Similar], *, at: datetime) -> list[Near]:
    now = localtime(at)
    about = _("%(status)s, reported %(moment)s")
    return [
        Near(
            number=other.case.number,
            title=other.case.title,
            why=_why(other.likeness),
            about=about
            % {
                "status": Status(other.case.status).label,
                "moment": said(localtime(other.case.reported_at), now=now),
            },
            is_alike=bool(other.likeness.shared) or other.likeness.kinship is Kinship.SAME,
        )
        for other in found
    ]


def _why(likeness: Likeness) -> str:
    """Say what two cases have in common: `80 m away · same kind · shares 井盖, 破损`."""
    parts = [_("%(meters)d m away") % {"meters": round(likeness.meters)}]
    if likeness.kinship is Kinship.SAME:
        parts.append(_("same kind"))
    elif likeness.kinship is Kinship.GROUP:
        parts.append(_("same group"))
    if likeness.shared:
        parts.append(_("shares %(words)s") % {"words": _(", ").join(likeness.shared[:WORDS])})
    return " · ".join(parts)
