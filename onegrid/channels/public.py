"""What the command line may use of the doors."""

from onegrid.channels.actions.take_mail import take_mail
from onegrid.channels.rules.mails import LARGEST as LARGEST_MAIL
from onegrid.channels.rules.mails import UnreadableMailError

__all__ = ["LARGEST_MAIL", "UnreadableMailError", "take_mail"]
