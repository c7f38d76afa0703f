from importlib import import_module

from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "onegrid.oversight"

    def ready(self) -> None:
        """Hear what is asked of all apps."""
        import_module("onegrid.oversight.handlers")
