"""The public statistics of a month; every number leads to the cases behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.cases.public import Handled, Handling, Said
from onegrid.core.installation import area_named
from onegrid.core.moments import day_named, in_full
from onegrid.core.shares import ENOUGH, percent_of
from onegrid.core.web.keeping import kept_for_all
from onegrid.portal.readers.nearby import Asked, State, Timing
from onegrid.portal.readers.statistics import Counts, Statistics, statistics
from onegrid.portal.readers.townships import standing
from onegrid.portal.web.frame import frame
from onegrid.portal.web.nearby import list_url


class MonthForm(forms.Form):
    """Which month; without one, or with none that can be, the one that has begun."""

    month = forms.DateField(input_formats=["%Y-%m"], required=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One number: what it counts, what it is a part of, the percentage where there are enough, and its cases."""

    label: str
    count: int
    of: int | None
    percent: int | None
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the table."""

    name: str
    cells: Sequence[Cell]


@login_not_required
@require_safe
@kept_for_all()
def month(request: HttpRequest) -> HttpResponse:
    """Show how the cases of a month stand now, by township and by unit."""
    now, form = timezone.now(), MonthForm(request.GET)
    wanted = form.cleaned_data["month"] if form.is_valid() else None
    today = timezone.localdate(now)
    names = {area.code: area_named(area.name) for area in standing(today)}
    found = statistics(wanted if wanted and date(2000, 1, 1) <= wanted <= today else today, names=names, at=now)
    cohort = Asked(state=State.ALL, reported_since=found.begins, reported_until=found.ends)
    context = {
        "found": found,
        "now": in_full(now),
        "month": _month_named(found.begins),
        "begins": day_named(found.begins),
        "ends": day_named(found.ends),
        "whole": _row(_("All together"), found.whole, cohort),
        "tables": _tables(found, cohort),
        "said": _said(found, cohort),
        "handled": _handled(found, cohort),
        "enough": ENOUGH,
        "before": (_month_named(found.before), f"{found.before:%Y-%m}") if found.before else None,
        "after": (_month_named(found.after), f"{found.after:%Y-%m}") if found.after else None,
    }
    return render(request, "portal/statistics.html", frame(request) | context)


def _tables(found: Statistics, cohort: Asked) -> list[tuple[str, str, list[Row]]]:
    places = [_row(line.name, line.counts, replace(cohort, township=line.code)) for line in found.townships]
    units = [_row(line.name, line.counts, replace(cohort, unit=line.code)) for line in found.units]
    if found.without_unit.reported:
        units.append(_row(_("No unit yet, or none needed"), found.without_unit, replace(cohort, unit=Asked.NO_UNIT)))
    return [(_("By township"), _("Township"), places), (_("By unit that handles them"), _("Unit"), units)]


def _said(found: Statistics, cohort: Asked) -> list[tuple[str, str, list[Row]]]:
    """Return what reporters say of the result, in all, by township and by unit, where anybody said anything."""
    places = [(line.name, line.counts, replace(cohort, township=line.code)) for line in found.townships]
    units = [(line.name, line.counts, replace(cohort, unit=line.code)) for line in found.units]
    if not found.whole.rated:
        return []
    whole = (_("All together"), found.whole, cohort)
    return [
        (_("By township"), _("Township"), [_said_row(*each) for each in (whole, *places) if each[1].rated]),
        (_("By unit that handles them"), _("Unit"), [_said_row(*each) for each in units if each[1].rated]),
    ]


def _said_row(name: str, counts: Counts, asked: Asked) -> Row:
    ended = replace(asked, state=State.ENDED)
    return Row(
        name=name,
        cells=[
            _cell(_("Rated by who reported it"), counts.rated, counts.ended, asked=replace(ended, said=Said.RATED)),
            _cell(_("“It is solved”"), counts.solved, counts.rated, asked=replace(ended, said=Said.SOLVED)),
            _cell(_("Satisfied"), counts.satisfied, counts.rated, asked=replace(ended, said=Said.SATISFIED)),
        ],
    )


def _handled(found: Statistics, cohort: Asked) -> list[Row]:
    """Return of each unit how much it had out of its hands, late as it was, and as it is counted."""
    return [_hands_row(hands.name, hands.handling, replace(cohort, handled_by=hands.code)) for hands in found.handled]


def _hands_row(name: str, handling: Handling, asked: Asked) -> Row:
    left, late = handling.left, handling.late
    exempt = replace(asked, handled=Handled.EXEMPT)
    return Row(
        name=name,
        cells=[
            _cell(_("Out of its hands"), left, None, asked=replace(asked, handled=Handled.LEFT)),
            _cell(_("Late, as it was"), late, left, asked=replace(asked, handled=Handled.LATE)),
            _cell(_("Not counted after an appeal"), handling.exempt, late or None, asked=exempt),
            _cell(_("Late, as it is counted"), handling.counted, left, asked=replace(asked, handled=Handled.COUNTED)),
        ],
    )


def _row(name: str, counts: Counts, asked: Asked) -> Row:
    running, ended = replace(asked, state=State.OPEN), replace(asked, state=State.ENDED)
    return Row(
        name=name,
        cells=[
            _cell(_("Reported"), counts.reported, None, asked=asked),
            _cell(_("Ended by now"), counts.ended, counts.reported, asked=ended),
            _cell(_("Ended in time"), counts.in_time, counts.due, asked=replace(ended, timing=Timing.IN_TIME)),
            _cell(_("Really solved"), counts.fixed, counts.ended, asked=replace(ended, outcome="fixed")),
            _cell(_("Still being handled"), counts.running, counts.reported, asked=running),
            _cell(_("Of these late"), counts.late_now, counts.running, asked=replace(running, timing=Timing.LATE)),
            _cell(_("Opened again"), counts.again, counts.reported, asked=replace(asked, is_reopened=True)),
        ],
    )


def _cell(label: str, count: int, of: int | None, *, asked: Asked) -> Cell:
    return Cell(label=label, count=count, of=of, percent=percent_of(count, of), url=list_url(asked))


def _month_named(day: date) -> str:
    # Translators: a month with its year, in the notation of Django's date filter
    return date_format(day, _("F Y"))
