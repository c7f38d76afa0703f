"""What a key may be used for. A person who is signed in has every scope; their duties still decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest

from onegrid.core.api.errors import NotSignedInError, OutOfScopeError
from onegrid.core.api.queries import names_read, require_known

READ, REPORT, WORK, AUDIT = "cases:read", "cases:report", "cases:work", "audit:read"

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Caller:
    """With what somebody calls: `scopes` of a key, or nothing for a person's own session."""

    scopes: frozenset[str] | None = None


def require_scope(caller: object, scope: str) -> None:
    """
    Let a caller past whose key was made for this.

    :raises NotSignedInError: if nobody known is calling.
    :raises OutOfScopeError: if the key was made for something else.
    """
    if not isinstance(caller, Caller):
        raise NotSignedInError
    if caller.scopes is not None and scope not in caller.scopes:
        raise OutOfScopeError(scope)


def scoped(
    scope: str, **headers: str
) -> Callable[[Callable[Concatenate[HttpRequest, P], T]], Callable[Concatenate[HttpRequest, P], T]]:
    """Ask a scope of an endpoint's callers; `headers` are those it reads, for its description."""

    def decorate(view: Callable[Concatenate[HttpRequest, P], T]) -> Callable[Concatenate[HttpRequest, P], T]:
        known = names_read(view)

        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> T:
            require_scope(getattr(request, "auth", None), scope)
            require_known(request, known)
            return view(request, *args, **kwargs)

        vars(guarded)["scope"] = scope
        vars(guarded)["headers"] = {**getattr(view, "headers", {}), **headers}
        return guarded

    return decorate


def open_to_all(view: Callable[Concatenate[HttpRequest, P], T]) -> Callable[Concatenate[HttpRequest, P], T]:
    """Let anybody call an endpoint, with a key or without: what it shows is public. Its route has `auth=None`."""
    known = names_read(view)

    @wraps(view)
    def open_view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> T:
        require_known(request, known)
        return view(request, *args, **kwargs)

    return open_view


def asked_scope(view: Callable[..., object]) -> str:
    """Return the scope that an endpoint asks, for its description; nothing of one that is open to all."""
    return str(getattr(view, "scope", ""))


def read_headers(view: Callable[..., object]) -> Mapping[str, str]:
    """Return the headers that an endpoint reads, for its description."""
    headers = getattr(view, "headers", {})
    assert isinstance(headers, dict)
    return headers
