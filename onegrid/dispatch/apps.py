from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "onegrid.dispatch"
