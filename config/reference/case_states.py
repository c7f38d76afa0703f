"""The page of a case's life, drawn from the table that decides it."""

from onegrid.cases.states import ENDED, STAGE_OF, TRANSITIONS, Status


def page() -> str:
    """Write the page."""
    arrows = "".join(
        f"    {source.value} --> {transition.target.value}: {move.value}\n"
        for move, transition in TRANSITIONS.items()
        for source in Status
        if source in transition.sources
    )
    rows = "".join(
        f"| `{status.value}` | {STAGE_OF[status].value if status in STAGE_OF else ''} |"
        f" {', '.join(f'`{move.value}`' for move, step in TRANSITIONS.items() if status in step.sources)} |"
        f" {'yes' if status in ENDED else ''} |\n"
        for status in Status
    )
    return (
        f"# The states of a case\n\n```mermaid\nstateDiagram-v2\n    [*] --> reported\n{arrows}```\n\n"
        f"| Status | Stage whose clock runs | Moves from here | Ended |\n|---|---|---|---|\n{rows}"
    )
