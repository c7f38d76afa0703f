"""Who reported, from the parts that GeoReport has for it."""


def full_name(*, first: str, last: str) -> str:
    """Return a name as it is written: the family name first and no blank between in Chinese, as sent elsewhere."""
    parts = [part for part in (first.strip(), last.strip()) if part]
    is_western = all(part.isascii() for part in parts)
    return " ".join(parts) if is_western else "".join(reversed(parts))


def contact(*, phone: str, email: str) -> str:
    """Return how somebody can be reached."""
    return " / ".join(part for part in (phone.strip(), email.strip()) if part)
