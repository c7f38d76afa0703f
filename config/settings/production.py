"""Settings of a running installation, small or large: everything that differs comes from the environment."""

from config.settings.base import *  # noqa: F403
