"""
What the simulated year assumes, as named data; docs/explanation/simulation.md says where each figure comes from.

`onegrid demo` prints what came out beside these. Shares are parts of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onegrid.cases.public import Channel, Outcome

CASES_A_YEAR = 56_000
YEAR_DAYS = 365.25
CHAPTERS_A_YEAR = 12
YEAR_TOLERANCE = 0.02  # chance moves a year's count by no more

# --- when -------------------------------------------------------------------------------------

# January to December against the mean month: quiet around the Spring Festival, busy in heat and storms.
MONTHS: Sequence[float] = (0.88, 0.74, 0.96, 0.98, 1.02, 1.10, 1.14, 1.18, 1.10, 0.98, 0.97, 0.95)
WEEKDAYS: Sequence[float] = (1.12, 1.07, 1.05, 1.04, 1.06, 0.86, 0.80)  # Monday to Sunday
HOLIDAY = 0.62  # a day of rest by law against the same weekday
# The hours of a day, from midnight: rush hours on the way to work and back, little at night.
HOURS: Sequence[float] = (
    0.6, 0.4, 0.3, 0.2, 0.3, 0.8, 2.2, 5.4, 8.2, 8.4, 7.2, 5.2,
    3.6, 4.4, 6.2, 6.6, 6.4, 7.4, 7.6, 6.0, 4.8, 3.6, 2.4, 1.4,
)  # fmt: skip
STORMS_A_YEAR = (3, 5)  # typhoons that reach the district, July to early October; fewest and most
STORM_MONTHS = (7, 8, 8, 9, 9, 10)
STORM_DAYS: Sequence[float] = (1.3, 2.6, 1.8)  # the day before, the day itself, the day after, against a plain day
RAIN_CHANCE: Mapping[int, float] = {3: 0.25, 4: 0.25, 5: 0.3, 6: 0.45, 7: 0.25, 8: 0.25, 9: 0.2}  # a day of heavy rain

# --- what -------------------------------------------------------------------------------------

# By the first part of a category's code; what is not named here weighs `OTHER_GROUPS`.
GROUPS: Mapping[str, float] = {
    "daily": 0.56, "fire": 0.12, "housing": 0.10, "disputes": 0.085, "safety": 0.085, "season": 0.05,
}  # fmt: skip
OTHER_GROUPS = 0.05
# Within a group, by its second part; what is not named weighs 1.
FREQUENT: Mapping[str, float] = {
    "daily.sanitation": 3.2, "daily.appearance": 2.8, "daily.transport": 2.2, "daily.roads": 1.8, "daily.drains": 1.5,
    "daily.lamps": 1.5, "daily.environment": 1.4, "fire.ebike": 3.0, "fire.passage": 2.4, "housing.residence": 2.4,
    "disputes.neighbors": 2.6, "disputes.labor": 1.6, "safety.gas": 1.6, "daily.land": 0.5, "daily.health": 0.8,
}  # fmt: skip
RARE_URGENT = 0.45  # an urgent kind against one that is not, within a group
# Months in which a kind, by the start of its code, is so many times as frequent; outside them `OUT_OF_SEASON` holds.
SEASONS: Mapping[str, tuple[frozenset[int], float]] = {
    "season.typhoon": (frozenset({7, 8, 9, 10}), 2.0),
    "season.heat": (frozenset({7, 8}), 3.0),
    "season.winter": (frozenset({12, 1, 2}), 3.0),
    "season.festival": (frozenset({1, 2, 9, 10}), 1.6),
    "season.exams": (frozenset({6}), 3.0),
    "season.health": (frozenset({5, 6, 7, 8, 9}), 1.4),
    "daily.environment.fumes": (frozenset({6, 7, 8, 9}), 1.5),
    "safety.water.swimming": (frozenset({6, 7, 8, 9}), 3.0),
    "fire.open-air.forest": (frozenset({3, 4, 11, 12}), 2.5),
    "fire.open-air.fireworks": (frozenset({1, 2}), 4.0),
    "disputes.labor.wages": (frozenset({12, 1}), 2.2),
    "housing.residence.enrolment": (frozenset({5, 6, 7, 8}), 2.5),
}
OUT_OF_SEASON = 0.15
# On the days of a storm, and of heavy rain: by the start of a code, so many times as frequent.
STORM_KINDS: Mapping[str, float] = {
    "season.typhoon": 30.0, "daily.drains": 5.0, "daily.greenery.fallen": 14.0, "safety.buildings.signboard": 8.0,
    "safety.buildings.wires": 6.0, "daily.lamps": 1.8,
}  # fmt: skip
RAIN_KINDS: Mapping[str, float] = {"daily.drains": 2.4, "daily.estate.roof": 3.0, "season.typhoon.waterlogging": 3.0}

# --- by whom ----------------------------------------------------------------------------------

CHANNELS: Mapping[Channel, float] = {
    Channel.GRID_WORKER: 0.46, Channel.PORTAL: 0.32, Channel.PHONE: 0.17, Channel.DESK: 0.05,
}  # fmt: skip
KNOWN_KIND = 0.65  # of the public site's reports name a category
CONCENTRATION = 1.6  # a third of the grids has most cases; 1 would be even
IN_ENGLISH, MISSPELLED = 0.03, 0.07  # of what residents write

# --- what becomes of it -----------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Rates:
    """How often what happens on the way, as parts of the cases that come to that point."""

    solved_on_the_spot: float = 0.37  # of what grid workers report of matters admitted to them: a sixth of all cases
    refused: float = 0.05
    refused_late: float = 0.25  # of those, after acceptance
    duplicate: float = 0.045
    withdrawn: float = 0.012
    checked: float = 0.20
    returned: float = 0.07
    recalled: float = 0.015
    disputed: float = 0.015  # of what is dispatched, as are those before
    extended: float = 0.10  # of what a unit has taken and has working days for, as are those that follow
    extension_refused: float = 0.02
    suspended: float = 0.025
    suspension_refused: float = 0.008
    noted: float = 0.22
    supported: float = 0.18
    reworked: float = 0.06
    reopened: float = 0.025
    rated: float = 0.28  # of the public site's reports that were closed
    pictured: float = 0.6  # of reports that came with a photo


RATES = Rates()
OUTCOMES: Mapping[Outcome, float] = {
    Outcome.FIXED: 0.90, Outcome.NOTHING_FOUND: 0.045, Outcome.NOT_FIXABLE: 0.04, Outcome.NOT_OURS: 0.015,
}  # fmt: skip
REFUSALS: Mapping[Outcome, float] = {Outcome.NOT_OURS: 0.6, Outcome.NOTHING_FOUND: 0.3, Outcome.DUPLICATE: 0.1}
STARS: Mapping[int, float] = {5: 0.42, 4: 0.30, 3: 0.13, 2: 0.09, 1: 0.06}
SOLVED_FROM = 3  # stars from which on the reporter says that it is solved

# How much of its limit a stage takes, in counted time.
IN_TIME = (0.04, 0.92)  # spread over this share of the limit, more often early than late
LATE = 0.05  # of stages
LATE_BY = (1.02, 1.8)
SLOW_UNITS = 8  # one unit in so many is slow
SLOW_LATE = 0.22  # of a slow unit's handling stages are late
ARGUED = 0.6  # of the units that a dispute names as responsible
CLAIMED_RIGHTLY = 0.6  # of those disputes the named unit gets the case; all others stay where they were
TAKEN_AFTER = (0.02, 0.15)  # of the handling limit until somebody takes it
SENT_BACK_AFTER = (0.05, 0.35)  # of the handling limit until a unit returns it, or the centre takes it back
EXTENDED_BY = 0.5  # of the handling limit, in whole days where that is two days or more
ASKED_AT = (0.3, 0.9)  # of what is left of the handling limit, when a unit asks for more
TIME_DECIDED_AFTER = (0.03, 0.4)  # of what is then left; a request waits for so long
SUSPENDED_DAYS = (3.0, 60.0)
REOPENED_AFTER = (0.5, 13.0)  # days after closing
RATED_AFTER = (0.02, 6.0)

# --- what lies on the desks now ---------------------------------------------------------------

DESK_CASES, UNIT_CASES = 3, 2  # for each stage of each centre, and for each of the two of each unit that leads
STANDING_DAYS = 30  # they are taken out of the arrivals of these last days, so that the year keeps its count
STANDING_LATE, STANDING_SOON = 0.14, 0.16  # of them; soon is the last fifth. The first of a desk is one or the other
STANDING_LATE_BY = (1.02, 1.5)
STANDING_ASKED = 0.2  # of what a unit works on, has working days for and time left: it asks for more, and waits
STANDING_SUSPENDED, STANDING_DISPUTED = 0.08, 0.08  # of units have one such case beside the others
SUSPENDED_SINCE = (1.0, 20.0)  # days
APPEALS, APPEALS_OF_A_UNIT = 24, 2  # against lateness, in the last days
APPEALS_REVIEWED, APPEALS_GRANTED = 0.5, 0.6  # of them once by the centre; of those with a yes
APPEALS_SETTLED = 0.5  # of these accepted by a leader of the district too
