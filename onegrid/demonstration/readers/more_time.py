"""Tell how a unit asks for more time with a reason and a proof, and how that is decided by whoever may."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from onegrid.cases.public import Moved, Stage, Step, TimeAnswered, TimeAsked
from onegrid.demonstration.readers.album import Album
from onegrid.demonstration.readers.crew import Crew
from onegrid.demonstration.readers.told import Told
from onegrid.demonstration.rules import assumptions, words
from onegrid.demonstration.rules.identities import id_at
from onegrid.demonstration.rules.journeys import Aside

_MOMENT = timedelta(seconds=30)
_DAY = 24.0  # hours


def ask(told: Told, aside: Aside, *, at: datetime, album: Album, crew: Crew, draw: random.Random) -> Iterator[Step]:
    """Let the unit that leads ask, with a paper that shows why; nothing where nobody would decide on it."""
    lead, by, kind = told.lead, told.handler, told.draft.kind
    is_extension = aside == Aside.ASK_EXTENSION
    level = kind.procedure.extension_level(0) if is_extension else kind.procedure.suspension_level
    told.decider = None
    if lead is None or by is None:
        return
    found = crew.decider(level, lead=lead, path=told.path, asked_by=by, draw=draw)
    proof = album.ground(at=at - _MOMENT, by=by, draw=draw)
    hours, until = (_hours(told), None) if is_extension else (None, told.until())
    if found is None or proof is None or not (hours or until):
        return
    rung, told.decider = found
    yield proof
    yield TimeAsked(
        id=id_at(at.timestamp(), draw), at=at, by=by, text=draw.choice(words.ASKED_FOR_TIME[aside]),
        request_id=id_at(at.timestamp(), draw), level=rung, proof=(proof.id,), hours=hours, until=until,
    )  # fmt: skip


def answer(told: Told, *, is_granted: bool, at: datetime, draw: random.Random) -> Iterator[Step]:
    """Let an extension be granted, or either refused; nothing where nobody asked."""
    if told.decider is not None:
        text = draw.choice(words.TIME_GRANTED if is_granted else words.TIME_REFUSED)
        yield TimeAnswered(id=id_at(at.timestamp(), draw), at=at, by=told.decider, text=text, is_granted=is_granted)


def suspend(moved: Moved, draw: random.Random) -> Iterator[Step]:
    """Let a suspension be granted; without somebody who grants it, it is left out as the life is lived."""
    moved.text = draw.choice(words.SUSPENDED)
    yield moved


def _hours(told: Told) -> float:
    hours = assumptions.EXTENDED_BY * told.draft.kind.limits.get(Stage.HANDLE.value, 0.0)
    return hours - hours % _DAY if hours >= _DAY else hours
