"""What a commitment is."""

import hmac


def commitment(value: str, *, key: bytes) -> str:
    """Return the keyed hash that commits to a value without saying it."""
    return "hmac-sha256:" + hmac.digest(key, value.encode(), "sha256").hex()


def is_commitment(token: str, *, value: str, key: bytes) -> bool:
    """Return whether a token stands for this value."""
    return hmac.compare_digest(token, commitment(value, key=key))
