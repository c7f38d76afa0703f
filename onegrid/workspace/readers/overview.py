"""
A head's overview: what came, what went, what stands, what of it is late and why.

Five statements. Every number carries the address of its rows, made of the same
words as the queue's own filters; units and areas are compared, people never.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.public import (
    STAGE_OF,
    Counted,
    Numbers,
    Stage,
    StageShare,
    Status,
    TimeStep,
    came,
    handled_by_unit,
    known,
    standing,
    went,
    where_time_went,
)
from onegrid.catalogue.public import catalogue
from onegrid.core.durations import spoken
from onegrid.core.shares import ENOUGH
from onegrid.geography.public import Level
from onegrid.units.public import directory
from onegrid.workspace.readers.areas import area_level, area_name
from onegrid.workspace.readers.overview_tables import MOST_LINES, Focus, Line, Links, Number, Tables, handled_lines
from onegrid.workspace.rules.bars import Figure, Pair, pairs
from onegrid.workspace.rules.filters import Until
from onegrid.workspace.rules.periods import Period, Preset, preset_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A link among several of which one is current."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Everything the page shows."""

    period: str
    first: str
    last: str
    presets: Sequence[Choice]
    focus: Sequence[tuple[str, str, str]]
    kept: Sequence[tuple[str, str]]
    came: Number
    went: Number
    missed: Number
    exempt: Number
    open: Number
    late: Number
    returned: Number
    simulated: Number
    bars: Sequence[Pair]
    steps: Sequence[Line]
    stages: Sequence[Line]
    waiting: Sequence[Line]
    spent: Sequence[Line]
    handled: Sequence[Line]
    units: Sequence[Line]
    categories: Sequence[Line]
    areas: Sequence[Line]
    areas_are: str
    most: int = MOST_LINES
    enough: int = ENOUGH


def overview(focus: Focus, period: Period, *, by: User, at: datetime) -> Overview:
    """
    Return the overview of everything somebody may see, in five statements besides those of the frame.

    :raises CannotBeFoundError: if there never was the area, the category or the unit that it looks on.
    """
    links = Links(focus, period)
    here = localtime(at)
    below = _below(focus, by=by)
    level = known(focus.selection()).area_level
    that_came, that_went, that_stand, that_left = (
        replace(links.filters(kind).selection(now=here), area_level=level)
        for kind in (links.came, links.went, {}, links.handled)
    )
    in_came = came(that_came, by=by, at=at, below=below, step=period.step)
    in_went = went(that_went, by=by, at=at, below=below, step=period.step)
    in_open = standing(that_stand, by=by, at=at, below=below)
    spent = where_time_went(that_went, by=by, at=at)
    handled = handled_by_unit(that_left, by=by, at=at)
    tables = Tables(links, (in_came, in_went, in_open))
    steps = _steps(links, in_came, in_went)
    return Overview(
        period=_days(period.first, period.last),
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        presets=_presets(links, today=here.date()),
        focus=_focus_chips(links),
        kept=focus.words(),
        came=links.number(in_came.whole.cases, links.came),
        went=links.number(in_went.whole.cases, links.went),
        missed=links.number(in_went.whole.late, links.went, missed=True),
        exempt=links.number(in_went.whole.exempt, links.went, missed=True, exempt=True),
        open=links.number(in_open.whole.cases, {}),
        late=links.number(in_open.whole.late, {}, due=Until.LATE),
        returned=links.number(in_open.whole.returned, {}, returned=True),
        simulated=links.number(in_came.whole.simulated, links.came, simulated=True),
        bars=pairs([_figure(line) for line in steps]),
        steps=steps,
        stages=_stages(links, in_open),
        waiting=tables.waited_for(),
        spent=_spent(links, spent),
        handled=handled_lines(links, handled),
        units=tables.units(),
        categories=tables.categories(),
        areas=tables.areas(),
        areas_are=str(below.label),
    )


def _figure(line: Line) -> Figure:
    one, two = line.numbers[0], line.numbers[1]
    says = (_("%(when)s: %(n)d came"), _("%(when)s: %(n)d went"))
    told = (says[0] % {"when": line.label, "n": one.value}, says[1] % {"when": line.label, "n": two.value})
    return Figure(label=line.note, numbers=(one.value, two.value), says=told, urls=(one.url, two.url))


