from importlib import import_module

from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "onegrid.dispatch"

    def ready(self) -> None:
        import_module("onegrid.dispatch.handlers")
