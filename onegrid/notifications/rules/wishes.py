"""By which channels something goes to somebody: what they chose, else what its kind suggests."""

from collections.abc import Collection, Mapping, Sequence

from onegrid.notifications.rules.kinds import Kind
from onegrid.notifications.states import Channel


def wanted(kind: Kind, chosen: Mapping[str, Sequence[str]]) -> Collection[Channel]:
    """Return the channels by which somebody wants to hear of a kind, besides the inbox."""
    own = chosen.get(kind.code)
    return kind.channels if own is None else {channel for channel in Channel if channel in own}
