"""Tell how a unit says that a case is not its own, what the named one says to that, and who decides it how."""

import random
from collections.abc import Iterator

from onegrid.cases.public import Argued, Moved, Stage, Step, due_for
from onegrid.demonstration.readers.crew import Crew
from onegrid.demonstration.readers.told import Told
from onegrid.demonstration.rules import assumptions, words
from onegrid.demonstration.rules.identities import id_at
from onegrid.dispatch.public import Said, ToldDocket
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry, UnitKind, directory


def claim(told: Told, moved: Moved, *, crew: Crew, draw: random.Random) -> Iterator[Step]:
    """Let the lead unit dispute that a case is its own; a centre, above which nobody decides, does not."""
    lead, by, kind = told.lead, moved.by, told.draft.kind
    centre = directory().centre(told.path.split("/", maxsplit=1)[0])
    if lead is None or by is None or centre is None or lead.kind == UnitKind.CENTRE:
        return
    claimed = _named(told, lead, crew=crew, draw=draw)
    reason = draw.choice(list(words.DISPUTED))
    due_at = due_for(kind, Stage.DISPUTE, unit=centre.id, at=moved.at)
    told.docket = ToldDocket(
        case_id=told.case_id, category_code=kind.code, reason=reason, due_at=due_at,
        words=Said(unit_id=lead.id, by=by, at=moved.at, text=draw.choice(words.DISPUTED[reason])),
        claimed_unit_id=claimed.id if claimed else None,
    )  # fmt: skip
    moved.heard = tuple(told.docket.parties)
    moved.told = {
        "reason": reason.value, "unit": lead.name, "unit_en": lead.name_en, "claimed": claimed.name if claimed else "",
        "claimed_en": claimed.name_en if claimed else "", "docket": 1, "until": due_at.isoformat() if due_at else "",
    }  # fmt: skip
    yield moved


def argue_and_settle(told: Told, moved: Moved, *, crew: Crew, draw: random.Random) -> Iterator[Step]:
    """Let the named unit argue, and the district decide; nothing where nothing is disputed."""
    docket, lead, handler = told.docket, told.lead, told.handler
    if docket is None or moved.by is None or lead is None or handler is None:
        return
    if claimed := directory().by_id.get(docket.claimed_unit_id) if docket.claimed_unit_id else None:
        other = crew.handler(claimed, "", draw)
        assert other is not None  # only a unit in which somebody works is named
        if draw.random() < assumptions.ARGUED:
            at = docket.words.at + (moved.at - docket.words.at) * draw.uniform(0.2, 0.8)
            docket.arguments.append(Said(unit_id=claimed.id, by=other, at=at, text=draw.choice(words.ARGUED)))
            argued = {"docket": 1, "argued": claimed.name, "argued_en": claimed.name_en}
            yield Argued(id=id_at(at.timestamp(), draw), at=at, by=other, told=argued)
        if draw.random() < assumptions.CLAIMED_RIGHTLY:
            lead, handler = claimed, other
    text = draw.choice(words.RULED[lead.id == docket.claimed_unit_id])
    docket.decided = Said(unit_id=lead.id, by=moved.by, at=moved.at, text=text)
    moved.lead, moved.told = lead, {"docket": 1}
    told.lead_by(lead, handler)
    yield moved


def _named(told: Told, lead: UnitEntry, *, crew: Crew, draw: random.Random) -> UnitEntry | None:
    """Return the unit that is named as responsible: one that would support or lead above, if somebody works there."""
    above = directory().find(told.draft.kind.lead.get(Level.DISTRICT, ""), told.path)
    other = told.support if told.support and told.support.id != lead.id else above
    if other is None or other.id == lead.id or other.kind in {UnitKind.CENTRE, UnitKind.GRID_TEAM}:
        return None
    return other if crew.handler(other, "", draw) else None
