"""Let a program in by its key: the one way, whichever door it knocks at."""

from datetime import datetime

from onegrid.accounts.actions.note_key_use import note_key_use
from onegrid.accounts.models import ApiKey
from onegrid.accounts.readers.api_keys import live_key
from onegrid.core.api.errors import NotSignedInError


def use_api_key(*, text: str, at: datetime) -> ApiKey:
    """
    Return the key with this text and its owner, not to change, and note the day on which it was used.

    :raises NotSignedInError: if there is no such key, or it does not work at that moment.
    """
    key = live_key(text, at)
    if key is None:
        raise NotSignedInError
    note_key_use(key=key, at=at)
    return key
