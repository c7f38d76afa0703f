"""What notifications make known when the site starts: their own kind."""

from onegrid.notifications.actions.send_trial import TRIAL
from onegrid.notifications.rules.kinds import register

register(TRIAL)
