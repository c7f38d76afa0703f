"""What counts as a reason to open somebody's data."""

SHORTEST = 4  # four characters say something in Chinese: 核实投诉


def is_reason(purpose: str) -> bool:
    """Return whether a text can be a reason: at least four characters, not one repeated."""
    said = "".join(purpose.split())
    return len(said) >= SHORTEST and len(set(said)) > 1
