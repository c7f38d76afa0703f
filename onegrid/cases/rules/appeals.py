"""What a unit may appeal against, and until when: lateness as it was written down, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.cases.rules.marks import Entered, Mark
from onegrid.cases.states import STAGE_OF, Stage
from onegrid.catalogue.public import Procedure
from onegrid.core.durations import spoken

_SAME = timedelta(milliseconds=1)  # marks are kept in seconds, as numbers with a point


@dataclass(frozen=True, kw_only=True, slots=True)
class Late:
    """Something that was late: a stage, or the whole where there is none; until when it was due, when it was done."""

    stage: Stage | None
    due_at: datetime
    done_at: datetime

    @property
    def by(self) -> timedelta:
        """Return by how much."""
        return self.done_at - self.due_at


def own(left_late: Iterable[Late], marks: Iterable[Mark], *, unit_id: UUID) -> list[Late]:
    """Return of the stages that were left late those that a unit had to act in, each once, as it last was late."""
    entered = [mark for mark in marks if isinstance(mark, Entered)]
    held = [(STAGE_OF.get(one.status), one.at, then.at) for one, then in pairwise(entered) if one.holder == unit_id]
    found = {
        late.stage: late
        for late in left_late
        if any(stage == late.stage and came + _SAME < late.done_at <= left + _SAME for stage, came, left in held)
    }
    return [found[stage] for stage in Stage if stage in found]


def chosen(facts: Sequence[Late], stage: Stage | None) -> Late | None:
    """Return what was late of the stage that is named, or the whole; nothing where that was in time."""
    return next((late for late in facts if late.stage == stage), None)


def covered(facts: Sequence[Late], stage: Stage | None) -> list[str]:
    """Return which late stages an appeal exempts: the one that it names; that of the whole, all of the unit."""
    return [late.stage.value for late in facts if late.stage is not None and stage in {None, late.stage}]


def last_moment(procedure: Procedure, *, closed_at: datetime) -> datetime:
    """Return until when an appeal can be made."""
    return closed_at + timedelta(days=procedure.appeal_days)


def why_no_appeal(procedure: Procedure, *, closed_at: datetime, at: datetime) -> str:
    """Return why no appeal can be made now, or nothing."""
    if not procedure.appeal_days:
        return _("Cases of this category know no appeal against lateness.")
    if at > last_moment(procedure, closed_at=closed_at):
        return _("An appeal is possible for %(days)d days after closing; they are over.") % {
            "days": procedure.appeal_days
        }
    return ""


def appealed_before() -> str:
    """Return why a unit that has appealed on a case cannot do so again."""
    return _("Your unit has appealed on this case; that is possible once.")


def words_of(late: Late) -> str:
    """Return what was late, and by how much, in one line."""
    name = late.stage.label if late.stage else _("The whole case")
    return _("%(what)s, late by %(length)s") % {"what": name, "length": spoken(late.by)}


def reviewer_words() -> Mapping[str, str]:
    """Return who decides next, by the state."""
    return {"asked": _("a shift lead of the centre"), "first_yes": _("a leader of the district")}
