"""
Report a case: the one way in, for the public page, the desk, the API and partner systems.

Where it lies, what limits hold, who must look at it first and where it would
go are worked out in memory; then one statement writes all of it.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, require
from onegrid.cases.public import (
    CaseReported,
    Channel,
    NewCase,
    Receipt,
    first_moments,
    insert_case,
)
from onegrid.catalogue.public import CategoryEntry, Sensitivity, catalogue, faulty_answers
from onegrid.core.blanks import says_something
from onegrid.core.errors import InvalidInputError
from onegrid.core.facts import announce
from onegrid.dispatch.readers.routing import first_level, route
from onegrid.geography.public import CoordinateSystem, Level, Location, locate
from onegrid.units.public import directory

TITLE_LENGTH = 120
TEXT_LENGTH = 5000
OLDEST = timedelta(days=366)  # older matters come in by import
CLOCK_SLACK = timedelta(minutes=10)  # phones' clocks run ahead


@dataclass(frozen=True, kw_only=True)
class ReportedCase:
    """What somebody reports, as they said it; `id` is made where it is reported and makes sending twice harmless."""

    id: UUID
    text: str
    x: float
    y: float
    title: str = ""
    system: str = CoordinateSystem.WGS84
    category_code: str = ""
    accuracy_m: float | None = None
    address: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    reporter_name: str = ""
    reporter_contact: str = ""
    reported_at: datetime | None = None
    is_simulated: bool = False
    link_secret: str = ""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """The receipt, with the secret of the private link and where the case was placed."""

    receipt: Receipt
    link_secret: str
    location: Location


def report_case(*, report: ReportedCase, channel: Channel, by: User | None, at: datetime) -> Reported:
    """
    Take a report in as a case: placed, limited, routed and written down. Sending it twice changes nothing.

    :raises InvalidInputError: naming each field that is missing, too long or not possible.
    :raises NoSuchPlaceError: if the coordinates name no place.
    :raises OutsideDistrictError: if the place is not in the district.
    :raises NotAllowedError: if `by` may not report there; residents without an account may anywhere.
    :raises ReplayedWithAnotherBodyError: if the id was used before for something else.

    It opens no transaction: the one statement is one, and BEGIN and COMMIT would be two more trips to the database
    on the hottest path there is.
    """
    location = locate(report.x, report.y, report.system)
    if by is not None:
        require(by, "cases.report", area_path=location.grid.path)
    _check(report, at=at)
    category = _category(report, for_public=by is None)
    secret = report.link_secret or secrets.token_urlsafe(24)
    new = new_case(report, location=location, category=category, channel=channel, at=at, secret=secret)
    receipt = insert_case(new, by=by, at=at)
    if not receipt.was_known:
        announce(CaseReported(case_id=receipt.case_id, at=at))
    return Reported(receipt=receipt, link_secret=secret, location=location)


def new_case(
    report: ReportedCase,
    *,
    location: Location,
    category: CategoryEntry | None,
    channel: Channel,
    at: datetime,
    secret: str,
) -> NewCase:
    """Work out, in memory, what a report becomes: level, limits, who looks first, where it would go."""  # fmt: skip
    level = first_level(category)
    path = location.district.path if level == Level.DISTRICT else location.grid.path
    centre = directory().centre(path)
    text = report.text.strip()
    return NewCase(
        id=report.id,
        title=report.title.strip() or _first_words(text),
        description=text,
        channel=channel,
        location=location,
        original=(report.x, report.y),
        original_system=report.system,
        accuracy_m=report.accuracy_m,
        address=report.address.strip(),
        answers=report.answers,
        category_id=category.id if category else None,
        reporter_name=report.reporter_name.strip(),
        reporter_contact=report.reporter_contact.strip(),
        is_anonymous=not (report.reporter_name.strip() or report.reporter_contact.strip()),
        reported_at=report.reported_at or at,
        stated_at=report.reported_at,
        moments=first_moments(category, holder=centre.id if centre else None, at=at),
        holder_unit_id=centre.id if centre else None,
        link_secret=secret,
        level=level,
        is_urgent=category.is_urgent if category else False,
        is_public=category is None or category.sensitivity != Sensitivity.CLOSED,
        is_simulated=report.is_simulated,
        route=route(category=category, area_path=path, level=level, at=at).as_data() if category else {},
    )


def _first_words(text: str) -> str:
    line = text.splitlines()[0]
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


_LENGTHS = {"title": TITLE_LENGTH, "text": TEXT_LENGTH, "address": 200, "reporter_name": 60, "reporter_contact": 100}


def _check(report: ReportedCase, *, at: datetime) -> None:
    faults = {
        name: _("At most %(count)d characters; this has %(has)d.") % {"count": longest, "has": len(value)}
        for name, longest in _LENGTHS.items()
        if len(value := getattr(report, name)) > longest
    }
    faults |= {
        name: _("This text holds a character that cannot be kept.")
        for name in _LENGTHS
        if "\x00" in getattr(report, name)
    }
    if not says_something(report.text):
        faults["text"] = _("Say in a few words what is wrong.")
    if report.reported_at and report.reported_at > at + CLOCK_SLACK:
        faults["reported_at"] = _("This moment is in the future.")
    if report.reported_at and report.reported_at < at - OLDEST:
        faults["reported_at"] = _("This moment lies too far back.")
    if faults:
        raise InvalidInputError(_("The report cannot be taken as it is."), fields=faults)


def _category(report: ReportedCase, *, for_public: bool) -> CategoryEntry | None:
    if not report.category_code:
        _require_answers({}, report.answers)
        return None
    entry = catalogue().by_code.get(report.category_code)
    if entry is None or not entry.is_leaf or (for_public and not entry.public_may_report):
        message = _("There is no such category to report under.")
        raise InvalidInputError(message, fields={"category": message})
    _require_answers(entry.form, report.answers)
    return entry


def _require_answers(form: Mapping[str, object], answers: Mapping[str, object]) -> None:
    """Who answers nothing was perhaps not asked; who answers must answer what is asked."""
    if answers and (faults := faulty_answers(form, answers)):
        fields = {f"answers.{name}": reason for name, reason in faults.items()}
        raise InvalidInputError(_("An answer is not possible."), fields=fields)
