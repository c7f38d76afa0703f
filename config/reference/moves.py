"""The page of every move: who may make it, and what it does to each clock."""

from collections.abc import Iterable

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
# What is no move: what it is, by which permissions it is done, and what it does to the clocks.
_BESIDES = (
    ("a report comes in", (), "acceptance and the whole start; one that joins an open case touches no clock"),
    ("asking for an extension or a suspension", ("cases.ask_time",), "nothing until it is granted"),
    (
        "granting an extension", ("cases.grant_unit_time", "cases.grant_time"),
        "handling of the unit that asked, and the whole, get the hours; nothing starts afresh",
    ),
    ("refusing either", ("cases.grant_unit_time", "cases.grant_time"), "nothing"),
    (
        "changing the category", ("cases.recategorize",),
        "every running clock keeps what was used and granted, and takes the new limit",
    ),
    ("a supervision order", ("cases.supervise",), "a clock of its own in the unit's time; none of the case's"),
    ("a nudge", (), "nothing; the reporter, by the private link"),
    (
        "giving a supporting task", ("dispatch.dispatch",),
        "a clock of its own in the time of the unit that helps; none of the case's",
    ),
    ("a lateness appeal", ("cases.appeal",), "nothing; it changes what statistics count"),
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
    besides = "".join(f"| {what} | {_granted(names) or '–'} | {does} |\n" for what, names, does in _BESIDES)
    table = f"{head} |\n|---|---|---|---|{'---|' * len(stages)}\n{rows}"
    heads = "| What | Who may | What it does to the clocks |\n|---|---|---|\n"
    return f"{_INTRODUCTION}{table}\n## What is no move\n\n{heads}{besides}"


def _said(effect: Effect) -> str:
    return "" if effect is Effect.RUNS_ON else effect.value


def _who(move: Move) -> str:
    permissions = sorted({*_ALSO.get(move, ()), *(step.permission for step in STEPS.values() if step.move == move)})
    return "; ".join(filter(None, (_granted(permissions), _BESIDE.get(move, "")))) or "nobody yet"


def _granted(permissions: Iterable[str]) -> str:
    """Name permissions with the roles that hold each."""
    return "; ".join(
        f"`{name}`{' (unit)' if name in UNIT_BOUND else ''}: "
        + ", ".join(role.value for role, granted in GRANTS.items() if name in granted)
        for name in permissions
    )
