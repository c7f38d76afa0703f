from importlib import import_module

from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "onegrid.live"

    def ready(self) -> None:
        """Answer whether a relay is there."""
        import_module("onegrid.live.handlers")
