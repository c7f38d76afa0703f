"""What a step on many cases is asked with: which cases as somebody saw them, and where they are to go."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from onegrid.cases.public import ReturnReason
from onegrid.core.errors import InvalidInputError
from onegrid.workspace.models import BatchAction
from onegrid.workspace.rules.steps import STEPS, Step

MOST_CASES = 200
PATIENCE = timedelta(minutes=2)  # after which a batch that was cut off may be carried on
KEPT = timedelta(days=90)


class TooManyCasesError(InvalidInputError):
    """More cases than go at once."""


class NothingPickedError(InvalidInputError):
    """No case was picked."""


@dataclass(frozen=True, kw_only=True)
class Pick:
    """One case as somebody picked it: the version they saw, and the unit or category it is to go to, if settled."""

    named: str
    version: int
    id: UUID | None = None
    choice: str = ""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """
    A step on picked cases.

    `choice` is one unit (dispatch) or category (file) for all; without it each case
    goes where the rules suggest, or is filed under the category it has. `note` is
    the reason of a return, and else goes with the step; `code` says the reason of a return shortly.
    """

    action: BatchAction
    picks: Sequence[Pick]
    choice: str = ""
    note: str = ""
    code: ReturnReason | None = None

    @property
    def step(self) -> Step:
        """Return the same step on a single case."""
        return STEPS[self.action.value]

    def fingerprint(self) -> str:
        """Return a hash of what was asked, so that asking the same again is told from asking something else."""
        words = [self.note, self.code.value] if self.code else [self.note]
        said = [self.action.value, self.choice, *words, [[p.named, p.version, p.choice] for p in self.picks]]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def outlook(action: BatchAction) -> str:
    """Return what a step on many cases causes, in the words under its button."""
    return {
        BatchAction.ACCEPT: _("The acceptance clocks stop; filing is next. The reporters see “Accepted”."),
        BatchAction.FILE: _("The limits of the categories hold from now; dispatch is next. The reporters see “Filed”."),
        BatchAction.DISPATCH: _("The units get them and their clocks start. The reporters see which unit has it."),
        BatchAction.RETURN: _("Back to the dispatcher, each counted as a return. Your reason is public."),
    }[action]


def require_sensible(wish: Wish) -> None:
    """
    Check what can be told before looking at any case.

    :raises NothingPickedError: if there is no case.
    :raises TooManyCasesError: if there are more than go at once.
    :raises InvalidInputError: if cases are to be returned without saying why.
    """
    require_number(len(wish.picks))
    if wish.action != BatchAction.RETURN:
        return
    fields = {} if wish.code else {"code": _("Choose why they are not yours.")}
    if not wish.note.strip():
        fields["note"] = _("Say why they are not yours, and whose they are if you know.")
    if fields:
        raise InvalidInputError(" ".join(fields.values()), fields=fields)


def require_number(count: int) -> None:
    """
    Check that so many cases go at once.

    :raises NothingPickedError: if there is none.
    :raises TooManyCasesError: if there are too many.
    """
    if not count:
        message = _("Pick at least one case.")
        raise NothingPickedError(message, fields={"cases": message})
    if count > MOST_CASES:
        message = _("At most %(most)d cases go at once. Narrow the list, or take them in parts.") % {"most": MOST_CASES}
        raise TooManyCasesError(message, fields={"cases": message})


def possible_from(status: str, actions: Mapping[BatchAction, frozenset[str]]) -> list[str]:
    """Return which of some steps can be taken from a status, by name."""
    return [action.value for action, statuses in actions.items() if status in statuses]
