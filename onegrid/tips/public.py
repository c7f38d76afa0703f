"""What the project that puts it together may use of tips; no other app may."""

from onegrid.tips.actions.keep_channels import ChannelPlan, appoint_reader, confirm_key, keep_key, open_channel
from onegrid.tips.models import Channel

__all__ = ["Channel", "ChannelPlan", "appoint_reader", "confirm_key", "keep_key", "open_channel"]
