"""What lies on the desks when a simulation is written: something for every centre, every unit and every grid team."""

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from onegrid.cases.public import ALWAYS, Channel, Status
from onegrid.catalogue.public import CategoryEntry
from onegrid.demonstration.readers.drafts import Draft, drafted, pace_of, takes_long
from onegrid.demonstration.readers.paces import usual_lead
from onegrid.demonstration.readers.setting import Setting
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.standing import OF_A_CENTRE, OF_A_UNIT, RARE_AT_A_UNIT, stand, used
from onegrid.dispatch.public import route
from onegrid.geography.public import Level, locate
from onegrid.units.public import UnitEntry, UnitKind, directory

_VERIFIED = frozenset({Status.HANDLED, Status.VERIFIED})
_Matter = tuple[CategoryEntry, str]  # a kind, and the path of the township it lies in


def standing_drafts(*, setting: Setting, now: datetime, draw: random.Random) -> list[Draft]:
    """Return the cases that stand on desks at a moment: some on time, some due soon, some late."""
    found = []
    for desk in _desks(setting, now, draw):
        for number, (status, matters) in enumerate(desk):
            kind, township = draw.choice(_fitting(matters, status))
            location = setting.beside(draw.choice(setting.by_township[township]), draw)
            made = drafted(0.0, kind, location, channel=_channel(setting, kind, draw), draw=draw)
            share = used(draw, is_first=number == 0)
            pace = pace_of(made, lead=usual_lead(kind, location))
            standing = stand(
                status, used_share=share, now=now.timestamp(), pace=pace, draw=draw, may_take_longer=takes_long(kind)
            )
            made.at, made.stops = standing.start, standing.stops
            found.append(made)
    return found


def _fitting(matters: Sequence[_Matter], status: Status) -> Sequence[_Matter]:
    """
    Return the matters that can well lie at a status.

    Where a verifier looks for them, those of which every result is verified; what is suspended may take long.
    """
    if status in _VERIFIED:
        fitting = [matter for matter in matters if matter[0].procedure.verification == ALWAYS]
    else:
        fitting = [matter for matter in matters if status != Status.SUSPENDED or takes_long(matter[0])]
    # What lies with the storms of summer would look odd on a desk at another time.
    plain = [matter for matter in fitting or matters if not matter[0].code.startswith("season.")]
    return plain or fitting or matters


def _desks(setting: Setting, now: datetime, draw: random.Random) -> Iterator[list[tuple[Status, Sequence[_Matter]]]]:
    """Yield for each desk at what status its cases stand, and what they can be about."""
    townships = sorted(setting.by_township)
    for unit in sorted(directory().by_code.values(), key=lambda unit: unit.code):
        if unit.kind == UnitKind.CENTRE:
            matters = _of_centre(setting, unit, townships)
            for status in OF_A_CENTRE:
                yield [(status, matters)] * assumptions.DESK_CASES
    led = _led(setting, now)
    for code in sorted(led):
        plain = [(status, led[code]) for status in OF_A_UNIT for _ in range(assumptions.UNIT_CASES)]
        rare = [(status, led[code]) for status, share in RARE_AT_A_UNIT.items() if draw.random() < share]
        yield [*plain, *rare]


def _of_centre(setting: Setting, unit: UnitEntry, townships: Sequence[str]) -> Sequence[_Matter]:
    is_district = unit.level == Level.DISTRICT
    kinds = [kind for kind in setting.kinds.all if (kind.lowest_level == Level.DISTRICT) == is_district]
    return [(kind, place) for kind in kinds for place in (townships if is_district else [unit.area_path])]


def _led(setting: Setting, now: datetime) -> Mapping[str, Sequence[_Matter]]:
    """Return what each unit would be given to lead, by its code, if somebody works there."""
    found: dict[str, list[_Matter]] = defaultdict(list)
    draw = random.Random(0)  # noqa: S311 — only whether there is anybody is asked
    for township, spots in setting.by_township.items():
        grid = locate(*spots[0]).grid
        for kind in setting.kinds.all:
            level = Level.DISTRICT if kind.lowest_level == Level.DISTRICT else Level.TOWNSHIP
            lead = route(category=kind, area_path=grid.path, level=level, at=now).lead
            if lead is not None and setting.crew.handler(lead, grid.code, draw) is not None:
                found[lead.code].append((kind, township))
    return found


def _channel(setting: Setting, kind: CategoryEntry, draw: random.Random) -> Channel:
    channel = draw.choices(list(assumptions.CHANNELS), list(assumptions.CHANNELS.values()))[0]
    if channel == Channel.GRID_WORKER and kind.code not in setting.kinds.of_grid_workers:
        channel = Channel.PORTAL
    return Channel.PHONE if channel == Channel.PORTAL and not kind.public_may_report else channel
