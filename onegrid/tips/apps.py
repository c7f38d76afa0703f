from importlib import import_module

from django.apps import AppConfig


class TipsConfig(AppConfig):
    name = "onegrid.tips"

    def ready(self) -> None:
        import_module("onegrid.tips.handlers")
