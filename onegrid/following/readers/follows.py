"""What stands behind a link in a message, and what a browser follows."""

from dataclasses import dataclass

from onegrid.following.models import Follow
from onegrid.following.readers.topics import Topic, topic_of
from onegrid.following.rules.links import follow_of_stop, follow_of_yes
from onegrid.following.states import Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Behind:
    """What a link is about; no topic where strangers may not know of it any more."""

    topic: Topic | None


def follow_behind(token: str, *, is_yes: bool) -> Behind | None:
    """Return what the link to say yes, or to stop, is about; nothing where it does not work any more."""
    wanted = follow_of_yes(token) if is_yes else follow_of_stop(token)
    follow = Follow.objects.filter(pk=wanted).first() if wanted else None
    return Behind(topic=topic_of(Kind(follow.kind), follow.code)) if follow else None


def is_followed_in_browser(*, kind: Kind, code: str, endpoint: str) -> bool:
    """Tell whether a browser is told of something."""
    return Follow.objects.filter(reader__address=endpoint, reader__channel="push").of_topic(kind, code).exists()
