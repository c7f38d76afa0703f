"""The page of every move: who may make it, and what it does to each clock."""

from collections.abc import Iterable
from typing import NamedTuple

from onegrid.accounts.permissions import GRANTS, UNIT_BOUND
from onegrid.cases.public import TRANSITIONS, Effect, Move, Stage, Status, effects
from onegrid.workspace.rules.steps import STEPS

_BESIDE = {
    Move.SOLVE_TO_VERIFY: "as `solve_on_the_spot`, where the draw says so",
    Move.SUSPEND: "by granting the request for it",
    Move.RESUME: "by itself on the day that was said",
    Move.PASS: "by itself where the draw says that nobody looks",
    Move.DISPUTE: "by itself at the return that the procedure names",
    Move.REOPEN: "the reporter, within the window",
    Move.WITHDRAW: "the reporter, before dispatch",
}
_ALSO = {Move.SUSPEND: ("cases.grant_unit_time", "cases.grant_time")}


class _Beside(NamedTuple):
    """What is no move: what it is, by which permissions it is done, what it does to the clocks, by which steps."""

    what: str
    names: tuple[str, ...]
    does: str
    steps: tuple[str, ...] = ()
    also: str = ""  # who else may


BESIDES = (
    _Beside("a report comes in", (), "acceptance and the whole start; one that joins an open case touches no clock"),
    _Beside(
        "asking for an extension or a suspension", ("cases.ask_time",), "nothing until it is granted",
        ("ask-extension", "ask-suspension"),
    ),
    _Beside("taking such a request back", ("cases.ask_time",), "nothing", ("withdraw-time",)),
    _Beside(
        "granting an extension", ("cases.grant_unit_time", "cases.grant_time"),
        "handling of the unit that asked, and the whole, get the hours; nothing starts afresh", ("decide-time",),
    ),
    _Beside("refusing either", ("cases.grant_unit_time", "cases.grant_time"), "nothing", ("decide-time",)),
    _Beside(
        "changing the category", ("cases.recategorize",),
        "every running clock keeps what was used and granted, and takes the new limit; tasks and orders that were "
        "given keep theirs", ("recategorize",),
    ),
    _Beside(
        "a supervision order", ("cases.supervise",), "a clock of its own in the unit's time; none of the case's",
        ("order",),
    ),
    _Beside(
        "answering a supervision order", ("cases.handle",), "its clock stops, and what is late stays late",
        ("answer-order",),
    ),
    _Beside(
        "withdrawing a supervision order", ("cases.supervise",), "its clock stops", ("withdraw-order",),
        "by itself when the case leaves the unit",
    ),
    _Beside("a nudge", (), "nothing", also="the reporter, by the private link"),
    _Beside(
        "giving a supporting task", ("dispatch.dispatch",),
        "a clock of its own in the time of the unit that helps; none of the case's",
    ),
    _Beside("finishing a supporting task", ("cases.do_task",), "its clock stops, and what is late stays late"),
    _Beside(
        "extending a supporting task, once", ("cases.handle",),
        "its limit gets what is given, at most as much again; none of the case's",
    ),
    _Beside("calling off a supporting task", ("dispatch.dispatch",), "its clock stops", also="whoever gave it"),
    _Beside(
        "arguing in a dispute, or inviting a unit to", ("dispatch.dispute", "dispatch.settle"),
        "nothing; the clocks of the dispute and of handling run on",
    ),
    _Beside("a lateness appeal", ("cases.appeal",), "nothing; it changes what statistics count", ("appeal",)),
    _Beside("reviewing a lateness appeal", ("cases.review_appeal",), "the same", ("review-appeal",)),
    _Beside("giving a case to a colleague", ("cases.assign",), "nothing", ("assign",)),
    _Beside("correcting the place", ("cases.relocate",), "nothing until the next move", ("relocate",)),
    _Beside("linking two cases", ("cases.link",), "nothing", ("link",)),
    _Beside(
        "splitting a case, or making it a part of another", ("cases.split",),
        "none of theirs; what is split off is a case of its own with its own clocks", ("split", "adopt"),
    ),
    _Beside("a note, or a question to the reporter", ("cases.note",), "nothing", ("note",)),
    _Beside("a file, and covering a photo", ("cases.add_evidence",), "nothing", ("evidence",)),
    _Beside("information, an answer or a rating", (), "nothing", also="the reporter, by the private link"),
    _Beside(
        "setting days for a unit or a calendar", ("units.edit_calendar",),
        "every clock that runs, those of open tasks and orders too, goes by the change from its minute on; a due "
        "moment that has passed stays",
    ),
)  # fmt: skip
_INTRODUCTION = """# Every move, and the clocks

Who may make it: a permission and the roles that hold it, in their area or for their unit. What it does to each clock is
asked of the clock engine for the usual way to the status; a clock that is not named is not touched.

A handling clock belongs to one unit: **the same unit again goes on with what it had used, another unit starts afresh.**
An extension moves the handling limit of the unit that was given it, and that of the whole, by what was given.
A change of category keeps what was used and earned and takes the new limit.
[Time limits explained](../explanation/time-limits.md).

"""


def page() -> str:
    """Write the page."""
    stages = (*Stage, None)
    head = "| Move | From | To | Who may | " + " | ".join(stage.value if stage else "the whole" for stage in stages)
    rows = "".join(
        f"| `{move.value}` | `{source.value}` | `{transition.target.value}` | {_who(move)} | "
        + " | ".join(_said(effects(move, source)[stage]) for stage in stages)
        + " |\n"
        for move, transition in TRANSITIONS.items()
        for source in Status
        if source in transition.sources
    )
    besides = "".join(
        f"| {row.what} | {'; '.join(filter(None, (_granted(row.names), row.also))) or '–'} | {row.does} |\n"
        for row in BESIDES
    )
    table = f"{head} |\n|---|---|---|---|{'---|' * len(stages)}\n{rows}"
    heads = "| What | Who may | What it does to the clocks |\n|---|---|---|\n"
    return f"{_INTRODUCTION}{table}\n## What is no move\n\n{heads}{besides}"


def _said(effect: Effect) -> str:
    return "" if effect is Effect.RUNS_ON else effect.value


def _who(move: Move) -> str:
    steps = [step for step in STEPS.values() if step.move == move]
    asked = {name for step in steps for name in (step.permission, step.or_permission) if name}
    permissions = sorted({*_ALSO.get(move, ()), *asked})
    return "; ".join(filter(None, (_granted(permissions), _BESIDE.get(move, "")))) or "nobody yet"


def _granted(permissions: Iterable[str]) -> str:
    """Name permissions with the roles that hold each."""
    return "; ".join(
        f"`{name}`{' (unit)' if name in UNIT_BOUND else ''}: "
        + ", ".join(role.value for role, granted in GRANTS.items() if name in granted)
        for name in permissions
    )
