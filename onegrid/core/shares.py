"""Parts of a whole as percentages, where they say something."""

ENOUGH = 10  # cases of which a percentage says something


def percent_of(count: int, of: int | None) -> int | None:
    """Return a part in percent; nothing where few stand behind it. A hundred means all and zero none, never nearly."""
    if of is None or of < ENOUGH:
        return None
    if 0 < count < of:
        return min(99, max(1, round(100 * count / of)))
    return round(100 * count / of)
