from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "onegrid.accounts"

    def ready(self) -> None:
        """Listen to what the sign-in library tells."""
        import_module("onegrid.accounts.handlers")
