"""What other apps may use of calls."""

from onegrid.calls.actions.release_call import ask_release, release_call
from onegrid.calls.actions.write_call import CallPlan, write_call
from onegrid.calls.models import PublicCall
from onegrid.calls.states import Kind

__all__ = ["CallPlan", "Kind", "PublicCall", "ask_release", "release_call", "write_call"]
