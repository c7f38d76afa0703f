"""The one place that reads the process environment, with types and clear complaints."""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

YES, NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


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
    """
    Return whether a setting says 1, true, yes or on.

    :raises ImproperlyConfigured: if it says neither that nor the contrary.
    """
    value = os.environ.get(name, str(default)).strip().lower()
    if value not in YES | NO:
        message = f"{name} must be yes or no, not {value!r}."
        raise ImproperlyConfigured(message)
    return value in YES


def number(name: str, default: int, *, least: int = 1) -> int:
    """
    Return a setting as a whole number.

    :raises ImproperlyConfigured: if it is none, or too small.
    """
    value = os.environ.get(name, str(default))
    if not value.isdecimal() or int(value) < least:
        message = f"{name} must be a whole number from {least} on, not {value!r}."
        raise ImproperlyConfigured(message)
    return int(value)


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    """
    Return a setting that is one of a few words.

    :raises ImproperlyConfigured: if it is another.
    """
    value = os.environ.get(name, default).strip().lower()
    if value not in among:
        message = f"{name} must be one of {', '.join(among)}, not {value!r}."
        raise ImproperlyConfigured(message)
    return value


def url(name: str) -> str:
    """
    Return a setting that is an address of the web, empty where it is not set.

    :raises ImproperlyConfigured: if it is none, or holds a name and password.
    """
    value = os.environ.get(name, "").strip()
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None):
        message = f"{name} must be an address such as https://example.org, without a name and password in it."
        raise ImproperlyConfigured(message)
    return value


def zone(name: str, default: str) -> str:
    """
    Return the name of a time zone.

    :raises ImproperlyConfigured: if there is no such zone.
    """
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"{name} must be a time zone such as Asia/Shanghai, not {value!r}."
        raise ImproperlyConfigured(message) from error
    return value


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated setting as a list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """Return a setting as an absolute path."""
    return Path(os.environ.get(name) or default).expanduser().resolve()
