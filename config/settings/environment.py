"""The one place that reads the process environment, with types and clear complaints."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """
    Return a setting's text.

    :raises ImproperlyConfigured: if it is absent and has no default.
    """
    value = os.environ.get(name, default)
    if value is None:
        message = f"{name} must be set."
        raise ImproperlyConfigured(message)
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return whether a setting says 1, true, yes or on."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """
    Return a setting as a whole number.

    :raises ImproperlyConfigured: if it is not one.
    """
    value = os.environ.get(name, str(default))
    if not value.isdecimal():
        message = f"{name} must be a whole number, not {value!r}."
        raise ImproperlyConfigured(message)
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a setting as an absolute path."""
    return Path(os.environ.get(name) or default).expanduser().resolve()
