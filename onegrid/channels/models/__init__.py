"""Who writes to us from elsewhere, their messages and files, which reports are theirs, and what they were told."""

from onegrid.channels.models.correspondent import Correspondent, Door, Ground
from onegrid.channels.models.filing import Filing, Notice, NoticeState
from onegrid.channels.models.message import Message
from onegrid.channels.models.sent_file import FileState, SentFile

__all__ = ["Correspondent", "Door", "FileState", "Filing", "Ground", "Message", "Notice", "NoticeState", "SentFile"]
