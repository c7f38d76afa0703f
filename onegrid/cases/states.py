"""
The life of a case, as data.

One table says which move leads where; nothing else in the code base decides it.
`docs/reference/case-states.md` is drawn from this table by `make docs`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from onegrid.core.errors import DomainError


class Status(TextChoices):
    """Where a case stands."""

    REPORTED = "reported", gettext_lazy("Reported")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    CHECKING = "checking", gettext_lazy("Being checked on the spot")
    FILED = "filed", gettext_lazy("Filed")
    DISPATCHED = "dispatched", gettext_lazy("Dispatched")
    IN_PROGRESS = "in_progress", gettext_lazy("In progress")
    SUSPENDED = "suspended", gettext_lazy("Suspended")
    DISPUTED = "disputed", gettext_lazy("Responsibility disputed")
    HANDLED = "handled", gettext_lazy("Handled, waiting for verification")
    VERIFIED = "verified", gettext_lazy("Verified")
    CLOSED = "closed", gettext_lazy("Closed")
    REFUSED = "refused", gettext_lazy("Not accepted")
    MERGED = "merged", gettext_lazy("Merged")


class Move(TextChoices):
    """What can be done to a case that changes where it stands."""

    ACCEPT = "accept", gettext_lazy("Accept")
    REFUSE = "refuse", gettext_lazy("Do not accept")
    ASK_CHECK = "ask_check", gettext_lazy("Have it checked on the spot")
    ANSWER_CHECK = "answer_check", gettext_lazy("Report the check")
    FILE = "file", pgettext_lazy("move", "File")
    DISPATCH = "dispatch", gettext_lazy("Dispatch")
    RECALL = "recall", gettext_lazy("Take back from the unit")
    TAKE = "take", gettext_lazy("Take")
    RETURN = "return", gettext_lazy("Return")
    SUSPEND = "suspend", gettext_lazy("Suspend")
    RESUME = "resume", gettext_lazy("Resume")
    DISPUTE = "dispute", gettext_lazy("Dispute whose it is")
    SETTLE = "settle", gettext_lazy("Decide whose it is")
    REPORT_BACK = "report_back", gettext_lazy("Report back")
    PASS = "pass", gettext_lazy("Confirm it is done")
    FAIL = "fail", gettext_lazy("Send back as not done")
    CLOSE = "close", gettext_lazy("Close")
    REOPEN = "reopen", gettext_lazy("Reopen")
    MERGE = "merge", gettext_lazy("Merge into another case")
    WITHDRAW = "withdraw", gettext_lazy("Withdraw")
    SOLVE_ON_THE_SPOT = "solve_on_the_spot", gettext_lazy("Solved on the spot")
    SOLVE_TO_VERIFY = "solve_to_verify", gettext_lazy("Solved on the spot, drawn for verification")


class Stage(TextChoices):
    """A stretch of a case's life with a clock of its own (GB/T 30428: 受理 核实 立案 派遣 处置 核查 结案)."""

    ACCEPT = "accept", gettext_lazy("Acceptance")
    CHECK = "check", gettext_lazy("Check")
    FILE = "file", gettext_lazy("Filing")
    DISPATCH = "dispatch", gettext_lazy("Dispatch")
    DISPUTE = "dispute", gettext_lazy("Deciding whose it is")
    HANDLE = "handle", gettext_lazy("Handling")
    VERIFY = "verify", gettext_lazy("Verification")
    CLOSE = "close", gettext_lazy("Closing")


class Outcome(TextChoices):
    """What came of a case. "Closed" never pretends "fixed"."""

    FIXED = "fixed", gettext_lazy("Fixed")
    NOT_FIXABLE = "not_fixable", gettext_lazy("Cannot be fixed")
    NOT_OURS = "not_ours", gettext_lazy("Not this authority's")
    DUPLICATE = "duplicate", gettext_lazy("Duplicate")
    NOTHING_FOUND = "nothing_found", gettext_lazy("Nothing found")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class ReturnReason(TextChoices):
    """Why a unit sends a case back, as a code that can be counted."""

    NOT_OUR_FIELD = "not_our_field", gettext_lazy("Not our field")
    NOT_OUR_AREA = "not_our_area", gettext_lazy("Not our area")
    PRIVATE_PROPERTY = "private_property", gettext_lazy("Private property")
    CANNOT_BE_FOUND = "cannot_be_found", gettext_lazy("Cannot be found")
    DUPLICATE = "duplicate", gettext_lazy("Already being handled")
    ANOTHER_FIRST = "another_first", gettext_lazy("Another unit has to act first")
    OTHER = "other", gettext_lazy("Another reason")


# What can be found out on the spot, whoever a case belongs to: what a return can say after that was decided.
FOUND_OUT = (ReturnReason.CANNOT_BE_FOUND, ReturnReason.DUPLICATE, ReturnReason.ANOTHER_FIRST)


@dataclass(frozen=True)
class Transition:
    """From which statuses a move can be made, and where it leads."""

    sources: frozenset[Status]
    target: Status


def _from(*sources: Status, to: Status) -> Transition:
    return Transition(frozenset(sources), to)


