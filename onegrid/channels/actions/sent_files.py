"""The files that came with messages: noted, given to a case, or forgotten with a report that is not to be."""

from datetime import datetime
from uuid import UUID

from procrastinate.contrib.django import app

from onegrid.channels.models import Correspondent, FileState, SentFile
from onegrid.channels.rules.arrivals import Arrived

BRING = "onegrid.channels.tasks.bring"


def note_files(sender: Correspondent, arrived: Arrived, *, at: datetime) -> None:
    """Note the files of a message; the caller's transaction gives them to a case, or they wait for one."""
    SentFile.objects.bulk_create(
        SentFile(correspondent=sender, media_id=file.media_id, name=file.name, content=file.content, sent_at=at)
        for file in arrived.files
    )


def drop_files(sender: Correspondent) -> None:
    """Forget the files of a report that is not to be."""
    sender.files.filter(case__isnull=True).delete()


def give_files(sender: Correspondent, case_id: UUID) -> None:
    """Give the files that wait to a case and have each kept by a job, in the caller's transaction."""
    waiting = sender.files.filter(case__isnull=True, state=FileState.WAITING)
    files = list(waiting.values_list("pk", flat=True))
    waiting.update(case=case_id)
    for file in files:
        app.configure_task(BRING).defer(file_id=str(file))