def _steps(links: Links, in_came: Counted, in_went: Counted) -> list[Line]:
    found = []
    for first, last in links.period.steps():
        key = first if links.period.step is TimeStep.DAY else first - timedelta(days=first.weekday())
        in_, out = in_came.by_step.get(key, Numbers()), in_went.by_step.get(key, Numbers())
        found.append(
            Line(
                label=_days(first, last),
                url="",
                note=_short(first),
                numbers=[
                    links.number(in_.cases, links.came, came_from=first, came_to=last),
                    links.number(out.cases, links.went, ended_from=first, ended_to=last),
                    links.number(out.late, links.went, ended_from=first, ended_to=last, missed=True),
                    links.number(out.exempt, links.went, ended_from=first, ended_to=last, missed=True, exempt=True),
                ],
            )
        )
    return found


def _stages(links: Links, in_open: Counted) -> list[Line]:
    """Return the stages in their order: how many stand in each, and how many of them are late there."""
    found: dict[Stage, tuple[Numbers, list[Status]]] = {}
    for status, stage in STAGE_OF.items():
        counted, statuses = found.get(stage, (Numbers(), []))
        found[stage] = (counted.plus(in_open.by_status.get(status.value, Numbers())), [*statuses, status])
    return [
        Line(
            label=str(stage.label),
            url="",
            numbers=[
                links.number(found[stage][0].cases, {}, status=tuple(found[stage][1])),
                links.number(found[stage][0].late, {}, status=tuple(found[stage][1]), due=Until.LATE),
                links.number(found[stage][0].returned, {}, status=tuple(found[stage][1]), returned=True),
            ],
        )
        for stage in Stage
        if stage in found
    ]


def _spent(links: Links, shares: Sequence[StageShare]) -> list[Line]:
    whole = sum((share.time for share in shares), timedelta()) or timedelta(seconds=1)
    return [
        Line(
            label=str(share.stage.label),
            url="",
            percent=round(100 * (share.time / whole)),
            note=spoken(share.time / share.cases) if share.cases else "–",
            numbers=[
                links.number(share.late, links.went, missed=True, late_in=share.stage),
                links.number(share.exempt, links.went, missed=True, late_in=share.stage, exempt=True),
            ],
        )
        for share in shares
    ]


def _presets(links: Links, *, today: date) -> list[Choice]:
    return [
        Choice(
            label=str(preset.label),
            url=links.here(period=preset_period(preset, today=today)),
            is_current=preset is links.period.preset,
        )
        for preset in Preset
    ]


def _focus_chips(links: Links) -> list[tuple[str, str, str]]:
    """Return on what the overview looks, in words, each with the address without it."""
    focus, language = links.focus, get_language() or ""
    kind, unit = catalogue().by_code.get(focus.category), directory().by_code.get(focus.unit)
    chips = [
        (_("Area"), area_name(focus.area), links.here(focus={"area": ""})),
        (_("Category"), kind.trailed(language) if kind else focus.category, links.here(focus={"category": ""})),
        (_("Unit"), unit.named(language) if unit else focus.unit, links.here(focus={"unit": ""})),
    ]
    return [chip for chip in chips if chip[1]]


_LEVELS = (Level.DISTRICT, Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)


def _below(focus: Focus, *, by: User) -> Level:
    """Return the level of areas to compare: below the area looked at, else below the widest that somebody sees."""
    levels = [Level(duty.area.level) for duty in duties_granting(by, "cases.view")] or [Level.DISTRICT]
    here = area_level(focus.area) or min(levels, key=_LEVELS.index)
    return _LEVELS[min(_LEVELS.index(here) + 1, len(_LEVELS) - 1)]


def _short(day: date) -> str:
    # Translators: a day under a bar of a chart, as short as can be, in the notation of Django's date filter
    return date_format(day, _("j/n"))


def _days(first: date, last: date) -> str:
    # Translators: a date without its year, in the notation of Django's date filter
    near = _("j M")
    if first == last:
        return date_format(first, near)
    return f"{date_format(first, near)} – {date_format(last, near)}"
