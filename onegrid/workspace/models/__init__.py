"""What the workspace keeps: filters that people saved, and steps taken on many cases at once."""

from onegrid.workspace.models.batch import Batch, BatchAction, BatchItem, Result
from onegrid.workspace.models.saved_filter import SavedFilter, StartPage

__all__ = ["Batch", "BatchAction", "BatchItem", "Result", "SavedFilter", "StartPage"]
