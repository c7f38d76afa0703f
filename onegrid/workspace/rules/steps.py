"""
What an officer can do to a case, as data: which permission, from which statuses, with which sign and key.

Moves follow the state table of cases; the other steps say themselves when they
are open. What is offered here is what the actions would accept: they check
again, and decide.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from onegrid.cases.public import Case, Move, Status, moves_from

OPEN = frozenset(Status) - {Status.CLOSED, Status.REFUSED, Status.MERGED}
ALL = frozenset(Status)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing that can be done to a case; `name` stands in its address."""

    name: str
    permission: str
    icon: str
    move: Move | None = None
    statuses: frozenset[Status] = OPEN
    is_unit_bound: bool = False
    is_districts: bool = False  # asked for above all that lies in the district
    or_permission: str = ""  # of the place, whichever unit leads: that does too
    is_main: bool = False
    key: str = ""
    is_quiet: bool = False  # shown under "more"


def _move(move: Move, permission: str, icon: str, **more: object) -> Step:
    return Step(name=move.value.replace("_", "-"), permission=permission, icon=icon, move=move, **more)  # type: ignore[arg-type]  # checked by the dataclass


STEPS: Mapping[str, Step] = {
    step.name: step
    for step in (
        _move(Move.ACCEPT, "cases.accept", "check", is_main=True, key="t"),
        _move(Move.FILE, "cases.file", "folder", is_main=True, key="l"),
        _move(Move.DISPATCH, "dispatch.dispatch", "send", is_main=True, key="d"),
        _move(Move.ANSWER_CHECK, "cases.answer_check", "clipboard-check", is_main=True, key="e"),
        _move(Move.TAKE, "cases.handle", "hand-stop", is_unit_bound=True, is_main=True, key="t"),
        _move(Move.REPORT_BACK, "cases.handle", "checks", is_unit_bound=True, is_main=True, key="e"),
        Step(
            name="ask-extension", permission="cases.ask_time", icon="hourglass", is_unit_bound=True, key="y",
            statuses=frozenset({Status.DISPATCHED, Status.IN_PROGRESS}),
        ),
        Step(
            name="ask-suspension", permission="cases.ask_time", icon="player-pause", is_unit_bound=True, key="p",
            statuses=frozenset({Status.IN_PROGRESS}),
        ),
        Step(
            name="decide-time", permission="cases.grant_unit_time", or_permission="cases.grant_time", icon="scale",
            is_unit_bound=True, is_main=True, key="a", statuses=frozenset({Status.DISPATCHED, Status.IN_PROGRESS}),
        ),
        Step(
            name="withdraw-time", permission="cases.ask_time", icon="arrow-back-up", is_unit_bound=True,
            statuses=frozenset({Status.DISPATCHED, Status.IN_PROGRESS}),
        ),
        _move(
            Move.RESUME, "cases.ask_time", "player-play", or_permission="cases.resume", is_unit_bound=True,
            is_main=True, key="p",
        ),
        Step(
            name="answer-order", permission="cases.handle", icon="gavel", is_unit_bound=True, is_main=True, key="u",
            statuses=ALL,
        ),
        Step(
            name="order", permission="cases.supervise", icon="gavel", key="o",
            statuses=frozenset({Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED}),
        ),
        Step(name="withdraw-order", permission="cases.supervise", icon="arrow-back-up", statuses=ALL),
        _move(Move.PASS, "cases.verify", "circle-check", is_main=True, key="t"),
        _move(Move.FAIL, "cases.verify", "rotate", key="r"),
        _move(Move.CLOSE, "cases.close", "checkbox", is_main=True, key="t"),
        _move(Move.SOLVE_ON_THE_SPOT, "cases.solve_on_the_spot", "circle-check", is_main=True),
        _move(Move.ASK_CHECK, "cases.ask_check", "eye-check"),
        _move(Move.REFUSE, "cases.refuse", "ban"),
        Step(
            name="assign", permission="cases.assign", icon="user-plus", is_unit_bound=True,
            statuses=frozenset({Status.DISPATCHED, Status.IN_PROGRESS}),
        ),
        _move(Move.RETURN, "cases.handle", "arrow-back-up", is_unit_bound=True, key="r"),
        _move(Move.DISPUTE, "dispatch.dispute", "scale", is_unit_bound=True),
        _move(Move.SETTLE, "dispatch.settle", "gavel", is_districts=True, is_main=True, key="t"),
        _move(Move.RECALL, "dispatch.recall", "arrow-back-up", key="z"),
        _move(Move.REOPEN, "cases.reopen", "lock-open"),
        Step(
            name="appeal", permission="cases.appeal", icon="flag", is_unit_bound=True,
            statuses=frozenset({Status.CLOSED}),
        ),
        Step(name="review-appeal", permission="cases.review_appeal", icon="scale", statuses=ALL, is_main=True, key="v"),
        Step(name="note", permission="cases.note", icon="message-plus", statuses=ALL, key="n"),
        Step(name="evidence", permission="cases.add_evidence", icon="camera-plus"),
        Step(name="recategorize", permission="cases.recategorize", icon="tags", is_quiet=True),
        Step(name="relocate", permission="cases.relocate", icon="map-pin", is_quiet=True),
        _move(Move.MERGE, "cases.merge", "git-merge", is_quiet=True),
        Step(name="link", permission="cases.link", icon="link", statuses=ALL, is_quiet=True),
        Step(name="adopt", permission="cases.split", icon="sitemap", is_quiet=True),
        Step(name="split", permission="cases.split", icon="arrows-split", is_quiet=True),
        _move(Move.WITHDRAW, "cases.withdraw", "circle-x", is_quiet=True),
    )
}  # fmt: skip


def open_steps(case: Case, *, may: Callable[[Step], bool], user_id: object) -> list[Step]:
    """Return what one person can do to a case now: what the table, the states and their permissions allow."""
    status = Status(case.status)
    moves = set(moves_from(status))
    found = [step for step in STEPS.values() if (step.move in moves if step.move else status in step.statuses)]
    return [step for step in found if may(step) and not _is_senseless(step, case, user_id=user_id)]


def _is_senseless(step: Step, case: Case, *, user_id: object) -> bool:
    if step.move == Move.SOLVE_ON_THE_SPOT:
        return case.reported_by_id != user_id
    if step.move == Move.REOPEN:
        return case.category_id is None
    return step.name == "adopt" and case.parent_id is not None


def label_of(name: str) -> str:
    """Return what a step is called on its button."""
    step = STEPS[name]
    if step.move:
        return str(step.move.label)
    return {
        "ask-extension": _("Ask for an extension"),
        "ask-suspension": _("Ask for a suspension"),
        "decide-time": _("Decide on the request"),
        "withdraw-time": _("Take the request back"),
        "appeal": _("Appeal against lateness"),
        "review-appeal": _("Review the appeal"),
        "order": _("Give a supervision order"),
        "answer-order": _("Answer the supervision order"),
        "withdraw-order": _("Withdraw the supervision order"),
        "assign": _("Give to a colleague"),
        "note": _("Write a note"),
        "evidence": _("Add evidence"),
        "recategorize": _("Change the category"),
        "relocate": _("Correct the place"),
        "link": _("Link with another case"),
        "adopt": _("Make part of another case"),
        "split": _("Split off a part"),
    }[name]
