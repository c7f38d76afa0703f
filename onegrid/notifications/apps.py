from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "onegrid.notifications"

    def ready(self) -> None:
        """Make known the one kind of our own, and what an operator may ask."""
        import_module("onegrid.notifications.handlers")
