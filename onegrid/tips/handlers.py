"""What tips make known when the site starts."""

from onegrid.notifications.public import register
from onegrid.tips.rules.warnings import KIND

register(KIND)
