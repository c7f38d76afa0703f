from importlib import import_module

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "onegrid.cases"

    def ready(self) -> None:
        """Hear what is asked of all apps."""
        import_module("onegrid.cases.handlers")