TRANSITIONS: Mapping[Move, Transition] = {
    Move.ACCEPT: _from(Status.REPORTED, to=Status.ACCEPTED),
    Move.REFUSE: _from(Status.REPORTED, Status.ACCEPTED, to=Status.REFUSED),
    Move.ASK_CHECK: _from(Status.ACCEPTED, to=Status.CHECKING),
    Move.ANSWER_CHECK: _from(Status.CHECKING, to=Status.ACCEPTED),
    Move.FILE: _from(Status.ACCEPTED, to=Status.FILED),
    Move.DISPATCH: _from(Status.FILED, to=Status.DISPATCHED),
    Move.RECALL: _from(Status.DISPATCHED, to=Status.FILED),
    Move.TAKE: _from(Status.DISPATCHED, to=Status.IN_PROGRESS),
    Move.RETURN: _from(Status.DISPATCHED, Status.IN_PROGRESS, to=Status.FILED),
    Move.SUSPEND: _from(Status.IN_PROGRESS, to=Status.SUSPENDED),
    Move.RESUME: _from(Status.SUSPENDED, to=Status.IN_PROGRESS),
    Move.DISPUTE: _from(Status.FILED, Status.DISPATCHED, Status.IN_PROGRESS, to=Status.DISPUTED),
    Move.SETTLE: _from(Status.DISPUTED, to=Status.DISPATCHED),
    Move.REPORT_BACK: _from(Status.IN_PROGRESS, to=Status.HANDLED),
    Move.PASS: _from(Status.HANDLED, to=Status.VERIFIED),
    Move.FAIL: _from(Status.HANDLED, to=Status.DISPATCHED),
    Move.CLOSE: _from(Status.VERIFIED, to=Status.CLOSED),
    Move.REOPEN: _from(Status.CLOSED, to=Status.FILED),
    Move.MERGE: _from(Status.REPORTED, Status.ACCEPTED, Status.CHECKING, Status.FILED, to=Status.MERGED),
    Move.WITHDRAW: _from(Status.REPORTED, Status.ACCEPTED, Status.CHECKING, Status.FILED, to=Status.CLOSED),
    Move.SOLVE_ON_THE_SPOT: _from(Status.REPORTED, to=Status.CLOSED),
    Move.SOLVE_TO_VERIFY: _from(Status.REPORTED, to=Status.HANDLED),
}

STAGE_OF: Mapping[Status, Stage] = {
    Status.REPORTED: Stage.ACCEPT,
    Status.CHECKING: Stage.CHECK,
    Status.ACCEPTED: Stage.FILE,
    Status.FILED: Stage.DISPATCH,
    Status.DISPATCHED: Stage.HANDLE,
    Status.IN_PROGRESS: Stage.HANDLE,
    Status.SUSPENDED: Stage.HANDLE,
    Status.DISPUTED: Stage.DISPUTE,
    Status.HANDLED: Stage.VERIFY,
    Status.VERIFIED: Stage.CLOSE,
}
# The same by the word that stands on a row, for lists; nothing where a case is over.
STAGE_NAMED: Mapping[str, Stage | None] = {status.value: STAGE_OF.get(status) for status in Status}

# The moves by which a unit stops handling a case.
LEAVES_HANDLING = tuple(
    move
    for move, transition in TRANSITIONS.items()
    if STAGE_OF.get(transition.target) != Stage.HANDLE
    and any(STAGE_OF[source] == Stage.HANDLE for source in transition.sources if source in STAGE_OF)
)

LED = frozenset(
    {
        Status.DISPATCHED,
        Status.IN_PROGRESS,
        Status.SUSPENDED,
        Status.HANDLED,
        Status.VERIFIED,
    }
)  # a unit leads it
ENDED = frozenset({Status.CLOSED, Status.REFUSED, Status.MERGED})

# The moves at which it is decided whether somebody else looks.
DRAWN_AT = (Move.REPORT_BACK, Move.SOLVE_ON_THE_SPOT, Move.SOLVE_TO_VERIFY)

# What a case that is not accepted, or closed without handling, may be given as its outcome.
REFUSAL_OUTCOMES = frozenset({Outcome.NOT_OURS, Outcome.NOTHING_FOUND, Outcome.DUPLICATE})
CLOSING_OUTCOMES = frozenset(Outcome) - {Outcome.WITHDRAWN}


class IllegalMoveError(DomainError):
    """The case is not in a state from which this move can be made."""


def after(move: Move, status: Status) -> Status:
    """
    Return the status that a move leads to from the given one.

    :raises IllegalMoveError: if the move cannot be made from there.
    """
    transition = TRANSITIONS[move]
    if status not in transition.sources:
        raise IllegalMoveError(
            _("The case is “%(status)s”; “%(move)s” is not possible from there.")
            % {"status": status.label, "move": move.label}
        )
    return transition.target


def moves_from(status: Status) -> list[Move]:
    """Return the moves that the table allows from a status, in the order of the table."""
    return [move for move, transition in TRANSITIONS.items() if status in transition.sources]
