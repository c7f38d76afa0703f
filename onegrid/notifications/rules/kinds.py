"""
Kinds of notices: how each is said in the reader's language, and by which channels it leaves if nobody chose.

The app that tells something registers its kind from its handlers::

    register(Kind(code="dispatch.limit", label=_("Limits of cases"), title=…, text=…, several=…))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_lazy, ngettext
from django_stubs_ext import StrOrPromise

from onegrid.notifications.states import Channel

Data = Mapping[str, Any]
Words = Callable[[Data], str]


class UnknownKindError(KeyError):
    """Something is to be told of a kind that no app has registered."""


class KindTakenError(ValueError):
    """Two apps register the same kind."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """
    One kind of notices.

    `title` says one notice in a line, `text` in a few sentences, `several` how
    many of them there are; all three are called with the reader's language in
    force. `label` names the kind where people choose their channels.
    """

    code: str
    label: StrOrPromise
    title: Words
    text: Words
    several: Callable[[int], str]
    channels: frozenset[Channel] = frozenset({Channel.EMAIL, Channel.PUSH})


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """
    Make a kind known; the same one again changes nothing.

    :raises KindTakenError: if another has its code.
    """
    if _kinds.setdefault(kind.code, kind) is not kind:
        raise KindTakenError(kind.code)
    return kind


def kinds() -> Sequence[Kind]:
    """Return all kinds by their codes."""
    return [_kinds[code] for code in sorted(_kinds)]


def require_kind(code: str) -> Kind:
    """
    Return a kind.

    :raises UnknownKindError: if nobody registered it.
    """
    try:
        return _kinds[code]
    except KeyError as error:
        raise UnknownKindError(code) from error


def kind_of(code: str) -> Kind:
    """Return a kind, or a stand-in for one that this version no longer has."""
    return _kinds.get(code, _GONE)


_GONE = Kind(
    code="",
    label=gettext_lazy("Others"),
    title=lambda _data: gettext("Something you were told earlier"),
    text=lambda _data: gettext("This version of the site has no words for it any more."),
    several=lambda count: ngettext("%d notice", "%d notices", count) % count,
    channels=frozenset(),
)
