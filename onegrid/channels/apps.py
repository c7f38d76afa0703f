from importlib import import_module

from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "onegrid.channels"

    def ready(self) -> None:
        """Listen to what happens to cases."""
        import_module("onegrid.channels.handlers")
