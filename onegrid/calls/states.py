"""The kinds of calls, where a call stands, which moves lead where, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What the public is asked about."""

    MISSING = "missing", _("Missing person")
    WANTED = "wanted", _("Wanted person")
    WITNESS = "witness", _("Call for witnesses")
    HAZARD = "hazard", _("Hazard")


OF_PERSONS = frozenset({Kind.MISSING, Kind.WANTED})


class Status(TextChoices):
    """Where a call stands."""

    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for release")
    RUNNING = "running", _("Published")
    ENDED = "ended", _("Ended")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Move(TextChoices):
    """What somebody, or the end date, does with a call."""

    ASK = "ask", _("Ask for release")
    RELEASE = "release", _("Release")
    SEND_BACK = "send_back", _("Send back")
    WITHDRAW = "withdraw", _("Withdraw")
    END = "end", _("End")


class Outcome(TextChoices):
    """What came of a call, as an officer decides."""

    NONE = "", _("not decided")
    FOUND = "found", _("The person was found")
    CLEARED = "cleared", _("The matter was cleared up")
    NOTHING = "nothing", _("Nothing came of it")


@dataclass(frozen=True)
class Transition:
    """From which states a move is possible, and to which it leads."""

    sources: frozenset[Status]
    target: Status


TRANSITIONS: Mapping[Move, Transition] = {
    Move.ASK: Transition(frozenset({Status.DRAFT}), Status.WAITING),
    Move.RELEASE: Transition(frozenset({Status.WAITING}), Status.RUNNING),
    Move.SEND_BACK: Transition(frozenset({Status.WAITING}), Status.DRAFT),
    Move.WITHDRAW: Transition(frozenset({Status.DRAFT, Status.WAITING, Status.RUNNING}), Status.WITHDRAWN),
    Move.END: Transition(frozenset({Status.RUNNING}), Status.ENDED),
}


def after(status: Status, move: Move) -> Status | None:
    """Return where a move leads from a state; nothing if it is not possible there."""
    transition = TRANSITIONS[move]
    return transition.target if status in transition.sources else None
