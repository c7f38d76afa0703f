from importlib import import_module

from django.apps import AppConfig


class PacksConfig(AppConfig):
    name = "onegrid.packs"

    def ready(self) -> None:
        """Hear what other apps announce and ask."""
        import_module("onegrid.packs.handlers")
