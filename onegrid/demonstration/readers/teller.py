"""Tell the life of a simulated case: who did what at each stop of its way, in which words, with which proof."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from onegrid.accounts.public import Role
from onegrid.cases.public import (
    Absorbed,
    Channel,
    Hand,
    Life,
    Move,
    Moved,
    Noted,
    Outcome,
    Rated,
    Step,
    TaskDone,
    TaskGiven,
)
from onegrid.demonstration.readers.album import Album
from onegrid.demonstration.readers.disputes import argue_and_settle, claim
from onegrid.demonstration.readers.drafts import Draft
from onegrid.demonstration.readers.more_time import answer, ask, suspend
from onegrid.demonstration.readers.setting import Setting
from onegrid.demonstration.readers.told import Told
from onegrid.demonstration.rules import assumptions, telling, words
from onegrid.demonstration.rules.assumptions import RATES
from onegrid.demonstration.rules.identities import id_at
from onegrid.demonstration.rules.journeys import ASKED, DAY, Aside, Stop
from onegrid.demonstration.rules.pace import moment
from onegrid.dispatch.public import ReportedCase, ToldDocket, new_case, route
from onegrid.geography.public import Level
from onegrid.units.public import directory

_ROLES: Mapping[Move, Role] = {
    Move.ACCEPT: Role.ACCEPTOR, Move.REFUSE: Role.ACCEPTOR, Move.ASK_CHECK: Role.ACCEPTOR, Move.MERGE: Role.ACCEPTOR,
    Move.WITHDRAW: Role.SHIFT_LEAD, Move.FILE: Role.SHIFT_LEAD, Move.CLOSE: Role.SHIFT_LEAD,
    Move.REOPEN: Role.SHIFT_LEAD, Move.DISPATCH: Role.DISPATCHER, Move.RECALL: Role.DISPATCHER,
    Move.PASS: Role.VERIFIER, Move.FAIL: Role.VERIFIER, Move.SETTLE: Role.SHIFT_LEAD,
}  # fmt: skip
_REPORTERS: Mapping[Channel, Role] = {Channel.PHONE: Role.ACCEPTOR, Channel.DESK: Role.SHIFT_LEAD}
_MOMENT = timedelta(minutes=1)
KeyT = TypeVar("KeyT")


@dataclass(kw_only=True)
class Teller:
    """
    Tells lives up to a moment; `numbers` gives each draft its number and `ids` its id before the first is told.

    `dockets` are what has been disputed in the lives that were told.
    """

    setting: Setting
    album: Album
    now: datetime
    draw: random.Random
    ids: Mapping[Draft, UUID]
    numbers: Mapping[Draft, str]
    dockets: list[ToldDocket] = field(default_factory=list)

    def tell(self, draft: Draft) -> Life:
        """Return the life of a draft: what came in, and the steps that were made by now."""
        draw, at = self.draw, moment(draft.at)
        by = self._reporter(draft)
        channel = draft.channel if by or draft.channel == Channel.PORTAL else Channel.PORTAL
        where = telling.place(self.setting.phrases, draw)
        kind = draft.kind
        said = telling.reported(
            kind.code, (kind.name, kind.name_en), self.setting.phrases, channel=channel, where=where, draw=draw
        )
        point = draft.location.point
        report = ReportedCase(
            id=self.ids[draft], title=said.title, text=said.text, x=point.lon, y=point.lat, address=where,
            is_simulated=True,
        )  # fmt: skip
        new = new_case(
            report,
            location=draft.location,
            category=kind if draft.has_kind else None,
            channel=channel,
            at=at,
            secret="",
        )
        path = draft.location.grid.path
        told = Told(draft=draft, case_id=new.id, level=new.level, path=path)
        self._picture(told, at, by)
        for stop in draft.stops:
            if not self._goes_on(told, stop):
                break
        self._absorb(told)
        if told.docket:
            self.dockets.append(told.docket)
        return Life(new=new, number=self.numbers[draft], entry_id=self._id(at), by=by, steps=told.steps)

    def _id(self, at: datetime) -> UUID:
        return id_at(at.timestamp(), self.draw)

    def _reporter(self, draft: Draft) -> Hand | None:
        if draft.channel == Channel.GRID_WORKER:
            return self.setting.crew.grid_worker(draft.location.grid.code, self.draw)
        role = _REPORTERS.get(draft.channel)
        return self.setting.crew.at_centre(role, draft.location.grid.path, self.draw) if role else None

    def _picture(self, told: Told, at: datetime, by: Hand | None) -> None:
        """Let the report come with a photo, where a grid worker solves it himself always."""
        is_solved = any(stop.move == Move.SOLVE_TO_VERIFY for stop in told.draft.stops)
        if is_solved or self.draw.random() < RATES.pictured:
            step = self.album.before(told.draft.kind, at=at, by=by, draw=self.draw)
            if step is not None:
                told.is_pictured = True
                told.steps.append(step)

    def _goes_on(self, told: Told, stop: Stop) -> bool:
        """Make one stop with all that comes with it; tell whether the case goes on."""
        at = moment(stop.at)
        if at > self.now:
            return False
        if isinstance(stop.move, Aside):
            self._put_aside(told, stop.move, at)
            return True
        moved = Moved(id=self._id(at), at=at, by=self._who(told, stop.move), move=stop.move)
        if stop.move in _TOLD_APART:
            told.steps.extend(self._told_apart(told, moved))
            return True
        if stop.move in _NEEDS_SOMEBODY and moved.by is None:
            return False
        if stop.move == Move.DISPATCH and not self._dispatched(told, moved):
            return False
        self._say(told, moved)
        if stop.move in {Move.REPORT_BACK, Move.SOLVE_TO_VERIFY}:
            self._prove(told, moved)
        told.steps.append(moved)
        self._follow(told, moved)
        return True

    def _told_apart(self, told: Told, moved: Moved) -> Iterator[Step]:
        if moved.move == Move.SUSPEND:
            return suspend(moved, self.draw)
        tell = claim if moved.move == Move.DISPUTE else argue_and_settle
        return tell(told, moved, crew=self.setting.crew, draw=self.draw)

    def _put_aside(self, told: Told, aside: Aside, at: datetime) -> None:
        """Let more time be asked for, or answered."""
        if aside in ASKED:
            told.steps.extend(ask(told, aside, at=at, album=self.album, crew=self.setting.crew, draw=self.draw))
        else:
            told.steps.extend(answer(told, is_granted=aside == Aside.EXTEND, at=at, draw=self.draw))

    def _who(self, told: Told, move: Move) -> Hand | None:
        draw, crew = self.draw, self.setting.crew
        if move in {Move.TAKE, Move.RETURN, Move.REPORT_BACK, Move.DISPUTE}:
            return told.handler
        if move == Move.SOLVE_TO_VERIFY:
            return self._reporter(told.draft)
        if move == Move.ANSWER_CHECK:
            team = directory().grid_team(told.path)
            own = crew.grid_worker(told.path.rpartition("/")[2], draw)
            return own or (crew.handler(team, "", draw) if team else None)
        if move in {Move.WITHDRAW, Move.REOPEN} and told.draft.channel == Channel.PORTAL:
            return None
        if move in {Move.SUSPEND, Move.RESUME}:
            return told.decider if move == Move.SUSPEND else None
        is_above = told.level == Level.DISTRICT or move == Move.SETTLE
        path = told.path.split("/", maxsplit=1)[0] if is_above else told.path
        return crew.at_centre(_ROLES[move], path, draw)

    def _dispatched(self, told: Told, moved: Moved) -> bool:
        """Give the case to the unit that the routing table suggests, if somebody there can handle it."""
        kind = told.draft.kind
        went = route(category=kind, area_path=told.path, level=told.level, at=moved.at)
        handler = self.setting.crew.handler(went.lead, told.path.rpartition("/")[2], self.draw) if went.lead else None
        if went.lead is None or handler is None:
            return False
        moved.lead, moved.suggested = went.lead, went.as_data()
        told.lead_by(went.lead, handler)
        told.rounds += 1
        told.support = went.support[0] if went.support else None
        return True

    def _say(self, told: Told, moved: Moved) -> None:
        """Put the words, the category and the outcome to a move."""
        draw = self.draw
        if moved.move in {Move.FILE, Move.SOLVE_TO_VERIFY}:
            moved.category = told.draft.kind
        if moved.move in words.SAID:
            moved.text = draw.choice(words.SAID[moved.move])
        moved.reason = words.RETURNS.get(moved.text, moved.reason)
        if moved.move == Move.DISPATCH and told.rounds > 1:
            moved.text = draw.choice(words.AGAIN)
        if moved.move == Move.CLOSE:
            moved.outcome = _drawn(assumptions.OUTCOMES, draw)
            moved.text = draw.choice(words.CLOSED[moved.outcome])
        elif moved.move == Move.REFUSE:
            moved.outcome = _drawn(assumptions.REFUSALS, draw)
            moved.text = draw.choice(words.REFUSED[moved.outcome])
        elif moved.move == Move.WITHDRAW:
            moved.outcome = Outcome.WITHDRAWN
        elif moved.move == Move.MERGE and told.draft.merged_into:
            moved.into_id = self.ids[told.draft.merged_into]
            moved.into_number = self.numbers[told.draft.merged_into]

    def _prove(self, told: Told, moved: Moved) -> None:
        """Add what the category demands as proof, a moment before; a photo of before is there once."""
        at = moved.at - _MOMENT
        told.steps.extend(
            self.album.proof(
                told.draft.kind, told.rounds, at=at, by=moved.by, is_pictured=told.is_pictured, draw=self.draw
            )
        )
        told.is_pictured = True
        for task_id, by in told.tasks:
            text = self.draw.choice(words.SUPPORTED)
            told.steps.append(TaskDone(id=self._id(at), at=at, by=by, text=text, task_id=task_id))
        told.tasks = []
        told.rounds += 1
        if moved.move == Move.SOLVE_TO_VERIFY:
            told.handler = moved.by

    def _follow(self, told: Told, moved: Moved) -> None:
        """Add what comes with a move: supporting tasks with a dispatch, notes while handled, a rating after closing."""
        draw, at = self.draw, moved.at
        if moved.move == Move.DISPATCH:
            self._ask_support(told, moved)
        elif moved.move == Move.TAKE and draw.random() < RATES.noted:
            told.steps.append(
                Noted(id=self._id(at), at=min(at + _MOMENT, self.now), by=moved.by, text=draw.choice(words.NOTES))
            )
        elif moved.move == Move.CLOSE and told.draft.channel == Channel.PORTAL and draw.random() < RATES.rated:
            self._rate(told, at)

    def _ask_support(self, told: Told, moved: Moved) -> None:
        """Give the supporting unit its part, if there is one, somebody works there, and none was given before."""
        unit, draw, at = told.support, self.draw, moved.at
        if unit is None or told.tasks or draw.random() >= RATES.supported:
            return
        helper = self.setting.crew.handler(unit, "", draw)
        if helper is None:
            return
        given = TaskGiven(
            id=self._id(at), at=at, by=moved.by, text=draw.choice(words.SUPPORT), task_id=self._id(at), unit=unit
        )
        told.steps.append(given)
        told.tasks.append((given.task_id, helper))

    def _rate(self, told: Told, closed_at: datetime) -> None:
        at = closed_at + timedelta(seconds=DAY * self.draw.uniform(*assumptions.RATED_AFTER))
        reopened = next((stop.at for stop in told.draft.stops if stop.move == Move.REOPEN), None)
        if at > self.now or (reopened and at.timestamp() > reopened > closed_at.timestamp()):
            return
        stars = _drawn(assumptions.STARS, self.draw)
        text = self.draw.choice(words.RATED[stars])
        is_solved = stars >= assumptions.SOLVED_FROM
        told.steps.append(Rated(id=self._id(at), at=at, text=text, satisfaction=stars, is_solved=is_solved))

    def _absorb(self, told: Told) -> None:
        """Let the reports that were merged into this case appear where they came."""
        for merged_at, other in told.draft.absorbed:
            at = moment(merged_at)
            if at <= self.now:
                by = self.setting.crew.at_centre(Role.ACCEPTOR, told.path, self.draw)
                told.steps.append(Absorbed(id=self._id(at), at=at, by=by, number=self.numbers[other], text=words.SAME))
        told.steps.sort(key=lambda step: step.at)


_NEEDS_SOMEBODY = frozenset(Move) - {Move.WITHDRAW, Move.REOPEN, Move.RESUME}
_TOLD_APART = frozenset({Move.SUSPEND, Move.DISPUTE, Move.SETTLE})


def _drawn(parts: Mapping[KeyT, float], draw: random.Random) -> KeyT:
    return draw.choices(list(parts), list(parts.values()))[0]
