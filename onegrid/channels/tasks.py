"""Background work of the doors: files are fetched, reporters told, and whoever waits for nothing is forgotten."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onegrid.channels.actions.answer_mail import answer_mail
from onegrid.channels.actions.bring_file import bring_file, look_after_files
from onegrid.channels.actions.fetch_mail import fetch_mail
from onegrid.channels.actions.forget_correspondents import forget_correspondents
from onegrid.channels.actions.tell_reporter import look_after_notices, send_notice, tell_reporter
from onegrid.channels.actions.wechat_api import WechatError
from onegrid.notifications.public import TransportError

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={WechatError, TransportError})
AGAIN_BY_MAIL = RetryStrategy(max_attempts=8, exponential_wait=4, retry_exceptions={TransportError})


@app.task(retry=AGAIN)
def bring(file_id: str, **_: object) -> bool:
    """Keep a file that somebody sent with its case, and tell whether it was kept now."""
    return bring_file(file_id=UUID(file_id), at=now())


@app.task()
def tell(entry_id: str, **_: object) -> int:
    """Write the notice of a step for its reporter, and return how many are new."""
    return tell_reporter(entry_id=UUID(entry_id), at=now())


@app.task(retry=AGAIN)
def send(notice_id: str, **_: object) -> bool:
    """Send a notice, and tell whether it left."""
    return send_notice(notice_id=UUID(notice_id), at=now())


@app.task(retry=AGAIN_BY_MAIL)
def answer(message_id: str, **_: object) -> bool:
    """Answer a mail, and tell whether the answer left."""
    return answer_mail(message_id=UUID(message_id), at=now())


@app.task(queueing_lock="channels.fetch")
def fetch(timestamp: int, **_: object) -> int:
    """Fetch mail where a mailbox is set, and return how much. Meant for every minute."""
    return fetch_mail(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="channels.tend")
def tend(timestamp: int, **_: object) -> int:
    """Ask again for what still waits, and return how much that is. Meant for every hour."""
    at = datetime.fromtimestamp(timestamp, UTC)
    return look_after_files(at=at) + look_after_notices(at=at)


@app.task(queueing_lock="channels.forget")
def forget(timestamp: int, **_: object) -> int:
    """Forget whoever waits for nothing, and return how many."""
    return forget_correspondents(at=datetime.fromtimestamp(timestamp, UTC))
