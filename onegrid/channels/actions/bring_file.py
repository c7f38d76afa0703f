"""
Make a file that somebody sent evidence of their case: fetched where it still lies elsewhere, looked into, kept.

It goes through the checks that every file goes through. What is refused, or is no longer to be had, is said in the
case, so that nobody waits for it.
"""

import io
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from onegrid.cases.public import IllegalMoveError, TooManyFilesError, add_information, attach_report_file
from onegrid.channels.actions.sent_files import BRING
from onegrid.channels.actions.wechat_api import WechatError, fetch_media
from onegrid.channels.models import Door, FileState, SentFile
from onegrid.channels.rules.arrivals import CHANNELS
from onegrid.channels.rules.keeping import FILES_KEPT, link_secret
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.lengths import require_short
from onegrid.core.media.upload import inspect_upload


def bring_file(*, file_id: UUID, at: datetime) -> bool:
    """
    Keep a file with its case, once; tell whether it was kept now.

    :raises WechatError: if it could not be fetched this time.
    """
    waiting = SentFile.objects.filter(pk=file_id, state=FileState.WAITING, case__isnull=False)
    file = waiting.select_related("correspondent").first()
    if file is None:
        return False
    try:
        content = bytes(file.content) if file.content else fetch_media(file.media_id, most=settings.VIDEO_LIMIT)
        _keep(file, content, at=at)
    except WechatError as error:
        if not error.is_final:
            raise
        _give_up(file, FileState.LOST, _("A file that was sent could not be fetched any more."), at=at)
        return False
    except (InvalidInputError, IllegalMoveError, TooManyFilesError) as refusal:
        said = _("A file that was sent could not be taken: %(reason)s") % {"reason": refusal}
        _give_up(file, FileState.REFUSED, said, at=at)
        return False
    return True


def look_after_files(*, at: datetime) -> int:
    """Have fetched again what still waits, and give up what WeChat no longer has; return how many wait."""
    waiting = SentFile.objects.filter(state=FileState.WAITING, case__isnull=False).select_related("correspondent")
    gone = list(waiting.filter(sent_at__lt=at - FILES_KEPT, content__isnull=True))
    for file in gone:
        _give_up(file, FileState.LOST, _("A file that was sent could not be fetched any more."), at=at)
    left = [str(file) for file in waiting.values_list("pk", flat=True)]
    for file_id in left:
        app.configure_task(BRING).defer(file_id=file_id)
    return len(left)


@transaction.atomic(durable=True)
def _keep(file: SentFile, content: bytes, *, at: datetime) -> None:
    upload = require_short(inspect_upload(io.BytesIO(content), name=file.name))
    channel = CHANNELS[Door(file.correspondent.door)]
    assert file.case_id is not None
    attach_report_file(case_id=file.case_id, upload=upload, at=at, channel=channel)
    file.state, file.content = FileState.KEPT, None
    file.save(update_fields=["state", "content"])


def _give_up(file: SentFile, state: FileState, said: str, *, at: datetime) -> None:
    """Say in the case what became of a file, then do not wait for it any more."""
    secret = link_secret(str(file.case_id), key=settings.SECRET_KEY)
    add_information(secret=secret, text=said, at=at, channel=CHANNELS[Door(file.correspondent.door)])
    file.state, file.content = state, None
    file.save(update_fields=["state", "content"])
