"""What people are told, how it reaches them, and how they want it."""

from onegrid.notifications.models.browser import Browser
from onegrid.notifications.models.inbox import InboxEntry, Told
from onegrid.notifications.models.letter import Letter, Subscriber
from onegrid.notifications.models.outgoing import Outgoing
from onegrid.notifications.models.preferences import Preferences

__all__ = ["Browser", "InboxEntry", "Letter", "Outgoing", "Preferences", "Subscriber", "Told"]
