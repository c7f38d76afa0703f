"""Post something to another server, with patience that ends and without following it elsewhere."""

from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from onegrid.notifications.rules.transport import TransportError

TIMEOUT = 10  # seconds, for each answer we wait for
ANSWER_READ = 2000  # bytes of an answer, so that a connection ends properly
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}


def post(url: str, body: bytes, *, headers: Mapping[str, str]) -> int:
    """
    Post a body and return the status of the answer, whichever it is.

    :raises TransportError: if there was none.
    """
    parts = urlsplit(url)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request(
            "POST", f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}", body, dict(headers)
        )
        answer = connection.getresponse()
        answer.read(ANSWER_READ)
    except (OSError, HTTPException) as error:
        raise TransportError(type(error).__name__, is_outage=True) from None
    finally:
        connection.close()
    return answer.status


def require_taken(status: int) -> None:
    """
    Let a status past that says it was taken.

    :raises TransportError: if it says anything else; final where asking again would be answered the same.
    """
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        is_final = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _PASSING
        why = f"HTTP {status}"
        raise TransportError(why, is_final=is_final)
