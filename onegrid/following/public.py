"""What other apps may use of following."""

from onegrid.following.actions.follow import (
    ask_to_follow,
    end_follows,
    follow_in_browser,
    require_topic,
    say_yes,
    stop,
    stop_in_browser,
)
from onegrid.following.actions.tell_followers import over, tell_followers
from onegrid.following.readers.follows import follow_behind, is_followed_in_browser
from onegrid.following.readers.steps import Step, newest
from onegrid.following.readers.topics import Topic, topic_of
from onegrid.following.rules.links import STOP, YES
from onegrid.following.states import Kind

__all__ = [
    "STOP",
    "YES",
    "Kind",
    "Step",
    "Topic",
    "ask_to_follow",
    "end_follows",
    "follow_behind",
    "follow_in_browser",
    "is_followed_in_browser",
    "newest",
    "over",
    "require_topic",
    "say_yes",
    "stop",
    "stop_in_browser",
    "tell_followers",
    "topic_of",
]
