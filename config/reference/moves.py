"""The page of every move: who may make it, and what it does to each clock."""

from onegrid.accounts.permissions import GRANTS, UNIT_BOUND
from onegrid.cases.public import TRANSITIONS, Effect, Move, Stage, Status, effects
from onegrid.workspace.rules.steps import STEPS

_BESIDE = {
    Move.SOLVE_TO_VERIFY: "as `solve_on_the_spot`, where the draw says so",
    Move.RESUME: "by itself on the day that was said",
    Move.PASS: "by itself where the draw says that nobody looks",
    Move.DISPUTE: "by itself at the return that the procedure names",
    Move.REOPEN: "the reporter, within the window",
    Move.WITHDRAW: "the reporter, before dispatch",
}
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
    return f"{_INTRODUCTION}{head} |\n|---|---|---|---|{'---|' * len(stages)}\n{rows}"


def _said(effect: Effect) -> str:
    return "" if effect is Effect.RUNS_ON else effect.value


def _who(move: Move) -> str:
    permissions = sorted({step.permission for step in STEPS.values() if step.move == move})
    roles = [
        f"`{name}`{' (unit)' if name in UNIT_BOUND else ''}: "
        + ", ".join(role.value for role, granted in GRANTS.items() if name in granted)
        for name in permissions
    ]
    return "; ".join([*roles, *([_BESIDE[move]] if move in _BESIDE else [])]) or "nobody yet"
