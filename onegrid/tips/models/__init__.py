"""Channels with their readers, tips with their messages and files, and what the puzzles need."""

from onegrid.tips.models.attachment import Attachment, Part
from onegrid.tips.models.channel import Channel, Recipient
from onegrid.tips.models.deed import Deed
from onegrid.tips.models.puzzle import PuzzleKey, SpentPuzzle
from onegrid.tips.models.tip import Message, Tip

__all__ = ["Attachment", "Channel", "Deed", "Message", "Part", "PuzzleKey", "Recipient", "SpentPuzzle", "Tip"]
