"""What a channel is to those who send by it."""

from collections.abc import Callable

from onegrid.notifications.rules.messages import Message


class TransportError(Exception):
    """
    A message did not leave.

    `why` is for operators and holds nothing of the message or its recipient.
    `is_final` says that trying again is of no use, `is_outage` that nothing
    leaves by this channel now, whoever it is for.
    """

    def __init__(self, why: str, *, is_final: bool = False, is_outage: bool = False) -> None:
        super().__init__(why)
        self.why, self.is_final, self.is_outage = why, is_final, is_outage


Send = Callable[[Message], None]
