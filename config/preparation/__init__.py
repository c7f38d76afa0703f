"""What an installation brings up to date before it serves: one module per step."""

from collections.abc import Callable

Advance = Callable[[int, int], None]  # done so far, of how many
