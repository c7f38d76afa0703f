"""How long the doors keep what they know of people, and under which hashes they know things again."""

import base64
import hashlib
import hmac
from datetime import date, timedelta

KEPT_AFTER = timedelta(days=30)  # since the last word, or the end of the last of their cases
DRAFT_KEPT = timedelta(days=1)  # a report that nobody has confirmed by then was not meant
FILES_KEPT = timedelta(days=3)  # for so long WeChat has what was sent to it


def forget_on(today: date) -> date:
    """Return until when somebody who writes today is kept."""
    return today + KEPT_AFTER


def hash_of(*parts: str) -> str:
    """Return the hash under which something is known again that is not itself kept."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def link_secret(report_id: str, *, key: str) -> str:
    """
    Return the secret of a report's private link: made of its id and the installation's key, and so kept nowhere.

    A repeated message gets the same answer by it, with the same link.
    """
    mac = hmac.digest(key.encode(), f"channels.link {report_id}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(mac[:24]).decode()
