"""Public keys in a form that people can compare."""

import hashlib

GROUP = 4
LENGTH = 32  # hexadecimal digits: 128 bits


def fingerprint(public_key: str) -> str:
    """Return the first half of a key's SHA-256 in groups of four, as our pages work it out too."""
    digits = hashlib.sha256(public_key.encode()).hexdigest()[:LENGTH].upper()
    return " ".join(digits[start : start + GROUP] for start in range(0, LENGTH, GROUP))
