from importlib import import_module

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "onegrid.calls"

    def ready(self) -> None:
        import_module("onegrid.calls.handlers")
