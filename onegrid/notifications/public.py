"""What other apps may use of notifications."""

from onegrid.notifications.actions.ask_to_confirm import ask_to_confirm
from onegrid.notifications.actions.by_email import send_email
from onegrid.notifications.actions.forget_notices import forget_notices
from onegrid.notifications.actions.keep_browsers import BrowserRefusedError, add_browser, remove_browser
from onegrid.notifications.actions.keep_sending import hurry_letters, keep_sending
from onegrid.notifications.actions.keep_subscribers import (
    AddressRefusedError,
    forget_subscribers,
    keep_subscriber,
    subscriber_by_email,
    subscriber_by_phone,
    subscriber_by_push,
)
from onegrid.notifications.actions.read_notices import read_all_notices, read_notice
from onegrid.notifications.actions.send_letters import post_letters, send_letters
from onegrid.notifications.actions.send_messages import send_messages
from onegrid.notifications.actions.send_trial import send_trial
from onegrid.notifications.actions.set_preferences import (
    LinkNotGoodError,
    PreferencesRefusedError,
    Wishes,
    confirm_email,
    set_preferences,
)
from onegrid.notifications.actions.tell import NoticeMalformedError, tell
from onegrid.notifications.models import Subscriber
from onegrid.notifications.readers.channels import open_channels
from onegrid.notifications.readers.inbox import (
    MOST_COUNTED,
    NoticeNotFoundError,
    Received,
    inbox,
    received,
    unread_count,
)
from onegrid.notifications.readers.preferences import KindChoice, Settings, push_key, settings_of
from onegrid.notifications.readers.upkeep import Sending, sending
from onegrid.notifications.rules.addresses import email_in_one_form, phone_in_one_form
from onegrid.notifications.rules.kinds import Kind, UnknownKindError, register
from onegrid.notifications.rules.letters import Post
from onegrid.notifications.rules.messages import INBOX
from onegrid.notifications.rules.notices import Notice
from onegrid.notifications.rules.transport import TransportError
from onegrid.notifications.states import Channel, Purpose

__all__ = [
    "INBOX",
    "MOST_COUNTED",
    "AddressRefusedError",
    "BrowserRefusedError",
    "Channel",
    "Kind",
    "KindChoice",
    "LinkNotGoodError",
    "Notice",
    "NoticeMalformedError",
    "NoticeNotFoundError",
    "Post",
    "PreferencesRefusedError",
    "Purpose",
    "Received",
    "Sending",
    "Settings",
    "Subscriber",
    "TransportError",
    "UnknownKindError",
    "Wishes",
    "add_browser",
    "ask_to_confirm",
    "confirm_email",
    "email_in_one_form",
    "forget_notices",
    "forget_subscribers",
    "hurry_letters",
    "inbox",
    "keep_sending",
    "keep_subscriber",
    "open_channels",
    "phone_in_one_form",
    "post_letters",
    "push_key",
    "read_all_notices",
    "read_notice",
    "received",
    "register",
    "remove_browser",
    "send_email",
    "send_letters",
    "send_messages",
    "send_trial",
    "sending",
    "set_preferences",
    "settings_of",
    "subscriber_by_email",
    "subscriber_by_phone",
    "subscriber_by_push",
    "tell",
    "unread_count",
]
